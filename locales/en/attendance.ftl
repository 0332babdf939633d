# Draft: needs a native reader. Status: docs/translations.md
attendance-title = Today
attendance-hint = Who came? One tap is enough. It can be taken back on the same day.
attendance-today = Today
attendance-before = Earlier, not noted yet
attendance-none = No appointments.
attendance-time = { DATE($at) }
attendance-hour = { TIME($at) }
attendance-line = { $counsellor }, code { $code }
attendance-came = ✅ Came
attendance-missed = Did not come
attendance-for = { $what }: { $code }
attendance-later = Not yet
attendance-state-attended = Came
attendance-state-missed = Did not come
attendance-undo = Take back
attendance-gone = This could not be noted: it was cancelled, moved or noted already.
