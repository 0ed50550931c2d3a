"""Store and compute with arrays what numpy has no fast form of: short lists, runs, a small regression."""

from typing import Any, cast

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]
# A column and a row in one number sort quicker than rows by column.
_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)

# Memory for more than 32 MB is new each time with glibc, page by page, and takes milliseconds.
_MOST_AT_HAND = 2**22
# An array grows by this part of itself: more takes memory of each of many small stores, less makes more copies.
_ROOM = 8


def spread(starts: Numbers, sizes: Numbers) -> Numbers:
    """Return the places of all values of lists that start here and are so long."""
    ends = sizes.cumsum(dtype=np.int64)
    return np.asarray(np.arange(int(ends[-1]) if len(ends) else 0) + (starts - ends + sizes).repeat(sizes))


def with_room(array: npt.NDArray[Any], index: int) -> npt.NDArray[Any]:
    """Return the array, or a longer copy that has a place at this index, filled with zeros."""
    if index < len(array):
        return array
    longer = np.zeros((max(len(array) + len(array) // _ROOM, index + 16), *array.shape[1:]), array.dtype)
    longer[: len(array)] = array
    return longer


def tally(places: Numbers, values: Floats, count: int) -> Floats:
    """Return the sum of the values of each place, of so many places."""
    return cast("Floats", np.bincount(places, values, count))


def first_of_each(numbers: Numbers, width: int) -> Numbers:
    """Return for each of these numbers, all below `width`, the place of one of its kind: always the same one."""
    if width > _MOST_AT_HAND:
        kinds, numbers = np.unique(numbers, return_inverse=True)
        width = len(kinds)
    places = np.empty(width, np.int64)
    places[numbers] = np.arange(len(numbers))
    return places.take(numbers)


def counted(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Return the distinct ones of sorted numbers, and how often each is there."""
    starts = np.concatenate([[True], numbers[1:] != numbers[:-1]])[: len(numbers)].nonzero()[0]
    return numbers[starts], np.concatenate([starts[1:], [len(numbers)]])[: len(starts)] - starts


def distinct(numbers: Numbers, width: int) -> Numbers:
    """Return each number once; quicker than sorting them."""
    return np.asarray(numbers[first_of_each(numbers, width) == np.arange(len(numbers))])


def transposed(columns: Numbers, sizes: Numbers, width: int) -> tuple[Numbers, Numbers]:
    """Return for each column the rows that have it, laid end to end, and how many they are."""
    rows = np.arange(len(sizes), dtype=np.uint64).repeat(sizes)
    cells = np.sort(columns.astype(np.uint64) << _HALF | rows)
    return (cells & _LOW).astype(np.int32), np.bincount(columns, minlength=width)


def greatest(values: Floats, count: int) -> Numbers:
    """Return the places of the greatest values, in order of place; of equals at the end, all of them."""
    if len(values) <= count:
        return np.arange(len(values))
    return np.asarray((values >= np.partition(values, -count)[-count]).nonzero()[0])


def sum_lists(values: npt.NDArray[Any], sizes: Numbers) -> npt.NDArray[Any]:
    """Return the sum of each list of values, the lists being laid end to end."""
    running = np.concatenate([np.zeros((1, *values.shape[1:]), values.dtype), np.cumsum(values, axis=0)])
    ends = sizes.cumsum()
    return np.asarray(running[ends] - running[ends - sizes])


# Lists of this mean length are copied one by one, shorter ones by an array of places.
_LONG = 64
_MOST_SLACK = 30_000


class Ragged:
    """Lists of small numbers; each list grows, shrinks and is read without touching the others.

    A list that outgrows its place moves to the end and takes some slack with it. Places that nobody uses any more
    are given up when they are half of all.
    """

    def __init__(self, values: Numbers, sizes: Numbers) -> None:
        self._count, self._end, self._used = len(sizes), len(values), len(values)
        # Room for what comes is taken now, so that the first change does not have to copy everything.
        self._values = with_room(values.astype(np.int32, copy=False), len(values))
        self._sizes = with_room(sizes.astype(np.int32), len(sizes))
        self._starts = with_room((sizes.cumsum() - sizes).astype(np.uint32), len(sizes))
        self._slack = with_room(np.zeros(len(sizes), np.int16), len(sizes))

    def __len__(self) -> int:
        """Return how many lists there are."""
        return self._count

    @property
    def room(self) -> int:
        """Return how many places there are, used or not."""
        return len(self._values)

    def sizes(self, lists: Numbers) -> Numbers:
        """Return how long these lists are."""
        return self._sizes.take(lists)

    def of(self, number: int) -> Numbers:
        """Return one list, as a view that the next change may spoil."""
        start = self._starts[number]
        return self._values[start : start + self._sizes[number]]

    def gather(self, lists: Numbers) -> tuple[Numbers, Numbers]:
        """Return these lists in one, and how long each one is."""
        starts, sizes = self._starts.take(lists), self._sizes.take(lists)
        if sizes.sum() > _LONG * len(lists):
            slices = zip(starts.tolist(), (starts + sizes).tolist(), strict=True)
            return np.concatenate([self._values[start:end] for start, end in slices], dtype=np.int64), sizes
        return self._values.take(spread(starts, sizes)).astype(np.int64), sizes

    def grow(self, count: int) -> None:
        """Add empty lists until there are so many."""
        if count > self._count:
            self._starts, self._sizes = with_room(self._starts, count - 1), with_room(self._sizes, count - 1)
            self._slack = with_room(self._slack, count - 1)
            self._count = count

    def add(self, values: Numbers) -> int:
        """Add a list and return its number."""
        number = self._count
        self.grow(number + 1)
        self._move_to_end(number, values, slack=0)
        return number

    def append(self, number: int, value: int) -> None:
        """Add a value at the end of a list."""
        if not self._slack[number]:
            old = self.of(number)
            self._used -= len(old)
            self._move_to_end(number, old, slack=min(len(old) // 4 + 2, _MOST_SLACK))
        self._values[self._starts[number] + self._sizes[number]] = value
        self._sizes[number] += 1
        self._slack[number] -= 1
        self._used += 1

    def discard(self, number: int, value: int) -> None:
        """Remove a value from a list that is in rising order."""
        values = self.of(number)
        at = int(np.searchsorted(values, value))
        values[at:-1] = values[at + 1 :].copy()
        self._sizes[number] -= 1
        self._used -= 1
        self._slack[number] = min(self._slack[number] + 1, _MOST_SLACK)

    def clear(self, number: int) -> None:
        """Empty a list."""
        self._used -= int(self._sizes[number])
        self._sizes[number] = self._slack[number] = 0

    def _move_to_end(self, number: int, values: Numbers, *, slack: int) -> None:
        start, size = self._end, len(values)
        if start + size + slack > len(self._values):
            held = values.copy()
            self._sizes[number] = 0
            self._make_room(size + slack)
            start, values = self._end, held
        self._values[start : start + size] = values
        self._starts[number], self._sizes[number], self._slack[number] = start, size, slack
        self._end = start + size + slack
        self._used += size

    def _make_room(self, wanted: int) -> None:
        """Make room at the end: by closing the gaps where they are half of all, or with a longer array."""
        if self._end > 2 * self._used:
            lists = np.arange(self._count)
            kept, sizes = self.gather(lists)
            self._starts[: self._count] = sizes.cumsum() - sizes
            self._slack[:] = 0
            self._values, self._end = kept.astype(np.int32), len(kept)
        longer = np.empty(self._end + self._end // 8 + wanted + 64, np.int32)
        longer[: self._end] = self._values[: self._end]
        self._values = longer


def explained(likeness: Floats, near: Floats, noise: Floats) -> Floats:
    """Return the dual weights of a kernel ridge regression: the solution of (K + noise I) w = near.

    K is the likeness of the texts to each other, `near` theirs to the question, and `noise` how little each is to
    be believed. It is the mean of a Gaussian process that is 1 at the texts of one entry and 0 at those of others
    (Rasmussen and Williams 2006, 2.2): the weights of an entry's texts add up to what it is at the question.
    Where five phrasings say the same, each gets a fifth of the credit, and what a phrasing shares with those of
    other entries counts against it.
    """
    if not len(near):
        return near
    kernel = np.array(likeness, np.float32)
    kernel.ravel()[:: len(near) + 1] += noise
    return np.asarray(np.linalg.solve(kernel, near.astype(np.float32)))
