"""Weigh features by how rare they are, and keep the lengths of rows as the weights change."""

import numpy as np
import numpy.typing as npt

from bot.core.searching.arrays import Floats, Numbers, with_room

# The logarithm of a frequency counts in eighths. So a common feature keeps its level while rows come and go, and
# only a few sums change with each; being whole numbers, they are the same however the index came about.
LEVELS = 8


def levels(frequencies: Numbers) -> Numbers:
    """Return ln(1 + frequency) in eighths, rounded."""
    return np.asarray(np.rint(LEVELS * np.log1p(frequencies)).astype(np.uint8))


class Weights:
    """In how many rows each feature stands, and three sums for each row that give its length.

    The weight of a feature that stands in `df` of `n` rows is ln(1 + n) - ln(1 + df) + 1, scikit-learn's smoothed
    form, the second logarithm in eighths. The squared length of a row, the sum of (tf (c - level / 8))², follows
    from the sums of tf², tf² level and tf² level² for any c.
    """

    def __init__(self, frequencies: Numbers, sums: Numbers) -> None:
        # Room for what comes is taken now, so that the first change does not have to copy everything.
        self._frequencies = with_room(frequencies.astype(np.int32), len(frequencies))
        self._levels = levels(self._frequencies)
        self._sums = with_room(sums, len(sums))
        self._size = len(sums)
        self._inverse: Floats | None = None
        self._resized()

    def __len__(self) -> int:
        """Return how many rows there are, not counting removed ones."""
        return self._size

    def frequencies(self, columns: Numbers) -> Numbers:
        """Return in how many rows these features stand."""
        return self._frequencies.take(columns)

    def stand(self, columns: Numbers) -> npt.NDArray[np.bool_]:
        """Return which of these features are in some row."""
        there = self._frequencies.take(columns, mode="clip") > 0
        return (columns >= 0) & (columns < len(self._frequencies)) & there

    def of(self, columns: Numbers) -> Floats:
        """Return the weights of these features."""
        return np.asarray(self._by_level.take(self._levels.take(columns)))

    def inverse_lengths(self) -> Floats:
        """Return 1 / length of every row."""
        if self._inverse is None:
            c = LEVELS * self._constant
            counts, sums, squares = self._sums.T
            lengths = (counts * c**2 - 2 * c * sums + squares).clip(min=1e-9)
            self._inverse = LEVELS / np.sqrt(lengths)
        return self._inverse

    def shift(self, columns: Numbers, step: int) -> tuple[Numbers, Numbers, Numbers]:
        """Add `step` to the frequencies of distinct features; return those whose level changed, its old and new."""
        last = int(columns.max(initial=-1))
        self._frequencies, self._levels = with_room(self._frequencies, last), with_room(self._levels, last)
        self._frequencies[columns] += step
        old, new = self._levels[columns].astype(np.int64), levels(self._frequencies[columns]).astype(np.int64)
        self._levels[columns] = new
        moved = (old != new).nonzero()[0]
        self._size += step
        self._resized()
        return columns[moved], old[moved], new[moved]

    def correct(self, rows: Numbers, times: Numbers | int, old: int, new: int) -> None:
        """Add the new level of a feature to the sums of the distinct rows that have it so many times."""
        square = np.asarray(times, np.int64) ** 2
        self._sums[rows, 1] += square * (new - old)
        self._sums[rows, 2] += square * (new**2 - old**2)

    def enter(self, row: int, columns: Numbers, times: Numbers) -> None:
        """Add the sums of a new row."""
        self._sums = with_room(self._sums, row)
        self._sums[row] = totals(self._levels[columns], times).sum(axis=0)

    def _resized(self) -> None:
        """Note that all weights and lengths are others, as the number of rows is another."""
        self._constant = float(np.log1p(self._size)) + 1
        self._by_level = self._constant - np.arange(256) / LEVELS
        self._inverse = None


def totals(level: Numbers, times: Numbers) -> Numbers:
    """Return what each feature adds to the sums of a row that has it so many times, shape (features, 3)."""
    square, high = times.astype(np.int64) ** 2, level.astype(np.int64)
    return np.stack([square, square * high, square * high**2], axis=1)
