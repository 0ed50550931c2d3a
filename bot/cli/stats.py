"""Print what was asked and with which outcome: `faqbot stats` and `faqbot digest`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bot.cli.failures import refuse
from bot.cli.session import run
from bot.cli.terminal import Terminal, facts, print_json, safe, table
from bot.core.models import Audience
from bot.core.wording.languages import in_words
from bot.service import utc_now
from bot.service.review_channel import digest_text, percent
from bot.service.stats import Part, Stats
from bot.store.figures import Counts, EntryUse

_SPAN = re.compile(r"(\d{1,4})([dw])")
_DAYS = {"d": 1, "w": 7}

MOST_BARS = 62
_BARS = "▁▂▃▄▅▆▇█"
_WEEK = 7


def span(text: str) -> int | None:
    """Return how many days `3d` or `2w` are, None for anything else and for no days."""
    found = _SPAN.fullmatch(text)
    return (int(found[1]) * _DAYS[found[2]] or None) if found else None


def first_day(text: str, *, today: date) -> date:
    """Return the first of the days that `30d`, `4w` or a date name; `1d` is today."""
    if days := span(text):
        return today - timedelta(days=days - 1)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        refuse(
            "faqbot: --since",
            f"'{text}' is no time",
            "give days or weeks such as 30d or 4w, or a date such as 2026-10-01",
        )
    if day > today:
        refuse("faqbot: --since", f"{day} has not come yet", "give a day that has")
    return day


def bar_days(days: int) -> int:
    """Return how many days a bar stands for when there are so many: one, or whole weeks."""
    if days <= MOST_BARS:
        return 1
    return _WEEK * -(-days // (_WEEK * MOST_BARS))


def folded(values: Sequence[int], *, size: int) -> list[int]:
    """Return the sums of so many values each, the last ones in a full bar and the first in what is left."""
    first = len(values) % size
    starts = range(first, len(values), size)
    return [*([sum(values[:first])] if first else []), *(sum(values[start : start + size]) for start in starts)]


def sparkline(values: Sequence[int]) -> str:
    """Return a bar for each number, the highest for the largest and the lowest for little or nothing."""
    most = max(values, default=0) or 1
    return "".join(_BARS[round(value / most * (len(_BARS) - 1))] for value in values)


def drawing(name: str) -> Callable[[Any, Path], None]:
    """Return the function of this name that draws, before anything is counted in vain."""
    try:
        draw: Callable[[Any, Path], None] = getattr(import_module("bot.cli.charts"), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        refuse("faqbot: --png", "matplotlib is not installed", 'run in the checkout: pip install ".[charts]"')
    return draw


_MOST_ROWS = 10
FEEDBACK = ("shown", "helpful", "not helpful", "corrected")
_KINDS = ("answered", "suggested", "unanswered")
ForAudience = Annotated[
    Audience, typer.Option("--audience", help="With internal, what was asked and answered among staff as well.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")]


def stats(
    context: typer.Context,
    *,
    since: Annotated[str, typer.Option(metavar="30d|DATE", help="Days or weeks until now, or the first day.")] = "30d",
    audience: ForAudience = Audience.PUBLIC,
    as_json: AsJson = False,
    png: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw charts; needs the extra charts.")] = None,
) -> None:
    """Show what was asked and what became of it."""
    draw = None if png is None else drawing("draw_stats")
    first = first_day(since, today=utc_now().date())
    found = run(context, lambda app: app.stats.stats(since=first, audience=audience))
    if draw is not None and png is not None:
        draw(found, png)
    if as_json:
        print_json(as_fields(found))
    else:
        show_stats(Terminal(), found)


def digest(context: typer.Context, *, audience: ForAudience = Audience.PUBLIC, as_json: AsJson = False) -> None:
    """Print the last seven days in a few lines."""
    found = run(context, lambda app: app.stats.digest(audience=audience))
    if as_json:
        print_json({"week": as_fields(found.week), "before": asdict(found.before)})
    else:
        Terminal().print(safe(digest_text(found)))


def as_fields(found: Stats) -> dict[str, Any]:
    """Return all figures by their names."""
    return {**asdict(found), "never_asked": [entry.id for entry in found.never_asked]}


def show_stats(terminal: Console, found: Stats) -> None:
    """Print the figures as tables."""
    _show_total(terminal, found)
    for header, parts in (
        ("category", found.categories),
        ("channel", found.channels),
        ("platform", found.platforms),
    ):
        if parts:
            terminal.print()
            _show_parts(terminal, header, parts)
    _show_gaps(terminal, found)
    _show_helpers(terminal, found)
    _show_feedback(terminal, found)
    _show_entries(terminal, found)


def _show_total(terminal: Console, found: Stats) -> None:
    counts, waited = found.total.counts, found.total.waited
    size = bar_days(len(found.days))
    rows = [
        (name, _bars(found, name, size), f"{getattr(counts, name):,}", percent(getattr(counts, name), counts.asked))
        for name in ("asked", *_KINDS)
    ]
    table(terminal, ("questions", "per day" if size == 1 else f"per {size} days", "count", "share"), rows, numbers=2)
    terminal.print()
    facts(
        terminal,
        {
            "from": f"{found.since:%Y-%m-%d} on, {len(found.days)} days of UTC",
            "people": f"{counts.askers:,}",
            "ignored": f"{counts.ignored:,} that held no question",
            "in shadow": f"{counts.shadow:,} decided without a word, not counted here" if counts.shadow else None,
            "helpful": _ratings(counts),
            "by moderators": f"{waited.count:,} answered, median wait {_wait(found.total)}" if waited.count else None,
        },
    )


def _bars(found: Stats, name: str, size: int) -> str:
    return sparkline(folded([getattr(day.counts, name) for day in found.days], size=size))


def _ratings(counts: Counts) -> str | None:
    rated = counts.helpful + counts.wrong
    return f"{percent(counts.helpful, rated)} of {rated:,} ratings" if rated else None


def _show_parts(terminal: Console, header: str, parts: Sequence[Part]) -> None:
    rows = [
        (
            part.name or "none",
            f"{part.counts.asked:,}",
            *(percent(getattr(part.counts, kind), part.counts.asked) for kind in _KINDS),
            percent(part.counts.helpful, part.counts.helpful + part.counts.wrong),
            _wait(part),
        )
        for part in parts[:_MOST_ROWS]
    ]
    table(terminal, (header, "asked", *_KINDS, "helpful", "median wait"), rows, numbers=6)
    _tell_rest(terminal, len(parts))


def _wait(part: Part) -> str:
    return "-" if part.waited.median_seconds is None else in_words(part.waited.median_seconds)


def _show_gaps(terminal: Console, found: Stats) -> None:
    if found.gaps:
        terminal.print()
        hidden = f"(not quoted, since fewer than {found.fewest_askers} people asked it)"
        rows = [(gap.text or hidden, f"{gap.askers:,}", f"{gap.count:,}") for gap in found.gaps]
        table(terminal, ("open questions", "people", "asked"), rows, numbers=2)


def _show_helpers(terminal: Console, found: Stats) -> None:
    """Print whose answers moderators took, rewrote or did not take."""
    if found.helpers:
        terminal.print()
        rows = [
            (one.helper, *(f"{count:,}" for count in (one.suggested, one.accepted, one.rewritten, one.declined)))
            for one in found.helpers[:_MOST_ROWS]
        ]
        table(terminal, ("answers suggested by", "suggested", "accepted", "rewritten", "not taken"), rows, numbers=4)
        _tell_rest(terminal, len(found.helpers))


def _show_feedback(terminal: Console, found: Stats) -> None:
    """Print the entries that somebody rated or that were corrected, the worst first."""
    rated = [entry for entry in found.entries if entry.has_feedback]
    if rated:
        terminal.print()
        worst = sorted(rated, key=lambda entry: (-entry.wrong, -entry.corrected, -entry.helpful, entry.id))
        rows = [(entry.id, *feedback_cells(entry)) for entry in worst[:_MOST_ROWS]]
        table(terminal, ("entry", *FEEDBACK), rows, numbers=len(FEEDBACK))
        _tell_rest(terminal, len(rated))


def feedback_cells(use: EntryUse) -> tuple[str, ...]:
    """Return the figures of an entry under the headers `FEEDBACK`."""
    return tuple(f"{count:,}" for count in (use.shown, use.helpful, use.wrong, use.corrected))


def _show_entries(terminal: Console, found: Stats) -> None:
    never = found.never_asked
    if never:
        terminal.print(f"\n{len(never):,} of {len(found.entries):,} entries were not asked for:")
        for entry in never[:_MOST_ROWS]:
            terminal.print(f"  {safe(entry.id)}")
        _tell_rest(terminal, len(never))
    viewed = sorted(found.viewed, key=lambda entry: -(entry.views or 0))
    if viewed:
        terminal.print()
        rows = [(entry.id, f"{entry.views:,}", f"{entry.asked:,}") for entry in viewed[:_MOST_ROWS]]
        table(terminal, ("entry, most viewed", "views", "asked"), rows, numbers=2)
        _tell_rest(terminal, len(viewed))


def _tell_rest(terminal: Console, count: int) -> None:
    if count > _MOST_ROWS:
        terminal.print(f"  and {count - _MOST_ROWS:,} more; see all with --json")
