"""Show what a change does to past questions before it is made, how an entry came to be, and bring versions back."""

import re
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import asdict
from difflib import SequenceMatcher, ndiff
from typing import Annotated, Any

import typer
from rich.text import Text

from bot.cli.failures import ExitCode, refuse
from bot.cli.keyboard import read_line
from bot.cli.session import Session, actor, opened, run, settings_of
from bot.cli.terminal import Terminal, interactive, note, one_line, print_json, safe, table
from bot.core.deciding.replays import Replay
from bot.core.fields import fields_of
from bot.core.models import Entry
from bot.core.wording.outcomes import sorting, told
from bot.errors import BrokenOffError
from bot.service import utc_now
from bot.service.app import App
from bot.service.entry_changes import FieldChange, changes, local_text
from bot.service.resolutions import Proposal, merged
from bot.store.audit import EntryVersion
from bot.store.records import StoredEntry

Change = Callable[[App, bool], Coroutine[Any, Any, StoredEntry]]
"""Change an entry, or with True only return what it would be."""
Changes = Callable[[App, bool], Coroutine[Any, Any, Sequence[StoredEntry]]]
"""Do the same to several entries."""
PROMPT = "Change it all the same? [y/N] "
UNCHANGED = "Nothing was changed."


def make(context: typer.Context, change: Change, *, done: str, command: str, yes: bool) -> None:
    """Make a change: at once with `yes`, else when it does no past question harm or a person wants it all the same.

    Print that it is `done`, or that nothing was to be changed.
    """

    async def change_one(app: App, dry_run: bool) -> Sequence[StoredEntry]:  # noqa: FBT001  # as it is called
        return [await change(app, dry_run)]

    make_all(context, change_one, done=done, command=command, yes=yes)


def make_all(context: typer.Context, change: Changes, *, done: str, command: str, yes: bool) -> None:
    """Make changes of several entries in the same way, all or none."""
    with opened(settings_of(context)) as session:
        if not yes:
            entries = [each.entry for each in session.run(change(session.app, True))]  # noqa: FBT003  # a callable
            if not agreed(session, entries, command=command):
                note(UNCHANGED)
                raise typer.Exit(ExitCode.INTERRUPTED)
        start = utc_now()
        for stored in session.run(change(session.app, False)):  # noqa: FBT003  # it is a callable
            did = "unchanged" if stored.updated_at < start else done
            Terminal().print(f"{did} {stored.entry.id} (version {stored.version})")


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
    is_doubtful = any(each.wordings.despite is not None for each in proposals)
    return agreed(session, merged(proposals), command=command, is_doubtful=is_doubtful)


def _refuse_harm(found: Replay, command: str) -> None:
    if not found.harmless:
        what = told(found, most=0)[0].removesuffix(".")
        refuse(command, what, "look at them on a terminal, or go on with --yes")


def _wanted() -> bool:
    try:
        return read_line(PROMPT).lower() in {"y", "yes"}
    except BrokenOffError:
        return False


_WORDS = re.compile(r"\s+|[^\s]+")
_AROUND = 12
"""How many words and blanks are shown on both sides of what differs."""
_GAP = "…"


def entry_diff(before: Entry, after: Entry, *, names: Sequence[str] = ()) -> Iterator[Text]:
    """Yield a line for each field that differs, of `names` where they are given."""
    old, new = dict(_fields(before)), dict(_fields(after))
    for name, value in new.items():
        if old[name] != value and (not names or name in names):
            yield Text.assemble((f"  {name}: ", "bold"), *word_diff(old[name], value))


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    for name, value in fields_of(entry).items():
        if name == "source":
            yield from ((f"source.{inner}", _text(each)) for inner, each in fields_of(value).items())
        elif name == "answers":
            yield name, "\n".join(map(local_text, value))
        else:
            yield name, _listed(value)


