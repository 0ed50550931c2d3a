"""Operations on arrays of numbers that numpy has no fast form of."""

from typing import Any, cast

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]
# A column and a row in one number sort quicker than rows by column.
_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)


def spread(starts: Numbers, sizes: Numbers) -> Numbers:
    """Return the places of all values of lists that start here and are so long."""
    ends = sizes.cumsum(dtype=np.int64)
    return np.asarray(np.arange(int(ends[-1]) if len(ends) else 0) + (starts - ends + sizes).repeat(sizes))


def with_room(array: npt.NDArray[Any], index: int) -> npt.NDArray[Any]:
    """Return the array, or a longer copy that has a place at this index, filled with zeros."""
    if index < len(array):
        return array
    longer = np.zeros((max(len(array) + len(array) // 4, index + 16), *array.shape[1:]), array.dtype)
    longer[: len(array)] = array
    return longer


def tally(places: Numbers, values: Floats, count: int) -> Floats:
    """Return the sum of the values of each place, of so many places."""
    return cast("Floats", np.bincount(places, values, count))


def first_of_each(numbers: Numbers, width: int) -> Numbers:
    """Return for each of these numbers, all below `width`, the place of one of its kind: always the same one."""
    places = np.empty(width, np.int32)
    places[numbers] = np.arange(len(numbers), dtype=np.int32)
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
