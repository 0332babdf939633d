# Draft: needs a native reader. Status: docs/translations.md
link-open = 🔗 Drugi klepet
link = Ali nam pišete tudi z drugega telefona ali strani? Oba klepeta lahko združite.
link-show = Pokaži kodo
link-have = Imam kodo
link-code = { $code }
link-shown = Koda je zgoraj. V drugem klepetu izberite: Kako mi pišete, Drugi klepet, Imam kodo. Tam napišite kodo. Deluje 10 minut in samo enkrat. Ne pokažite je nikomur.
link-ok = V redu
link-enter = Napišite kodo iz drugega klepeta.
link-leave = Nimam kode
link-wrong = Ta koda ne deluje. V drugem klepetu poglejte kodo ali izberite novo.
link-wait = Bilo je veliko poskusov. Poskusite spet čez eno uro.
link-join = Iz dveh klepetov nastane eden. Termini in podatki od tu gredo v drugi klepet. Kdor bere en ali drug telefon, jih vidi. Če ste nam kje rekli, naj ne pišemo, to velja za oba. Ali to želite?
link-yes = Da, združi
link-no = Ne
link-apart = Ničesar nismo spremenili.
link-done = Urejeno. Klepeta sta zdaj združena. Vaši termini so v obeh.