def _listed(value: object) -> str:
    return "\n".join(value) if isinstance(value, tuple) else _text(value)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def word_diff(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield pieces of text with their styles: what goes in [-…-], what comes in {+…+}, and a few words around."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, old_from, old_to, new_from, new_to) in enumerate(steps):
        if kind == "equal":
            yield _context(old[old_from:old_to], first=number == 0, last=number == len(steps) - 1), ""
            continue
        if old_to > old_from:
            yield f"[-{_joined(old[old_from:old_to])}-]", "red"
        if new_to > new_from:
            yield f"{{+{_joined(new[new_from:new_to])}+}}", "green"


def _context(words: Sequence[str], *, first: bool, last: bool) -> str:
    """Return the words next to what differs: the end of the first run, the beginning of the last, both of others."""
    head = [] if first else list(words[:_AROUND])
    tail = [] if last else list(words[-_AROUND:])
    if len(words) <= len(head) + len(tail):
        return _joined(words)
    return "".join((_joined(head), f" {_GAP} ", _joined(tail)))


def _joined(words: Sequence[str]) -> str:
    return "".join(words).replace("\n", " ⏎ ")


_EntryId = Annotated[str, typer.Argument(metavar="ID", help="The id of an entry.")]
_AsJson = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
_Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why; kept in the history.")]
_Yes = Annotated[bool, typer.Option("--yes", help="Change it whatever that makes of past questions, and do not look.")]
_COLOURS = {"+": "green", "-": "red"}


def history(context: typer.Context, entry_id: _EntryId, *, as_json: _AsJson = False) -> None:
    """Show the versions of an entry: who made each, when and why."""
    versions = run(context, lambda app: app.histories.history(entry_id))
    if as_json:
        print_json([asdict(each) for each in versions])
        return
    before: EntryVersion | None = None
    rows = []
    for each in versions:
        at = "" if each.at is None else f"{each.at:%Y-%m-%d %H:%M} UTC"
        rows.append((str(each.number), at, each.actor or "", _changed(before, each), each.reason or ""))
        before = each
    table(Terminal(), ("version", "at", "by", "what", "why"), rows)


def diff(
    context: typer.Context,
    entry_id: _EntryId,
    first: Annotated[int | None, typer.Argument(metavar="VERSION", help="The version before.")] = None,
    last: Annotated[int | None, typer.Argument(metavar="VERSION", help="The version after, else the last.")] = None,
    *,
    as_json: _AsJson = False,
) -> None:
    """Show what differs between two versions, by default the last two."""
    found = run(context, lambda app: app.histories.diff(entry_id, first, last))
    if as_json:
        print_json([asdict(each) for each in found])
        return
    for each in found:
        show_change(each)
    if not found:
        note("Nothing differs.")


def revert(
    context: typer.Context,
    entry_id: _EntryId,
    *,
    to: Annotated[
        int | None,
        typer.Option(metavar="VERSION", help="The version to bring back, else the last that read otherwise."),
    ] = None,
    reason: _Reason = None,
    yes: _Yes = False,
) -> None:
    """Bring an earlier version of an entry back, as a new one."""
    make(
        context,
        lambda app, dry_run: app.histories.revert(entry_id, to, actor=actor(), reason=reason, dry_run=dry_run),
        done="reverted",
        command="faqbot faq revert",
        yes=yes,
    )


def restore(context: typer.Context, entry_id: _EntryId, *, reason: _Reason = None, yes: _Yes = False) -> None:
    """Bring a retired entry back, with its phrasings."""
    make(
        context,
        lambda app, dry_run: app.histories.restore(entry_id, actor=actor(), reason=reason, dry_run=dry_run),
        done="restored",
        command="faqbot faq restore",
        yes=yes,
    )


def show_change(change: FieldChange) -> None:
    """Print a field with the lines that are gone and those that are new."""
    terminal = Terminal()
    terminal.print(Text(change.field, style="bold"))
    before, after = ((text or "").split("\n") if text else [] for text in (change.before, change.after))
    for line in ndiff(before, after):
        if not line.startswith("?"):
            terminal.print(Text(f"  {safe(line)}".rstrip(), style=_COLOURS.get(line[0], "")))


def _changed(before: EntryVersion | None, after: EntryVersion) -> str:
    if before is None:
        return "added" if after.number == 1 else ""
    fields = [each.field for each in changes(before.entry, after.entry)]
    # What is stored beside the fields is what the files said last.
    return one_line(", ".join(fields)) or "edits kept"


COMMANDS: tuple[Any, ...] = (history, diff, revert, restore)
"""The commands of this module, in the order of the help."""
