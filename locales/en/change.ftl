# Draft: needs a native reader. Status: docs/translations.md
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
change-booked =
    Noted: { DAY($at) }
    Time: { TIME($at) }
change-moved =
    New time: { DAY($at) }
    Time: { TIME($at) }
    We are sorry for the change.
change-cancelled =
    Change: { DAY($at) }
    { TIME($at) } cannot take place. We are sorry. Choose a new time:
change-cancelled-none =
    Change: { DAY($at) }
    { TIME($at) } cannot take place. We are sorry. We will find a new time together.
change-at = { WHEN($at) }
change-other = Other times
change-person = 🙋 A person
change-replaced = You have a new time: { DATE($at) }.
change-over = This has changed or is over. You can see what you have.
change-appointments = My times
