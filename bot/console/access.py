"""Who may do what in the console: roles, the person who is signed in, and what a route asks of her."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from aiohttp import web

from storage.sessions import Signed


class Role(StrEnum):
    """What a person may do at one site; the values are `storage.staff.ROLES`."""

    DESK = "desk"
    COUNSELLOR = "counsellor"
    MEDIATOR = "mediator"
    COORDINATOR = "coordinator"
    ANALYST = "analyst"
    ADMIN = "admin"


EVERY_ROLE = frozenset(Role)
CHATS = frozenset({Role.DESK, Role.COUNSELLOR, Role.MEDIATOR, Role.COORDINATOR})
"""Who speaks with members."""
SECOND_FACTOR = frozenset({Role.COORDINATOR, Role.ADMIN})
"""Roles that can write to many or manage staff: a password alone does not let them in."""


class Door(StrEnum):
    """What a route asks when it asks for no role."""

    ANYBODY = "anybody"
    HALF = "half"
    """A session whose second factor may still be missing: giving it, setting it up, signing out."""
    SIGNED_IN = "signed_in"


ANYBODY, HALF, SIGNED_IN = Door.ANYBODY, Door.HALF, Door.SIGNED_IN


@dataclass(frozen=True, slots=True)
class Me:
    """The person behind a request. Nobody has the id 0 and no role."""

    staff_id: int
    uid: str
    name: str
    language: str
    """Of the console."""
    languages: tuple[str, ...]
    """Spoken with members."""
    roles: Mapping[int, frozenset[Role]]
    """Site id -> her roles there."""
    session_id: int
    csrf: str
    passed: bool = True
    """Whether the second factor was given, or none is needed."""
    enrolled: bool = False
    """Whether she has a second factor."""

    def sites(self, *roles: Role) -> tuple[int, ...]:
        """The sites where she has any of these roles; any role at all when none is named."""
        wanted = frozenset(roles) or EVERY_ROLE
        return tuple(sorted(site for site, hers in self.roles.items() if hers & wanted))

    def has(self, *roles: Role) -> bool:
        """Whether she has any of these roles anywhere."""
        return bool(self.sites(*roles))


Handler = Callable[[web.Request, Me], Awaitable[web.StreamResponse]]
Method = Literal["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the table: what is served, and to whom."""

    method: Method
    path: str
    handler: Handler = field(compare=False)
    roles: frozenset[Role] | Door
    quiet: bool = False
    """The page asks by itself (a live stream, a poll): it does not keep an idle session alive."""
    file_max: int = 0
    """Bytes of the file its form may bring; 0 for a form without one."""

    def allows(self, me: Me | None) -> bool:
        """Whether this person may come in; whose object it is, the handler decides."""
        if isinstance(self.roles, frozenset):
            return me is not None and me.passed and me.has(*self.roles)
        if self.roles is Door.ANYBODY:
            return True
        return me is not None and (me.passed or self.roles is Door.HALF)


def person(signed: Signed, csrf: str) -> Me:
    """The signed-in person as handlers see her."""
    who = signed.person
    return Me(
        who.id,
        who.uid,
        who.name,
        who.language,
        who.languages,
        {site: frozenset(Role(role) for role in hers) for site, hers in who.roles.items()},
        signed.session_id,
        csrf,
        signed.passed,
        who.enrolled,
    )


def nobody(language: str, csrf: str) -> Me:
    """Who asks for a page without a session."""
    return Me(0, "", "", language, (), {}, 0, csrf, passed=False)
