"""Find numbers of payment cards.

One random number in ten has a right check digit, so that alone makes no card: it also begins as those of a network do
and is written in one piece or in the groups of a card. What is called the number of something else, in one piece, is
that: an order, a request, a device, a phone. Near a word such as "card" it is the other way round: there the check
digit is enough, and a number of a network is a card whatever it is called.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from bot.core.redaction.finding import Finding, FindingKind
from bot.core.redaction.guarded import digits
from bot.core.redaction.issuers import LENGTHS, CheckDigits, is_card

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
