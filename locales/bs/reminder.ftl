# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
reminder =
    Podsjetnik: { DAY($at) }
    Sat: { TIME($at) }
# After the time, and never where discreet words were agreed.
reminder-room = 🚪 { $room }
reminder-come = Dolazim
reminder-move = Mijenjam
reminder-cancel = Otkazujem
reminder-details = Više
reminder-thanks = Hvala. Zapisali smo.
reminder-thanks-details = Više
reminder-moved = Vrijeme se promijenilo. Novo vrijeme:
reminder-cancelled =
    Ovo vrijeme je otkazano.
    Možete izabrati drugo.
reminder-past =
    Ovo vrijeme je već prošlo.
    Možete izabrati drugo.
reminder-gone =
    Ovdje više nema ničega.
    Možete pogledati šta imate.
reminder-appointments = Moji termini
reminder-goon = Želite li nastaviti?
reminder-goon-yes = Da
reminder-goon-no = Ne
reminder-discreet = Dobar dan. Ovdje je nešto za vas.
