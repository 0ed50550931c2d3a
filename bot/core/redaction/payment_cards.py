"""Find numbers of payment cards.

First the groups of digits that may be one are found, all of a text in the same few steps. A row is digits with at most
three spaces, tabs, lines or hyphens between two groups, and no letter or decimal point at its ends, unless a name is
joined to it. A text of nothing but digits takes hardly longer than one of few.

One random number in ten has a right check digit, so that alone makes no card: it also begins as those of a network do
and is written in one piece or in the groups of a card. What is called the number of something else, in one piece, is
that: an order, a request, a device, a phone. Near a word such as "card" it is the other way round: there the check
digit is enough, and a number of a network is a card whatever it is called.

ISO/IEC 7812-1: a card number has at most 19 digits, begins with the number of its issuer and ends in a Luhn check
digit. The ranges and lengths are those that the networks publish (Visa, Mastercard's tables of account ranges,
American Express, Discover with Diners Club, JCB and UnionPay, Mir, RuPay and the national schemes), as gathered in
Wikipedia's "Payment card number" and in the package `credit-card-type` of Braintree. Where they differ the wider range
counts, except for 17 and 18 digits: no network is known to issue those but UnionPay, Mir and Maestro, and ids on
Discord have that length.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.core.redaction.view import Finding, FindingKind, View, branches, digits, places

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


def with_right_digit(
    low: str, *, lengths: range, longest_phone: int, issued: "npt.NDArray[np.bool] | None" = None
) -> list[tuple[int, int, str]]:
    """Return what has one of the lengths, is grouped as a card may be, and ends in its check digit (Luhn).

    With a table by length and by the first four digits only what is issued.

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
    values = letters[is_digit] - ord("0")
    sums = _luhn_sums(values)
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
        if issued is not None:
            prefixes = values[begin[right][:, np.newaxis] + np.arange(_LONGEST_PREFIX)] @ _PLACE_VALUES
            right[right] = issued[(end - begin)[right], prefixes]
        places = (starts[first] - len(_PAD), stops[last] - len(_PAD), begin, end)
        found += zip(*(each[right].tolist() for each in places), strict=True)
    found.sort(key=lambda each: (each[0], -each[1]))
    digits = (values + ord("0")).astype(np.uint8).tobytes().decode("ascii")
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


LENGTHS: Final = range(12, 20)
_LONGEST_PREFIX = 4
_PLACE_VALUES = np.array([1000, 100, 10, 1])
_DOUBLED = tuple(sum(divmod(2 * digit, 10)) for digit in range(10))


class Range(NamedTuple):
    """The numbers from one beginning to another, both included, and how long they are."""

    first: str
    last: str
    lengths: Collection[int]


_USUAL = frozenset({16})
_LONG = frozenset({16, 19})
_ANY_LONG = range(16, 20)
_RANGES = (
    Range("4", "4", frozenset({13, 16, 19})),  # Visa, with Dankort, Elo, mada and Verve on its numbers
    Range("51", "55", _USUAL),  # Mastercard, Diners Club in North America
    Range("2221", "2720", _USUAL),  # Mastercard since 2017
    Range("34", "34", frozenset({15})),  # American Express
    Range("37", "37", frozenset({15})),
    Range("300", "305", frozenset({14, 16, 19})),  # Diners Club International
    Range("3095", "3095", frozenset({14, 16, 19})),
    Range("36", "36", frozenset({14, 16, 19})),
    Range("38", "39", frozenset({14, 16, 19})),  # with Hipercard
    Range("3528", "3589", _LONG),  # JCB, with LankaPay and some of RuPay
    Range("1800", "1800", frozenset({15})),  # JCB, old
    Range("2131", "2131", frozenset({15})),
    Range("6011", "6011", _LONG),  # Discover
    Range("644", "659", _LONG),  # Discover, with RuPay, Troy, Verve and Elo
    Range("62", "62", _ANY_LONG),  # UnionPay
    Range("81", "82", _ANY_LONG),  # UnionPay, RuPay
    Range("2200", "2205", _ANY_LONG),  # Mir, Borica
    Range("5018", "5018", LENGTHS),  # Maestro, with Switch, Solo, Laser and Bancontact, which became it
    Range("5020", "5020", LENGTHS),
    Range("5038", "5038", LENGTHS),
    Range("5893", "5893", LENGTHS),
    Range("6304", "6304", LENGTHS),
    Range("6331", "6334", LENGTHS),
    Range("6703", "6703", LENGTHS),
    Range("6759", "6771", LENGTHS),
    Range("6799", "6799", LENGTHS),
    Range("50", "50", _LONG),  # Maestro, Verve, Elo, meeza, RuPay, GPN
    Range("56", "58", _LONG),  # Maestro, Uzcard, mada
    Range("60", "69", _LONG),  # Maestro, RuPay, GPN, InterPayment, InstaPayment, UkrCard, Hipercard
    Range("8600", "8600", _USUAL),  # Uzcard
    Range("9051", "9051", _USUAL),  # ArCa
    Range("9112", "9112", _USUAL),  # Belkart
    Range("968", "968", _USUAL),  # mada
    Range("9792", "9792", _USUAL),  # Troy
    Range("9860", "9860", _USUAL),  # Humo
)


