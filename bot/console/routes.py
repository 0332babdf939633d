"""Every page and form of the console, and who may open it. What is not in this table is not served."""

from __future__ import annotations

from bot.console import (
    account,
    alerts,
    audit,
    bookings,
    calendar,
    cards,
    channels,
    chat_acts,
    chats,
    checks,
    closures,
    dayoff,
    directory,
    duty,
    feed,
    helplines,
    home,
    imports,
    inbox,
    media,
    members,
    numbers,
    office,
    organisations,
    pages,
    people,
    records,
    restore,
    retention,
    schedule,
    setup,
    sign_in,
    sites,
    subjects,
    tasks,
    today,
    visits,
    wording_table,
    wordings,
)
from bot.console.access import ANYBODY, CHATS, HALF, SIGNED_IN, Role, Route
from bot.spreadsheets import FILE_MAX as SHEET_MAX_BYTES
from flows.closure import FILE_MAX_BYTES

ADMIN = frozenset({Role.ADMIN})
EDITORS = frozenset(duty.EDITORS)
NUMBERS = frozenset(numbers.READERS)
DIRECTORY, DIRECTORS = frozenset(directory.READERS), frozenset(directory.EDITORS)
TEXTS = frozenset({Role.COUNSELLOR, Role.MEDIATOR, Role.COORDINATOR, Role.ADMIN})
ATTENDANCE = frozenset({Role.DESK, Role.COUNSELLOR, Role.COORDINATOR})
SCHEDULE = frozenset(calendar.SEES)
KEEPERS = frozenset(schedule.KEEPERS)

