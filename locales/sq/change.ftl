# Draft: needs a native reader. Status: docs/translations.md
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
change-booked =
    U shënua: { DAY($at) }
    Ora: { TIME($at) }
change-moved =
    Koha e re: { DAY($at) }
    Ora: { TIME($at) }
    Na falni për ndryshimin.
change-cancelled =
    Ndryshim: { DAY($at) }
    Ora { TIME($at) } nuk vlen më. Na falni. Zgjidhni një orë të re:
change-cancelled-none =
    Ndryshim: { DAY($at) }
    Ora { TIME($at) } nuk vlen më. Na falni. Orën e re e gjejmë bashkë.
change-at = { WHEN($at) }
change-other = Orë të tjera
change-person = 🙋 Një njeri
change-replaced = Keni një kohë të re: { DATE($at) }.
change-over = Kjo ka ndryshuar ose ka kaluar. Mund të shihni çfarë keni.
change-appointments = Kohët e mia
