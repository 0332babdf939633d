# Draft: needs a native reader. Status: docs/translations.md
media-passed = To bo dobil človek.
media-missing = Tega nimamo. Pošljite še enkrat ali pokažite v pisarni.
media-too-big = To je za nas preveliko. Pošljite manjšo datoteko ali krajši posnetek. Lahko tudi pokažete v pisarni.
media-wrong-kind = Take datoteke ne moremo odpreti. Pošljite sliko, glasovno sporočilo ali PDF. Lahko tudi pokažete v pisarni.
media-not-here = To ni prišlo do nas. Pošljite še enkrat ali pokažite v pisarni.
media-empty = Datoteke ni. Najprej jo izberite.
media-too-many = Prišlo je veliko datotek. Poskusite pozneje ali pokažite v pisarni.
media-full = Zdaj ne moremo sprejeti datotek. Poskusite pozneje ali pokažite v pisarni.
media-more = Slika, glas, datoteka
media-choose = Izberite sliko, glasovno sporočilo ali PDF. Največ { $mb } MB.
media-send = Pošlji datoteko
media-sent-voice = 🎤 Glas
media-sent-picture = 🖼 Slika
media-sent-file = 📎 Datoteka