ROUTES: tuple[Route, ...] = (
    # Door
    Route("GET", "/console", home.home, SIGNED_IN),
    Route("GET", "/console/static/{name}", pages.static, ANYBODY),
    Route("GET", "/console/sign-in", sign_in.sign_in_page, ANYBODY),
    Route("POST", "/console/sign-in", sign_in.sign_in, ANYBODY),
    Route("GET", "/console/invitation/{token}", sign_in.invitation_page, ANYBODY),
    Route("POST", "/console/invitation/{token}", sign_in.invitation, ANYBODY),
    Route("POST", "/console/sign-out", sign_in.sign_out, HALF),
    Route("GET", "/console/second", sign_in.second_page, HALF),
    Route("POST", "/console/second", sign_in.second, HALF),
    Route("GET", "/console/second/new", account.enrol_page, HALF),
    Route("POST", "/console/second/new", account.enrol, HALF),
    Route("GET", "/console/second/qr.svg", account.enrol_qr, HALF),
    # Account
    Route("GET", "/console/account", account.account, SIGNED_IN),
    Route("POST", "/console/account", account.own, SIGNED_IN),
    Route("POST", "/console/account/password", account.password, SIGNED_IN),
    Route("POST", "/console/account/codes", account.codes, SIGNED_IN),
    Route("POST", "/console/account/sessions/end", account.end_others, SIGNED_IN),
    Route("POST", "/console/account/sessions/{id}/end", account.end_session, SIGNED_IN),
    # Her calendar for calendar programs: the token is the only door, and a program keeps no session alive
    Route("POST", "/console/account/feed", feed.make, SIGNED_IN),
    Route("POST", "/console/account/feed/revoke", feed.revoke, SIGNED_IN),
    Route("GET", "/console/feed/{token}", feed.serve, ANYBODY, quiet=True),
    # Staff
    Route("GET", "/console/staff", people.staff, ADMIN),
    Route("POST", "/console/staff", people.invite, ADMIN),
    Route("GET", "/console/staff/{uid}", people.one, ADMIN),
    Route("POST", "/console/staff/{uid}/roles", people.set_roles, ADMIN),
    Route("POST", "/console/staff/{uid}/active", people.set_active, ADMIN),
    Route("POST", "/console/staff/{uid}/end", people.end_sessions, ADMIN),
    Route("POST", "/console/staff/{uid}/link", people.new_link, ADMIN),
    # What members sent
    Route("GET", "/console/media/{uid}", media.download, CHATS),
    Route("POST", "/console/media/{uid}/keep", media.keep, CHATS),
    # Inbox
    Route("GET", "/console/inbox", inbox.show, CHATS),
    Route("GET", "/console/inbox/live", inbox.stream, CHATS, quiet=True),
    # Chats
    Route("GET", "/console/chats/{id}", chats.show, CHATS),
    Route("GET", "/console/chats/{id}/live", chats.stream, CHATS, quiet=True),
    Route("POST", "/console/chats/{id}/take", chat_acts.take, CHATS),
    Route("POST", "/console/chats/{id}/assign", chat_acts.assign, CHATS),
    Route("POST", "/console/chats/{id}/hand", chat_acts.hand, CHATS),
    Route("POST", "/console/chats/{id}/return", chat_acts.give_back, CHATS),
    Route("POST", "/console/chats/{id}/close", chat_acts.close, CHATS),
    Route("POST", "/console/chats/{id}/reply", chat_acts.reply, CHATS),
    Route("POST", "/console/chats/{id}/again", chat_acts.again, CHATS),
    Route("POST", "/console/chats/{id}/notes", chat_acts.note, CHATS),
    Route("POST", "/console/chats/{id}/notes/{note}", chat_acts.open_note, CHATS),
    # Duty: the roster, and how she herself is called
    Route("GET", "/console/duty", duty.duty_page, SIGNED_IN),
    Route("POST", "/console/duty/add", duty.add, EDITORS),
    Route("POST", "/console/duty/shifts/{id}/remove", duty.remove, EDITORS),
    Route("POST", "/console/duty/push", duty.subscribe, SIGNED_IN),
    Route("POST", "/console/duty/push/forget", duty.forget, SIGNED_IN),
    Route("POST", "/console/duty/telegram", duty.telegram, SIGNED_IN),
    Route("POST", "/console/duty/telegram/end", duty.untie, SIGNED_IN),
    Route("POST", "/console/duty/test", duty.test, SIGNED_IN),
    # Alerts: who is one of those it may reach is asked by the handler
    Route("GET", "/console/alerts.js", alerts.worker, ANYBODY),
    Route("GET", "/console/alerts/{uid}", alerts.one, SIGNED_IN),
    Route("POST", "/console/alerts/{uid}/look", alerts.look, SIGNED_IN),
    # Tasks
    Route("GET", "/console/tasks", tasks.tasks_page, CHATS),
    Route("POST", "/console/tasks/{id}/take", tasks.take, CHATS),
    Route("POST", "/console/tasks/{id}/done", tasks.done, CHATS),
    # Today: who came
    Route("GET", "/console/today", today.today_page, ATTENDANCE),
    Route("POST", "/console/today/{id}", today.record, ATTENDANCE),
    Route("POST", "/console/today/{id}/undo", today.undo, ATTENDANCE),
    # Calendar
    Route("GET", "/console/calendar", calendar.calendar_page, SCHEDULE),
    # Working plans
    Route("GET", "/console/calendar/plans", schedule.plans_page, KEEPERS),
    Route("POST", "/console/calendar/plans", schedule.make, ADMIN),
    Route("GET", "/console/calendar/plans/{id}", schedule.plan_page, KEEPERS),
    Route("POST", "/console/calendar/plans/{id}/hours", schedule.set_hours, KEEPERS),
    Route("POST", "/console/calendar/plans/{id}/hours/{rule}/remove", schedule.remove_hours, KEEPERS),
    Route("POST", "/console/calendar/plans/{id}/about", schedule.set_about, EDITORS),
    Route("POST", "/console/calendar/plans/{id}/days", schedule.add_days, KEEPERS),
    Route("POST", "/console/calendar/plans/{id}/days/{one}/remove", schedule.remove_day, KEEPERS),
    # Closed days
    Route("GET", "/console/calendar/closed", closures.closed_page, SCHEDULE),
    Route("POST", "/console/calendar/closed/add", closures.add, EDITORS),
    Route("POST", "/console/calendar/closed/import", closures.upload, EDITORS, file_max=FILE_MAX_BYTES),
    Route("POST", "/console/calendar/closed/{id}/remove", closures.remove, EDITORS),
    # Directory: whose site it is, the handler asks
    Route("GET", "/console/services", directory.services, DIRECTORY),
    Route("POST", "/console/services", directory.create, DIRECTORS),
    Route("GET", "/console/services/new", directory.new_page, DIRECTORS),
    Route("GET", "/console/services/{id}", directory.service, DIRECTORY),
    Route("POST", "/console/services/{id}", directory.save, DIRECTORS),
    Route("GET", "/console/services/{id}/edit", directory.edit_page, DIRECTORS),
    Route("POST", "/console/services/{id}/state", directory.set_state, DIRECTORS),
    Route("POST", "/console/services/{id}/checked", directory.checked, DIRECTORS),
    Route("POST", "/console/services/{id}/ask", directory.ask, DIRECTORS),
    Route("POST", "/console/services/{id}/reports/{report}", directory.settle, DIRECTORS),
    Route("POST", "/console/services/export", imports.export, DIRECTORS),
    Route("GET", "/console/imports", imports.imports_page, DIRECTORS),
    Route("POST", "/console/imports", imports.upload, DIRECTORS, file_max=SHEET_MAX_BYTES),
    Route("GET", "/console/imports/{uid}", imports.one, DIRECTORS),
    Route("POST", "/console/imports/{uid}", imports.carry_out, DIRECTORS),
    Route("POST", "/console/imports/{uid}/drop", imports.drop, DIRECTORS),
    Route("GET", "/console/organisations/new", organisations.new_page, DIRECTORS),
    Route("POST", "/console/organisations", organisations.create, DIRECTORS),
    Route("GET", "/console/organisations/{id}", organisations.one, DIRECTORY),
    Route("POST", "/console/organisations/{id}", organisations.save, DIRECTORS),
    # Members at the desk: their data, and forgetting them
    Route("GET", "/console/members/erased", members.erased, members.ERASES),
    Route("GET", "/console/members/{id}", members.show, members.HANDS_OUT),
    Route("POST", "/console/members/{id}/data", members.data, members.HANDS_OUT),
    Route("GET", "/console/members/{id}/erase", members.erase_page, members.ERASES),
    Route("POST", "/console/members/{id}/erase", members.erase, members.ERASES),
    # Numbers
    Route("GET", "/console/numbers", numbers.show, NUMBERS),
    Route("GET", "/console/numbers/csv", numbers.csv, NUMBERS),
    Route("GET", "/console/numbers/xlsx", numbers.xlsx, NUMBERS),
    # Booking for somebody, moving and cancelling her meetings
    Route("GET", "/console/members/{id}/book", bookings.book_page, bookings.BOOKS),
    Route("POST", "/console/members/{id}/book", bookings.book, bookings.BOOKS),
    Route("GET", "/console/bookings/{id}", bookings.one, bookings.BOOKS),
    Route("POST", "/console/bookings/{id}/move", bookings.move, bookings.BOOKS),
    Route("POST", "/console/bookings/{id}/cancel", bookings.cancel, bookings.BOOKS),
    # A whole day called off
    Route("GET", "/console/dayoff", dayoff.dayoff_page, dayoff.CALLS_OFF),
    Route("POST", "/console/dayoff", dayoff.preview, dayoff.CALLS_OFF),
    Route("POST", "/console/dayoff/cancel", dayoff.cancel, dayoff.CALLS_OFF),
    # Texts: whose language it is, the handler asks
    Route("GET", "/console/texts", wordings.languages, TEXTS),
    Route("GET", "/console/texts/{language}", wordings.language, TEXTS),
    Route("POST", "/console/texts/{language}/open", wordings.decide, ADMIN),
    Route("GET", "/console/texts/{language}/csv", wording_table.out, TEXTS),
    Route(
        "POST", "/console/texts/{language}/csv", wording_table.into, TEXTS, file_max=wording_table.FILE_MAX
    ),
    Route("GET", "/console/texts/{language}/nouns/{noun}", wordings.noun, TEXTS),
    Route("GET", "/console/texts/{language}/keys/{key}", wordings.text, TEXTS),
    Route("POST", "/console/texts/{language}/keys/{key}/correct", wordings.correct, TEXTS),
    Route("POST", "/console/texts/{language}/keys/{key}/shipped", wordings.shipped, TEXTS),
    Route("POST", "/console/texts/{language}/keys/{key}/sign", wordings.sign, TEXTS),
    # Records of the desk, the printed card and the phone that joins with it, the secret check
    Route("GET", "/console/records", records.show, records.OPENS),
    Route("POST", "/console/records", records.open_new, records.OPENS),
    Route("POST", "/console/records/find", records.find, records.OPENS),
    Route("GET", "/console/records/{id}", records.her_page, records.OPENS),
    Route("POST", "/console/records/{id}/open", records.open_known, records.OPENS),
    Route("POST", "/console/records/{id}/agreement", records.agree, records.OPENS),
    Route("GET", "/console/records/{id}/card", cards.show, records.OPENS),
    Route("POST", "/console/records/{id}/card", cards.make, records.OPENS),
    Route("POST", "/console/records/{id}/join", cards.confirm, records.OPENS),
    Route("POST", "/console/records/{id}/join/no", cards.refuse, records.OPENS),
    Route("POST", "/console/records/{id}/check", checks.set_, records.OPENS),
    Route("POST", "/console/records/{id}/check/remove", checks.remove, records.OPENS),
    # Walk-ins
    Route("GET", "/console/visits", visits.show, visits.COUNTS),
    Route("POST", "/console/visits", visits.add, visits.COUNTS),
    Route("POST", "/console/visits/undo", visits.undo, visits.COUNTS),
    # Retention
    Route("GET", "/console/retention", retention.show, ADMIN),
    Route("POST", "/console/retention", retention.save, ADMIN),
    # Set-up: the steps, the office, its sites, topics, help lines, channels
    Route("GET", "/console/setup", setup.show, ADMIN),
    Route("POST", "/console/setup/open", setup.open_up, ADMIN),
    Route("GET", "/console/office", office.show, ADMIN),
    Route("POST", "/console/office", office.save, ADMIN),
    Route("GET", "/console/sites", sites.listed, ADMIN),
    Route("POST", "/console/sites", sites.add, ADMIN),
    Route("GET", "/console/sites/{id}", sites.one, ADMIN),
    Route("POST", "/console/sites/{id}", sites.save, ADMIN),
    Route("GET", "/console/subjects", subjects.listed, ADMIN),
    Route("POST", "/console/subjects", subjects.add, ADMIN),
    Route("GET", "/console/subjects/{id}", subjects.one, ADMIN),
    Route("POST", "/console/subjects/{id}", subjects.save, ADMIN),
    Route("POST", "/console/subjects/{id}/up", subjects.up, ADMIN),
    Route("GET", "/console/helplines", helplines.show, ADMIN),
    Route("POST", "/console/helplines", helplines.add, ADMIN),
    Route("GET", "/console/channels", channels.show, ADMIN),
    # After a restore
    Route("GET", "/console/restore", restore.show, ADMIN),
    Route("POST", "/console/restore", restore.decide, ADMIN),
    # Audit
    Route("GET", "/console/audit", audit.acts, frozenset({Role.ADMIN})),
)
