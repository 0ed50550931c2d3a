"""Find what lets somebody in: passwords, one-time codes, backup codes and PINs.

A password is what follows the word, unless it tells how the password is or what happened to it; a code is a short
number that is called so.
"""

# ruff: noqa: SIM905  # a list of words is easier to read and to change as plain text

import re
from collections.abc import Iterator

from bot.core.redaction.view import (
    BARRIER,
    Anchored,
    Finding,
    FindingKind,
    View,
    branches,
    digits,
    fold,
    has_any,
)

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
_SCRIPTS = ("пароль", "密码", "密碼", "パスワード", "비밀번호")
_OTHERS = "|".join((r"pass|passwort|kennwort|contraseña|clave|mot\sde\spasse|senha|parola|hasło", *_SCRIPTS))
_NAME = rf"(?<![A-Za-z])(?:(?P<english>{_ENGLISH})|{fold(_OTHERS)})(?![A-Za-z])[\"'`*_|]{{0,3}}"
_FOR_WHAT = r"(?:\s(?:for|to|of|on|in|i|that|at|here|now|currently)(?:\s[\w@.'-]{1,20}){0,4}?)?"
# With one of these each name begins.
_NAMES = ("pas", "pw", "kennwort", "contrasena", "clave", "mot", "senha", "parola", "hasło", *map(fold, _SCRIPTS))
_LINKED = Anchored(
    re.compile(
        rf"""
    {_NAME} {_FOR_WHAT}
    (?: \s{{0,3}} (?P<assigned> [:=]{{1,2}} | ->|=> )
      | (?P<stated> 's | \s(?:is|was|ist|war|lautet|es|est|e|era)\b | \s?(?:是|为|{fold("は|는")}) )
        (?:\s(?:now|still|just))? \s?:?
      | \s(?:-|to|as|with)\s
    )
    \s{{0,3}}
    """,
        re.VERBOSE,
    ),
    *_NAMES,
)
_BARE = Anchored(re.compile(rf"{_NAME}\s"), *_NAMES)
_VALUE = re.compile(
    rf"(?P<quote>[\"'`*|]{{1,3}})(?P<quoted>[^\n{BARRIER}]{{1,100}}?)(?P=quote)|(?P<open>[^\s{BARRIER}]{{1,200}})"
)
_URL = re.compile(r"://(?P<value>[^\s/@:]{1,64}:[^\s/]{1,200})@")

_TOLD_BEFORE = re.compile(r"\s(?:is|was|as)\s(?=(?:my|the|our)\s)")
_BEFORE = re.compile(rf"(?<!\S)\S{{6,200}}\s(?:is|was|as)\s(?:my|the|our)\s(?:[\w-]{{1,20}}\s){{0,3}}?{_NAME}")
_LONGEST_BEFORE = 200

_PLAIN_WORD = re.compile(r"[\W_]*+([^\W\d_]++(?:'[^\W\d_]++)?+)[\W_]*+")
_PASSPHRASE = re.compile(r"[^\W\d_]{2,}+(?:[ -][^\W\d_]{2,}+){2,9}(?=\s?(?:[\n.,;]|$))")
_CLEARLY = re.compile(r"(?=.{6})(?=[^A-Za-z]*[A-Za-z])[^\d!#$%^&*]*[\d!#$%^&*]")
_EMPHASIS = ("*", "_")
_LONG_ENOUGH = re.compile(r"(?:[\W_]*[^\W_]){3}")

_STATE_ENDING = re.compile(r"[a-z]{2,}(?:ed|ing|able|ible|ly)")


def find_passwords(seen: View) -> Iterator[Finding]:
    """Yield passwords, also those inside a URL."""
    if has_any(seen.low, _NAMES):
        values = _named(seen)
        yield from ((start, end, FindingKind.PASSWORD) for start, end in values)
    for url in _URL.finditer(seen.text):
        yield (url.start("value"), url.end("value"), FindingKind.PASSWORD)


def _named(seen: View) -> Iterator[tuple[int, int]]:
    text = seen.text
    for link in _LINKED.finditer(seen.low):
        if value := _linked_value(text, link):
            yield value.span()
    for name in _BARE.finditer(seen.low):
        value = _VALUE.match(text, name.end())
        # In **Password reset** the stars behind are no part of the word.
        emphasised = text.endswith(_EMPHASIS, 0, name.start())
        if value and _CLEARLY.match(value[0].rstrip("*_") if emphasised else value[0]):
            yield value.span()
    yield from _told_before(seen)


def _told_before(seen: View) -> Iterator[tuple[int, int]]:
    """Yield what is called a password behind it."""
    end = 0
    for told in _TOLD_BEFORE.finditer(seen.low):
        before = seen.low[max(0, told.start() - _LONGEST_BEFORE - 1) : told.start()].rsplit(maxsplit=1)
        start = told.start() - len(before[-1]) if before else end
        if start >= end and (match := _BEFORE.match(seen.low, start)):
            end = match.end()
            if _CLEARLY.match(seen.text[start : told.start()]):
                yield start, told.start()


