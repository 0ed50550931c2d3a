"""Draw numbers as a line of bars."""

from collections.abc import Sequence

MOST_BARS = 62
_BARS = "▁▂▃▄▅▆▇█"
_WEEK = 7


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
