# Draft: needs a native reader. Status: docs/translations.md
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
reminder =
    Reminder: { DAY($at) }
    Time: { TIME($at) }
# After the time, and never where discreet words were agreed.
reminder-room = 🚪 { $room }
reminder-come = I come
reminder-move = Move
reminder-cancel = Cancel
reminder-details = Show more
reminder-thanks = Thank you. We noted it.
reminder-thanks-details = Show more
reminder-moved = The time has changed. This is the new one:
reminder-cancelled = This time was cancelled. You can choose a new one.
reminder-past = This time is over. You can choose a new one.
reminder-gone = There is nothing more here. You can see what you have.
reminder-appointments = My times
reminder-goon = Do you want to go on?
reminder-goon-yes = Yes
reminder-goon-no = No
reminder-discreet = Good day. Here is something for you.
