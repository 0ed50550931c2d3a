"""Show the effect of a change on past questions before it is made, and ask where it would do harm."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any

import typer

from bot.cli.failures import ExitCode, refuse
from bot.cli.keyboard import read_line
from bot.cli.session import Session, opened, settings_of
from bot.cli.terminal import interactive, note
from bot.core.deciding.replays import Replay
from bot.core.models import Entry
from bot.core.wording.outcomes import sorting, told
from bot.errors import BrokenOffError
from bot.service.app import App
from bot.service.resolutions import Proposal
from bot.store.records import StoredEntry

Change = Callable[[App, bool], Coroutine[Any, Any, StoredEntry]]
"""Change an entry, or with True only return what it would be."""
Changes = Callable[[App, bool], Coroutine[Any, Any, Sequence[StoredEntry]]]
"""Do the same to several entries."""
PROMPT = "Change it all the same? [y/N] "
UNCHANGED = "Nothing was changed."


def make(context: typer.Context, change: Change, *, command: str, yes: bool) -> StoredEntry:
    """Make a change: at once with `yes`, else when it does no past question harm or a person wants it all the same."""

    async def change_one(app: App, dry_run: bool) -> Sequence[StoredEntry]:  # noqa: FBT001  # as it is called
        return [await change(app, dry_run)]

    return make_all(context, change_one, command=command, yes=yes)[0]


def make_all(context: typer.Context, change: Changes, *, command: str, yes: bool) -> Sequence[StoredEntry]:
    """Make changes of several entries in the same way, all or none."""
    with opened(settings_of(context)) as session:
        if not yes:
            entries = [each.entry for each in session.run(change(session.app, True))]  # noqa: FBT003  # a callable
            if not agreed(session, entries, command=command):
                note(UNCHANGED)
                raise typer.Exit(ExitCode.INTERRUPTED)
        return session.run(change(session.app, False))  # noqa: FBT003  # it is a callable


def agreed(session: Session, entries: Sequence[Entry], *, command: str, is_doubtful: bool = False) -> bool:
    """Show the effect on past questions if these entries were stored, and return whether to go on.

    Where an answer changes or is lost, a person is asked, as where it `is_doubtful`; without a terminal, the command
    that is named is refused where harm is done.
    """
    found = session.run(session.app.replays.replay(entries))
    if not interactive():
        _refuse_harm(found, command)
        return True
    if found.asked:
        for line in told(found):
            note(line)
    return (found.harmless and not is_doubtful) or _wanted()


def resolution_agreed(session: Session, proposal: Proposal, *, command: str) -> bool:
    """Show which wordings of an item become phrasings and the effect of that, and return whether to go on.

    A person is also asked where none of the wordings goes with the entry.
    """
    return resolutions_agreed(session, [proposal], command=command)


def resolutions_agreed(session: Session, proposals: Sequence[Proposal], *, command: str) -> bool:
    """Do the same for several items at once."""
    if interactive():
        for line in (line for each in proposals for line in sorting(each.aliases, each.wordings)):
            note(line)
    entries: dict[str, Entry] = {}
    for each in proposals:  # of an entry that gets several phrasings, all of them
        known = entries.get(each.entry.id)
        entries[each.entry.id] = (
            each.entry if known is None else replace(known, aliases=(*known.aliases, *each.aliases))
        )
    is_doubtful = any(each.wordings.despite is not None for each in proposals)
    return agreed(session, list(entries.values()), command=command, is_doubtful=is_doubtful)


def _refuse_harm(found: Replay, command: str) -> None:
    if not found.harmless:
        what = told(found, most=0)[0].removesuffix(".")
        refuse(command, what, "look at them on a terminal, or go on with --yes")


def _wanted() -> bool:
    try:
        return read_line(PROMPT).lower() in {"y", "yes"}
    except BrokenOffError:
        return False
