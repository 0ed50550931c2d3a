"""Find passwords: what follows the word, unless it tells how the password is or what happened to it."""

import re
from collections.abc import Iterator
from itertools import islice

from bot.core.redaction.finding import Finding, FindingKind
from bot.core.redaction.guarded import has_any
from bot.core.redaction.view import BARRIER, fold
from bot.core.redaction.vocabulary import SENTENCE, STATE

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
