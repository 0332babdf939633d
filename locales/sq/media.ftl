# Draft: needs a native reader. Status: docs/translations.md
media-passed = Ia japim një njeriu.
media-missing = Këtë nuk e kemi. Dërgojeni përsëri ose na e tregoni në zyrë.
media-too-big = Kjo është shumë e madhe për ne. Dërgoni diçka më të vogël ose më të shkurtër, ose na e tregoni në zyrë.
media-wrong-kind = Këtë nuk mund ta hapim. Dërgoni një foto, një mesazh me zë ose PDF, ose na e tregoni në zyrë.
media-not-here = Kjo nuk arriti te ne. Dërgojeni përsëri ose na e tregoni në zyrë.
media-empty = Nuk keni zgjedhur asgjë. Së pari zgjidhni një foto, zë ose PDF.
media-too-many = Nga këtu erdhën shumë foto ose dokumente. Prisni pak dhe provoni përsëri.
media-full = Tani nuk mund të marrim foto, zë ose dokumente. Provoni më vonë ose na e tregoni në zyrë.
media-more = Foto, zë, PDF
media-choose = Zgjidhni një foto, zë ose PDF. Më së shumti { $mb } MB.
media-send = Dërgoje
media-sent-voice = 🎤 Zë
media-sent-picture = 🖼 Foto
media-sent-file = 📎 Dokument
