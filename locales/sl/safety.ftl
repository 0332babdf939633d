# Safety card and what follows it, Slovenian. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.

safety-card =
    Sem računalnik, ne človek. Nikogar ne morem poklicati.
    Ste zdaj v nevarnosti? Pokličite 112 ali policijo: 113.
    Ne morete govoriti? Pošljite SMS na 112.
    080 11 55: pomoč pri nasilju, za ženske in otroke. Dan in noč, brezplačno.
    116 123: pogovor, ko vam je hudo. Dan in noč, brezplačno.
    Vi niste krivi.
safety-show =
    Pokažite to ali preberite na glas:
    Na pomoč. V nevarnosti sem. Moj naslov je …
safety-person = Pogovor s človekom
safety-more = Več številk
safety-other = Nekaj drugega
safety-numbers =
    080 12 00: policija, imena ne poveste.
    116 111: telefon za otroke in mlade.
    031 233 211: krizni center za ženske in otroke.
    112: nujna pomoč, tudi s SMS. 113: policija.
safety-person-waiting = Zapisali smo, da želite govoriti s človekom. Človek vam bo pisal tukaj, če je to za vas varno. Pokličite { $phone } ali pridite: { $desk }. Odprto: { $hours }. Ponoči sporočil nihče ne bere. V nevarnosti pokličite 112.
safety-write = Ali je varno, da vam pišemo na ta telefon?
safety-write-yes = Da, varno je
safety-write-some = Samo včasih
safety-write-no = Ne, ne pišite
safety-write-yes-done = Hvala. Pišemo vam samo, če je treba.
safety-write-some-ask = Kdaj je varno?
safety-hours-morning = Dopoldne, 8–12
safety-hours-afternoon = Popoldne, 12–16
safety-hours-any = Ves dan, ponoči ne
safety-write-some-done = Hvala. Pišemo vam samo takrat.
safety-write-no-done = V redu. Ne pišemo vam. Tukaj lahko vedno napišete SOS. Lahko tudi pridete: { $desk }.
safety-delete-chat = Ta klepet lahko izbrišete: dolgo držite prst na njem, potem izberite »Izbriši«.
safety-worry = To je težko. Hvala, da ste napisali. Človek se lahko pogovori z vami. V nevarnosti pokličite 112.
safety-worry-person = Pogovor s človekom
safety-worry-services = Kje dobim pomoč?
safety-youth = Imate manj kot 18 let? Pokličite 116 111. To je telefon za otroke in mlade. Tam vas poslušajo.
