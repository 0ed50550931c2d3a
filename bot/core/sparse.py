"""Keep sets of weighted features that can be searched, extended and shortened without a rebuild."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.core.features import CHARACTERS, WORDS, Features

Numbers = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float64]

# A search reads the postings of the rarest features first and stops here; the common ones that it leaves out
# count in the exact comparison of what it found. It bounds the cost of one question in a large store.
POSTINGS_READ = 200_000
# Added rows are kept aside until they are this many and a tenth of all; then the arrays are laid out anew.
RECENT_AT_LEAST = 1024
# The regression is solved to four digits after about this many steps.
STEPS = 16
RESIDUAL = 1e-9


class SparseIndex:
    """Hold rows of features; find those nearest to a query by the cosine of inverse-frequency weights.

    The weight of a feature that stands in `df` of `n` rows is `ln((1 + n) / (1 + df)) + 1`, scikit-learn's
    smoothed form. The two halves of the evidence, characters (even features) and words (odd ones), are scaled to
    unit length apart and count alike. Rows are numbered in the order they came; a number is never used again.
    Every change keeps all weights exact: a changed index and one built anew give the same numbers.
    """

    def __init__(self, rows: Sequence[Features] = ()) -> None:
        self._alive = np.ones(len(rows), bool)
        self._sums = np.zeros((0, 2, 3))
        self._lay_out(rows)

    def __len__(self) -> int:
        """Return how many rows there are, not counting removed ones."""
        return self._size

    def add(self, row: Features) -> int:
        """Add a row of sorted, distinct features and return its number."""
        number = self._end
        columns = self._columns(row)
        self._shift(columns, 1)
        self._alive, self._sums = _with_room(self._alive, number), _with_room(self._sums, number)
        self._alive[number] = True
        self._sums[number] = self._totals(columns).sum(axis=0)
        for column in columns.tolist():
            self._recent_postings.setdefault(column, []).append(number)
        self._recent_rows.append(columns)
        self._end += 1
        self._size += 1
        if len(self._recent_rows) >= max(RECENT_AT_LEAST, self._size // 10):
            keys = np.concatenate([self._keys, np.array(list(self._recent_keys), np.uint32)])
            self._lay_out([np.sort(keys[self._row(each)]) for each in range(self._end)])
        return number

    def remove(self, number: int) -> None:
        """Remove a row.

        Raises:
            KeyError: there is no such row, or no longer.
        """
        if not (0 <= number < self._end and self._alive[number]):
            raise KeyError(number)
        self._shift(self._row(number), -1)
        self._alive[number] = False
        self._size -= 1

    def nearest(self, query: Features, *, limit: int) -> tuple[Numbers, Floats]:
        """Return up to `limit` rows that share most with the query, nearest first, and how near each one is.

        Nearness has shape (rows, 2): the cosine of the characters and that of the words, 0 to 1. Rows are ordered by
        the mean of both; of equals, the row that came first stands first.
        """
        columns = self._known(query)
        shares = self._weights(columns)
        shares /= np.sqrt(np.bincount(self._halves[columns], shares**2, 2).clip(min=1e-12))[self._halves[columns]]
        order = np.argsort(self._frequencies[columns], kind="stable")
        read = np.cumsum(self._frequencies[columns[order]]) <= POSTINGS_READ
        read[:1] = True
        rows, near = self._share(columns[order[read]], shares[order[read]])
        if not read.all():
            rows = rows[_greatest(near.sum(axis=1), 2 * limit)]
            weighed = np.zeros(len(self._halves))
            weighed[columns] = shares
            near = np.stack([half @ weighed for half in self._matrices(rows)], axis=1)
        total = near.sum(axis=1).round(9)
        rough = _greatest(total, limit)
        nearest = rough[np.lexsort((rows[rough], -total[rough]))][:limit]
        return rows[nearest], near[nearest]

    def regress(self, rows: Numbers, near: Floats, *, ridge: float) -> Floats:
        """Return how much each row explains of what the rows have in common with a query, shape (rows, 2).

        For each half these are the dual weights of a ridge regression on the rows: the solution of
        (K + ridge I) w = near, K being the likeness of the rows to each other. Where five phrasings say the same,
        each gets a fifth of the credit, and what a phrasing shares with those of other entries counts against it.
        """
        return np.stack(
            [_ridge(_compact(half), near[:, at], ridge) for at, half in enumerate(self._matrices(rows))], axis=1
        )

    def _lay_out(self, rows: Sequence[Features]) -> None:
        """Lay out all arrays anew from the features of every row; a removed row keeps its number and no cells."""
        self._end, self._alive = len(rows), self._alive[: len(rows)]
        self._size = int(self._alive.sum())
        kept = [row if alive else row[:0] for row, alive in zip(rows, self._alive.tolist(), strict=True)]
        self._keys, columns = np.unique(np.concatenate([np.empty(0, np.uint32), *kept]), return_inverse=True)
        self._cells = columns.astype(np.int32)
        self._starts = np.cumsum([0, *map(len, kept)])
        self._recent_keys: dict[int, int] = {}
        self._recent_rows: list[Numbers] = []
        self._recent_postings: dict[int, list[int]] = {}
        matrix = sparse.csr_array(
            (np.ones(len(columns)), self._cells, self._starts), shape=(len(kept), len(self._keys))
        )
        by_column = matrix.tocsc()
        self._posting_starts, self._postings = by_column.indptr, by_column.indices
        self._frequencies = np.diff(self._posting_starts)
        self._halves = (self._keys & 1).astype(np.int8)
        totals = self._totals(np.arange(len(self._keys)))
        self._sums = np.asarray(matrix @ totals.reshape(-1, 6)).reshape(-1, 2, 3)

    def _columns(self, row: Features) -> Numbers:
        """Return the columns of a row's features, giving new features a column."""
        width = len(self._keys) + len(self._recent_keys)
        columns = self._base_columns(row)
        for at in np.flatnonzero(columns < 0).tolist():
            columns[at] = column = self._recent_keys.setdefault(int(row[at]), width)
            if column == width:
                self._frequencies, self._halves = _with_room(self._frequencies, width), _with_room(self._halves, width)
                self._frequencies[width], self._halves[width] = 0, row[at] & 1
                width += 1
        return columns

    def _known(self, query: Features) -> Numbers:
        """Return the columns of those features of a query that some row has."""
        columns = self._base_columns(query)
        if self._recent_keys:
            for at in np.flatnonzero(columns < 0).tolist():
                columns[at] = self._recent_keys.get(int(query[at]), -1)
        known: Numbers = columns[columns >= 0]
        used: Numbers = known[self._frequencies[known] > 0]
        return used

    def _base_columns(self, row: Features) -> Numbers:
        if not len(self._keys):
            return np.full(len(row), -1)
        at: Numbers = np.searchsorted(self._keys, row).clip(max=len(self._keys) - 1)
        return np.where(self._keys[at] == row, at, -1)

    def _row(self, number: int) -> Numbers:
        settled = len(self._starts) - 1
        if number >= settled:
            return self._recent_rows[number - settled]
        return self._cells[self._starts[number] : self._starts[number + 1]]

    def _postings_of(self, column: int) -> Numbers:
        recent = self._recent_postings.get(column, ())
        if column >= len(self._keys):
            return np.array(recent, np.int64)
        settled = self._postings[self._posting_starts[column] : self._posting_starts[column + 1]]
        return np.concatenate([settled, recent]) if recent else settled

    def _shift(self, columns: Numbers, step: int) -> None:
        """Change the frequency of columns, and with it the stored sums of every row that has them."""
        before = np.log1p(self._frequencies[columns])
        self._frequencies[columns] += step
        after = np.log1p(self._frequencies[columns])
        for half in (CHARACTERS, WORDS):
            chosen = np.flatnonzero(self._halves[columns] == half)
            found = [self._postings_of(column) for column in columns[chosen].tolist()]
            if found:
                rows, sizes = np.concatenate(found), [len(each) for each in found]
                for place, change in ((1, after - before), (2, after**2 - before**2)):
                    added = np.bincount(rows, np.repeat(change[chosen], sizes), self._end)
                    self._sums[: self._end, half, place] += added

    def _totals(self, columns: Numbers) -> Floats:
        """Return what each column adds to the sums of a row: by half its count, log frequency and that squared."""
        logs = np.log1p(self._frequencies[columns])
        totals = np.zeros((len(columns), 2, 3))
        totals[np.arange(len(columns)), self._halves[columns]] = np.stack([np.ones_like(logs), logs, logs**2], axis=1)
        return totals

    def _weights(self, columns: Numbers) -> Floats:
        return np.asarray(np.log1p(self._size) + 1 - np.log1p(self._frequencies[columns]))

    def _norms(self, rows: Numbers) -> Floats:
        """Return the lengths of both halves of each row, from the sums: the sum of (c - log)² over its features."""
        constant = np.log1p(self._size) + 1
        count, logs, squares = np.moveaxis(self._sums[rows], 2, 0)
        return np.asarray(np.sqrt((count * constant**2 - 2 * constant * logs + squares).clip(min=1e-12)))

    def _share(self, columns: Numbers, shares: Floats) -> tuple[Numbers, Floats]:
        """Return the rows that have any of these columns, and how near they are by these columns alone."""
        near = np.zeros((self._end, 2))
        products = shares * self._weights(columns)
        for half in (CHARACTERS, WORDS):
            chosen = np.flatnonzero(self._halves[columns] == half)
            found = [self._postings_of(column) for column in columns[chosen].tolist()]
            if found:
                spread = np.repeat(products[chosen], [len(each) for each in found])
                near[:, half] = np.bincount(np.concatenate(found), spread, self._end)
        rows = np.flatnonzero(near.any(axis=1) & self._alive[: self._end])
        return rows, near[rows] / self._norms(rows)

    def _matrices(self, rows: Numbers) -> list["sparse.csr_array"]:
        """Return both halves of these rows, each row of unit length; characters first."""
        cells = [self._row(number) for number in rows.tolist()]
        columns = np.concatenate([np.empty(0, np.int32), *cells])
        owners = np.repeat(np.arange(len(rows)), [len(each) for each in cells])
        halves = self._halves[columns]
        values = self._weights(columns) / self._norms(rows)[owners, halves]
        matrices = []
        for half in (CHARACTERS, WORDS):
            chosen = halves == half
            starts = np.concatenate([[0], np.cumsum(np.bincount(owners[chosen], minlength=len(rows)))])
            parts = (values[chosen], columns[chosen], starts)
            matrices.append(sparse.csr_array(parts, shape=(len(rows), len(self._halves))))
        return matrices


