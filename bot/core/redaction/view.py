"""Show a text to the patterns as a person sees it, and name what they find in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What was found; the first in this list wins where two findings meet."""

    SEED_PHRASE = "seed phrase"
    PRIVATE_KEY = "private key"
    KEY = "key"
    PASSWORD = "password"  # noqa: S105  # the name of a kind, not a password
    CARD = "card"
    EMAIL = "email"
    PHONE = "phone"
    CODE = "code"

    @property
    def placeholder(self) -> str:
        """Return what stands in the text instead."""
        return f"[{self}]"


_ORDER = list(FindingKind)
SECRET_KINDS = frozenset({FindingKind.SEED_PHRASE, FindingKind.PRIVATE_KEY})
"""What gives a wallet away for good: of a text with one of these nothing is kept."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One stretch of text to redact."""

    start: int
    end: int
    kind: FindingKind


_JOINED = re.compile(r"[A-Za-z0-9]*(?:[+.:/_()#-]{1,3}[A-Za-z0-9]+)*")


def merge(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings in order of place, those that overlap made one.

    Each takes what is joined to its end along: half of a secret may be left there, or the next one, which no pattern
    would know without the letters before it.
    """
    merged: list[Finding] = []
    for found in sorted(findings, key=lambda found: found.start):
        last = merged.pop() if merged and found.start < merged[-1].end else found
        kind = min(last.kind, found.kind, key=_ORDER.index)
        end = last.end if last.end > found.end else _joined_end(text, found.end)
        merged.append(Finding(last.start, end, kind))
    return merged


def _joined_end(text: str, end: int) -> int:
    joined = _JOINED.match(text, end)
    return joined.end() if joined else end


BARRIER = "\ue000"
"""Replaces what must not be searched: placeholders, and the ids of people and channels in a platform's markup."""

_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me"})
_LONGEST_FOLD = 4  # one sign can stand for 18 letters: those are no part of a secret, and would make texts swell
# What `fold` drops of ASCII, all else of which stays as it is.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_QUOTES = dict.fromkeys("\u2018\u2019\u201a\u2039\u203a\u02bc", "'") | dict.fromkeys(
    "\u201c\u201d\u201e\u00ab\u00bb", '"'
)
_OPAQUE = re.compile(
    "|".join(
        (
            *(re.escape(kind.placeholder) for kind in FindingKind),
            r"<[@#][!&]?[A-Z0-9]{2,24}(?=[>|])",  # <@123>, <@!123>, <@&123>, <#123>, <@U0AB|name>
            r"<a?:\w{2,32}:\d{15,21}>",  # Discord's own emoji
            r"<t:-?\d{1,13}(?::\w)?>",  # Discord's times
            r"</[\w -]{1,100}:\d{15,21}>",  # Discord's commands
        )
    )
)


def fold(text: str) -> str:
    """Return the text with compatibility forms resolved and everything invisible dropped, accents with it."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_fold_character, text))


def _fold_character(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character)
    if len(decomposed) > _LONGEST_FOLD:
        return character
    return "".join(map(_plain, decomposed))


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in _INVISIBLE and not character.isspace():
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category == "Pd" or character == "\u2212":  # the minus sign
        return "-"
    return _QUOTES.get(character, character)


@dataclass(frozen=True, slots=True)
class View:
    """The text to search, and for each of its characters the place in the original."""

    text: str
    places: Sequence[int]

    def original(self, found: Finding) -> Finding:
        """Return the finding with its places in the original text."""
        return Finding(self.places[found.start], self.places[found.end - 1] + 1, found.kind)


def view(text: str) -> View:
    """Return what the patterns are to see of a text."""
    if text.isascii() and not _CONTROL.search(text):
        return View(_without_opaque(text), range(len(text)))
    folds = {character: _fold_character(character) for character in set(text)}
    pieces = [folds[character] for character in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return View(_without_opaque("".join(pieces)), places)


def _without_opaque(text: str) -> str:
    if "[" not in text and "<" not in text:
        return text
    return _OPAQUE.sub(lambda match: BARRIER * len(match[0]), text)


# Where case is ignored, a pattern takes this letter for an i. All others like it are folded by `view`.
_DOTLESS = "\u0131"


class Guarded:
    """A pattern, and words in lower case one of which stands in each match."""

    def __init__(self, pattern: re.Pattern[str], *words: str) -> None:
        self._pattern = pattern
        self._words = words

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return all matches in order."""
        return self._pattern.finditer(text) if has_any(text, self._words) else iter(())


def has_any(text: str, words: tuple[str, ...]) -> bool:
    """Return whether one of these words, in lower case, stands in a text, if only as part of another word."""
    low = text.lower().replace(_DOTLESS, "i")
    return any(word in low for word in words)


def digits(text: str) -> int:
    """Return how many digits a text has."""
    return sum(map(text.count, "0123456789"))
