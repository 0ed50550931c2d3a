"""Find e-mail addresses and phone numbers."""

import re
from collections.abc import Iterator

from bot.core.redaction.view import Finding, FindingKind, Guarded, digits

# Scripts that put no spaces between words are left out: the sentence around an address would go with it.
_NO_SPACES = r"\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff"
_DOMAIN = Guarded(
    re.compile(
        rf"""
    (?: @ (?:[\w-]{{1,63}}\.){{1,8}} (?:[a-z]{{2,24}} | xn--[a-z0-9-]{{2,60}} | [^\W\d_a-z{_NO_SPACES}]{{2,24}})
      | \s?[\[({{]\s?at\s?[\])}}]\s? [a-z0-9-]{{1,63}}
        (?:\s?(?:\.|[\[({{]\s?(?:dot|\.)\s?[\])}}])\s?[a-z0-9-]{{2,63}}){{1,4}}
    )
    """,
        re.IGNORECASE | re.VERBOSE,
    ),
    "@",
    "[at",
    "(at",
    "{at",
    "[ at",
    "( at",
    "{ at",
)
_LOCAL = re.compile(rf"(?:[^\W{_NO_SPACES}]|[.+%~-])")
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
    re.IGNORECASE | re.VERBOSE,
)
_CALLED = Guarded(
    re.compile(
        rf"""
    (?<![A-Za-z])
    (?:phone|mobile|cell|cellphone|tel|telephone|whatsapp|viber|call|text|sms|handy|contact|fax|reach(?=\s(?:me|us))|my\s(?=number))
    (?: \s?(?:is|was|to|on|at|me|us|my|the|new|old|current|no|nr|number|num|[:=#.]|->)(?![A-Za-z]) | \s(?=\d) ){{1,5}}
    \s?
    (?P<number> \(?\d (?:[ ().-]{{0,2}}\d){{6,14}} )
    {_END}
    """,
        re.IGNORECASE | re.VERBOSE,
    ),
    "phone",
    "mobile",
    "cell",
    "tel",
    "whatsapp",
    "viber",
    "call",
    "text",
    "sms",
    "handy",
    "contact",
    "fax",
    "reach",
    "my",
)
_ID = re.compile(
    r"(?:order|uid|user|id|ticket|txn?|ref|case|invoice|block|height|tracking|memo|tag)[\s\w:#=.]{0,8}$", re.IGNORECASE
)
_REACH = 24
_FEWEST = 7  # digits of a phone number


def find_emails(text: str) -> Iterator[Finding]:
    """Yield e-mail addresses, also written with [at] and [dot]."""
    for domain in _DOMAIN.finditer(text):
        start = _local_start(text, domain.start())
        if start < domain.start() and not _URL_PASSWORD.search(text[max(0, start - _LONGEST_LOCAL) : start]):
            yield Finding(start, domain.end(), FindingKind.EMAIL)


def _local_start(text: str, end: int) -> int:
    """Return where the part before the @ begins."""
    start = end
    while start > max(0, end - _LONGEST_LOCAL) and _LOCAL.match(text, start - 1):
        start -= 1
    return start


def find_phones(text: str) -> Iterator[Finding]:
    """Yield phone numbers: those in a usual form, and any that is called one."""
    if digits(text) < _FEWEST:
        return
    for match in _NUMBERS.finditer(text):
        if match[0].startswith("+") or not _ID.search(text[max(0, match.start() - _REACH) : match.start()]):
            yield Finding(match.start(), match.end(), FindingKind.PHONE)
    for match in _CALLED.finditer(text):
        yield Finding(match.start("number"), match.end("number"), FindingKind.PHONE)
