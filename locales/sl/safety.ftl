# Safety card and what follows it, Slovenian. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.

safety-card =
    Sem samodejni pomočnik. Nikogar ne morem poklicati.
    Ste zdaj v nevarnosti? Pokličite 112 ali policijo 113.
    Ne morete govoriti? Pošljite SMS na 112.
    080 11 55: SOS-telefon za ženske in otroke, žrtve nasilja. Dan in noč, brezplačno.
    116 123: pogovor v stiski. Dan in noč, brezplačno.
    Niste vi krivi.
safety-show =
    Pokažite ali preberite to:
    Na pomoč. V nevarnosti sem. Moj naslov je …
safety-person = Želim osebo
safety-more = Več številk
safety-other = Mislim nekaj drugega
safety-numbers =
    080 12 00: policija, anonimna prijava.
    116 111: telefon za otroke in mlade.
    031 233 211: krizni center za ženske in otroke.
    112: nujna pomoč, tudi s SMS. 113: policija.
safety-person-waiting = To bo prebrala oseba v času uradnih ur: { $hours }. Ponoči tega klepeta nihče ne bere. V nevarnosti pokličite 112.
safety-write = Ali je varno pisati na ta telefon?
safety-write-yes = Da, varno je
safety-write-some = Samo ob urah
safety-write-no = Ne, ne pišite
safety-write-yes-done = Hvala. Pisali vam bomo samo, kadar bo treba.
safety-write-some-ask = Kdaj je varno?
safety-hours-morning = 8–12
safety-hours-afternoon = 12–16
safety-hours-any = Kadar koli
safety-write-some-done = Hvala. Pisali vam bomo samo v tem času.
safety-write-no-done = V redu. Ne bomo vam pisali. Sem lahko kadar koli napišete SOS ali pridete: { $desk }. Za izbris tega klepeta ga dolgo držite in izberite Izbriši.
safety-worry = To je težko. Hvala, da ste napisali. Oseba se lahko pogovori z vami. Če ste v nevarnosti, pokličite 112.
safety-worry-person = Želim osebo
safety-worry-services = Pokaži pomoč
safety-youth = Ste mlajši od 18 let? Pokličite 116 111. To je telefon za otroke in mlade. Poslušali vas bodo.
