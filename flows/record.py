"""Records of the desk: opening one with the privacy text read aloud, and agreeing how it is safe to write to her."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from flows import contact, hours
from flows.texts import SHIPPED
from storage import members, messages, records
from storage.fold import fold_all
from storage.records import ALOUD, CHANNELS, DESK, WORDINGS, Agreement
from storage.sites import Site
from storage.sql import Tx

WORDING = "desk-1"
"""Version of `card-privacy`, the text that is read aloud."""
_PHONE = re.compile(r"\+?[0-9][0-9 /-]{4,18}[0-9]", re.ASCII)
_NOT_IN_A_NAME = re.compile(
    r"[\d@<>{}\[\]/\\|:;,!?#%&*=+_\"\u0000-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


class Refused(Exception):
    """What was told cannot be: the key of a sentence."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What staff and she agreed aloud."""

    write_when: str | None
    shared_phone: str | None
    do_not_write: bool
    channel: str | None
    wording: str
    phone: str | None
    whose: str
    """Whose phone the number is: `own`, or somebody else's, which is not taken."""
    knew_locked: bool = False
    """Whether the form said that her phone must not be written to."""


def folded(name: str) -> str:
    """A name as searches compare it."""
    return " ".join(fold_all(name))


def first_name(told: str) -> str:
    """The first name as it is kept; refuses what is more than one."""
    name = " ".join(told.split())
    if not name or not folded(name):
        raise Refused("records-name-missing")
    if len(name) > records.NAME_MAX or _NOT_IN_A_NAME.search(name):
        raise Refused("records-name-only")
    return name


def open_record(
    tx: Tx,
    site_id: int,
    told_name: str,
    language: str,
    *,
    read_aloud: bool,
    staff_id: int,
    now: datetime,
    member_id: int | None = None,
) -> int:
    """A record of somebody new, or of a member we know from a chat; her id."""
    name = first_name(told_name)
    if language not in SHIPPED:
        raise Refused("records-language-missing")
    if not read_aloud:
        raise Refused("records-not-read")
    if member_id is None:
        member_id = records.open_new(tx, site_id, name, folded(name), language, staff_id, now)
    elif not records.open_for(tx, member_id, site_id, name, folded(name), staff_id, now):
        raise Refused("records-there")
    member = members.find(tx, member_id)
    if member is not None and member.site_id is None:
        members.set_field(tx, member_id, "site_id", site_id)
    _consent(tx, member_id, "chat", True, WORDING, language, now)
    return member_id


def agree(tx: Tx, member_id: int, terms: Terms, *, site: Site, staff_id: int, now: datetime) -> None:
    """Keep the agreement; what is queued and does not suit it is taken back in the same transaction."""
    member = members.find(tx, member_id)
    if member is None:
        raise Refused("records-gone")
    _examine(terms)
    if member.do_not_write and not terms.do_not_write and not terms.knew_locked:
        raise Refused("records-locked-since")  # she said so on her phone after this form was opened
    for name in ("write_when", "shared_phone", "do_not_write"):
        if getattr(member, name) != getattr(terms, name):
            members.set_field(tx, member_id, name, getattr(terms, name))
    records.agree(tx, member_id, Agreement(terms.channel, terms.wording, terms.phone, staff_id, now))
    if terms.write_when is not None:
        given = terms.write_when != "never" and not terms.do_not_write
        language = member.language or SHIPPED[0]
        _consent(tx, member_id, "reminders", given, contact.WORDING, language, now)
    if terms.do_not_write:
        messages.cancel_unasked(tx, member_id, "do_not_write")
    # What is queued was planned for the former agreement: another reminder is made, or staff call.
    elif not hours.is_open(now, hours.window(site, terms.write_when)) or terms.channel == DESK:
        messages.cancel_unasked(tx, member_id, "hours")


def _examine(terms: Terms) -> None:
    """Refuse what no form of ours offers, and a number that is not hers."""
    known = (
        terms.write_when in (None, *contact.WHEN)
        and terms.shared_phone in (None, *contact.SHARED)
        and terms.channel in (None, *CHANNELS)
        and terms.wording in WORDINGS
    )
    if not known:
        raise Refused("records-wrong")
    if terms.phone is None:
        return
    if terms.whose != "own":
        raise Refused("records-phone-not-hers")
    if _PHONE.fullmatch(terms.phone) is None or len(terms.phone) > records.PHONE_MAX:
        raise Refused("records-phone-wrong")


def _consent(
    tx: Tx, member_id: int, purpose: str, given: bool, wording: str, language: str, now: datetime
) -> None:
    members.consent(
        tx, member_id, purpose, DESK, given=given, wording=wording, language=language, how=ALOUD, at=now
    )
