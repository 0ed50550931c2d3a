"""Show what could not be answered, and have it acted on."""

from typing import Annotated

import typer

from bot.cli.exporting import as_csv
from bot.cli.failures import refuse
from bot.cli.replaying import agreed
from bot.cli.resolving import (
    AsJson,
    ItemId,
    accept,
    answer,
    assign,
    dismiss,
    link,
    merge,
    reopen,
    revert,
    snooze,
    split,
    suggest,
)
from bot.cli.review_screens import item_fields, review_fields, show_items, show_review
from bot.cli.review_walk import AtTerminal, Walk
from bot.cli.running import actor, opened, run, settings_of
from bot.cli.terminal import Terminal, interactive, print_json
from bot.core.models import Audience, ItemKind, ItemStatus
from bot.store.records import MOST_ITEMS, ItemFilter

_ALL = 1_000_000

review = typer.Typer(help="Review what could not be answered.", invoke_without_command=True)


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
            agree=lambda entry: agreed(session, [entry], command="faqbot review"),
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
