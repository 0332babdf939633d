"""Every page and form of the console, and who may open it. What is not in this table is not served."""

from __future__ import annotations

from bot.console import (
    account,
    alerts,
    audit,
    cards,
    chat_acts,
    chats,
    checks,
    duty,
    home,
    inbox,
    media,
    members,
    pages,
    people,
    records,
    retention,
    sign_in,
    tasks,
    today,
    visits,
)
from bot.console.access import ANYBODY, CHATS, HALF, SIGNED_IN, Role, Route

ADMIN = frozenset({Role.ADMIN})
EDITORS = frozenset(duty.EDITORS)
ATTENDANCE = frozenset({Role.DESK, Role.COUNSELLOR, Role.COORDINATOR})

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
    # Members at the desk: their data, and forgetting them
    Route("GET", "/console/members/erased", members.erased, members.ERASES),
    Route("GET", "/console/members/{id}", members.show, members.HANDS_OUT),
    Route("POST", "/console/members/{id}/data", members.data, members.HANDS_OUT),
    Route("GET", "/console/members/{id}/erase", members.erase_page, members.ERASES),
    Route("POST", "/console/members/{id}/erase", members.erase, members.ERASES),
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
    # Audit
    Route("GET", "/console/audit", audit.acts, frozenset({Role.ADMIN})),
)
