"""Show and erase what is stored about people, and stop messages to them."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import typer

from bot.cli.failures import refuse
from bot.cli.run import Platform
from bot.cli.session import actor, run
from bot.cli.terminal import Terminal, one_line
from bot.core.manners import OptOut
from bot.errors import ErasureUnfinishedError
from bot.service.app import App
from bot.service.privacy import Person
from bot.store.privacy import PersonalData, Removed

privacy = typer.Typer(help="Export, forget and purge what people wrote.", no_args_is_help=True)

# For so long a command waits until what it removed is out of the files as well.
PATIENCE = timedelta(seconds=10)
_OPTED_OUT = {
    None: "They may be sent messages.",
    OptOut.FOLLOW_UPS: "They opted out of messages.",
    OptOut.UNASKED: "They opted out of messages, and of answers unasked.",
}
PLATFORMS = ("console", *sorted(Platform))
User = Annotated[str, typer.Argument(metavar="USER", help="Platform and id of a person, such as slack:U024BE7LH.")]


@privacy.command()
def export(
    context: typer.Context,
    user: User,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Show all of it, as JSON.")] = False,
) -> None:
    """Show what is kept of a person."""
    person = read_person(user)
    kept = run(context, lambda app: app.privacy.export(person, actor=actor()))
    Terminal().print(json.dumps(asdict(kept), indent=2) if as_json else told(kept))


@privacy.command()
def forget(context: typer.Context, user: User) -> None:
    """Remove what a person wrote, rated and was to be sent. It cannot be undone."""
    person = read_person(user)
    _remove(context, lambda app: app.privacy.forget(person, actor=actor()))


@privacy.command()
def purge(context: typer.Context) -> None:
    """Remove what is older than FAQBOT_RETENTION_DAYS. It cannot be undone."""
    _remove(context, lambda app: app.privacy.purge(actor=actor()))


@privacy.command("opt-out")
def opt_out(
    context: typer.Context,
    user: User,
    *,
    unasked: Annotated[
        bool, typer.Option("--unasked", help="Answer them only when they ask, and keep nothing else of them.")
    ] = False,
) -> None:
    """Send a person nothing about answers that come later."""
    person, extent = read_person(user), OptOut.UNASKED if unasked else OptOut.FOLLOW_UPS
    waiting = run(context, lambda app: app.privacy.opt_out(person, actor=actor(), extent=extent))
    also = ", and they are answered only when they ask" if unasked else ""
    Terminal().print(f"Nothing more is sent to them{also}; {counted(waiting, 'message')} waited.")


@privacy.command("opt-in")
def opt_in(context: typer.Context, user: User) -> None:
    """Allow messages to a person about later answers again."""
    person = read_person(user)
    changed = run(context, lambda app: app.privacy.opt_in(person, actor=actor()))
    Terminal().print("They are told again." if changed else "They had not opted out.")


def read_person(user: str) -> Person:
    """Return whom somebody means, or raise an error."""
    platform, _, user_id = user.partition(":")
    if platform not in PLATFORMS or not user_id:
        what = f"'{one_line(user, limit=40)}' names nobody"
        refuse("faqbot privacy", what, f"write PLATFORM:ID, the platform one of {', '.join(PLATFORMS)}")
    return Person(platform, user_id)


def told(kept: PersonalData) -> str:
    """Return in one sentence what is kept of a person."""
    numbers = {"question": len(kept.questions), "rating": len(kept.feedback), "message": len(kept.deliveries)}
    sent = _OPTED_OUT[kept.opted_out_of]
    chosen = f" Their region is {kept.region}." if kept.region else ""
    return f"Kept: {_listed(numbers)}.{chosen} {sent} All of it: --json"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _remove(context: typer.Context, remove: Callable[[App], Awaitable[Removed]]) -> None:
    """Remove something and tell what; it is an error when the files may still have it."""

    async def step(app: App) -> tuple[Removed, bool, str]:
        return await remove(app), await app.privacy.erased(within=PATIENCE), app.database.log_file

    removed, erased, file = run(context, step)
    _tell(removed)
    if not erased:
        raise ErasureUnfinishedError(file)


def _tell(removed: Removed) -> None:
    numbers = {"question": removed.questions, "rating": removed.feedback, "message": removed.deliveries}
    closed = f" Closed: {counted(removed.items, 'review item')} with nothing else in it." if removed.items else ""
    Terminal().print(f"Removed: {_listed(numbers)}.{closed}")


def _listed(numbers: Mapping[str, int]) -> str:
    return ", ".join(counted(number, noun) for noun, number in numbers.items())
