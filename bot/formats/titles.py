"""Define the pieces that titles cut a page into, and fold titles and phrasings into keys and ids."""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count
from typing import NamedTuple

import numpy as np
from anyascii import anyascii

BOLD_LEVEL = 7
FOLD_LEVEL = 8
INSIDE = 10
"""What is added to the levels of titles within a fold, so that they stand below it."""


class PageLine(NamedTuple):
    """A line of text, the number it has in the file, and the tag that it is when it is one."""

    number: int
    text: str
    tag: str = ""


class Style(Enum):
    """How a title is set apart from the text."""

    HEADING = auto()
    BOLD = auto()
    LABEL = auto()
    FOLD = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A heading or what stands for one; `written` is its Markdown, for where it is part of an answer after all.

    `also` has the other titles of the same text.
    """

    line: int
    level: int
    text: str
    style: Style
    written: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of Markdown."""

    lines: tuple[PageLine, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The end of a fold."""


Piece = Title | Passage | End


SLUG_LENGTH = 60
_HASH_LENGTH = 8
_TYPOGRAPHY = str.maketrans({
    **dict.fromkeys("\u2018\u2019\u02bc`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
})  # fmt: skip
_ASCII_WORD = re.compile("[a-z0-9]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_ENDINGS = " .?!:;,"


def title_key(title: str) -> str:
    """Return what two spellings of one title share: case, white space, typography and the end mark are folded."""
    folded = unicodedata.normalize("NFKC", title.translate(_TYPOGRAPHY)).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split()).rstrip(_ENDINGS)


def normalise_key(phrase: str) -> str:
    """Return the letters, marks and digits of a phrasing, folded; empty when there are none."""
    if phrase.isascii():
        return " ".join(_ASCII_WORD.findall(phrase.lower()))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", phrase).casefold())
    # Marks carry the vowels of Thai and Devanagari; format characters (joiners, direction marks) are not seen.
    kept = (_keep(character, unicodedata.category(character)) for character in folded)
    key = " ".join("".join(kept).split())
    return key if any(map(str.isalnum, key)) else ""


def _keep(character: str, category: str) -> str:
    if category == "Cf":
        return ""
    return character if category[0] in "LMN" else " "


def slug(title: str) -> str:
    """Return an id made of the title alone, so that it stays the same whatever else is imported.

    Letters of other scripts are written in Latin ones. Where a title has none that can be, a short hash stands for it.
    """
    key = title_key(title)
    letters = unicodedata.normalize("NFKD", key.replace("'", ""))
    words = _cut("-".join(re.findall("[a-z0-9]+", "".join(map(_latin, letters)).lower())))
    return words or f"q-{hashlib.sha256(key.encode()).hexdigest()[:_HASH_LENGTH]}"


def _latin(character: str) -> str:
    """Return a letter in Latin ones, a Han one as a word; nothing for the marks on letters."""
    if character.isascii():
        return character
    if not character.isalnum():
        return ""
    spelled = anyascii(character)
    return f" {spelled} " if _HAN.match(character) else spelled


def _cut(words: str) -> str:
    """Return at most `SLUG_LENGTH` characters, without half a word at the end unless it is the only one."""
    if len(words) <= SLUG_LENGTH:
        return words
    head, hyphen, _ = words[: SLUG_LENGTH + 1].rpartition("-")
    return head if hyphen else words[:SLUG_LENGTH]


def assign_ids(titles: Collection[str], *, taken: Collection[str] = ()) -> dict[str, str]:
    """Return an id for each title; of those with one slug, all but the first in the alphabet get a number.

    All get one where the slug is `taken` by a record that names it. The order of the titles does not matter.
    """
    slugs = {title: slug(title) for title in sorted(titles)}
    reserved = {*slugs.values(), *taken}
    ids: dict[str, str] = {}
    given = set(taken)
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(2))
    for title, wanted in slugs.items():
        ids[title] = wanted
        if wanted in given:
            numbered = (f"{wanted}-{number}" for number in numbers[wanted])
            ids[title] = next(each for each in numbered if each not in reserved)
            reserved.add(ids[title])
        given.add(wanted)
    return ids


def repeated(keys: Iterable[Hashable]) -> frozenset[int]:
    """Return the hashes that more than one of these keys have: of many keys that is much less than the keys."""
    hashes = np.sort(np.fromiter(map(hash, keys), np.int64))
    return frozenset(hashes[1:][hashes[1:] == hashes[:-1]].tolist())
