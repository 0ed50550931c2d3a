"""Find sets of features that share most with a set, by the cosine of inverse-frequency weights."""

from dataclasses import dataclass

import numpy as np

from bot.core.searching.arrays import Floats, Numbers, sum_lists, tally, transposed
from bot.core.searching.ragged import Ragged
from bot.core.searching.sparse.hashes import Hashes, HashTable
from bot.core.searching.sparse.row_products import Matrix, shared_columns
from bot.core.searching.sparse.weights import Weights, levels, totals

# A search reads the postings of the rarest features first, up to so many; the common ones that it leaves out count
# in the exact comparison of what it found. It bounds the cost of one question in a large store.
POSTINGS_READ = 8_000
_BLOCK, _ROWS = 2**20, 2**13


@dataclass(frozen=True, slots=True)
class SetReading:
    """What the postings that a search read say: the rows found, and what the query shares with every row.

    `unread` are the features that were too common, and what each is worth.
    """

    rows: Numbers
    shared: Floats
    unread: tuple[Numbers, Floats]

    @property
    def whole(self) -> bool:
        """Return whether no row was left out that shares anything with the query."""
        return not len(self.unread[0])


class SetIndex:
    """Sets of features; rows are numbered in the order they came, and no number is used again."""

    def __init__(self, features: Hashes, sizes: Numbers) -> None:
        """Store sets of distinct features, laid end to end."""
        self._hashes = HashTable(np.unique(features))
        # In blocks, for what numpy makes on the way is many times what stays.
        columns = np.empty(len(features), np.int32)
        for at in range(0, len(features), _BLOCK):
            columns[at : at + _BLOCK] = self._hashes.find(features[at : at + _BLOCK])
        self._rows = Ragged(columns, sizes)
        rows, frequencies = transposed(columns, sizes, len(self._hashes))
        self._postings = Ragged(rows, frequencies)
        level, sums = levels(frequencies), [np.zeros((0, 3), np.int64)]
        for at in range(0, len(sizes), _ROWS):
            cells, lengths = self._rows.gather(np.arange(at, min(at + _ROWS, len(sizes))))
            sums.append(sum_lists(totals(level[cells], np.ones_like(cells)), lengths))
        self._weights = Weights(frequencies, np.concatenate(sums))

    def __len__(self) -> int:
        """Return how many numbers were given."""
        return len(self._rows)

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
        worth = weights**2 / max(float(np.linalg.norm(weights)), 1e-9)
        sizes = self._postings.sizes(columns)
        count = max(int(sizes.cumsum().searchsorted(POSTINGS_READ, "right")), 1)
        rows, sizes = self._postings.gather(columns[:count])
        shared = tally(rows, worth[:count].repeat(sizes), len(self._rows))
        return SetReading(rows, shared, (columns[count:], worth[count:]))

    def near(self, reading: SetReading, rows: Numbers, *, exact: bool = True) -> Floats:
        """Return the cosine of each row to what was read, or what is known of it without the common features."""
        shared = reading.shared[rows]
        if exact:
            for column, worth in zip(*map(np.ndarray.tolist, reading.unread), strict=True):
                shared += worth * contains(self._postings.of(column), rows)
        return np.asarray(shared * self._weights.inverse_lengths()[rows])

    def shared(self, rows: Numbers) -> Matrix:
        """Return these rows, each of length 1, by the features that more than one of them has."""
        columns, sizes = self._rows.gather(rows)
        owners, values = np.arange(len(rows)).repeat(sizes), self._weights.of(columns)
        found = shared_columns(owners, columns, values, height=len(rows), width=len(self._hashes))
        found *= self._weights.inverse_lengths()[rows].astype(np.float32)[:, None]
        return found

    def _shift(self, columns: Numbers, step: int) -> None:
        for column, old, new in zip(*map(np.ndarray.tolist, self._weights.shift(columns, step)), strict=True):
            self._weights.correct(self._postings.of(column), 1, old, new)


def contains(posting: Numbers, rows: Numbers) -> Numbers:
    """Return which of these numbers are in a list of rising ones."""
    return np.asarray(posting[np.searchsorted(posting, rows).clip(max=len(posting) - 1)] == rows)
