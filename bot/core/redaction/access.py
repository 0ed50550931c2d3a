"""Find what lets somebody in: passwords, one-time codes, backup codes and PINs.

A password is what follows the word, unless it tells how the password is or what happened to it; a code is a short
number that is called so.
"""

# ruff: noqa: SIM905  # a list of words is easier to read and to change as plain text

import re
from collections.abc import Iterator
from itertools import islice

from bot.core.redaction.view import BARRIER, Finding, FindingKind, Guarded, digits, fold, has_any

SENTENCE = frozenset(
    """
    a an the my your our this that these here there it its i we you they he she and or but if then because since after
    before until for from with without at in on of to as by not no never yes is isnt are was wasnt has have had can cant
    cannot could should would will wont do dont does doesnt did didnt must may please pls help hi hello what how why
    when where who which reset resetting forgot forget forgotten change changing changed recovery recover step steps
    guide username user login email mail phone account page link problem problems issue issues requirements
    something anything nothing someone somebody between minimum maximum wrong incorrect invalid required
    """.split()
)
"""Words with which a sentence goes on, as in "password: how do I reset it?"."""

STATE = frozenset(
    """
    correct right still also always only really too very so just again already weak strong long short old new same
    different safe secure fine good bad okay ok blank empty unknown known easy hard lost stolen gone set sent shown
    hidden kept broken back case mandatory optional necessary unsafe insecure compromised
    """.split()
)
"""Words that say how a password is, as in "my password is weak"."""


_ENGLISH = r"pass?\s?-?(?:word|wrod|wrd|phrase)|passwd|passcode|pwd|pw"
_OTHERS = (
    r"pass|passwort|kennwort|contraseña|clave|mot\sde\spasse|senha|parola|hasło|пароль|密码|密碼|パスワード|비밀번호"
)
_NAME = rf"(?<![A-Za-z])(?:(?P<english>{_ENGLISH})|{fold(_OTHERS)})(?![A-Za-z])[\"'`*_|]{{0,3}}"
_FOR_WHAT = r"(?:\s(?:for|to|of|on|in|i|that|at|here|now|currently)(?:\s[\w@.'-]{1,20}){0,4}?)?"
_LINKED = re.compile(
    rf"""
    {_NAME} {_FOR_WHAT}
    (?: \s{{0,3}} (?P<assigned> [:=]{{1,2}} | ->|=> )
      | (?P<stated> 's | \s(?:is|was|ist|war|lautet|es|est|e|era)\b | \s?(?:是|为|{fold("は|는")}) )
        (?:\s(?:now|still|just))? \s?:?
      | \s(?:-|to|as|with)\s
    )
    \s{{0,3}}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BARE = re.compile(rf"{_NAME}\s", re.IGNORECASE)
_VALUE = re.compile(
    rf"(?P<quote>[\"'`*|]{{1,3}})(?P<quoted>[^\n{BARRIER}]{{1,100}}?)(?P=quote)|(?P<open>[^\s{BARRIER}]{{1,200}})"
)
_URL = re.compile(r"://(?P<value>[^\s/@:]{1,64}:[^\s/]{1,200})@")

_BEFORE = re.compile(
    rf"(?<!\S)(?P<value>\S{{6,200}})\s(?:is|was|as)\s(?:my|the|our)\s(?:[\w-]{{1,20}}\s){{0,3}}?{_NAME}", re.IGNORECASE
)

_PLAIN_WORD = re.compile(r"[\W_]*([^\W\d_]+(?:'[^\W\d_]+)?)[\W_]*")
_PASSPHRASE = re.compile(r"[^\W\d_]{2,}(?:[ -][^\W\d_]{2,}){2,9}(?=\s?(?:[\n.,;]|$))")
_CLEARLY = re.compile(r"(?=.{6})(?=[^A-Za-z]*[A-Za-z])[^\d!#$%^&*]*[\d!#$%^&*]")
_EMPHASIS = ("*", "_")
_SHORTEST = 3
# One of these stands in each name that is all ASCII.
_NAMES = ("pas", "pw", "kennwort", "contrase", "clave", "senha", "parola")

_STATE_ENDING = re.compile(r"[a-z]{2,}(?:ed|ing|able|ible|ly)")


def find_passwords(text: str) -> Iterator[Finding]:
    """Yield passwords, also those inside a URL."""
    if not text.isascii() or has_any(text, _NAMES):
        yield from _named(text)
    for url in _URL.finditer(text) if "://" in text else ():
        yield Finding(url.start("value"), url.end("value"), FindingKind.PASSWORD)


def _named(text: str) -> Iterator[Finding]:
    for link in _LINKED.finditer(text):
        if value := _linked_value(text, link):
            yield Finding(value.start(), value.end(), FindingKind.PASSWORD)
    for name in _BARE.finditer(text):
        value = _VALUE.match(text, name.end())
        # In **Password reset** the stars behind are no part of the word.
        emphasised = text[: name.start()].endswith(_EMPHASIS)
        if value and _CLEARLY.match(value[0].rstrip("*_") if emphasised else value[0]):
            yield Finding(value.start(), value.end(), FindingKind.PASSWORD)
    for match in _BEFORE.finditer(text):
        if _CLEARLY.match(match["value"]):
            yield Finding(match.start("value"), match.end("value"), FindingKind.PASSWORD)


def _linked_value(text: str, link: re.Match[str]) -> re.Match[str] | None:
    """Return the password behind "password is" or "password:", several plain words included."""
    several = _PASSPHRASE.match(text, link.end()) if link["assigned"] else None
    if several and SENTENCE.isdisjoint(several[0].lower().replace("-", " ").split()):
        return several
    value = _VALUE.match(text, link.end())
    return value if value and _is_password(value["quoted"] or value["open"], link) else None


def _is_password(value: str, link: re.Match[str]) -> bool:
    """Return whether the value is one; a word that may have another meaning counts only where little supports that."""
    if sum(islice(filter(None, map(str.isalnum, value)), _SHORTEST)) < _SHORTEST:
        return False
    if link["assigned"]:
        return _plain(value) not in SENTENCE
    if link["stated"] and link["english"]:
        plain = _plain(value)
        return not (plain in SENTENCE or plain in STATE or _STATE_ENDING.fullmatch(plain))
    return bool(_CLEARLY.match(value))


def _plain(value: str) -> str:
    """Return the one word that a value is, without what stands around it; nothing where it is something else."""
    word = _PLAIN_WORD.fullmatch(value)
    return word[1].lower().replace("'", "") if word else ""


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

_CODE_NAMES = ("code", "pass", "pin", "otp", "2fa", "2-fa", "mfa", "authenticator")
_NAMED = Guarded(re.compile(rf"(?<![A-Za-z0-9])(?:{_SURE}){_GAP}(?P<code>{_DIGITS})", re.IGNORECASE), *_CODE_NAMES)
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
_CODE_BEFORE = Guarded(
    re.compile(
        rf"(?<![A-Za-z0-9.,])(?P<code>{_DIGITS})\s?"
        rf"(?:(?:is|was|as|=|-)\s(?:the|my|your|ur|an?|our)\s(?P<gap>(?:[\w-]{{1,20}}\s){{0,4}}?)(?:{_SURE}|codes?)\b"
        rf"|[(\[](?:{_SURE}))",
        re.IGNORECASE,
    ),
    *_CODE_NAMES,
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
    for match in _CODE_BEFORE.finditer(text):
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
