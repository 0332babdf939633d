# Draft: needs a native reader. Status: docs/translations.md
handover-menu = 🏠 Meni
handover-person-has = Tukaj vam odgovarja { $name }. Lahko tudi pokličete { $phone } ali pridete: { $address }. V nevarnosti pokličite 112.
handover-person-now = Človek vam bo pisal tukaj, navadno v { $minutes } minutah. Danes je odprto do { TIME($until) }. Lahko tudi pokličete { $phone } ali pridete: { $address }. V nevarnosti pokličite 112.
handover-person-duty = Človek zdaj bere ta pogovor in vam bo pisal tukaj. Pisarna ({ $address }) je zaprta. V nevarnosti pokličite 112.
handover-person-nobody = Zapisali smo, da želite govoriti s človekom. Zdaj tukaj nihče ne odgovarja. Pokličite { $phone } ali pridite: { $address }, danes do { TIME($until) }.
handover-person-later = Zapisali smo, da želite govoriti s človekom. Zdaj sporočil nihče ne bere. Beremo jih od: { DATE($opens) }. Ko je odprto, lahko tudi pokličete { $phone } ali pridete: { $address }.
handover-person-closed = Zapisali smo, da želite govoriti s človekom. Zdaj je zaprto in sporočil nihče ne bere. Ko odpremo, pokličite { $phone }.
handover-lines =
    Dan in noč delajo:
    112: nujna pomoč. 113: policija.
    080 11 55: pomoč pri nasilju, za ženske in otroke.
    116 123: pogovor, ko vam je hudo.
handover-notthis = Ne ta oseba
handover-notthis-about = Na terminu z vami govori { $name }.
handover-notthis-done = V redu. Zapisali smo. Z vami bo govoril nekdo drug.
handover-taken = Zdaj vam tukaj odgovarja { $name }. To je človek, ne računalnik.
handover-has = Tukaj vam odgovarja { $name } in bere, kar napišete.
handover-returned = Zdaj vam spet odgovarja računalnik. Nazadnje ste bili tukaj:
handover-waiting = Tukaj vam bo pisal nekdo drug.
handover-closed = Ta pogovor je končan. Hvala. Zdaj spet odgovarja računalnik. Če želite človeka, napišite: človek
handover-stop = V redu. Novic in opomnikov ne pošiljamo več. Človek vam tukaj še lahko odgovori. Če si premislite, napišite: start
