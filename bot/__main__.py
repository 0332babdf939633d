"""The commands: run, demo, migrate, doctor, today. Everything heavy is imported when a command needs it."""

import sys
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
def today() -> None:
    """The day's bookings, who waits, failed turns, unsent messages, call list."""
    from bot.commands import today as command

    command(_settings(), _refuse)


if __name__ == "__main__":
    main()
