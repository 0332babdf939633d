"""What is missing before real people may write here, in plain words."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot import backup, demo
from bot.app import wall_clock
from bot.settings import Settings
from bot.staff_group import FAILS, WORKS
from flows import wording as rules
from flows.texts import Texts
from storage import alerts, audit, calls, duty, restores, sites, wordings
from storage.audit import Broken
from storage.db import Database, DatabaseUnavailable, open_database
from storage.sites import Site
from storage.sql import Tx
from storage.sqlite import library_version

SAFE_SQLITE = (3, 51, 3)
DISK_FREE_MIN_MB = 500
TICK_AGE_MAX = timedelta(minutes=5)
ALERT_TESTED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `optional` ones do not make the doctor fail."""

    ok: bool
    sentence: str
    optional: bool = False


def examine(settings: Settings) -> list[Finding]:
    """Look at settings, database, channels and texts; nothing is changed."""
    return [*_database(settings), *_channels(settings), _key(settings), _disk(settings)]


def _database(settings: Settings) -> list[Finding]:
    findings = []
    path = settings.sqlite_path
    if path is not None:
        new_enough = library_version() >= SAFE_SQLITE
        findings.append(
            Finding(
                new_enough,
                "SQLite library is new enough."
                if new_enough
                else "The SQLite library is older than 3.51.3 and has a rare corruption bug; one writing process keeps it away.",
                optional=True,
            )
        )
        if not path.exists():
            return [*findings, Finding(False, "There is no database yet. Start with: make run")]
    db: Database | None = None
    try:
        db = open_database(settings.database_url)
        known = db.read(sites.every)
        tick = db.read(lambda tx: sites.marked(tx, "tick"))
        broken = db.read(audit.verify)
        on_duty = db.read(lambda tx: [one for site in known for one in _duty(tx, site, wall_clock())])
        group = _staff_group(settings, db)
        copies = backups_of(settings, db, wall_clock())
        texts = db.read(lambda tx: texts_of(tx, settings))
    except DatabaseUnavailable:
        return [*findings, Finding(False, "The database does not answer. Check DATABASE_URL.")]
    except Exception:  # noqa: BLE001 - tables of another version raise whatever the driver raises
        return [
            *findings,
            Finding(False, "The database has not this version's tables. Run: python -m bot migrate"),
        ]
    finally:
        if db is not None:
            db.close()
    findings.append(
        Finding(
            bool(known),
            f"The office has {len(known)} site{'s' if len(known) > 1 else ''}."
            if known
            else "The database holds no office. Set yours up with: python -m bot setup",
        )
    )
    findings.append(_audit(broken))
    findings += on_duty
    findings += group
    findings += copies
    findings += texts
    fresh = tick is not None and wall_clock() - tick < TICK_AGE_MAX
    findings.append(
        Finding(
            fresh,
            "Reminders are ticking."
            if fresh
            else "Nothing is running: no reminder goes out. Start with: make run",
            True,
        )
    )
    return findings


def _duty(tx: Tx, site: Site, now: datetime) -> list[Finding]:
    """Whether somebody would be called, and whether it was tried."""
    lines = duty.shifts(tx, site.id)
    shifts = [shift for shift in lines if shift.day is None or shift.day >= now.date() - timedelta(days=1)]
    tested = alerts.tested_at(tx, site.id)
    fresh = tested is not None and now - tested < ALERT_TESTED_WITHIN
    deaf = sorted({shift.name for shift in shifts if not calls.ways(tx, shift.staff_id)})
    return [
        Finding(
            bool(shifts),
            f"The duty roster of {site.slug} has {len(shifts)} shifts."
            if shifts
            else f"The duty roster of {site.slug} is empty: nobody is called when a person waits. See /console/duty.",
        ),
        Finding(
            not deaf,
            "Everybody on the roster can be called."
            if not deaf
            else f"{len(deaf)} on the roster cannot be called: no device and no Telegram chat. See /console/duty.",
            optional=True,
        ),
        Finding(
            fresh,
            f"A test alert of {site.slug} was answered in the last {ALERT_TESTED_WITHIN.days} days."
            if fresh
            else f"No test alert of {site.slug} was answered in the last {ALERT_TESTED_WITHIN.days} days: "
            "send one from /console/duty, with every page closed.",
        ),
    ]


def _audit(broken: Broken | None) -> Finding:
    if broken is None:
        return Finding(True, "The audit is whole: no sealed row was changed, removed or moved.")
    return Finding(
        False,
        f"The audit was tampered with at row {broken.audit_id} ({broken.damage}). See: python -m bot audit verify",
    )


