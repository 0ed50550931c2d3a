"""Draw for a report what thresholds do: how many questions are answered, and how many of them rightly."""

from collections.abc import Sequence
from math import floor
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from bot.cli.tuning import TITLES, percent
from bot.core.deciding.tuning import Measured, Tuning
from bot.service.tuning import GroupTuning

# Okabe and Ito's colours, which colour-blind people tell apart, and a marker each for print.
_CURVE, _GREY = "#0072B2", "#555555"
_TODAY, _PROPOSED = ("#D55E00", "D"), ("#009E73", "o")
_LOWEST = 0.5


def draw(found: Sequence[GroupTuning], path: Path) -> None:
    """Write a picture with a curve for each group of surfaces."""
    figure = Figure(figsize=(13, 7), layout="constrained")
    goal = percent(found[0].tuning.goal.precision)
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
    counted = f"{one.right} of {one.answered} right, {percent(one.coverage)} answered"
    label = f"{name}: from {one.thresholds.answer:.2f}, {counted}"
    place = ([one.coverage], [one.precision]) if one.precision is not None else ([], [])
    axes.plot(*place, marker, color=colour, markersize=10, label=label, linestyle="none")
