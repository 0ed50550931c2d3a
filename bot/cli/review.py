"""Show what could not be answered, have it acted on, and write it as a table for a spreadsheet."""

import csv
from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from typing import Annotated
from unicodedata import category, normalize

import typer

from bot.cli.entry_changes import resolution_agreed
from bot.cli.failures import refuse
from bot.cli.keyboard import AtTerminal
from bot.cli.review_acts import (
    AsJson,
    ItemId,
    answer,
    assign,
    dismiss,
    link,
    merge,
    reopen,
    revert,
    snooze,
    split,
)
from bot.cli.review_screens import item_fields, review_fields, show_items, show_review
from bot.cli.review_walk import Walk
from bot.cli.session import actor, opened, run, settings_of
from bot.cli.suggestions import accept, suggest
from bot.cli.terminal import Terminal, interactive, print_json
from bot.core.models import Audience, ItemKind, ItemStatus
from bot.core.review import ReviewItem
from bot.store.records import MOST_ITEMS, ItemFilter

_HEADER = (
    "id", "status", "kind", "audience", "question", "also asked", "asked", "people", "platforms", "first asked",
    "last asked", "nearest entry", "confidence", "about entry", "assigned to", "resolved by", "resolved at",
    "answered by", "reason",
)  # fmt: skip
# A spreadsheet takes what begins so for a formula, and a formula can send away what the sheet holds.
_FORMULA = frozenset("=+-@")
_UNSEEN = frozenset({"Cc", "Cf"})

_ALL = 1_000_000

review = typer.Typer(help="Review what could not be answered.", invoke_without_command=True)


def as_csv(items: Iterable[ReviewItem]) -> str:
    """Return items as CSV, one line each, with no cell that a spreadsheet would run."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    writer.writerows([_harmless(cell) for cell in _row(item)] for item in items)
    return out.getvalue()


def _row(item: ReviewItem) -> list[str]:
    done, nearest = item.resolution, item.nearest[0] if item.nearest else None
    return [
        item.id,
        item.status,
        item.kind,
        item.audience,
        item.text,
        " / ".join(item.wordings[1:]),
        str(item.count),
        str(item.askers),
        ", ".join(item.platforms),
        _time(item.first_asked),
        _time(item.last_asked),
        nearest.entry_id if nearest else "",
        f"{nearest.confidence:.3f}" if nearest else "",
        item.entry_id or "",
        item.assignee or "",
        done.actor if done else "",
        _time(done.at) if done else "",
        (done.entry_id or "") if done else "",
        (done.reason or "") if done else "",
    ]


def _time(at: datetime | None) -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M:%S}"


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"\t", "\r", "\n"} or _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    """Return whether a cell begins with a sign of a formula, in any width, even behind white space that may be cut."""
    first = next((sign for sign in cell if not sign.isspace() and category(sign) not in _UNSEEN), "")
    return normalize("NFKC", first) in _FORMULA


@review.callback()
def walk(context: typer.Context) -> None:
    """Review what could not be answered. Without a command it goes item by item, with single keys."""
    if context.invoked_subcommand is not None:
        return
    if not interactive():
        refuse("faqbot review", "it needs a terminal", "for scripts there are commands: faqbot review --help")
    terminal = Terminal()
    with opened(settings_of(context)) as session:
        Walk(
            session,
            terminal,
            AtTerminal(),
            actor=actor(),
            agree=lambda proposal: resolution_agreed(session, proposal, command="faqbot review"),
        ).go()


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
    found = run(context, lambda app: app.review.list(wanted))
    if as_json:
        print_json([item_fields(item) for item in found])
    else:
        show_items(Terminal(), found)


@review.command()
def show(context: typer.Context, item_id: ItemId, *, as_json: AsJson = False) -> None:
    """Show one item, open or closed."""
    found = run(context, lambda app: app.review.show(item_id))
    if as_json:
        print_json(review_fields(found))
    else:
        show_review(Terminal(), found)


@review.command()
def export(
    context: typer.Context,
    *,
    status: Annotated[ItemStatus | None, typer.Option(help="All when left out.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet in place of JSON.")] = False,
) -> None:
    """Print all items. What few people asked is not quoted, as set with FAQBOT_FEWEST_ASKERS."""
    found = run(context, lambda app: app.review.export(ItemFilter(status=status, limit=_ALL)))
    if csv:
        typer.echo(as_csv(found), nl=False)
    else:
        print_json([item_fields(item) for item in found])


for _act in (answer, link, dismiss, merge, split, assign, snooze, reopen, revert, suggest, accept):
    review.command()(_act)
