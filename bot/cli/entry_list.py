"""Show entries: one with all its fields, or a list, also by what became of them."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console

from bot.cli.session import run
from bot.cli.stats import FEEDBACK, feedback_cells
from bot.cli.terminal import Terminal, facts, print_json, table
from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Status
from bot.service.app import App
from bot.service.checks import USAGE
from bot.store.figures import EntryUse
from bot.store.records import EntryFilter, StoredEntry

_UNUSED = EntryUse(id="", question="", asked=0, views=None)
_HEADERS = ("id", "state", "category", "question")


class SortBy(StrEnum):
    """By what entries are listed."""

    ID = "id"
    ASKED = "asked"
    SHOWN = "shown"
    HELPFUL = "helpful"
    WRONG = "wrong"
    CORRECTED = "corrected"


_FIGURES = tuple(each for each in SortBy if each is not SortBy.ID)


def show_list(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    *,
    category: Annotated[str | None, typer.Option(metavar="NAME")] = None,
    status: Annotated[Status | None, typer.Option()] = None,
    audience: Annotated[Audience | None, typer.Option()] = None,
    text: Annotated[str | None, typer.Option(metavar="WORDS", help="Words in a phrasing or the answer.")] = None,
    sort: Annotated[
        SortBy, typer.Option(help="By id, or by a figure of the last 90 days, the most first.")
    ] = SortBy.ID,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """List entries. With conditions, those that meet all of them."""
    wanted = EntryFilter(status=status, audience=audience, text=text)
    if sort is SortBy.ID:
        show_entries(run(context, lambda app: _listed(app, category, wanted)), as_json=as_json)
    else:
        found = run(context, lambda app: _used(app, category, wanted))
        show_use(sorted(found, key=lambda one: -getattr(one[1], sort)), as_json=as_json)


def show_entries(found: Sequence[StoredEntry], *, as_json: bool) -> None:
    """Print entries, a line each."""
    if as_json:
        print_json([as_fields(each) for each in found])
        return
    table(Terminal(), _HEADERS, [(each.entry.id, *_described(each.entry)) for each in found])


def show_use(found: Sequence[tuple[StoredEntry, EntryUse]], *, as_json: bool) -> None:
    """Print entries with what became of them lately."""
    if as_json:
        print_json([as_fields(each) | {"use": {name: getattr(use, name) for name in _FIGURES}} for each, use in found])
        return
    rows = [(each.entry.id, *_described(each.entry), f"{use.asked:,}", *feedback_cells(use)) for each, use in found]
    table(Terminal(), (*_HEADERS, "asked", *FEEDBACK), rows, numbers=1 + len(FEEDBACK))


async def _listed(app: App, category: str | None, wanted: EntryFilter) -> Sequence[StoredEntry]:
    if category is not None:
        wanted = replace(wanted, categories=await app.categories.spellings(category))
    return await app.catalogue.list(wanted)


async def _used(app: App, category: str | None, wanted: EntryFilter) -> Sequence[tuple[StoredEntry, EntryUse]]:
    used = {use.id: use for use in await app.stats.use(audience=Audience.INTERNAL, days=USAGE.days)}
    return [(each, used.get(each.entry.id, _UNUSED)) for each in await _listed(app, category, wanted)]


def as_fields(stored: StoredEntry) -> dict[str, Any]:
    """Return everything that is known of an entry, by the names of its fields in files."""
    phrases = [{"text": each.text, "origin": each.origin, "approved_by": each.approved_by} for each in stored.phrases]
    facts = {"version": stored.version, "updated_at": stored.updated_at}
    imported = None if stored.imported is None else {"source": stored.imported.source}
    return {**asdict(stored.entry), "phrasings": phrases, **facts, "imported": imported}


def _described(entry: Entry) -> tuple[str, ...]:
    return _state(entry), entry.category or "", entry.question


def _state(entry: Entry) -> str:
    return entry.audience if entry.status is Status.PUBLISHED else f"{entry.audience}, {entry.status}"


def show_entry(terminal: Console, stored: StoredEntry) -> None:
    """Print everything that is known of an entry."""
    entry, source = stored.entry, stored.entry.source
    own = [phrase for phrase in stored.phrases if phrase.locale == entry.locale]
    facts(
        terminal,
        {
            "id": entry.id,
            "question": entry.question,
            "aliases": "\n".join(f"{phrase.text}  ({phrase.origin})" for phrase in own[1:]),
            "answer": entry.answer,
            "answers": "\n".join(map(_further, entry.answers)),
            "staff note": entry.staff_note,
            "audience": entry.audience,
            "status": entry.status,
            "category": entry.category,
            "region": entry.region,
            "locale": entry.locale,
            "owner": entry.owner,
            "review by": str(entry.review_by) if entry.review_by else None,
            "valid to": str(entry.valid_until) if entry.valid_until else None,
            "source": ", ".join(filter(None, (source.title, source.url))),
            "published": str(source.published) if source.published else None,
            "updated": str(source.updated) if source.updated else None,
            "views": None if source.views is None else f"{source.views:,}",
            "threshold": None if entry.threshold is None else f"{entry.threshold:g}",
            "never": "\n".join(entry.never),
            "hours": entry.hours,
            "channels": entry.channels,
            "cooldown": None if entry.cooldown is None else f"{entry.cooldown:,} min",
            "version": f"{stored.version}, of {stored.updated_at:%Y-%m-%d %H:%M} UTC",
        },
    )


def _further(one: LocalAnswer) -> str:
    """Return whom an answer is for, how they ask, and what it says."""
    place = " and ".join(filter(None, (one.locale, one.region)))
    asked = f" (asked as: {'; '.join(one.phrasings)})" if one.phrasings else ""
    return f"for {place}{asked}:\n{one.answer}"
