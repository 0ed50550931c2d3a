"""Show a text to the patterns as a person sees it, and name what they find in it."""

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple


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

    def __init__(self, name: str) -> None:
        """Store what stands in the text instead: it is read for each thing found."""
        self.placeholder = f"[{name}]"


_ORDER = list(FindingKind)
SECRET_KINDS = (FindingKind.SEED_PHRASE, FindingKind.PRIVATE_KEY)
"""What gives a wallet away for good: of a text with one of these nothing is kept."""


Finding = tuple[int, int, FindingKind]
"""One stretch of text to redact: where it begins and ends, and what it is."""

_JOINED = re.compile(r"[A-Za-z0-9]*(?:[+.:/_()#-]{1,3}[A-Za-z0-9]+)*")
_MAY_JOIN = frozenset(f"{string.ascii_letters}{string.digits}+.:/_()#-")


def merge(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings in order of place, those that overlap made one.

    Each takes what is joined to its end along: half of a secret may be left there, or the next one, which no pattern
    would know without the letters before it.
    """
    merged: list[Finding] = []
    last_end = 0
    for start, end, kind in sorted(findings, key=itemgetter(0)):
        if start < last_end:
            first, _, last_kind = merged.pop()
            graver = kind if kind is last_kind else min(last_kind, kind, key=_ORDER.index)
            last_end = last_end if last_end > end else _joined_end(text, end)
            merged.append((first, last_end, graver))
        else:
            last_end = _joined_end(text, end)
            merged.append((start, last_end, kind))
    return merged


def _joined_end(text: str, end: int) -> int:
    joined = _JOINED.match(text, end) if text[end : end + 1] in _MAY_JOIN else None
    return joined.end() if joined else end


BARRIER = "\ue000"
"""Replaces what must not be searched: placeholders, and the ids of people and channels in a platform's markup."""

_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me"})
_LONGEST_FOLD = 4  # one sign can stand for 18 letters: those are no part of a secret, and would make texts swell
# What `fold` drops of ASCII, all else of which stays as it is.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
# Where case is ignored, a pattern takes this letter for an i. All others like it are folded.
_DOTLESS = "\u0131"
_QUOTES = dict.fromkeys("\u2018\u2019\u201a\u2039\u203a\u02bc", "'") | dict.fromkeys(
    "\u201c\u201d\u201e\u00ab\u00bb", '"'
)
# No two of these, and none of the placeholders, can overlap.
_OPAQUE = re.compile(
    r"<[@#][!&]?[A-Z0-9]{2,24}(?=[>|])"  # <@123>, <@!123>, <@&123>, <#123>, <@U0AB|name>
    r"|<a?:\w{2,32}:\d{15,21}>"  # Discord's own emoji
    r"|<t:-?\d{1,13}(?::\w)?>"  # Discord's times
    r"|</[\w -]{1,100}:\d{15,21}>"  # Discord's commands
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
    if "\u1c80" <= character <= "\u1c88":  # old forms of Cyrillic letters
        return character.casefold()
    if category == "Pd" or character == "\u2212":  # the minus sign
        return "-"
    return _QUOTES.get(character, character)


_DIGIT, _LETTER, _SIGN, _ELSE = b"0a- "
# A byte of a letter that is not of ASCII counts as one: what goes by the shape finds more than there is, never less.
_SHAPES = bytes(
    _DIGIT
    if chr(byte) in string.digits
    else _LETTER
    if byte > 0x7F or chr(byte) in string.ascii_letters  # noqa: PLR2004  # the last of ASCII
    else _SIGN
    if chr(byte) in "_+/=-"
    else _ELSE
    for byte in range(256)
)


class View(NamedTuple):
    """The text to search, the same in lower case, its shape, and how long each character of the original is in it.

    There are no lengths where each is one character long. Patterns for which case is no matter search the lower case:
    letter for letter it stands where the text has it. The shape tells for each byte whether it is a digit, a letter or
    a sign that keys have: at a small part of the price of a pattern it shows what a text cannot have.
    """

    text: str
    low: str
    shape: bytes
    lengths: Sequence[int] | None = None

    def originals(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        """Return the findings with their places in the original text."""
        if self.lengths is None or not findings:
            return findings
        places = [place for place, length in enumerate(self.lengths) for _ in range(length)]
        return [(places[start], places[end - 1] + 1, kind) for start, end, kind in findings]


def view(text: str) -> View:
    """Return what the patterns are to see of a text."""
    lengths = None
    if not text.isascii() or _CONTROL.search(text):
        folds = {character: _fold_character(character) for character in set(text)}
        pieces = [*map(folds.__getitem__, text)]
        if any(len(piece) != 1 for piece in folds.values()):
            lengths = [*map(len, pieces)]
        text = "".join(pieces)
    seen = _without_opaque(text)
    shape = seen.replace(BARRIER, " ").encode("utf-8", "surrogatepass").translate(_SHAPES)
    return View(seen, lower(seen), shape, lengths)


def lower(text: str) -> str:
    """Return a folded text in lower case, each letter in its place; an i without its dot is an i."""
    return text.lower().replace(_DOTLESS, "i")


def _without_opaque(text: str) -> str:
    if "[" in text:
        for kind in FindingKind:
            text = text.replace(kind.placeholder, BARRIER * len(kind.placeholder))
    if "<" in text:
        text = _OPAQUE.sub(lambda match: BARRIER * len(match[0]), text)
    return text


class Anchored:
    """A pattern in lower case, and words with one of which each of its matches begins.

    To find words takes a fraction of the time in which a pattern is tried at every letter.
    """

    def __init__(self, pattern: re.Pattern[str], *words: str) -> None:
        self._pattern = pattern
        self._words = words

    def finditer(self, low: str) -> Iterator[re.Match[str]]:
        """Yield all matches in a text in lower case in order, as the pattern alone would."""
        end = 0
        for start in places(low, self._words):
            if start >= end and (match := self._pattern.match(low, start)):
                end = match.end()
                yield match


def places(text: str, words: Iterable[str]) -> list[int]:
    """Return in order where one of these words begins, if only as part of another word."""
    found: list[int] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    found.sort()
    return found


def branches(*words: str, behind: Sequence[str] = ()) -> str:
    r"""Return a pattern for any of these words, a first `\b` included, that is not behind anything of these.

    Each branch begins with a letter, and what may not be before it is looked for from there: so `re` tries the
    branches at these letters only.
    """
    return "|".join(_branch(word, behind) for word in words)


def _branch(word: str, behind: Sequence[str]) -> str:
    bare = word.removeprefix(r"\b")
    barred = behind if bare == word else (*behind, r"\w")
    return bare[0] + "".join(f"(?<!{each}{bare[0]})" for each in barred) + bare[1:]


def has_any(text: str, words: Iterable[str]) -> bool:
    """Return whether one of these words stands in a text, if only as part of another word."""
    return any(word in text for word in words)


def digits(seen: View) -> int:
    """Return how many digits a text has."""
    return seen.shape.count(_DIGIT)


def has_run(seen: View, length: int, *, signs: bool = False) -> bool:
    """Return whether so many letters and digits, or signs that keys have, may stand in a row."""
    shape = seen.shape.replace(b"0", b"a")
    return b"a" * length in (shape.replace(b"-", b"a") if signs else shape)
