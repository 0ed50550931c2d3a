"""Show and change entries and their categories."""

from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Annotated, Any

import typer

from bot.cli import entry_changes
from bot.cli.entry_changes import make, make_all
from bot.cli.entry_list import as_fields, show_entry, show_list
from bot.cli.failures import refuse
from bot.cli.faq_files import check_entries, export_entries
from bot.cli.folders import sync
from bot.cli.imports import import_files, show_formats
from bot.cli.session import actor, run
from bot.cli.terminal import Terminal, one_line, print_json, table
from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Status
from bot.formats.titles import slug
from bot.service.app import App
from bot.service.entry_changes import with_answer, with_never, without_answer, without_never
from bot.store.records import StoredEntry

category_group = typer.Typer(help="List and rename categories.", no_args_is_help=True)


@category_group.command("list")
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


@category_group.command()
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


faq = typer.Typer(help="Import, show and change what the bot answers from.", no_args_is_help=True)
faq.command("import")(import_files)
faq.command("formats")(show_formats)
faq.command("list")(show_list)
faq.command("check")(check_entries)
faq.command("export")(export_entries)
faq.command()(sync)

EntryId = Annotated[str, typer.Argument(metavar="ID", help="The id of an entry.")]
EntryIds = Annotated[list[str], typer.Argument(metavar="ID...", help="The ids of entries.")]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why; kept in the history.")]
Correct = Annotated[bool, typer.Option("--correct", help="Tell whoever was lately given another answer.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
Yes = Annotated[bool, typer.Option("--yes", help="Change it whatever that makes of past questions, and do not look.")]


@faq.command()
def show(context: typer.Context, entry_id: EntryId, *, as_json: AsJson = False) -> None:
    """Show one entry with all its fields."""
    found = run(context, lambda app: app.catalogue.show(entry_id))
    if as_json:
        print_json(as_fields(found))
    else:
        show_entry(Terminal(), found)


@faq.command()
def add(  # noqa: PLR0913  # the fields of an entry
    context: typer.Context,
    *,
    question: Annotated[str, typer.Option(metavar="TEXT")],
    answer: Annotated[str, typer.Option(metavar="TEXT")],
    alias: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Another way to ask; may be repeated.")
    ] = None,
    entry_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Made from the question when left out.")
    ] = None,
    category: Annotated[str | None, typer.Option(metavar="NAME")] = None,
    audience: Annotated[Audience, typer.Option()] = Audience.PUBLIC,
    staff_note: Annotated[str | None, typer.Option(metavar="TEXT", help="What only staff read.")] = None,
    status: Annotated[Status, typer.Option()] = Status.PUBLISHED,
    yes: Yes = False,
) -> None:
    """Add an entry."""
    entry = Entry(
        id=entry_id or slug(question),
        question=question,
        answer=answer,
        aliases=tuple(alias or ()),
        category=category,
        audience=audience,
        staff_note=staff_note,
        status=status,
    )
    make(
        context,
        lambda app, dry_run: app.catalogue.add(entry, actor=actor(), dry_run=dry_run),
        done="added",
        command="faqbot faq add",
        yes=yes,
    )


@faq.command()
def edit(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    entry_ids: EntryIds,
    *,
    values: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field as in a file; may be repeated.")
    ] = None,
    clear: Annotated[list[str] | None, typer.Option(metavar="FIELD", help="Empty a field; may be repeated.")] = None,
    reason: Reason = None,
    correct: Correct = False,
    yes: Yes = False,
) -> None:
    """Change fields of entries. For example: --set category=Fees --clear owner."""
    changes = _changes(values or (), clear or ())
    make_all(
        context,
        lambda app, dry_run: app.catalogue.edit_each(
            entry_ids, changes, actor=actor(), reason=reason, correct=correct, dry_run=dry_run
        ),
        done="changed",
        command="faqbot faq edit",
        yes=yes,
    )


