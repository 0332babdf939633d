# Draft: needs a native reader. Status: docs/translations.md
quick-hello = Pozdravljeni. Sem človek, ne računalnik. Kako vam lahko pomagam?
quick-moment = Samo trenutek, prosim. Iščem odgovor.
quick-more = Prosim, napišite malo več. Kaj potrebujete?
quick-come-today = Lahko pridete k nam: { $address }. Odprto: { $hours }.
quick-call-us = Lahko nas pokličete: { $phone }.
quick-call-you = Ali vas lahko pokličem? Kdaj vam ustreza?
quick-when-can-you = Kateri dan in ob kateri uri vam ustreza?
quick-need-paper = Prosim, prinesite papir s seboj. Prebrali ga bomo skupaj.
quick-interpreter = Ali želite osebo, ki govori vaš jezik?
quick-not-here = Tega tukaj ne moremo urediti. Poiskali bomo nekoga, ki lahko pomaga.
quick-anything-else = Ali potrebujete še kaj?
quick-bye-bot = Pogovor zdaj končam. Potem vam spet odgovarja računalnik. Če želite človeka, napišite: človek
