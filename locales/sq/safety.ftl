# Safety card and what follows it, Albanian. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.

safety-card =
    Jam ndihmës automatik. Nuk mund të telefonoj askënd.
    Jeni tani në rrezik? Telefononi 112 ose policinë 113.
    Nuk mund të flisni? Dërgoni SMS te 112.
    080 11 55: linja për gra dhe fëmijë që pësojnë dhunë. Ditë e natë, falas.
    116 123: dikush për të folur. Ditë e natë, falas.
    Nuk e keni ju fajin.
safety-show =
    Tregojeni ose lexojeni këtë:
    Na pomoč. Govorim albansko. Moj naslov je …
safety-person = Dua një njeri
safety-more = Më shumë numra
safety-other = Desha diçka tjetër
safety-numbers =
    080 12 00: policia, pa thënë emrin.
    116 111: linja për fëmijë dhe të rinj.
    031 233 211: qendra e krizës për gra dhe fëmijë.
    112: urgjenca, edhe me SMS. 113: policia.
safety-person-waiting = Një njeri do ta lexojë këtë gjatë orarit: { $hours }. Natën askush nuk e lexon këtë bisedë. Në rrezik telefononi 112.
safety-write = A është e sigurt të shkruajmë në këtë telefon?
safety-write-yes = Po, është e sigurt
safety-write-some = Vetëm disa orë
safety-write-no = Jo, mos shkruani
safety-write-yes-done = Faleminderit. Do të shkruajmë vetëm kur duhet.
safety-write-some-ask = Kur është e sigurt?
safety-hours-morning = 8–12
safety-hours-afternoon = 12–16
safety-hours-any = Në çdo kohë
safety-write-some-done = Faleminderit. Do të shkruajmë vetëm në këtë kohë.
safety-write-no-done = Në rregull. Nuk do t'ju shkruajmë. Mund të shkruani SOS këtu në çdo kohë, ose ejani te { $desk }. Për ta fshirë këtë bisedë: mbajeni gjatë shtypur, pastaj Fshi.
safety-worry = Kjo është e rëndë. Faleminderit që shkruat. Një njeri mund të flasë me ju. Në rrezik telefononi 112.
safety-worry-person = Dua një njeri
safety-worry-services = Trego ndihmën
safety-youth = Jeni nën 18 vjeç? Telefononi 116 111. Është linjë për fëmijë dhe të rinj. Ata ju dëgjojnë.
