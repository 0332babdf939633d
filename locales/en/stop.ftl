# Draft: needs a native reader. Status: docs/translations.md
stop-done = Done. We do not write first any more.
stop-keep = Keep reminders for your appointments?
stop-keep-yes = Yes
stop-keep-no = No
stop-stopped = Done. We do not write first any more. You can write at any time.
stop-kept = Done. Only reminders for your appointments come.
stop-none = You get our messages.
stop-started = Good. We may write to you again.
stop-ok = OK
stop-start = Write to me again
stop-none-ok = OK
