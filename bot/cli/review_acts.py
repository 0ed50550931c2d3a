"""Act on review items: one command for each thing that a moderator does."""

from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

import typer

from bot.cli.entry_changes import UNCHANGED, resolution_agreed
from bot.cli.failures import ExitCode, refuse
from bot.cli.review_screens import reviewed_fields, told
from bot.cli.session import actor, opened, run, settings_of
from bot.cli.stats import span
from bot.cli.terminal import Terminal, interactive, note, print_json
from bot.core.models import DismissReason
from bot.core.wording.outcomes import sorting
from bot.service import utc_now
from bot.service.app import App
from bot.service.resolutions import NewAnswer, Proposal
from bot.service.review_queue import Reviewed

Use = Callable[[App], Coroutine[Any, Any, Reviewed]]
"""Do something about an item."""

ItemId = Annotated[str, typer.Argument(metavar="ITEM", help="The id of an item, such as R3, or of a question in it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
Seen = Annotated[
    int | None, typer.Option(metavar="VERSION", help="Refuse if somebody has acted since this version of the item.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not try it on past questions first.")]
Aliases = Annotated[
    list[str] | None,
    typer.Option("--alias", metavar="TEXT", help="A wording to add, in place of all that were used; may be repeated."),
]


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
    yes: Yes = False,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Answer an item. It becomes an entry, live at once, and who asked is notified."""
    wanted = NewAnswer(
        answer=text,
        question=question,
        aliases=None if aliases is None else tuple(aliases),
        entry_id=entry_id,
        category=category,
    )
    change(
        context,
        "answered",
        lambda app: app.review.draft_answer(item_id, wanted),
        lambda app: app.review.answer(item_id, wanted, actor=actor(), seen=seen),
        as_json=as_json,
        yes=yes,
    )


def link(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    item_id: ItemId,
    entry_id: Annotated[str, typer.Argument(metavar="ENTRY", help="The id of the entry that answers it.")],
    *,
    aliases: Aliases = None,
    yes: Yes = False,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Link an item to an entry. Its questions become aliases at once, and who asked is notified."""
    change(
        context,
        "linked",
        lambda app: app.review.draft_link(item_id, entry_id, aliases=aliases),
        lambda app: app.review.link(item_id, entry_id, actor=actor(), aliases=aliases, seen=seen),
        as_json=as_json,
        yes=yes,
    )


def dismiss(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    item_id: ItemId,
    *,
    reason: Annotated[DismissReason, typer.Option(help="Why it needs no answer.")],
    more: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="More about why.")] = None,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Close an item without an answer."""
    _act(
        context,
        "dismissed",
        lambda app: app.review.dismiss(item_id, reason=reason, actor=actor(), note=more, seen=seen),
        as_json=as_json,
    )


def merge(
    context: typer.Context,
    item_id: ItemId,
    *,
    into: Annotated[str, typer.Option(metavar="ITEM", help="The item that gets the questions.")],
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Merge an item into another one."""
    step = "what it was merged into"
    _act(context, step, lambda app: app.review.merge(item_id, into, actor=actor(), seen=seen), as_json=as_json)


def split(
    context: typer.Context,
    item_id: ItemId,
    questions: Annotated[list[str], typer.Argument(metavar="QUESTION…", help="Ids of questions, such as Q12.")],
    *,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Split some questions of an item off into a new one."""
    step = "an item of its own"
    _act(context, step, lambda app: app.review.split(item_id, questions, actor=actor(), seen=seen), as_json=as_json)


def assign(
    context: typer.Context,
    item_id: ItemId,
    to: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Nobody when left out.")] = None,
    *,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Assign an item."""
    step = f"assigned to {to}" if to else "assigned to nobody"
    _act(context, step, lambda app: app.review.assign(item_id, to, actor=actor(), seen=seen), as_json=as_json)


def snooze(
    context: typer.Context,
    item_id: ItemId,
    until: Annotated[str, typer.Argument(metavar="3d|DATE", help="Days or weeks from now, or a day.")],
    *,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Snooze an item: it is not in the list for some time."""
    at = wake_time(until)
    step = f"snoozed until {at:%Y-%m-%d %H:%M} UTC"
    _act(context, step, lambda app: app.review.snooze(item_id, at, actor=actor(), seen=seen), as_json=as_json)


def reopen(context: typer.Context, item_id: ItemId, *, seen: Seen = None, as_json: AsJson = False) -> None:
    """Open a closed item again. Entries stay as they are."""
    _act(context, "open again", lambda app: app.review.reopen(item_id, actor=actor(), seen=seen), as_json=as_json)


def revert(
    context: typer.Context,
    item_id: ItemId,
    *,
    correct: Annotated[bool, typer.Option("--correct", help="Tell whoever was given the answer.")] = False,
    seen: Seen = None,
    as_json: AsJson = False,
) -> None:
    """Revert the last action on an item. Entries are as they were before it, too."""
    step = "as it was before"
    _act(
        context,
        step,
        lambda app: app.review.revert(item_id, actor=actor(), seen=seen, correct=correct),
        as_json=as_json,
    )


def wake_time(until: str) -> datetime:
    """Return when something that was put off comes back: after some days or weeks, or when a day begins."""
    if days := span(until):
        return utc_now() + timedelta(days=days)
    try:
        at = datetime.combine(date.fromisoformat(until), time(), UTC)
    except ValueError:
        refuse(
            "faqbot review snooze",
            f"'{until}' is no time",
            "give days or weeks such as 3d or 2w, or a day such as 2027-01-31",
        )
    if at <= utc_now():
        refuse("faqbot review snooze", f"{until} is past", "give a day that has not come yet")
    return at


def change(  # noqa: PLR0913  # what is done, and how it is told
    context: typer.Context,
    step: str,
    draft: Callable[[App], Coroutine[Any, Any, Proposal]],
    use: Use,
    *,
    as_json: bool,
    yes: bool,
) -> None:
    """Run a step that changes an entry, after a look at its effect on past questions."""
    with opened(settings_of(context)) as session:
        command = f"faqbot review {context.info_name}"
        if not yes and not resolution_agreed(session, session.run(draft(session.app)), command=command):
            note(UNCHANGED)
            raise typer.Exit(ExitCode.INTERRUPTED)
        done = session.run(use(session.app))
    _tell(done, step, as_json=as_json)
    if done.wordings is not None and not as_json and (yes or not interactive()):
        for line in sorting((), done.wordings):  # who saw it before knows
            note(line)


def _act(context: typer.Context, step: str, use: Use, *, as_json: bool) -> None:
    _tell(run(context, use), step, as_json=as_json)


def _tell(done: Reviewed, step: str, *, as_json: bool) -> None:
    if as_json:
        print_json(reviewed_fields(done))
    else:
        Terminal().print(told(done, step))
