"""Find groups of digits that may be the number of a card, all of a text in the same few steps.

A row is digits with at most three spaces, tabs, lines or hyphens between two groups, and no letter or decimal point at
its ends, unless a name is joined to it. A text of nothing but digits takes hardly longer than one of few.
"""

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_JOINED_BEFORE = re.compile(r"card|visa|amex")
_JOINED_BEHIND = re.compile(r"cv[vc]|exp")
_WIDEST_GAP = 3
_SMALLEST_GROUP = 4
_PAD = "  "  # so that each group has two letters before and behind it

_Places = npt.NDArray[np.int64]


class _Groups(NamedTuple):
    """Where each group stands in the padded text, where it ends among all digits, its row, and if it begins one."""

    starts: _Places
    stops: _Places
    ends: _Places
    row: _Places
    leads: npt.NDArray[np.bool]


def with_right_digit(low: str, *, lengths: range, longest_phone: int) -> list[tuple[int, int, str]]:
    """Return what has one of the lengths, is grouped as a card may be, and ends in its check digit (Luhn).

    They come in order with their places, of those that begin at the same place the longest first. What stands behind a
    plus and is no longer than a phone number is one.
    """
    letters = np.frombuffer(f"{_PAD}{low}{_PAD}".encode("utf-32-le", "surrogatepass"), np.uint32)
    is_digit = (letters >= ord("0")) & (letters <= ord("9"))
    starts, stops, ends, row, leads = _groups(low, letters, is_digit)
    sizes = stops - starts
    begins = ends - sizes
    phone = (letters[starts[leads] - 1] == ord("+")) & (np.bincount(row, sizes) <= longest_phone)
    # In a row of single digits only the whole can be meant.
    first = np.flatnonzero(~phone[row] & (leads | (sizes > 1)))
    sums = _luhn_sums(letters[is_digit] - ord("0"))
    small = np.append(0, np.cumsum(sizes < _SMALLEST_GROUP))
    changes = np.append(0, np.cumsum(sizes[1:] != sizes[:-1]))
    found: list[tuple[int, int, int, int]] = []
    for more in range(lengths.stop):
        first = first[first + more < len(row)]
        last = first + more
        fits = (row[first] == row[last]) & (ends[last] - begins[first] < lengths.stop)
        first, last = first[fits], last[fits]
        begin, end = begins[first], ends[last]
        side = 1 - end % 2
        right = (end - begin >= lengths.start) & ((sums[side, end] - sums[side, begin]) % 10 == 0)
        if more:  # four digits or more in each group, or all alike and the last no longer
            alike = (changes[last - 1] == changes[first]) & (sizes[last] <= sizes[first])
            right &= alike | (small[last] == small[first])
        places = (starts[first] - len(_PAD), stops[last] - len(_PAD), begin, end)
        found += zip(*(each[right].tolist() for each in places), strict=True)
    found.sort(key=lambda each: (each[0], -each[1]))
    digits = letters[is_digit].astype(np.uint8).tobytes().decode("ascii")
    return [(start, stop, digits[begin:end]) for start, stop, begin, end in found]


def _groups(low: str, letters: npt.NDArray[np.uint32], is_digit: npt.NDArray[np.bool]) -> _Groups:
    """Return the groups of all rows, without the end of a row that is joined to a letter or a decimal point."""
    is_letter = (letters >= ord("a")) & (letters <= ord("z"))
    is_point = letters == ord(".")
    edges = np.flatnonzero(is_digit[1:] != is_digit[:-1]) + 1
    starts, stops = edges[::2], edges[1::2]
    others = np.cumsum(~np.isin(letters, [*map(ord, " \t_-")]))
    apart = (starts[1:] - stops[:-1] > _WIDEST_GAP) | (others[starts[1:] - 1] != others[stops[:-1] - 1])
    joined = np.isin(starts - len(_PAD), [match.end() for match in _JOINED_BEFORE.finditer(low)])
    whole = (joined | ~is_letter[starts - 1]) & ~(is_point[starts - 1] & is_digit[starts - 2])
    joined = np.isin(stops - len(_PAD), [match.start() for match in _JOINED_BEHIND.finditer(low)])
    whole &= (joined | ~is_letter[stops]) & ~(is_point[stops] & is_digit[stops + 1])
    row = np.cumsum(np.append(False, apart)[: len(starts)])[whole]
    leads = np.append(True, row[1:] != row[:-1])[: len(row)]
    return _Groups(starts[whole], stops[whole], np.cumsum(stops - starts)[whole], np.cumsum(leads) - 1, leads)


def _luhn_sums(digits: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """Return running sums with every other digit doubled: of parts that end in an odd place, and in an even one."""
    values = digits.astype(np.int64)
    doubled = np.where(values < 5, 2 * values, 2 * values - 9)  # noqa: PLR2004  # the sum of the two digits
    odd = np.arange(len(values)) % 2 == 1
    return np.array([np.append(0, np.cumsum(np.where(odd == last, values, doubled))) for last in (False, True)])
