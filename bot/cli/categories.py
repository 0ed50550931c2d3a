"""List and rename the categories of entries: `faqbot faq category`."""

from typing import Annotated

import typer

from bot.cli.session import actor, run
from bot.cli.terminal import Terminal, print_json, table

category = typer.Typer(help="List and rename categories.", no_args_is_help=True)


@category.command("list")
def list_categories(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """List the categories, with how many entries each has."""
    counts = run(context, lambda app: app.categories.counts())
    ordered = sorted(counts.items(), key=lambda each: (each[0] is None, each[0] or ""))
    if as_json:
        print_json([{"category": name, "entries": count} for name, count in ordered])
        return
    rows = [("(none)" if name is None else name, f"{count:,}") for name, count in ordered]
    table(Terminal(), ("category", "entries"), rows, numbers=1)


@category.command()
def rename(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="A category, in upper or lower case.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="What its entries get; entries that have it join them.")],
    *,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why; kept in the history.")] = None,
) -> None:
    """Move all entries of a category to another one."""
    changed = run(context, lambda app: app.categories.rename(old, new, actor=actor(), reason=reason))
    Terminal().print(f"{len(changed):,} {'entry' if len(changed) == 1 else 'entries'} changed")