def _issued() -> npt.NDArray[np.bool]:
    """Return for each length and each first four digits whether a network gives out such numbers."""
    table = np.zeros((LENGTHS.stop, 10**_LONGEST_PREFIX), np.bool)
    for first, last, lengths in _RANGES:
        wide = 10 ** (_LONGEST_PREFIX - len(first))
        table[[*lengths], int(first) * wide : (int(last) + 1) * wide] = True
    return table


_ISSUED: Final = _issued()


def is_card(number: str) -> bool:
    """Return whether a network gives out numbers such as this, and its check digit is right."""
    return passes_luhn(number) and _is_issued(number)


def _is_issued(number: str) -> bool:
    return bool(_ISSUED[len(number), int(number[:_LONGEST_PREFIX])])


def passes_luhn(number: str) -> bool:
    """Return whether the digits have the length of a card number and end in its check digit (Luhn)."""
    digits_back = [*map(int, reversed(number))]
    total = sum(digits_back[::2]) + sum(_DOUBLED[digit] for digit in digits_back[1::2])
    return len(number) in LENGTHS and total % 10 == 0


# The fewest signs that a card number in groups can have, none but digits and what may stand between them.
_MAY_BE_ROW = re.compile(r"\d[\d \t_-]{10,}\d")
_START = r"(?:(?<![a-z0-9]\d)|(?<=card\d)|(?<=visa\d)|(?<=amex\d))(?<!\d\.\d)"
_END = r"(?!(?!cv[vc]|exp)[a-z0-9]|\.\d)"
_DOTTED = re.compile(rf"\d{_START}\d{{3}}\.(?:\d{{6}}\.\d{{4,5}}|\d{{4}}\.\d{{4}}(?:\.\d{{1,4}}){{1,2}}){_END}")
_LONGEST_PHONE = 15

