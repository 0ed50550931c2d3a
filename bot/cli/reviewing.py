"""Review what could not be answered: one command for each thing that a moderator does."""

import json
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

import typer

from bot.bootstrap import App, utc_now
from bot.cli.chatting import interactive
from bot.cli.failures import refuse
from bot.cli.review_screens import item_fields, review_fields, reviewed_fields, show_items, show_review, told
from bot.cli.review_walk import AtTerminal, Walk
from bot.cli.running import actor, opened, run, settings_of
from bot.cli.since import span
from bot.cli.terminal import Terminal
from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus
from bot.service.resolving import NewAnswer
from bot.service.reviewing import Reviewed
from bot.store.review import MOST_ITEMS, ItemFilter

review = typer.Typer(help="Review what could not be answered.", invoke_without_command=True)

ItemId = Annotated[str, typer.Argument(metavar="ITEM", help="The id of an item, such as R3, or of a question in it.")]
Seen = Annotated[
    int | None, typer.Option(metavar="VERSION", help="Refuse if somebody has acted since this version of the item.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
Aliases = Annotated[
    list[str] | None,
    typer.Option("--alias", metavar="TEXT", help="A wording to add, in place of all that were used; may be repeated."),
]


@review.callback()
def walk(context: typer.Context) -> None:
    """Review what could not be answered. Without a command it goes item by item, with single keys."""
    if context.invoked_subcommand is not None:
        return
    if not interactive():
        refuse("faqbot review", "it needs a terminal", "for scripts there are commands: faqbot review --help")
    terminal = Terminal()
    with opened(settings_of(context)) as session:
        Walk(session, terminal, AtTerminal(), actor=actor(), agree=lambda _: True).go()


@review.command("list")
def show_list(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    *,
    status: Annotated[ItemStatus, typer.Option()] = ItemStatus.OPEN,
    kind: Annotated[ItemKind | None, typer.Option()] = None,
    audience: Annotated[Audience | None, typer.Option()] = None,
    platform: Annotated[str | None, typer.Option(metavar="NAME")] = None,
    assignee: Annotated[str | None, typer.Option(metavar="NAME")] = None,
    limit: Annotated[int, typer.Option(min=1, help="List at most so many.")] = MOST_ITEMS,
    as_json: AsJson = False,
) -> None:
    """List items, most askers first."""
    wanted = ItemFilter(status=status, kind=kind, audience=audience, platform=platform, assignee=assignee, limit=limit)
    found = run(context, lambda app: app.reviewing.list(wanted))
    if as_json:
        _print([item_fields(item) for item in found])
    else:
        show_items(Terminal(), found)


@review.command()
def show(context: typer.Context, item_id: ItemId, *, as_json: AsJson = False) -> None:
    """Show one item, open or closed."""
    found = run(context, lambda app: app.reviewing.show(item_id))
    if as_json:
        _print(review_fields(found))
    else:
        show_review(Terminal(), found)


@review.command()
def answer(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    item_id: ItemId,
    text: Annotated[str, typer.Argument(metavar="ANSWER", help="The answer, in quotes.")],
    *,
    question: Annotated[str | None, typer.Option(metavar="TEXT", help="A better wording of the question.")] = None,
    aliases: Aliases = None,
    entry_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Made from the question when left out.")
    ] = None,
    category: Annotated[str | None, typer.Option(metavar="NAME")] = None,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Answer an item. It becomes an entry, live at once, and who asked is told."""
    wanted = NewAnswer(
        answer=text,
        question=question,
        aliases=None if aliases is None else tuple(aliases),
        entry_id=entry_id,
        category=category,
    )
    _act(context, "answered", lambda app: app.reviewing.answer(item_id, wanted, actor=actor(), seen=seen), as_json)


@review.command()
def link(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    item_id: ItemId,
    entry_id: Annotated[str, typer.Argument(metavar="ENTRY", help="The id of the entry that answers it.")],
    *,
    aliases: Aliases = None,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Make what was asked more wordings of an entry. They are live at once, and who asked is told."""
    _act(
        context,
        "linked",
        lambda app: app.reviewing.link(item_id, entry_id, actor=actor(), aliases=aliases, seen=seen),
        as_json,
    )


@review.command()
def dismiss(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    item_id: ItemId,
    *,
    reason: Annotated[DismissReason, typer.Option(help="Why it needs no answer.")],
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="More about why.")] = None,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Close an item without an answer."""
    _act(
        context,
        "dismissed",
        lambda app: app.reviewing.dismiss(item_id, reason=reason, actor=actor(), note=note, seen=seen),
        as_json,
    )


@review.command()
def merge(
    context: typer.Context,
    item_id: ItemId,
    *,
    into: Annotated[str, typer.Option(metavar="ITEM", help="The item that gets the questions.")],
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Put all questions of an item into another one."""
    step = "what it was merged into"
    _act(context, step, lambda app: app.reviewing.merge(item_id, into, actor=actor(), seen=seen), as_json)


@review.command()
def split(
    context: typer.Context,
    item_id: ItemId,
    questions: Annotated[list[str], typer.Argument(metavar="QUESTION…", help="Ids of questions, such as Q12.")],
    *,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Put some questions of an item into a new one."""
    step = "an item of its own"
    _act(context, step, lambda app: app.reviewing.split(item_id, questions, actor=actor(), seen=seen), as_json)


@review.command()
def assign(
    context: typer.Context,
    item_id: ItemId,
    to: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Nobody when left out.")] = None,
    *,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Say who takes care of an item."""
    step = f"assigned to {to}" if to else "assigned to nobody"
    _act(context, step, lambda app: app.reviewing.assign(item_id, to, actor=actor(), seen=seen), as_json)


@review.command()
def snooze(
    context: typer.Context,
    item_id: ItemId,
    until: Annotated[str, typer.Argument(metavar="3d|DATE", help="Days or weeks from now, or a day.")],
    *,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Leave an item out of the list for some time."""
    at = wake_time(until)
    step = f"snoozed until {at:%Y-%m-%d %H:%M} UTC"
    _act(context, step, lambda app: app.reviewing.snooze(item_id, at, actor=actor(), seen=seen), as_json)


@review.command()
def reopen(context: typer.Context, item_id: ItemId, *, seen: Seen = None, as_json: AsJson = False) -> None:
    """Open a closed item again. Entries stay as they are."""
    _act(context, "open again", lambda app: app.reviewing.reopen(item_id, actor=actor(), seen=seen), as_json)


@review.command()
def revert(
    context: typer.Context,
    item_id: ItemId,
    *,
    correct: Annotated[bool, typer.Option("--correct", help="Tell whoever was given the answer.")] = False,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Take back what was done last. Entries are as they were before it, too."""
    step = "as it was before"
    _act(
        context,
        step,
        lambda app: app.reviewing.revert(item_id, actor=actor(), seen=seen, correct=correct),
        as_json,
    )


@review.command()
def suggest(
    context: typer.Context,
    item_id: ItemId,
    *,
    text: Annotated[str | None, typer.Option("--answer", metavar="TEXT", help="An answer.")] = None,
    question: Annotated[str | None, typer.Option(metavar="TEXT", help="A better wording of the question.")] = None,
    entry_id: Annotated[str | None, typer.Option("--entry", metavar="ID", help="An entry to link it with.")] = None,
) -> None:
    """Suggest an answer, or an entry to link. Moderators accept it or not."""
    if (text is None) == (entry_id is None):
        refuse("faqbot review suggest", "it needs one thing to suggest", "give either --answer TEXT or --entry ID")
    what = {"answer": text, "question": question, "entry_id": entry_id}
    made = run(context, lambda app: app.reviewing.suggest(item_id, **what, actor=actor()))
    Terminal().print(f"{made.id} is suggested for {made.item_id}.")


@review.command()
def accept(
    context: typer.Context,
    suggestion_id: Annotated[str, typer.Argument(metavar="SUGGESTION", help="The id of a suggestion, such as S2.")],
    *,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Do what was suggested for an item. Other suggestions for it are closed."""
    _act(context, "resolved", lambda app: app.reviewing.accept(suggestion_id, actor=actor(), seen=seen), as_json)


def wake_time(until: str) -> datetime:
    """Return when something that was put off comes back: after some days or weeks, or when a day begins."""
    if days := span(until):
        return utc_now() + timedelta(days=days)
    try:
        at = datetime.combine(date.fromisoformat(until), time(), UTC)
    except ValueError:
        refuse("until", f"'{until}' is no time", "give days or weeks such as 3d or 2w, or a day such as 2027-01-31")
    if at <= utc_now():
        refuse("until", f"{until} is past", "give a day that has not come yet")
    return at


def _act(
    context: typer.Context,
    step: str,
    use: Callable[[App], Coroutine[Any, Any, Reviewed]],
    as_json: bool,  # noqa: FBT001
) -> None:
    done = run(context, use)
    if as_json:
        _print(reviewed_fields(done))
    else:
        Terminal().print(told(done, step))


def _print(content: object) -> None:
    typer.echo(json.dumps(content, default=_written))


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value))