def backups_of(settings: Settings, db: Database, now: datetime) -> list[Finding]:
    """Whether a backup of the last night lies in the second place; red for real use, a notice for the demo."""
    folder, found = settings.backup_dir, []
    is_demo = db.read(lambda tx: sites.marked(tx, demo.MARK)) is not None
    if settings.sqlite_path is None:
        programs = backup.programs(settings)
        if programs is None or not (programs / "pg_dump").exists():
            found.append(
                Finding(
                    False,
                    "pg_dump was not found, so no backup can be made: install PostgreSQL's client programs or set PG_PROGRAMS.",
                    is_demo,
                )
            )
    held = db.read(restores.count_held)
    if held:
        found.append(
            Finding(False, f"After a restore {held} messages are held. Decide at /console/restore.", True)
        )
    if folder is None or settings.backup_recipient is None:
        missing = "No backup is made: set BACKUP_RECIPIENT and BACKUP_DIR (docs/backup.md)."
        return [*found, Finding(False, missing, is_demo)]
    marked = db.read(lambda tx: sites.marked(tx, backup.MARK))
    there = [at for at, _ in backup.kept(folder)]
    last = min(marked, there[0]) if marked is not None and there else None
    if last is None:
        sentence = f"There is no backup in {folder}. Make the first: python -m bot backup"
    elif now - last > backup.MISSED:
        hours = int((now - last).total_seconds() // 3600)
        sentence = f"The last backup in {folder} is {hours} hours old. Look for why: python -m bot backup"
    else:
        return [
            *found,
            Finding(True, f"A backup of the last day lies in {folder}."),
            *_apart(settings, folder),
        ]
    return [*found, Finding(False, sentence, is_demo)]


def _apart(settings: Settings, folder: Path) -> list[Finding]:
    """A second place on the same disk is none."""
    if settings.sqlite_path is None or folder.stat().st_dev != settings.data_folder.resolve().stat().st_dev:
        return []
    told = "BACKUP_DIR is on the same disk as the database: a broken disk takes both. See docs/backup.md."
    return [Finding(False, told, True)]


def _staff_group(settings: Settings, db: Database) -> list[Finding]:
    if settings.telegram_staff_chat is None:
        return []
    warned = Finding(
        False,
        "Members' words also go to a Telegram group of staff, on private phones. See docs/staff-group.md.",
        True,
    )
    works = db.read(lambda tx: sites.marked(tx, WORKS))
    fails = db.read(lambda tx: sites.marked(tx, FAILS))
    if fails is not None and (works is None or fails > works):
        return [
            warned,
            Finding(
                False,
                "The Telegram staff group refuses the bot. Is TELEGRAM_STAFF_CHAT right, has the group topics, and is the "
                "bot an administrator who may manage topics and delete messages?",
            ),
        ]
    return [warned]


def _channels(settings: Settings) -> list[Finding]:
    if settings.telegram_token is None:
        return [
            Finding(
                False,
                "Telegram is off: no TELEGRAM_TOKEN. The chat page works, but it cannot remind anybody.",
                True,
            )
        ]
    how = "by webhook" if settings.telegram_by_webhook else "by long polling"
    return [Finding(True, f"Telegram is on, {how}.")]


def _key(settings: Settings) -> Finding:
    if settings.secret_key is not None:
        return Finding(True, "SECRET_KEY is set.")
    return Finding(
        True, "SECRET_KEY is made by the first run and kept beside the database. Back it up with it.", True
    )


def _disk(settings: Settings) -> Finding:
    free_mb = shutil.disk_usage(settings.data_folder.resolve()).free // 2**20
    return Finding(free_mb >= DISK_FREE_MIN_MB, f"{free_mb} MB of disk are free.")


def texts_of(tx: Tx, settings: Settings) -> list[Finding]:
    """Of every language members are offered: how many texts for a crisis, for consent and for stopping no reader signed."""
    texts, found = Texts(settings.timezone), []
    texts.use(wordings.standing(tx))
    for tag in texts.offered:
        if tag not in texts.languages:  # another script of one that is
            continue
        own, signed = wordings.current(tx, tag), wordings.signatures(tx, tag)
        missing = sum(rules.unsigned(rules.lines(tag, own, signed)).values())
        told = (
            f"{tag}: {missing} texts for a crisis, for consent or for stopping are not signed by a reader. See /console/texts."
            if missing
            else f"{tag}: every text for a crisis, for consent and for stopping is signed by a reader."
        )
        found.append(Finding(not missing, told, True))
    return found
