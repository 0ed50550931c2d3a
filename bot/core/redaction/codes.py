"""Find one-time codes, backup codes and PINs: short numbers that are called so."""

import re
from collections.abc import Iterator

from bot.core.redaction.finding import Finding, FindingKind
from bot.core.redaction.guarded import Guarded, digits

_UNITS = r"\s?(?:%|usd|eur|gbp|btc|eth|sats?\b|coins?|tokens?|dollars|euros?|digits?|characters?|[$€£¥₹₿]|[ap]m\b)"
_END = rf"(?![A-Za-z0-9]|[.,:/]\d|{_UNITS})"
_DIGITS = rf"(?!(?:19|20)\d\d[-./]\d)(?:[A-Z]-)?\d(?:[ -]?\d){{3,7}}{_END}"
_LETTERS = r"(?=[A-Za-z-]{0,20}\d)[A-Za-z0-9-]{5,40}(?![A-Za-z0-9])"

_PURPOSE = (
    r"one-?\s?time|verification|security|auth|authentication|authenticator|authorization|log-?\s?in|sign-?\s?in|sms|"
    r"text|e-?mail|google|ga|confirmation|activation|unlock|2-?\s?step|two-?\s?step|2-?\s?factor|two-?\s?factor|"
    r"2-?fa|mfa|otp|anti-?phishing|backup|recovery|withdrawal"
)
_SURE = (
    rf"(?:{_PURPOSE})\s(?:codes?|passwords?|pins?)|otps?|totp|2-?fa|mfa|passcodes?|pins?|pin\scodes?|"
    r"authenticator(?:\sapp)?"
)
_FILLER = (
    r"(?:is|was|are|the|my|your|a|an|code|number|no|i|we|it|they|you|just|got|get|received|entered|enter|typed|type|"
    r"used|use|came|says|said|shows|showed|gave|sent|to|me|by|via|from|sms|e-?mail|text|that|this|here|as|for|app|"
    r"okx|google|discord|slack|now|ist|lautet|es|est)(?![A-Za-z])"
)
_SIGNS = r"[\s:=#*_\"'`|>(\[.-]"
_GAP = rf"(?:{_SIGNS}{{1,4}}{_FILLER}){{0,6}}{_SIGNS}{{1,4}}"

_NAMES = ("code", "pass", "pin", "otp", "2fa", "2-fa", "mfa", "authenticator")
_NAMED = Guarded(re.compile(rf"(?<![A-Za-z0-9])(?:{_SURE}){_GAP}(?P<code>{_DIGITS})", re.IGNORECASE), *_NAMES)
_PLAIN = Guarded(re.compile(rf"(?<![A-Za-z])codes?(?P<gap>{_GAP})(?P<code>{_DIGITS})", re.IGNORECASE), "code")
_BACKUP = Guarded(
    re.compile(rf"(?<![A-Za-z])(?:backup|recovery)\scodes?{_GAP}(?P<code>{_DIGITS}|{_LETTERS})", re.IGNORECASE), "code"
)
_NEXT_BACKUP = re.compile(rf"[\s,;|/*-]{{1,4}}(?P<code>{_DIGITS}|{_LETTERS})", re.IGNORECASE)
_CARD_CODE = Guarded(
    re.compile(rf"(?<![A-Za-z])(?:cv[vc]2?|security\scode){_GAP}(?P<code>\d{{3,4}}){_END}", re.IGNORECASE),
    "cvv",
    "cvc",
    "code",
)
_BEFORE = Guarded(
    re.compile(
        rf"(?<![A-Za-z0-9.,])(?P<code>{_DIGITS})\s?"
        rf"(?:(?:is|was|as|=|-)\s(?:the|my|your|ur|an?|our)\s(?P<gap>(?:[\w-]{{1,20}}\s){{0,4}}?)(?:{_SURE}|codes?)\b"
        rf"|[(\[](?:{_SURE}))",
        re.IGNORECASE,
    ),
    *_NAMES,
)

_STATES = re.compile(r"[:=]|>|\b(?:is|was|are|ist|lautet|es|est|got|received|entered|used|says|shows)\b", re.IGNORECASE)
_SIX = re.compile(r"\d{3}[ -]?\d{3}")
# Codes that everybody may know.
_OTHER_CODES = re.compile(
    r"error|status|response|http|reason|result|return|exit|fail|reject|country|area|dial|zip|post|promo|referr?al|"
    r"discount|coupon|voucher|gift|invit|swift|sort|bank|branch|currency|product|qr|bar|source|region|tax|ticker",
    re.IGNORECASE,
)
_REACH = 40


def find_codes(text: str) -> Iterator[Finding]:
    """Yield codes that let somebody in."""
    if not digits(text):
        return
    for pattern in (_NAMED, _CARD_CODE):
        for match in pattern.finditer(text):
            yield _finding(match)
    for match in _PLAIN.finditer(text):
        told = _STATES.search(match["gap"]) or _SIX.fullmatch(match["code"])
        if told and not _OTHER_CODES.search(text[max(0, match.start() - _REACH) : match.start()]):
            yield _finding(match)
    for match in _BEFORE.finditer(text):
        if not _OTHER_CODES.search(match["gap"] or ""):
            yield _finding(match)
    yield from _backup_codes(text)


def _backup_codes(text: str) -> Iterator[Finding]:
    """Yield all the codes of a list."""
    for first in _BACKUP.finditer(text):
        match: re.Match[str] | None = first
        while match:
            yield _finding(match)
            match = _NEXT_BACKUP.match(text, match.end())


def _finding(match: re.Match[str]) -> Finding:
    return Finding(match.start("code"), match.end("code"), FindingKind.CODE)
