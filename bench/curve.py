"""Draw how the time of one question grows with the number of phrasings, and what of it a change saved."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from bench.measuring import Measured

# Okabe and Ito's colours, which colour-blind people tell apart, and a marker each for print.
_STYLES = {
    "faqbot": ("#0072B2", "o"),
    "token_sort_ratio": ("#D55E00", "s"),
    "WRatio": ("#CC79A7", "D"),
    "FTS5": ("#009E73", "^"),
    "bm25s": ("#E69F00", "v"),
    "tantivy": ("#000000", "x"),
}


def draw(results: Sequence[Measured], path: Path) -> None:
    """Write a picture of the median times, both axes logarithmic, each line named at its end."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("Agg")
    plots: Any = import_module("matplotlib.pyplot")
    figure, axes = plots.subplots(figsize=(8.5, 5.5), layout="constrained")
    axes.set(xscale="log", yscale="log", xlabel="phrasings", ylabel="one question, median, ms")
    ends: list[tuple[float, str]] = []
    for rival in dict.fromkeys(each.rival for each in results):
        points = sorted((each.phrases, 1000 * median(each.times)) for each in results if each.rival == rival)
        colour, marker = _STYLES[rival]
        counts, times = zip(*points, strict=True)
        axes.plot(counts, times, color=colour, marker=marker, linewidth=2.5 if rival == "faqbot" else 1.5)
        ends.append((times[-1], rival))
    sizes = [each.phrases for each in results]
    axes.set_xlim(min(sizes) / 1.3, max(sizes) * 8)  # room for the names
    _name(axes, max(sizes), ends)
    axes.set_title("Time of one question against the number of phrasings", loc="left")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.grid(visible=True, which="major", color="#dddddd")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=150)
    plots.close(figure)


def draw_against(
    figures: Mapping[int, tuple[Sequence[float], Sequence[float]]], names: tuple[str, str], path: Path
) -> None:
    """Write a picture of p50, time to build and memory of two checkouts, by the number of phrasings."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("Agg")
    plots: Any = import_module("matplotlib.pyplot")
    figure, places = plots.subplots(1, 3, figsize=(12, 4), layout="constrained")
    sizes = sorted(figures)
    for axes, column, title in zip(places, (0, 2, 3), ("one question, p50, ms", "build, s", "held, MB"), strict=True):
        for side, (name, colour, marker) in enumerate(zip(names, ("#D55E00", "#0072B2"), "so", strict=True)):
            values = [figures[size][side][column] for size in sizes]
            axes.plot(sizes, values, color=colour, marker=marker, label=name)
        axes.set(xscale="log", yscale="log", xlabel="phrasings")
        axes.set_title(title, loc="left")
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.yaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_minor_formatter("{x:g}" if max(axes.get_ylim()) < 10 * min(axes.get_ylim()) else "")
        axes.grid(visible=True, which="major", color="#dddddd")
        axes.spines[["top", "right"]].set_visible(False)
    places[0].legend(frameon=False)
    figure.savefig(path, dpi=100)
    plots.close(figure)


def _name(axes: Any, right: int, ends: Sequence[tuple[float, str]]) -> None:  # noqa: ANN401  # matplotlib has no types here
    """Write the names beside the ends of the lines, none over another."""
    lowest = 0.0
    for time, rival in sorted(ends):
        place = max(time, lowest)
        axes.annotate(
            rival, (right, time), xytext=(right * 1.25, place), color=_STYLES[rival][0], va="center", fontsize=10
        )
        lowest = place * 1.5
