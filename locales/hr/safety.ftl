# Safety card and what follows it, Croatian. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.

safety-card =
    Ja sam automatski pomoćnik. Ne mogu nikoga nazvati.
    Jeste li sada u opasnosti? Nazovite 112 ili policiju 113.
    Ne možete govoriti? Pošaljite SMS na 112.
    080 11 55: SOS-telefon za žene i djecu, žrtve nasilja. Dan i noć, besplatno.
    116 123: razgovor u krizi. Dan i noć, besplatno.
    Niste vi krivi.
safety-show =
    Pokažite ili pročitajte ovo:
    Na pomoč. Govorim hrvaško. Moj naslov je …
safety-person = Želim osobu
safety-more = Više brojeva
safety-other = Nešto drugo
safety-numbers =
    080 12 00: policija, anonimno.
    116 111: telefon za djecu i mlade.
    031 233 211: krizni centar za žene i djecu.
    112: hitna pomoć, i SMS-om. 113: policija.
safety-person-waiting = Zapisali smo da trebate osobu. Osoba će vam pisati ovdje, ako je to za vas sigurno. Nazovite { $phone } ili dođite: { $desk }. Otvoreno: { $hours }. Noću nitko ne čita ovaj razgovor. U opasnosti nazovite 112.
safety-write = Je li sigurno pisati na ovaj telefon?
safety-write-yes = Da, sigurno je
safety-write-some = Samo u neke sate
safety-write-no = Ne, nemojte pisati
safety-write-yes-done = Hvala. Pisat ćemo samo kad treba.
safety-write-some-ask = Kada je sigurno?
safety-hours-morning = 8–12
safety-hours-afternoon = 12–16
safety-hours-any = Bilo kada
safety-write-some-done = Hvala. Pisat ćemo samo u to vrijeme.
safety-write-no-done = U redu. Nećemo vam pisati. Ovdje možete uvijek napisati SOS, ili dođite: { $desk }.
safety-delete-chat = Za brisanje ovog razgovora: držite ga dugo, pa Obriši.
safety-worry = To je teško. Hvala što ste napisali. Osoba može razgovarati s vama. U opasnosti nazovite 112.
safety-worry-person = Želim osobu
safety-worry-services = Pokaži pomoć
safety-youth = Imate li manje od 18 godina? Nazovite 116 111. To je telefon za djecu i mlade. Tamo će vas saslušati.
