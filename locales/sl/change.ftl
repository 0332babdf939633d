# Draft: needs a native reader. Status: docs/translations.md
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
change-booked =
    Zapisano: { DAY($at) }
    Ura: { TIME($at) }
change-moved =
    Novi čas: { DAY($at) }
    Ura: { TIME($at) }
    Oprostite za spremembo.
change-cancelled =
    Sprememba: { DAY($at) }
    Ura { TIME($at) } žal odpade. Oprostite. Izberite nov čas:
change-cancelled-none =
    Sprememba: { DAY($at) }
    Ura { TIME($at) } žal odpade. Oprostite. Nov čas poiščemo skupaj.
change-at = { WHEN($at) }
change-other = Drugi časi
change-person = 🙋 Človek
change-replaced = Imate nov čas: { DATE($at) }.
change-over =
    To se je spremenilo ali je že mimo.
    Lahko pogledate, kaj imate.
change-appointments = Moji termini
