# Safety card and what follows it, Albanian. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.

safety-card =
    Jam ndihmës automatik. Nuk mund të telefonoj askënd.
    Jeni në rrezik tani? Telefononi 112 ose policinë, 113.
    Nuk mund të flisni? Dërgoni SMS në 112.
    080 11 55: linjë për gra dhe fëmijë që vuajnë nga dhuna. Ditë e natë, falas.
    116 123: bisedë kur e keni vështirë. Ditë e natë, falas.
    Nuk është faji juaj.
safety-show =
    Tregojeni ose lexojeni këtë:
    Na pomoč. Govorim albansko. Moj naslov je …
safety-person = Dua të flas me dikë
safety-more = Më shumë numra
safety-other = Desha diçka tjetër
safety-numbers =
    080 12 00: policia, pa e thënë emrin.
    116 111: linjë për fëmijë dhe të rinj.
    031 233 211: qendër për gra dhe fëmijë në krizë (krizni center).
    112: urgjenca, edhe me SMS. 113: policia.
safety-person-waiting = E shënuam që doni të flisni me një njeri. Një njeri do t'ju shkruajë këtu, nëse kjo është e sigurt për ju. Telefononi { $phone } ose ejani te ne: { $desk }. Hapur: { $hours }. Natën këtë bisedë nuk e lexon askush. Nëse jeni në rrezik, telefononi 112.
safety-write = A është e sigurt t'ju shkruajmë në këtë telefon?
safety-write-yes = Po, është e sigurt
safety-write-some = Vetëm në disa orë
safety-write-no = Jo, mos shkruani
safety-write-yes-done = Faleminderit. Do t'ju shkruajmë vetëm kur duhet.
safety-write-some-ask = Kur është e sigurt?
safety-hours-morning = 8–12
safety-hours-afternoon = 12–16
safety-hours-any = Në çdo kohë
safety-write-some-done = Faleminderit. Do t'ju shkruajmë vetëm në këtë kohë.
safety-write-no-done = Në rregull. Nuk do t'ju shkruajmë. Mund të shkruani SOS këtu në çdo kohë ose të vini te ne: { $desk }.
safety-delete-chat = Për ta fshirë këtë bisedë, mbajeni gishtin gjatë mbi të. Pastaj zgjidhni “Fshi”.
safety-worry = Kjo është e rëndë. Faleminderit që shkruat. Një njeri mund të flasë me ju. Nëse jeni në rrezik, telefononi 112.
safety-worry-person = Dua të flas me dikë
safety-worry-services = Ku gjej ndihmë?
safety-youth = A jeni nën 18 vjeç? Telefononi 116 111. Është linjë për fëmijë dhe të rinj. Atje ju dëgjojnë.
