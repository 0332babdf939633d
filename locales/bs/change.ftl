# Draft: needs a native reader. Status: docs/translations.md. Source of hr, sr and sr-Cyrl: docs/translations.md says how.
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
change-booked =
    Zapisano: { DAY($at) }
    Sat: { TIME($at) }
change-moved =
    Novo vrijeme: { DAY($at) }
    Sat: { TIME($at) }
    Oprostite zbog promjene.
change-cancelled =
    Promjena: { DAY($at) }
    Sat { TIME($at) } nažalost nije moguć. Oprostite. Izaberite novo vrijeme:
change-cancelled-none =
    Promjena: { DAY($at) }
    Sat { TIME($at) } nažalost nije moguć. Oprostite. Novo vrijeme naći ćemo zajedno.
change-at = { WHEN($at) }
change-other = Drugo vrijeme
change-person = 🙋 Osoba
change-replaced = Imate novo vrijeme: { DATE($at) }.
change-over = To se promijenilo ili je već prošlo. Možete pogledati što imate.
change-appointments = Moji termini
