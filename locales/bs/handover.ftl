# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
handover-menu = 🏠 Meni
handover-person-has = Ovdje vam odgovara { $name }. Možete i nazvati { $phone } ili doći: { $address }. U opasnosti nazovite 112.
handover-person-now = Osoba će vam pisati ovdje, obično za { $minutes } min. Danas je otvoreno do { TIME($until) }. Možete i nazvati { $phone } ili doći: { $address }. U opasnosti nazovite 112.
handover-person-duty = Osoba sada čita ovaj razgovor i pisat će vam ovdje. Ured ({ $address }) je zatvoren. U opasnosti nazovite 112.
handover-person-nobody = Zapisali smo da želite razgovarati s osobom. Sada ovdje niko ne odgovara. Nazovite { $phone } ili dođite: { $address }, danas do { TIME($until) }.
handover-person-later = Zapisali smo da želite razgovarati s osobom. Sada poruke niko ne čita. Čitamo ih od: { DATE($opens) }. Kad je otvoreno, možete i nazvati { $phone } ili doći: { $address }.
handover-person-closed = Zapisali smo da želite razgovarati s osobom. Sada je zatvoreno i poruke niko ne čita. Kad otvorimo, nazovite { $phone }.
handover-lines =
    Dan i noć rade:
    112: hitna pomoć. 113: policija.
    080 11 55: pomoć kod nasilja, za žene i djecu.
    116 123: razgovor kad vam je teško.
handover-notthis = Ne ta osoba
handover-notthis-about = Na terminu s vama razgovara { $name }.
handover-notthis-done = U redu. Zapisali smo. S vama će razgovarati neko drugi.
handover-taken = Sada vam ovdje odgovara { $name }. To je osoba, ne automatski pomoćnik.
handover-has = Ovdje vam odgovara { $name } i čita što napišete.
handover-returned = Sada vam opet odgovara automatski pomoćnik. Zadnje ste bili ovdje:
handover-waiting = Ovdje će vam pisati neko drugi.
handover-closed = Ovaj razgovor je završen. Hvala. Sada opet odgovara automatski pomoćnik. Ako želite osobu, napišite: osoba
handover-stop = U redu. Novosti i podsjetnike više ne šaljemo. Osoba vam ovdje još može odgovoriti. Ako se predomislite, napišite: start
