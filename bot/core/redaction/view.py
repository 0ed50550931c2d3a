"""Show a text to the patterns as a person sees it, and lead back to where each character came from."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.redaction.finding import Finding, FindingKind

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
