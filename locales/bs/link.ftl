# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
link-open = 🔗 Drugi razgovor
link = Pišete li nam i s drugog telefona ili stranice? Oba razgovora možete spojiti.
link-show = Pokaži kod
link-have = Imam kod
link-code = { $code }
link-shown = Kod je gore. U drugom razgovoru izaberite: Kako mi pišete, Drugi razgovor, Imam kod. Tamo napišite kod. Radi 10 minuta i samo jednom. Nemojte ga nikome pokazati.
link-ok = U redu
link-enter = Napišite kod iz drugog razgovora.
link-leave = Nemam kod
link-wrong = Taj kod ne radi. U drugom razgovoru pogledajte kod ili izaberite novi.
link-wait = Bilo je mnogo pokušaja. Pokušajte opet za jedan sat.
link-join = Od dva razgovora nastaje jedan. Termini i podaci odavde idu u drugi razgovor. Ko čita jedan ili drugi telefon, vidi ih. Ako ste nam igdje rekli da ne pišemo, to vrijedi za oba. Želite li to?
link-yes = Da, spoji
link-no = Ne
link-apart = Ništa nismo promijenili.
link-done = Gotovo. Razgovori su sada spojeni. Vaši termini su u oba.
