# Draft: needs a native reader. Status: docs/translations.md
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
reminder =
    Opomnik: { DAY($at) }
    Ura: { TIME($at) }
# After the time, and never where discreet words were agreed.
reminder-room = 🚪 { $room }
reminder-come = Pridem
reminder-move = Prestavim
reminder-cancel = Odpovem
reminder-details = Več
reminder-thanks = Hvala. Zapisali smo.
reminder-thanks-details = Več
reminder-moved = Čas se je spremenil. Novi čas:
reminder-cancelled =
    Ta čas je odpovedan.
    Lahko izberete drugega.
reminder-past =
    Ta čas je že mimo.
    Lahko izberete drugega.
reminder-gone =
    Tukaj ni ničesar več.
    Lahko pogledate, kaj imate.
reminder-appointments = Moji termini
reminder-goon = Ali želite nadaljevati?
reminder-goon-yes = Da
reminder-goon-no = Ne
reminder-discreet = Dober dan. Tukaj je nekaj za vas.