def _greatest(values: Floats, count: int) -> Numbers:
    """Return the places of the greatest values, in order of place; of equals at the end, all of them."""
    if len(values) <= count:
        return np.arange(len(values))
    return np.flatnonzero(values >= np.partition(values, -count)[-count])


def _with_room(array: npt.NDArray[Any], index: int) -> npt.NDArray[Any]:
    """Return the array, or a copy of twice the length that has a place at this index."""
    if index < len(array):
        return array
    longer = np.zeros((max(2 * len(array), index + 16), *array.shape[1:]), array.dtype)
    longer[: len(array)] = array
    return longer


def _ridge(matrix: "sparse.csr_array", target: Floats, ridge: float) -> Floats:
    transposed = matrix.T
    return _conjugate_gradient(lambda vector: matrix @ (transposed @ vector) + ridge * vector, target)


def _conjugate_gradient(product: Callable[[Floats], Floats], target: Floats) -> Floats:
    """Solve product(x) = target for a symmetric, positive product (Hestenes and Stiefel 1952), to four digits."""
    solution = np.zeros_like(target)
    residual = direction = target
    square = float(residual @ residual)
    for _ in range(STEPS):
        if square < RESIDUAL:
            break
        image = product(direction)
        step = square / float(direction @ image)
        solution = solution + step * direction
        residual = residual - step * image
        square, last = float(residual @ residual), square
        direction = residual + square / last * direction
    return solution


def _compact(matrix: "sparse.csr_array") -> "sparse.csr_array":
    """Return the matrix without its empty columns: its product with itself then costs no width."""
    used = np.zeros(matrix.shape[1], bool)
    used[matrix.indices] = True
    places = np.cumsum(used) - 1
    columns, width = places[matrix.indices], int(places[-1]) + 1 if len(places) else 0
    return sparse.csr_array((matrix.data, columns, matrix.indptr), shape=(matrix.shape[0], width))
