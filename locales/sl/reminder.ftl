# Draft: needs a native reader. Status: docs/translations.md
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
reminder =
    Opomnik: { DAY($at) }
    Ura: { TIME($at) }
reminder-come = Pridem
reminder-move = Prestavim
reminder-cancel = Odpovem
reminder-details = Pokaži več
reminder-thanks = Hvala. Se vidimo.
reminder-thanks-details = Pokaži več
reminder-moved = Čas se je spremenil. To je novi:
reminder-cancelled = Ta termin je odpovedan. Lahko izberete novega.
reminder-past = Ta termin je mimo. Lahko izberete novega.
reminder-gone = Tukaj ni ničesar več. Lahko pogledate, kaj imate.
reminder-appointments = Moji termini
reminder-goon = Ali želite nadaljevati?
reminder-goon-yes = Da
reminder-goon-no = Ne
