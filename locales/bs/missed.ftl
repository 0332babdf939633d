# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
# No threat, no score, no blame: tests/flows/test_missed.py holds the words that may not stand here.
missed-today =
    Danas ste nam nedostajali. 🙂
    Ništa strašno. Šta želite?
missed-on =
    Nedostajali ste nam. Dan: { WEEKDAY($at) }. 🙂
    Ništa strašno. Šta želite?
missed-before =
    Nedostajali ste nam. 🙂
    Ništa strašno. Šta želite?
missed-again = Novi termin
missed-time = Sat nije odgovarao
missed-contact = Želim osobu
missed-needless = Više mi ne treba
missed-needless-done = U redu. Možete nam pisati kad god želite.
missed-hard =
    Nedostajali ste nam. 🙂
    Zbog čega vam je teško doći? Ne morate reći.
missed-hard-children = Djeca
missed-hard-money = Prijevoz ili novac
missed-hard-work = Posao
missed-hard-health = Zdravlje
missed-hard-unclear = Nije bilo jasno
missed-hard-none = Ne želim reći
missed-noted = Hvala. Možda zajedno možemo nešto promijeniti da bude lakše.
missed-noted-time = Hvala. Možemo naći sat koji vam odgovara.
missed-noted-none = U redu. Kod nas ste dobro došli.