@faq.command()
def alias(
    context: typer.Context,
    entry_id: EntryId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Another way to ask.")],
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Remove it, however it is typed.")] = False,
    yes: Yes = False,
) -> None:
    """Add a phrasing to an entry, or remove one."""

    def change(app: App, dry_run: bool) -> Coroutine[Any, Any, StoredEntry]:  # noqa: FBT001  # as it is called
        put = app.catalogue.remove_alias if remove else app.catalogue.add_alias
        return put(entry_id, text, actor=actor(), dry_run=dry_run)

    make(
        context,
        change,
        done="changed",
        command="faqbot faq alias",
        yes=yes,
    )


@faq.command()
def never(
    context: typer.Context,
    entry_id: EntryId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What people ask and this entry does not answer.")],
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Remove it, however it is typed.")] = False,
    yes: Yes = False,
) -> None:
    """Name what an entry is never to answer, or take it back."""
    change = partial(without_never if remove else with_never, text=text)
    _revise(context, entry_id, change, command="faqbot faq never", yes=yes)


@faq.command()
def answer(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    entry_id: EntryId,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="The answer; leave it out to remove one.")
    ] = None,
    *,
    locale: Annotated[str | None, typer.Option(metavar="LOCALE", help="Whose language it is in, such as de.")] = None,
    region: Annotated[str | None, typer.Option(metavar="NAME", help="Where it holds, such as EU.")] = None,
    question: Annotated[str | None, typer.Option(metavar="TEXT", help="The question in that locale.")] = None,
    yes: Yes = False,
) -> None:
    """Set an entry's answer for a locale or region, or remove it."""
    local = LocalAnswer(answer=text or "", locale=locale, region=region, question=question)
    change = partial(without_answer if text is None else with_answer, local=local)
    _revise(context, entry_id, change, command="faqbot faq answer", yes=yes)


def _revise(
    context: typer.Context, entry_id: str, change: Callable[[Entry], Entry], *, command: str, yes: bool
) -> None:
    make(
        context,
        lambda app, dry_run: app.catalogue.revise(entry_id, change, actor=actor(), dry_run=dry_run),
        done="changed",
        command=command,
        yes=yes,
    )


@faq.command()
def retire(
    context: typer.Context, entry_ids: EntryIds, *, reason: Reason = None, correct: Correct = False, yes: Yes = False
) -> None:
    """Retire entries. They keep their ids and their history."""
    make_all(
        context,
        lambda app, dry_run: app.catalogue.edit_each(
            entry_ids, {"status": Status.RETIRED}, actor=actor(), reason=reason, correct=correct, dry_run=dry_run
        ),
        done="retired",
        command="faqbot faq retire",
        yes=yes,
    )


@faq.command()
def publish(context: typer.Context, entry_ids: EntryIds, *, reason: Reason = None, yes: Yes = False) -> None:
    """Publish drafts: from now on they are answered from."""
    make_all(
        context,
        lambda app, dry_run: app.catalogue.edit_each(
            entry_ids, {"status": Status.PUBLISHED}, actor=actor(), reason=reason, dry_run=dry_run
        ),
        done="published",
        command="faqbot faq publish",
        yes=yes,
    )


for command in entry_changes.COMMANDS:
    faq.command()(command)
faq.add_typer(category_group, name="category")


def _changes(values: Iterable[str], cleared: Iterable[str]) -> dict[str, str | None]:
    """Return what the options ask for, or raise an error."""
    changes: dict[str, str | None] = dict.fromkeys(cleared)
    for value in values:
        field, given, content = value.partition("=")
        if not given:
            refuse("faqbot faq edit", f"'{one_line(value, limit=40)}' is no change", "write --set FIELD=VALUE")
        changes[field.strip()] = content
    if not changes:
        refuse("faqbot faq edit", "there is nothing to change", "give --set FIELD=VALUE or --clear FIELD")
    return changes