_NEARBY = (
    *("cards?", "credit", "debit", "visa", "electron", r"master\s?card", "maestro", "amex", r"american\sexpress"),
    *("diners", "discover", "jcb", r"union\s?pay", "rupay", "mir", "cvv2?", "cvc2?", "exp", "expiry", "expires", "pan"),
)
_NEAR = re.compile(rf"(?:{branches(*_NEARBY, behind=['[a-z]'])})(?![a-z])|card$|visa$|amex$")
# With one of these each begins or, for "$", ends.
_NEAR_WORDS = (
    *("card", "credit", "debit", "visa", "electron", "master", "maestro", "amex", "american", "diners"),
    *("discover", "jcb", "union", "rupay", "mir", "cvv", "cvc", "exp", "pan"),
)
_BEFORE, _AFTER = 40, 25
_THINGS = (
    *("order", "request", "ticket", "transaction", "txn?", "txid", "withdrawal", "uid", "user", "id", "reference"),
    *("ref", "case", "invoice", "tracking", "serial", "imei(?:sv)?", "message", "guild", "server", "channel", "role"),
    *("snowflake", "block", "height", "timestamp", "memo", "tag", "hash", "nonce"),
)
_MONEY = ("payment", "refund", "transfer", "trade", "deposit")  # their number is named as one: a card may have paid
_NUMBERED = (*_THINGS, *(rf"{money}\s(?:no|nr|num|number)" for money in _MONEY))
_PHONES = ("phone", "mobile", "cell", "cellphone", "tel", "telephone", "whatsapp", "viber", "handy", "fax")
_IS = r"s?[\s:#=._-]{0,3}(?:(?:no|nr|num|number|id|code|hash|is|was)(?![a-z])[\s:#=.-]{0,3}){0,3}$"
_NAME_BEFORE = re.compile(rf"(?:{branches(*_NUMBERED, behind=['[a-z]'])}){_IS}|#\s?$")
_PHONE_BEFORE = re.compile(rf"(?:{branches(*_PHONES, behind=['[a-z]'])}){_IS}")
_NAME_AFTER = re.compile(rf"\s(?:is|was|=)\s(?:my|the|our|your|an?)\s(?:{'|'.join(_NUMBERED)})(?![a-z])")
_MAY_NAME = re.compile(r"[a-z#/]")
_NAME_REACH = 50  # no name with what may stand behind it is longer
_PATH = re.compile(r"[a-z]\.[a-z]{2,24}/\S{0,80}/$")
_PATH_REACH = 120
_MILLISECONDS = re.compile(r"1[0-9]\d{11}")  # since 1970, in this century


def find_payment_cards(seen: View) -> Iterator[Finding]:
    """Yield each number that is one of a card, as it is written and called."""
    low = seen.low
    if digits(seen) < LENGTHS.start:
        return
    if _MAY_BE_ROW.search(low):
        yield from _cards(low)
    for dotted in _DOTTED.finditer(low) if "." in low else ():
        if is_card(dotted[0].replace(".", "")):
            yield (dotted.start(), dotted.end(), FindingKind.CARD)


def _cards(low: str) -> Iterator[Finding]:
    """Yield of the cards that begin with the same group of digits the longest, other numbers beside them."""
    near = places(low, _NEAR_WORDS)
    issued = None if near else _ISSUED
    last = -1
    for start, stop, number in with_right_digit(low, lengths=LENGTHS, longest_phone=_LONGEST_PHONE, issued=issued):
        if start != last and _is_meant(low, start, stop, number, near):
            last = start
            yield (start, stop, FindingKind.CARD)


def _is_meant(low: str, start: int, stop: int, number: str, near: Sequence[int]) -> bool:
    """Return whether a number whose check digit is right is one of a card, going by the words around it."""
    issued = _is_issued(number)
    named = stop - start == len(number) and _is_named(low, start, stop)
    if issued is not named:
        return issued
    return _is_near(low, start, stop, near) and (issued or not _MILLISECONDS.fullmatch(number))


def _is_near(low: str, start: int, stop: int, near: Sequence[int]) -> bool:
    """Return whether a word that goes with cards stands near a number."""
    begin, end = max(0, start - _BEFORE), stop + _AFTER
    if bisect_left(near, begin) == bisect_left(near, end):
        return False
    return bool(_NEAR.search(low[begin:start]) or _NEAR.search(low[stop:end]))


def _is_named(low: str, start: int, stop: int) -> bool:
    """Return whether the digits are called the number of something else."""
    before = low[max(0, start - _NAME_REACH) : start]
    if not _MAY_NAME.search(before):
        return bool(_NAME_AFTER.match(low, stop))
    return bool(
        _NAME_BEFORE.search(before)
        or (before.endswith(("/", "/\n")) and _PATH.search(low[max(0, start - _PATH_REACH) : start]))
        or (stop - start <= _LONGEST_PHONE and _PHONE_BEFORE.search(before))
        or _NAME_AFTER.match(low, stop)
    )
