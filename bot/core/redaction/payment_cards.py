"""Find numbers of payment cards.

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
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from bot.core.redaction.view import Finding, FindingKind, digits

LENGTHS: Final = range(12, 20)
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


def is_card(number: str) -> bool:
    """Return whether a network gives out numbers such as this, and its check digit is right."""
    return any(
        len(number) in each.lengths and each.first <= number[: len(each.first)] <= each.last for each in _RANGES
    ) and passes_luhn(number)


def passes_luhn(number: str) -> bool:
    """Return whether the digits have the length of a card number and end in its check digit."""
    return CheckDigits(number).are_right(0, len(number))


class CheckDigits:
    """The digits of a row, summed up so that each part of it is checked in the same few steps."""

    def __init__(self, number: str) -> None:
        digits = list(map(int, number))
        # Every other digit counts doubled: those in the odd places where a part ends in an even one.
        self._sums = [
            [*accumulate((_DOUBLED[digit] if at % 2 != last else digit for at, digit in enumerate(digits)), initial=0)]
            for last in (0, 1)
        ]

    def are_right(self, start: int, stop: int) -> bool:
        """Return whether this part has the length of a card number and ends in its check digit (Luhn)."""
        sums = self._sums[(stop - 1) % 2]
        return stop - start in LENGTHS and (sums[stop] - sums[start]) % 10 == 0


_START = r"(?:(?<![A-Za-z0-9])|(?<=card)|(?<=visa)|(?<=amex))(?<!\d\.)"
_END = r"(?!(?!cv[vc]|exp)[A-Za-z0-9]|\.\d)"
_ROW = re.compile(rf"{_START}\d(?:[ \t_-]{{0,3}}\d){{11,}}{_END}", re.IGNORECASE)
_DOTTED = re.compile(
    rf"{_START}\d{{4}}\.(?:\d{{6}}\.\d{{4,5}}|\d{{4}}\.\d{{4}}(?:\.\d{{1,4}}){{1,2}}){_END}", re.IGNORECASE
)
_GROUP = re.compile(r"\d+")
_SMALLEST_GROUP = 4
_LONGEST_PHONE = 15

_NEAR = re.compile(
    r"(?<![A-Za-z])(?:cards?|credit|debit|visa|electron|master\s?card|maestro|amex|american\sexpress|diners|discover|"
    r"jcb|union\s?pay|rupay|mir|cvv2?|cvc2?|exp|expiry|expires|pan)(?![A-Za-z])|(?:card|visa|amex)$",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 40, 25
_THING = (
    r"order|request|ticket|transaction|txn?|txid|withdrawal|uid|user|id|reference|ref|case|invoice|tracking|serial|"
    r"imei(?:sv)?|message|guild|server|channel|role|snowflake|block|height|timestamp|memo|tag|hash|nonce|"
    r"(?:payment|refund|transfer|trade|deposit)\s(?:no|nr|num|number)"  # else a card may have been paid with
)
_PHONE = r"phone|mobile|cell|cellphone|tel|telephone|whatsapp|viber|handy|fax"
_IS = r"s?[\s:#=._-]{0,3}(?:(?:no|nr|num|number|id|code|hash|is|was)(?![A-Za-z])[\s:#=.-]{0,3}){0,3}$"
_PATH = r"[a-z]\.[a-z]{2,24}/\S{0,80}/$"
_NAME_BEFORE = re.compile(rf"(?<![A-Za-z])(?:{_THING}){_IS}|#\s?$|{_PATH}", re.IGNORECASE)
_PHONE_BEFORE = re.compile(rf"(?<![A-Za-z])(?:{_PHONE}){_IS}", re.IGNORECASE)
_NAME_AFTER = re.compile(rf"\s(?:is|was|=)\s(?:my|the|our|your|an?)\s(?:{_THING})(?![A-Za-z])", re.IGNORECASE)
_NAME_REACH = 120
_MILLISECONDS = re.compile(r"1[0-9]\d{11}")  # since 1970, in this century


def find_payment_cards(text: str) -> Iterator[Finding]:
    """Yield each number that is one of a card, as it is written and called."""
    if digits(text) < LENGTHS.start:
        return
    for row in _ROW.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, row.start(), row.end())]
        if not _is_phone(text, row):
            yield from _cards(text, groups)
    for dotted in _DOTTED.finditer(text):
        if is_card(dotted[0].replace(".", "")):
            yield Finding(dotted.start(), dotted.end(), FindingKind.CARD)


def _is_phone(text: str, row: re.Match[str]) -> bool:
    """Return whether the digits stand behind the plus of a country code, and are few enough for that."""
    return text.endswith("+", 0, row.start()) and sum(map(str.isdigit, row[0])) <= _LONGEST_PHONE


def _cards(text: str, groups: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Yield the cards that begin and end with a group of digits, other numbers beside them."""
    number = "".join(text[start:end] for start, end in groups)
    sizes = [end - start for start, end in groups]
    ends = list(accumulate(sizes, initial=0))
    checks = CheckDigits(number)
    for first, size in enumerate(sizes):
        if size == 1 and first:
            continue  # in a row of single digits only the whole can be meant
        for last in range(first, len(sizes)):
            begin, end = ends[first], ends[last + 1]
            if end - begin >= LENGTHS.stop:
                break
            start, stop = groups[first][0], groups[last][1]
            may_be = checks.are_right(begin, end) and _is_grouped(sizes[first : last + 1])
            if may_be and _is_meant(text, start, stop, number[begin:end]):
                yield Finding(start, stop, FindingKind.CARD)


def _is_grouped(sizes: Sequence[int]) -> bool:
    """Return whether a card may be written in groups of these sizes: four digits or more, or all alike."""
    *before, last = sizes
    return all(size >= _SMALLEST_GROUP for size in before) or (len(set(before)) == 1 and last <= before[0])


def _is_meant(text: str, start: int, stop: int, number: str) -> bool:
    """Return whether a number whose check digit is right is one of a card, going by the words around it."""
    near = _NEAR.search(text[max(0, start - _BEFORE) : start]) or _NEAR.search(text[stop : stop + _AFTER])
    named = stop - start == len(number) and _is_named(text, start, stop)
    if near and not named:
        return not _MILLISECONDS.fullmatch(number)
    return is_card(number) and not (named and not near)


def _is_named(text: str, start: int, stop: int) -> bool:
    """Return whether the digits are called the number of something else."""
    before = text[max(0, start - _NAME_REACH) : start]
    return bool(
        _NAME_BEFORE.search(before)
        or (stop - start <= _LONGEST_PHONE and _PHONE_BEFORE.search(before))
        or _NAME_AFTER.match(text, stop)
    )
