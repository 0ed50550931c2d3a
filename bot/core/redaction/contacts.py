"""Find e-mail addresses and phone numbers."""

import re
from collections.abc import Iterator

from bot.core.redaction.view import Anchored, Finding, FindingKind, View, branches, digits

# Scripts that put no spaces between words are left out: the sentence around an address would go with it.
_NO_SPACES = r"\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff"
_AT = re.compile(rf"@(?:[\w-]{{1,63}}\.){{1,8}}(?:[a-z]{{2,24}}|xn--[a-z0-9-]{{2,60}}|[^\W\d_a-z{_NO_SPACES}]{{2,24}})")
_WRITTEN_AT = Anchored(
    re.compile(
        r"[\[({]\s?at\s?[\])}]\s?[a-z0-9-]{1,63}(?:\s?(?:\.|[\[({]\s?(?:dot|\.)\s?[\])}])\s?[a-z0-9-]{2,63}){1,4}"
    ),
    *(f"{bracket}{space}at" for bracket in "[({" for space in ("", " ", "\t", "\n", "\r")),
)
_LOCAL = re.compile(rf"(?:[^\W{_NO_SPACES}]|[.+%~-])*")
_LONGEST_LOCAL = 64
_URL_PASSWORD = re.compile(r"://[^\s/]*:[^\s/]*$")

_UNITS = r"\s?(?:%|usd|eur|gbp|inr|sgd|btc|eth|sats?\b|satoshi|[gm]?wei|coins?|tokens?|points|dollars|euros?|[$€£¥₹₿])"
_END = rf"(?![A-Za-z0-9]|[.:]\d|{_UNITS})"
_START = r"(?<![A-Za-z0-9$€£¥₹₿#])(?<![\d)][.:/-])"
_NUMBERS = re.compile(
    rf"""
    {_START}
    (?: \+\s?\(?\d (?:[ ().\t/-]{{0,3}}\d){{7,14}}                                         # +1 (123) 456-7890
      | 00[ ]?[1-9] (?:[ ()./-]{{0,2}}\d){{7,13}}                                              # 0049 30 123456
      | (?:1[ .-]?)?(?:\(\d{{3}}\)\s?|\d{{3}}[ .-])\d{{3}}[ .-]\d{{4}}                      # 123-456-7890
      | (?!\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}(?!\d)) \(?0[1-9] (?:[ ()./-]{{0,2}}\d){{7,10}}  # 030 1234567
    )
    {_END}
    """,
    re.VERBOSE,
)
_CALLED = Anchored(
    re.compile(
        rf"""
    (?<![A-Za-z])
    (?:phone|mobile|cell|cellphone|tel|telephone|whatsapp|viber|call|text|sms|handy|contact|fax|reach(?=\s(?:me|us))|my\s(?=number))
    (?: \s?(?:is|was|to|on|at|me|us|my|the|new|old|current|no|nr|number|num|[:=#.]|->)(?![A-Za-z]) | \s(?=\d) ){{1,5}}
    \s?
    (?P<number> \(?\d (?:[ ().-]{{0,2}}\d){{6,14}} )
    {_END}
    """,
        re.VERBOSE,
    ),
    *("phone", "mobile", "cell", "tel", "whatsapp", "viber", "call", "text", "sms", "handy", "contact", "fax", "reach"),
    "my",
)
_IDS = ("order", "uid", "user", "id", "ticket", "txn?", "ref", "case", "invoice", "block", "height", "tracking", "memo")
_ID = re.compile(rf"(?:{branches(*_IDS, 'tag')})[\s\w:#=.]{{0,8}}$")
_REACH = 24
_FEWEST = 7  # digits of a phone number


def find_emails(seen: View) -> Iterator[Finding]:
    """Yield e-mail addresses, also written with [at] and [dot]."""
    spans = [match.span() for match in _AT.finditer(seen.low)]
    for match in _WRITTEN_AT.finditer(seen.low):
        start = match.start()
        spans.append((start - seen.low[max(0, start - 1) : start].isspace(), match.end()))
    for at, end in spans:
        start = _local_start(seen.text, at)
        if start < at and not _URL_PASSWORD.search(seen.text, max(0, start - _LONGEST_LOCAL), start):
            yield Finding(start, end, FindingKind.EMAIL)


def _local_start(text: str, end: int) -> int:
    """Return where the part before the @ begins."""
    backwards = text[max(0, end - _LONGEST_LOCAL) : end][::-1]
    local = _LOCAL.match(backwards)
    return end - (local.end() if local else 0)


def find_phones(seen: View) -> Iterator[Finding]:
    """Yield phone numbers: those in a usual form, and any that is called one."""
    low = seen.low
    if digits(low) < _FEWEST:
        return
    for match in _NUMBERS.finditer(low):
        if match[0].startswith("+") or not _ID.search(low[max(0, match.start() - _REACH) : match.start()]):
            yield Finding(match.start(), match.end(), FindingKind.PHONE)
    for match in _CALLED.finditer(low):
        yield Finding(match.start("number"), match.end("number"), FindingKind.PHONE)
