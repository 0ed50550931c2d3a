"""Draw charts for a report: the figures, and what thresholds do."""

from collections.abc import Iterable, Sequence
from math import floor
from pathlib import Path
from textwrap import fill
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from bot.cli.stats import bar_days, folded
from bot.cli.terminal import one_line
from bot.cli.tuning import TITLES, percentage
from bot.core.deciding.tuning import Measured, Tuning
from bot.core.wording.languages import in_words
from bot.service.review_channel import percent
from bot.service.stats import Part, Stats
from bot.service.tuning import GroupTuning
from bot.store.figures import EntryUse

# Okabe and Ito's colours, which colour-blind people tell apart; they differ in lightness too, for print.
_KINDS = {"answered": "#0072B2", "suggested": "#56B4E9", "unanswered": "#D55E00"}
_GREY = "#555555"
_MOST_BARS = 8
_MOST_NAMED = 3
_MOST_DATES = 10
# With fewer than this, bars would be as thick as walls.
_FEWEST_BARS = 5
_LABEL_LIMIT = 34

# And a marker each for print.
_CURVE = "#0072B2"
_TODAY, _PROPOSED = ("#D55E00", "D"), ("#009E73", "o")
_LOWEST = 0.5


def draw_stats(found: Stats, path: Path) -> None:
    """Write a picture of all figures."""
    figure = Figure(figsize=(13, 12), layout="constrained")
    figure.suptitle(_headline(found), x=0.01, ha="left", fontsize=14, linespacing=1.5)
    # Rows of their own, so that long names in one leave the others their width.
    above, middle, below = figure.subfigures(3, 1, squeeze=False)[:, 0]
    _draw_days(above.subplots(), found)
    left, right = middle.subplots(1, 2)
    _draw_parts(left, "By category", found.categories)
    _draw_parts(right, "By channel", found.channels)
    left, right = below.subplots(1, 2)
    _draw_gaps(left, found)
    _draw_views(right, found)
    figure.savefig(path, format="png", dpi=150)


def _headline(found: Stats) -> str:
    counts, waited = found.total.counts, found.total.waited
    rated = counts.helpful + counts.wrong
    parts = [
        f"{counts.asked:,} asked by {counts.askers:,} people",
        f"{percent(counts.answered, counts.asked)} answered",
        f"{percent(counts.helpful, rated)} of {rated:,} ratings helpful" if rated else "",
        f"median wait for a moderator {in_words(waited.median_seconds)}" if waited.median_seconds is not None else "",
    ]
    first, last = found.days[0].day, found.days[-1].day
    return f"Questions from {first:%Y-%m-%d} to {last:%Y-%m-%d}\n" + "  ·  ".join(filter(None, parts))