def _linked_value(text: str, link: re.Match[str]) -> re.Match[str] | None:
    """Return the password behind "password is" or "password:", several plain words included."""
    several = _PASSPHRASE.match(text, link.end()) if link["assigned"] else None
    if several and SENTENCE.isdisjoint(several[0].lower().replace("-", " ").split()):
        return several
    value = _VALUE.match(text, link.end())
    return value if value and _is_password(value["quoted"] or value["open"], link) else None


def _is_password(value: str, link: re.Match[str]) -> bool:
    """Return whether the value is one; a word that may have another meaning counts only where little supports that."""
    if not _LONG_ENOUGH.match(value):
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
_DIGITS = rf"(?!(?:19|20)\d\d[-./]\d)(?:[a-z]-)?\d(?:[ -]?\d){{3,7}}{_END}"
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
_GAP = rf"(?:{_SIGNS}{{1,4}}+(?=[a-z]){_FILLER}){{0,6}}{_SIGNS}{{1,4}}"

_CODE_NAMES = ("code", "pass", "pin", "otp", "2fa", "2-fa", "mfa", "authenticator")
_NAMED = Anchored(
    re.compile(rf"(?<![A-Za-z0-9])(?:{_SURE}){_GAP}(?P<code>{_DIGITS})"),
    *("one", "verification", "security", "auth", "log", "sign", "sms", "text", "email", "e-mail", "google", "ga"),
    *("confirmation", "activation", "unlock", "2", "two", "mfa", "otp", "anti", "backup", "recovery", "withdrawal"),
    *("totp", "pass", "pin"),
)
_PLAIN = Anchored(re.compile(rf"(?<![A-Za-z])codes?(?P<gap>{_GAP})(?P<code>{_DIGITS})"), "code")
_BACKUP = Anchored(
    re.compile(rf"(?<![A-Za-z])(?:backup|recovery)\scodes?{_GAP}(?P<code>{_DIGITS}|{_LETTERS})"), "backup", "recovery"
)
_NEXT_BACKUP = re.compile(rf"[\s,;|/*-]{{1,4}}(?P<code>{_DIGITS}|{_LETTERS})")
_CARD_CODE = Anchored(
    re.compile(rf"(?<![A-Za-z])(?:cv[vc]2?|security\scode){_GAP}(?P<code>\d{{3,4}}){_END}"), "cvv", "cvc", "security"
)
_MAY_BE_BEFORE = re.compile(r"(?:is|was|as|=|-)\s(?:the|my|your|ur|an?|our)\s|[(\[]")
_BEFORE_NAME = re.compile(
    rf"(?<![A-Za-z0-9.,])(?P<code>{_DIGITS})\s?"
    rf"(?:(?:is|was|as|=|-)\s(?:the|my|your|ur|an?|our)\s(?P<gap>(?:[\w-]{{1,20}}\s){{0,4}}?)(?:{_SURE}|codes?)\b"
    rf"|[(\[](?:{_SURE}))"
)

_STATES = re.compile(r"[:=]|>|\b(?:is|was|are|ist|lautet|es|est|got|received|entered|used|says|shows)\b")
_SIX = re.compile(r"\d{3}[ -]?\d{3}")
# Codes that everybody may know.
_OTHER_CODES = re.compile(
    branches(
        *("error", "status", "response", "http", "reason", "result", "return", "exit", "fail", "reject", "country"),
        *(
            "area",
            "dial",
            "zip",
            "post",
            "promo",
            "referr?al",
            "discount",
            "coupon",
            "voucher",
            "gift",
            "invit",
            "swift",
        ),
        *("sort", "bank", "branch", "currency", "product", "qr", "bar", "source", "region", "tax", "ticker"),
    )
)
_REACH = 40


def find_codes(seen: View) -> Iterator[Finding]:
    """Yield codes that let somebody in."""
    low = seen.low
    if not digits(seen):
        return
    if has_any(low, _CODE_NAMES):
        for match in _NAMED.finditer(low):
            yield _finding(match)
        if _MAY_BE_BEFORE.search(low):
            for match in _BEFORE_NAME.finditer(low):
                if not _OTHER_CODES.search(match["gap"] or ""):
                    yield _finding(match)
    for match in _CARD_CODE.finditer(low):
        yield _finding(match)
    has_others = bool(_OTHER_CODES.search(low))
    for match in _PLAIN.finditer(low):
        told = _STATES.search(match["gap"]) or _SIX.fullmatch(match["code"])
        if told and not (has_others and _OTHER_CODES.search(low, max(0, match.start() - _REACH), match.start())):
            yield _finding(match)
    yield from _backup_codes(low)


def _backup_codes(low: str) -> Iterator[Finding]:
    """Yield all the codes of a list."""
    for first in _BACKUP.finditer(low):
        match: re.Match[str] | None = first
        while match:
            yield _finding(match)
            match = _NEXT_BACKUP.match(low, match.end())


def _finding(match: re.Match[str]) -> Finding:
    return (*match.span("code"), FindingKind.CODE)
