"""Who may do what: one line a route. A route that is not here fails the suite, and so does a line without its route.

`anybody`, `half` (password given, second factor not yet) and `signed_in` include everyone further in. A role with a star
reaches only what is her own: the chat handed to her, her task. `self` is what belongs to a person and to no site, `house`
what belongs to all sites together.
"""

from __future__ import annotations

ROLES = ("desk", "counsellor", "mediator", "coordinator", "analyst", "admin")
CHATS = "desk counsellor mediator* coordinator"
TABLE = """
GET  /console                                 signed_in
GET  /console/static/{name}                   anybody
GET  /console/sign-in                         anybody
POST /console/sign-in                         anybody
GET  /console/invitation/{token}              anybody
POST /console/invitation/{token}              anybody
POST /console/sign-out                        half
GET  /console/second                          half
POST /console/second                          half
GET  /console/second/new                      half
POST /console/second/new                      half
GET  /console/second/qr.svg                   half

GET  /console/account                         signed_in
POST /console/account                         signed_in
POST /console/account/password                signed_in
POST /console/account/codes                   signed_in
POST /console/account/sessions/end            signed_in
POST /console/account/sessions/{id}/end       self

POST /console/account/feed                    signed_in
POST /console/account/feed/revoke             signed_in
GET  /console/feed/{token}                    anybody

GET  /console/staff                           admin
POST /console/staff                           admin
GET  /console/staff/{uid}                     admin
POST /console/staff/{uid}/roles               admin
POST /console/staff/{uid}/languages           admin
POST /console/staff/{uid}/active              admin
POST /console/staff/{uid}/end                 admin
POST /console/staff/{uid}/link                admin

GET  /console/media/{uid}                     chats
POST /console/media/{uid}/keep                chats

GET  /console/inbox                           desk counsellor mediator coordinator
GET  /console/inbox/live                      desk counsellor mediator coordinator
GET  /console/chats/{id}                      chats
GET  /console/chats/{id}/live                 chats
POST /console/chats/{id}/take                 chats
POST /console/chats/{id}/assign               chats
POST /console/chats/{id}/hand                 chats
POST /console/chats/{id}/return               chats
POST /console/chats/{id}/close                chats
POST /console/chats/{id}/reply                chats
POST /console/chats/{id}/again                chats
POST /console/chats/{id}/notes                chats
POST /console/chats/{id}/notes/{note}         chats

GET  /console/duty                            signed_in
POST /console/duty/add                        coordinator admin
POST /console/duty/shifts/{id}/remove         coordinator admin
POST /console/duty/push                       signed_in
POST /console/duty/push/forget                signed_in
POST /console/duty/telegram                   signed_in
POST /console/duty/telegram/end               signed_in
POST /console/duty/test                       signed_in
GET  /console/alerts.js                       anybody
GET  /console/alerts/{uid}                    signed_in*
POST /console/alerts/{uid}/look               signed_in*

GET  /console/tasks                           desk counsellor mediator coordinator
POST /console/tasks/{id}/take                 chats
POST /console/tasks/{id}/done                 chats

GET  /console/today                           desk counsellor coordinator
POST /console/today/{id}                      desk counsellor* coordinator
POST /console/today/{id}/undo                 desk counsellor* coordinator

GET  /console/calendar                        desk counsellor coordinator admin
GET  /console/calendar/plans                  counsellor coordinator admin
POST /console/calendar/plans                  admin
GET  /console/calendar/plans/{id}             counsellor* coordinator admin
POST /console/calendar/plans/{id}/hours       counsellor* coordinator admin
POST /console/calendar/plans/{id}/hours/{rule}/remove counsellor* coordinator admin
POST /console/calendar/plans/{id}/about       coordinator admin
POST /console/calendar/plans/{id}/days        counsellor* coordinator admin
POST /console/calendar/plans/{id}/days/{one}/remove counsellor* coordinator admin
GET  /console/calendar/closed                 desk counsellor coordinator admin
POST /console/calendar/closed/add             coordinator admin
POST /console/calendar/closed/import          coordinator admin
POST /console/calendar/closed/{id}/remove     coordinator admin
GET  /console/calendar/rooms                  desk counsellor coordinator admin
POST /console/calendar/rooms/add              coordinator admin
POST /console/calendar/rooms/need             coordinator admin
POST /console/calendar/rooms/{id}/save        coordinator admin
POST /console/calendar/rooms/{id}/close       coordinator admin
POST /console/calendar/rooms/{id}/open        coordinator admin
GET  /console/services                        desk counsellor coordinator admin
POST /console/services                        coordinator admin
GET  /console/services/new                    coordinator admin
GET  /console/services/{id}                   desk counsellor coordinator admin
POST /console/services/{id}                   coordinator admin
GET  /console/services/{id}/edit              coordinator admin
POST /console/services/{id}/state             coordinator admin
POST /console/services/{id}/checked           coordinator admin
POST /console/services/{id}/ask               coordinator admin
POST /console/services/{id}/reports/{report}  coordinator admin
POST /console/services/export                 coordinator admin
GET  /console/imports                         coordinator admin
POST /console/imports                         coordinator admin
GET  /console/imports/{uid}                   coordinator admin
POST /console/imports/{uid}                   coordinator admin
POST /console/imports/{uid}/drop              coordinator admin
GET  /console/organisations/new               coordinator admin
POST /console/organisations                   coordinator admin
GET  /console/organisations/{id}              desk counsellor coordinator admin
POST /console/organisations/{id}              coordinator admin

GET  /console/members/erased                  coordinator admin
GET  /console/members/{id}                    desk counsellor coordinator admin
POST /console/members/{id}/data               desk counsellor coordinator admin
GET  /console/members/{id}/erase              coordinator admin
POST /console/members/{id}/erase              coordinator admin
GET  /console/members/{id}/book               desk counsellor coordinator
POST /console/members/{id}/book               desk counsellor coordinator
GET  /console/bookings/{id}                   desk counsellor* coordinator
POST /console/bookings/{id}/move              desk counsellor* coordinator
POST /console/bookings/{id}/cancel            desk counsellor* coordinator
GET  /console/dayoff                          desk counsellor coordinator admin
POST /console/dayoff                          desk counsellor* coordinator admin
POST /console/dayoff/cancel                   desk counsellor* coordinator admin
GET  /console/texts                           counsellor mediator coordinator admin
GET  /console/texts/{language}                counsellor mediator coordinator admin house
POST /console/texts/{language}/open           admin house
GET  /console/texts/{language}/csv            counsellor mediator coordinator admin house
POST /console/texts/{language}/csv            counsellor mediator coordinator admin house
GET  /console/texts/{language}/nouns/{noun}   counsellor mediator coordinator admin house
GET  /console/texts/{language}/keys/{key}     counsellor mediator coordinator admin house
POST /console/texts/{language}/keys/{key}/correct counsellor mediator coordinator admin house
POST /console/texts/{language}/keys/{key}/shipped counsellor mediator coordinator admin house
POST /console/texts/{language}/keys/{key}/sign    counsellor mediator coordinator admin house
POST /console/texts/{language}/keys/{key}/second  counsellor mediator coordinator admin house
POST /console/texts/{language}/keys/{key}/refuse  counsellor mediator coordinator admin house
POST /console/texts/{language}/keys/{key}/withdraw counsellor mediator coordinator admin house
GET  /console/texts/{language}/keys/{key}/voice   counsellor mediator coordinator admin house
POST /console/texts/{language}/keys/{key}/voice   counsellor mediator coordinator admin house
POST /console/texts/{language}/keys/{key}/voice/remove counsellor mediator coordinator admin house
GET  /console/records                         desk counsellor coordinator
POST /console/records                         desk counsellor coordinator
POST /console/records/find                    desk counsellor coordinator
GET  /console/records/{id}                    desk counsellor coordinator
POST /console/records/{id}/open               desk counsellor coordinator
POST /console/records/{id}/agreement          desk counsellor coordinator
GET  /console/records/{id}/card               desk counsellor coordinator
POST /console/records/{id}/card               desk counsellor coordinator
POST /console/records/{id}/join               desk counsellor coordinator
POST /console/records/{id}/join/no            desk counsellor coordinator
POST /console/records/{id}/check              desk counsellor coordinator
POST /console/records/{id}/check/remove       desk counsellor coordinator

GET  /console/visits                          desk counsellor coordinator
GET  /console/visits.js                       anybody
GET  /console/visits/shell                    desk counsellor coordinator
POST /console/visits                          desk counsellor coordinator
POST /console/visits/undo                     desk* counsellor* coordinator*

GET  /console/retention                       admin
POST /console/retention                       admin
GET  /console/setup                           admin
POST /console/setup/open                      admin
GET  /console/office                          admin
POST /console/office                          admin
GET  /console/sites                           admin
POST /console/sites                           admin
GET  /console/sites/{id}                      admin
POST /console/sites/{id}                      admin
POST /console/sites/{id}/offer                admin
GET  /console/subjects                        admin
POST /console/subjects                        admin
GET  /console/subjects/{id}                   admin
POST /console/subjects/{id}                   admin
POST /console/subjects/{id}/up                admin
GET  /console/helplines                       admin
POST /console/helplines                       admin
GET  /console/channels                        admin
GET  /console/restore                         admin
POST /console/restore                         admin

GET  /console/numbers                         analyst coordinator admin
GET  /console/numbers/csv                     analyst coordinator admin
GET  /console/numbers/xlsx                    analyst coordinator admin

GET  /console/audit                           admin
"""