def _draw_days(axes: Axes, found: Stats) -> None:
    size = bar_days(len(found.days))
    days = [day.day for day in found.days]
    rest = len(days) % size
    starts = [*days[:1], *days[rest::size]] if rest else days[::size]
    below = [0] * len(starts)
    for kind, colour in _KINDS.items():
        counts = folded([getattr(day.counts, kind) for day in found.days], size=size)
        axes.bar(range(len(starts)), counts, bottom=below, color=colour, width=0.85, label=kind)
        below = [low + count for low, count in zip(below, counts, strict=True)]
    axes.legend(frameon=False, ncols=len(_KINDS), loc="lower right", bbox_to_anchor=(1, 1))
    named = range(0, len(starts), -(-len(starts) // _MOST_DATES))
    axes.set_xticks(named, [f"{starts[place]:%d %b}" for place in named])
    axes.set_xlim(-0.7, max(len(starts), _FEWEST_BARS) - 0.3)
    _finish(axes, "Per day" if size == 1 else f"Per {size} days", "y")


def _draw_parts(axes: Axes, title: str, parts: Sequence[Part]) -> None:
    shown = [part for part in parts if part.counts.asked][:_MOST_BARS]
    names = [one_line(part.name or "none", limit=_LABEL_LIMIT) for part in shown]
    below = [0] * len(shown)
    for kind, colour in _KINDS.items():
        counts = [getattr(part.counts, kind) for part in shown]
        axes.barh(range(len(shown)), counts, left=below, color=colour)
        below = [low + count for low, count in zip(below, counts, strict=True)]
    for place, part in enumerate(shown):
        share = f" {percent(part.counts.answered, part.counts.asked)} answered"
        axes.text(below[place], place, share, va="center", fontsize=9, color=_GREY)
    axes.set_yticks(range(len(shown)), names)
    axes.set_xlim(0, 1.35 * max(below, default=1))  # room for the shares
    axes.set_ylim(max(len(shown), _FEWEST_BARS) - 0.5, -0.5)
    _finish(axes, title, "x")


def _draw_gaps(axes: Axes, found: Stats) -> None:
    shown = found.gaps[:_MOST_BARS]
    names = [
        fill(one_line(gap.text or "(too few people to quote)", limit=2 * _LABEL_LIMIT), _LABEL_LIMIT) for gap in shown
    ]
    axes.barh(range(len(shown)), [gap.askers for gap in shown], color=_KINDS["unanswered"])
    axes.set_yticks(range(len(shown)), names)
    axes.set_ylim(max(len(shown), _FEWEST_BARS) - 0.5, -0.5)
    _finish(axes, "Open questions, by the people who asked them", "x")


def _draw_views(axes: Axes, found: Stats) -> None:
    """Draw each entry by its views and how often it was asked for; named are those furthest out."""
    shown = found.viewed
    axes.scatter(
        [entry.views or 0 for entry in shown],
        [entry.asked for entry in shown],
        color=_KINDS["answered"],
        s=28,
        clip_on=False,
    )
    axes.set_xscale("symlog")
    for entry in _outermost(shown):
        _name_point(axes, entry.id, entry.views or 0, entry.asked)
    axes.set(xlabel="views in the help centre", ylabel="asked for in the bot")
    axes.margins(0.2)
    axes.set_ylim(bottom=0)
    _finish(axes, "Entries: asked for against viewed", "both")


def _outermost(entries: Sequence[EntryUse]) -> Iterable[EntryUse]:
    """Return the entries that were asked for most and those that were viewed most."""
    most_asked = sorted(entries, key=lambda entry: -entry.asked)[:_MOST_NAMED]
    most_viewed = sorted(entries, key=lambda entry: -(entry.views or 0))[:_MOST_NAMED]
    return dict.fromkeys([*most_asked, *most_viewed])


def _name_point(axes: Axes, name: str, x: float, y: float) -> None:
    axes.annotate(
        one_line(name, limit=_LABEL_LIMIT),
        (x, y),
        xytext=(0, 6),
        textcoords="offset points",
        ha="center",
        fontsize=9,
        color=_GREY,
        bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
    )


def _finish(axes: Axes, title: str, grid: Literal["x", "y", "both"]) -> None:
    axes.set_title(title, loc="left", fontsize=12)
    axes.grid(visible=True, axis=grid, color="#e3e3e3")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    counted = axes.xaxis if grid == "x" else axes.yaxis
    counted.set_major_locator(MaxNLocator(5, integer=True))


def draw_curves(found: Sequence[GroupTuning], path: Path) -> None:
    """Write a picture with a curve for each group of surfaces."""
    figure = Figure(figsize=(13, 7), layout="constrained")
    goal = percentage(found[0].tuning.goal.precision)
    title = f"How many questions are answered, and how many answers are right; {goal} are wanted"
    figure.suptitle(title, x=0.01, ha="left", fontsize=14)
    for axes, one in zip(figure.subplots(1, len(found), squeeze=False, sharey=True)[0], found, strict=True):
        _draw(axes, one.tuning)
        axes.set_title(f"{TITLES[one.group]}\n{one.tuning.graded:,} graded decisions", loc="left", fontsize=11)
    figure.savefig(path, format="png", dpi=150)


def _draw(axes: Axes, tuning: Tuning) -> None:
    points = [one for one in tuning.curve if one.precision is not None]
    covered = [one.coverage for one in points]
    axes.fill_between(
        covered,
        [one.at_least for one in points],
        [one.at_most for one in points],
        color=_CURVE,
        alpha=0.15,
        linewidth=0,
        label="the true share, nine times of ten",
    )
    axes.plot(
        covered, [one.precision or 0 for one in points], color=_CURVE, linewidth=2, label="right, of those graded"
    )
    axes.axhline(tuning.goal.precision, color=_GREY, linestyle="--", linewidth=1)
    _mark(axes, "today", tuning.today, _TODAY)
    if tuning.proposed is not None:
        _mark(axes, "proposed", tuning.proposed, _PROPOSED)
    axes.set(
        xlabel="coverage: share of all questions that are answered", ylabel="precision: share of answers that are right"
    )
    lowest = min((one.at_least for one in points), default=_LOWEST)
    # Both axes share it: it ends at the lowest of all.
    axes.set_ylim(min(floor(10 * lowest) / 10, axes.get_ylim()[0]), 1.01)
    axes.set_xlim(0, max([*covered, tuning.today.coverage, 0.1]) * 1.1)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    axes.yaxis.set_major_locator(MaxNLocator(10, steps=[1, 2, 5, 10]))
    axes.grid(visible=True, color="#e3e3e3")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(-0.02, -0.13))


def _mark(axes: Axes, name: str, one: Measured, style: tuple[str, str]) -> None:
    """Mark what thresholds do; where they answer nothing that was graded, the legend says so."""
    colour, marker = style
    counted = f"{one.right} of {one.answered} right, {percentage(one.coverage)} answered"
    label = f"{name}: from {one.thresholds.answer:.2f}, {counted}"
    place = ([one.coverage], [one.precision]) if one.precision is not None else ([], [])
    axes.plot(*place, marker, color=colour, markersize=10, label=label, linestyle="none")
