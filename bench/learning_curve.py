"""Draw how the share of right answers grows with the reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """The shares of all questions that were answered rightly and wrongly after so many reviews."""

    reviews: int
    right: float
    wrong: float


# Okabe and Ito's colours, which colour-blind people tell apart, and a marker each for print.
_OURS, _THEIRS = ("faqbot", "#0072B2", "o"), ("rapidfuzz", "#D55E00", "s")


def draw(ours: Sequence[Step], theirs: Sequence[Step], path: Path) -> None:
    """Write a picture of both bots, right answers as full lines and wrong ones as dashed, each named at its end."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("Agg")
    plots: Any = import_module("matplotlib.pyplot")
    figure, axes = plots.subplots(figsize=(8.5, 5), layout="constrained")
    for steps, (name, colour, marker) in ((ours, _OURS), (theirs, _THEIRS)):
        reviews = [step.reviews for step in steps]
        right, wrong = [100 * step.right for step in steps], [100 * step.wrong for step in steps]
        axes.plot(reviews, right, color=colour, marker=marker, linewidth=2)
        axes.plot(reviews, wrong, color=colour, linewidth=2, linestyle=(0 if steps is ours else 3, (3, 3)))
        _name(axes, f"{name}, right\n{right[-1]:.0f} %", (reviews[-1], right[-1]), colour)
    wrongs = f"both, wrong\n{100 * ours[-1].wrong:.1f} and {100 * theirs[-1].wrong:.1f} %"
    _name(axes, wrongs, (ours[-1].reviews, 100 * ours[-1].wrong), "#444444", side="bottom")
    most = max(step.reviews for step in ours)
    axes.set(xlabel="reviews by a moderator", ylabel="questions answered, %", ylim=(0, None), xlim=(0, most * 1.2))
    axes.set_title("What a bot answers after so many reviews, on questions that it never learned", loc="left")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_xticks([step.reviews for step in ours])
    axes.grid(visible=True, axis="y", color="#dddddd")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=150)
    plots.close(figure)


def _name(axes: Any, text: str, end: tuple[float, float], colour: str, *, side: str = "center") -> None:  # noqa: ANN401  # matplotlib came by name
    axes.annotate(text, end, xytext=(8, 0), textcoords="offset points", va=side, color=colour)