def table() -> dict[tuple[str, str], frozenset[str]]:
    """(method, path) -> who may."""
    found = {}
    for line in filter(None, TABLE.splitlines()):
        method, path, *who = line.split()
        assert (method, path) not in found, f"{method} {path} stands there twice"
        found[method, path] = frozenset(" ".join(CHATS if one == "chats" else one for one in who).split())
    return found


def expected(who: frozenset[str], actor: str, kind: str) -> str:
    """What becomes of a request: `served`, `refused` as if nothing were there, `door` or `second` (sent to sign in).

    `kind` is the object's: `none`, `own`, `others` (same site, somebody else's), `elsewhere` (another site's), `missing`.
    """
    inside = frozenset(one.rstrip("*") for one in who)
    if "anybody" in inside:
        return "refused" if kind == "missing" else "served"
    if actor in ("anonymous", "ended"):
        return "door"
    if actor == "half" and "half" not in inside:
        return "second"
    if "self" in inside:
        return "served" if kind == "own" else "refused"
    if actor in ROLES and not inside & {"half", "signed_in", actor}:
        return "refused"
    if kind in ("elsewhere", "missing"):
        return "refused"
    # What is ours is another site's to her, though her name stands on it.
    if actor == "elsewhere" and kind in ("own", "others") and "house" not in inside:
        return "refused"
    return "refused" if kind == "others" and who & {f"{actor}*", "signed_in*"} else "served"
