"""The commands: run, demo, migrate, backup, restore, doctor and more. Everything heavy is imported when a command needs it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from bot.settings import Settings


@click.group()
def main() -> None:
    """Točka: the info point in a chat."""


def _settings() -> "Settings":
    from pydantic import ValidationError

    from bot.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors(include_input=False):
            names = ".".join(str(part) for part in problem["loc"]).upper() or "SETTINGS"
            click.echo(f"{names}: {problem['msg']}", err=True)
        raise SystemExit(2) from None


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(1)


@main.command()
def run() -> None:
    """Serve the chat page, Telegram and reminders until stopped."""
    from bot.commands import run as command

    command(_settings(), _refuse)


@main.command()
def demo() -> None:
    """Fill an empty database with invented members and real institutions."""
    from bot.commands import demo as command

    command(_settings(), _refuse)


@main.command()
@click.option("--name", default=None, help="Of the first admin, as colleagues read it; asked when left out.")
@click.option("--login", default=None, help="What she signs in with; asked when left out.")
@click.option("--language", default="sl", type=click.Choice(["sl", "en"]), help="Of her console.")
def setup(name: str | None, login: str | None, language: str) -> None:
    """Begin an office of your own in an empty database, without demo data."""
    from bot.setup import command

    command(_settings(), _refuse, name, login, language)


@main.command()
def migrate() -> None:
    """Bring the database to this version's tables."""
    from bot.commands import migrate as command

    command(_settings(), _refuse)


@main.command()
def doctor() -> None:
    """Say in plain words what is missing."""
    from bot.doctor import examine

    findings = examine(_settings())
    for finding in findings:
        click.echo(f"{'ok     ' if finding.ok else 'MISSING'}  {finding.sentence}")
    sys.exit(0 if all(finding.ok or finding.optional for finding in findings) else 1)


@main.command()
def backup() -> None:
    """Write an encrypted copy of everything to BACKUP_DIR; works while Točka runs."""
    from bot.backup import command

    command(_settings(), _refuse)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--identity", required=True, type=click.Path(path_type=Path), help="The file with the secret key."
)
@click.option("--without-list", is_flag=True, help="Nobody was erased since, or their list is lost.")
def restore(file: Path, identity: Path, without_list: bool) -> None:
    """Put a backup into an empty database; nothing old is sent without a person's yes."""
    from bot.restore import command

    command(_settings(), _refuse, file, identity, without_list=without_list)


@main.command()
def today() -> None:
    """The day's bookings, who waits, failed turns, unsent messages, call list."""
    from bot.commands import today as command

    command(_settings(), _refuse)


@main.group()
def audit() -> None:
    """What staff and the system did."""


@audit.command("verify")
def audit_verify() -> None:
    """Walk the sealed chain and say which row is not as it was."""
    from bot.audit import verify as command

    command(_settings(), _refuse)


@main.group()
def staff() -> None:
    """The people who work in the console."""


@staff.command("invite")
@click.option("--login", required=True, help="What she signs in with: small letters and digits.")
@click.option("--name", required=True, help="What colleagues and members read.")
@click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    help="desk, counsellor, mediator, coordinator, analyst, admin.",
)
@click.option("--site", default=None, help="Which site, when there are several: its short name.")
@click.option("--languages", default="sl", help="Spoken with members: sl,sq,en.")
def staff_invite(login: str, name: str, roles: tuple[str, ...], site: str | None, languages: str) -> None:
    """Print a link with which a person chooses her password: it works once, for 24 hours."""
    from bot.staff import invite as command

    command(_settings(), _refuse, login, name, roles, languages, site)


@staff.command("list")
def staff_list() -> None:
    """Who has which role here."""
    from bot.staff import show as command

    command(_settings(), _refuse)


@staff.command("end")
@click.option("--login", required=True, help="Whom to sign out everywhere.")
def staff_end(login: str) -> None:
    """Sign a person out everywhere."""
    from bot.staff import end as command

    command(_settings(), _refuse, login)


@main.group()
def directory() -> None:
    """Organisations and services as files."""


@directory.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--site", default=None, help="Which site, when there are several: its short name.")
def directory_export(file: Path, site: str | None) -> None:
    """Write all of it to FILE: .xlsx, .csv.zip or .hsds.zip; works while Točka runs."""
    from bot.directory import export as command

    command(_settings(), _refuse, file, site)


@directory.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--site", default=None, help="Which site, when there are several: its short name.")
@click.option("--yes", is_flag=True, help="Change it without asking.")
def directory_import(file: Path, site: str | None, yes: bool) -> None:
    """Show what FILE would change; it changes only after a yes, while nothing else runs on the database."""
    from bot.directory import bring as command

    command(_settings(), _refuse, file, site, yes=yes)


@main.group()
def erasures() -> None:
    """Members who asked to be forgotten."""


@erasures.command("reapply")
def erasures_reapply() -> None:
    """After restoring an older copy: erase again whom it brought back."""
    from bot.erasing import reapply as command

    command(_settings(), _refuse)


if __name__ == "__main__":
    main()
