"""Find sets of features that share most with a set, by the cosine of inverse-frequency weights."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from bot.core.searching.arrays import Floats, Numbers, Ragged, sum_lists, tally, with_room
from bot.core.searching.sparse.features import Hashes, HashTable

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


# A search reads the postings of the rarest features first, up to so many; the common ones that it leaves out count
# in the exact comparison of what it found. It bounds the cost of one question in a large store.
POSTINGS_READ = 4_000
_ROWS = 2**13
_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class SetReading:
    """What the postings that a search read say: the rows, as often as they were found, and the cosine of every row.

    `unread` are the features that were too common, and what each is worth.
    """

    rows: Numbers
    near: Floats
    unread: tuple[Numbers, Floats]


class SetIndex:
    """Sets of features; rows are numbered in the order they came, and no number is used again."""

    def __init__(self, features: Hashes, sizes: Numbers) -> None:
        """Store sets of distinct features, laid end to end."""
        # One sort tells the distinct features, the column of each cell, and the rows of each column in order.
        cells: Numbers = features.astype(np.uint64) << _HALF
        cells |= np.arange(len(cells), dtype=np.uint64)
        cells.sort()
        sorted_ = (cells >> _HALF).astype(np.uint32)
        first = np.empty(len(cells), bool)
        first[:1], first[1:] = True, sorted_[1:] != sorted_[:-1]
        self._hashes = HashTable(sorted_[first])
        cells &= _LOW
        columns, rows = np.empty(len(cells), np.int32), np.arange(len(sizes), dtype=np.int32).repeat(sizes)
        columns[cells] = first.cumsum(dtype=np.int32) - 1
        starts = first.nonzero()[0]
        frequencies = np.diff(starts, append=len(cells))
        self._rows, self._postings = Ragged(columns, sizes), Ragged(rows[cells], frequencies)
        level, sums = levels(frequencies), [np.zeros((0, 3), np.int64)]
        for at in range(0, len(sizes), _ROWS):
            cells, lengths = self._rows.gather(np.arange(at, min(at + _ROWS, len(sizes))))
            sums.append(sum_lists(totals(level[cells], np.ones_like(cells)), lengths))
        self._weights = Weights(frequencies, np.concatenate(sums))

    def __len__(self) -> int:
        """Return how many numbers were given."""
        return len(self._rows)

    @property
    def width(self) -> int:
        """Return how many features there are."""
        return len(self._hashes)

    def add(self, features: Hashes) -> int:
        """Add a set and return its number."""
        columns = self._hashes.claim(features)
        self._postings.grow(len(self._hashes))
        self._shift(columns, 1)
        number = self._rows.add(columns)
        self._weights.enter(number, columns, np.ones_like(columns))
        for column in columns.tolist():
            self._postings.append(column, number)
        return number

    def remove(self, number: int) -> None:
        """Remove a set."""
        columns = self._rows.of(number).astype(np.int64)
        self._rows.clear(number)
        for column in columns.tolist():
            self._postings.discard(column, number)
        self._shift(columns, -1)

    def read(self, features: Hashes) -> SetReading:
        """Read the postings of a query, the rarest features first."""
        columns = self._hashes.find(features)
        columns = columns[self._weights.stand(columns)]
        columns = columns[self._weights.frequencies(columns).argsort(kind="stable")]
        weights = self._weights.of(columns)
        worth = weights**2 / max(sqrt(weights @ weights), 1e-9)
        count = max(int(self._postings.sizes(columns).cumsum().searchsorted(POSTINGS_READ, "right")), 1)
        rows, sizes = self._postings.gather(columns[:count])
        parts = worth[:count].repeat(sizes) * self._weights.inverse_lengths().take(rows)
        return SetReading(rows, tally(rows, parts, len(self._rows)), (columns[count:], worth[count:]))

    def near(self, reading: SetReading, rows: Numbers) -> Floats:
        """Return the cosine of each row to what was read."""
        found = reading.near.take(rows)
        if len(reading.unread[0]):
            inverse = self._weights.inverse_lengths().take(rows)
            for column, worth in zip(*map(np.ndarray.tolist, reading.unread), strict=True):
                found += worth * inverse * contains(self._postings.of(column), rows)
        return found

    def features(self, rows: Numbers) -> tuple[Numbers, Numbers, Floats]:
        """Return the features of these rows, the place of the row of each, and its value in a unit row."""
        columns, sizes = self._rows.gather(rows)
        owners = np.arange(len(rows)).repeat(sizes)
        return columns, owners, self._weights.of(columns) * self._weights.inverse_lengths().take(rows).take(owners)

    def _shift(self, columns: Numbers, step: int) -> None:
        for column, old, new in zip(*map(np.ndarray.tolist, self._weights.shift(columns, step)), strict=True):
            self._weights.correct(self._postings.of(column), 1, old, new)


def contains(posting: Numbers, rows: Numbers) -> Numbers:
    """Return which of these numbers are in a list of rising ones."""
    return np.asarray(posting[np.searchsorted(posting, rows).clip(max=len(posting) - 1)] == rows)
