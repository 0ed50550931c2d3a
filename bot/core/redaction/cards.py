"""Find numbers of payment cards."""

import re
from collections.abc import Iterator
from itertools import accumulate

from bot.core.redaction.finding import Finding, Kind

_DIGITS = re.compile(r"(?<![A-Za-z0-9])(?<!\d\.)\d(?:[ -]{0,3}\d){12,}(?![A-Za-z0-9]|\.\d)")
_GROUP = re.compile(r"\d+")
_GAPS = re.compile(r"[ -]+")
_LENGTHS = range(13, 20)
_SMALLEST_GROUP = 4

_NETWORKS = re.compile(
    r"""
      4 (?: \d{12} | \d{15} | \d{18} )                 # Visa
    | (?: 5[1-5] | 2[2-7] ) \d{14}                     # Mastercard, Mir
    | 3[47] \d{13}                                     # American Express
    | 3[05689] \d{12,17}                               # Diners Club, JCB
    | (?: 50 | 5[6-9] | 6\d | 8[12] ) \d{11,17}         # Maestro, Discover, UnionPay, RuPay
    """,
    re.VERBOSE,
)

# A number that is called one of these is no card, unless it begins as the cards of a network do.
_ID = re.compile(
    r"(?:order|uid|user|id|ticket|txn?|txid|transaction|ref|reference|case|invoice|trade|block|height|timestamp|"
    r"tracking|account|channel|message|guild|server|memo|tag|hash|nonce)\b[\s:#=_-]{0,3}(?:(?:no|nr|number|id|is)\b"
    r"[\s:#.=-]{0,3}){0,2}$|[/#]$",
    re.IGNORECASE,
)
_MILLISECONDS = re.compile(r"1[0-9]\d{11}")  # since 1970, in this century
_REACH = 40


def find_cards(text: str) -> Iterator[Finding]:
    """Yield each number that has the length and the check digit of a card."""
    for row in _DIGITS.finditer(text):
        groups = [(group.start(), group.end()) for group in _GROUP.finditer(text, row.start(), row.end())]
        number = _GAPS.sub("", row[0])
        if _has_no_other_meaning(text, row, groups) and passes_luhn(number):
            yield Finding(row.start(), row.end(), Kind.CARD)
        for start, end in _cards(number, groups):
            yield Finding(start, end, Kind.CARD)


def _has_no_other_meaning(text: str, row: re.Match[str], groups: list[tuple[int, int]]) -> bool:
    """Tell whether the digits may be a card of any network: no dates, no time, no number of an order or a user."""
    return (
        all(end - start >= _SMALLEST_GROUP for start, end in groups[:-1])
        and not _MILLISECONDS.fullmatch(row[0])
        and not _ID.search(text[max(0, row.start() - _REACH) : row.start()])
    )


def _cards(number: str, groups: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places of cards that begin and end with a group of digits, other numbers beside them."""
    sizes = [end - start for start, end in groups]
    firsts = accumulate(sizes, initial=0)
    ends = dict(zip(accumulate(sizes), (end for _, end in groups), strict=True))
    for first, size, (start, _) in zip(firsts, sizes, groups, strict=False):
        if size == 1 and first:
            continue  # in a row of single digits only the whole can be meant
        for last in range(first + _LENGTHS.start, first + _LENGTHS.stop):
            candidate = number[first:last]
            if last in ends and _NETWORKS.fullmatch(candidate) and passes_luhn(candidate):
                yield start, ends[last]


def passes_luhn(number: str) -> bool:
    """Tell whether the digits have the length of a card number and end in its check digit."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return len(number) in _LENGTHS and (sum(doubled) + sum(map(int, number[-1::-2]))) % 10 == 0
