# Draft: needs a native reader. Status: docs/translations.md
restore-title = After a restore
restore-never = The database was never restored from a backup.
restore-then = When it is, nothing of the time before is sent by itself. What waits then stands here, and an admin decides.
restore-when = Restored { DATE($at) }. The copy was made { DATE($copied) }.
restore-between = What happened between these two times is lost here. Some of it may have reached people all the same: call those who had an appointment, and look through staff, roles and passwords.
restore-uncertain = { $count ->
    [one] { $count } message was just being sent when the copy was made. It may have arrived. It is not sent again.
   *[other] { $count } messages were just being sent when the copy was made. They may have arrived. They are not sent again.
}
restore-nothing = Nothing is held any more.
restore-done = { $count ->
    [one] Done: { $count } line.
   *[other] Done: { $count } lines.
}
restore-over = This was decided already. The page shows what is held now.
restore-release = Send
restore-drop = Do not send
restore-release-kind = Send: { $name }
restore-drop-kind = Do not send: { $name }
restore-about-messages = They waited to leave when the copy was made. Where something newer was said since, the old message is dropped.
restore-about-notices = They were due before the restore and may have arrived already. "Send" lets the usual rules decide again, with the appointments as they are now.
restore-about-calls = Calls to colleagues that waited when the copy was made. Who is needed now is called anyway.
restore-about-days = They were called off before the restore. "Send" cancels the appointments that are left and tells everybody. "Do not send" leaves them as they are: see to them by hand, nobody new can book the day.
restore-kind-answer = Answers of the bot
restore-kind-safety = Safety cards
restore-kind-staff = Messages of colleagues
restore-kind-staff_now = Messages of colleagues to somebody who was there
restore-kind-handover_line = Lines about who answers
restore-kind-handover_now = Lines about who answers, to somebody who was there
restore-kind-reminder_day = Reminders a day before
restore-kind-reminder_hours = Reminders two hours before
restore-kind-go_on = Questions: do you want to go on?
restore-kind-missed = Words after a missed appointment
restore-kind-booking_change = Messages about changed appointments
restore-kind-calls = Calls to colleagues
restore-kind-days_off = Days called off whose appointments are not all cancelled
restore-kind-other = Other messages
