"""Find sets of features that share most with a set, by the cosine of inverse-frequency weights."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from bot.core.searching.arrays import Floats, Numbers, sum_lists, tally
from bot.core.searching.ragged import Ragged
from bot.core.searching.sparse.hashes import Hashes, HashTable
from bot.core.searching.sparse.weights import Weights, levels, totals

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
