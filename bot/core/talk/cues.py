"""Look for wordings that give away what somebody is about, by lists of them in several languages."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from bot.core.searching.text import tokens

# The first slot of a wording, which is looked up; a wording without plain words there is tried at each word.
_SLOT = re.compile(r"\(([^()]+)\)(?!\?)|(\S+)")
_PLAIN = re.compile(r"\w+\Z")
_WORD = re.compile(r"\w+")
_STEM = re.compile(r"(\w+)\*(?!\S)")
_ANY_WORD = re.compile(r"(?<!\S)_(?!\S)")
_SENTENCE = re.compile(r"(?<=[.!?\u2026\u3002\uff01\uff1f\u061f])[\s)\"']+|[\n;\uff1b]+")
_CLAUSE = re.compile(
    r",\s*|\s+[-\u2013\u2014]+\s+|:\s+|\s+(?=(?:how (?:do|does|can)|what (?:do|can|should)|where (?:do|can)"
    r"|can (?:i|you|we)|could (?:i|you)|is there|was (?:soll|kann) ich|wie kann|que hago|que faire)\b)",
    re.IGNORECASE,
)
ASKING = re.compile(r"[?\uff1f\u061f\u00bf]")
LEAD = "lead"
"""Names the section of wordings that a sentence may open with before it says anything."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The folded words of a sentence, and whether it has a question mark."""

    words: str
    asks: bool = False


@dataclass(frozen=True)
class _Wording:
    cue: str
    line: str
    first: bool

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compile the wording when it is first looked for: a process that answers once needs few of them."""
        return re.compile(rf"(?:{_expression(self.line)})(?!\S)")

    def ends(self, words: str, place: int, ends: Sequence[int]) -> Iterator[int]:
        """Yield those of the ends of words up to which the words from a place on have this wording."""
        if self.pattern.match(words, place):
            for end in ends:
                if end > place and self.pattern.fullmatch(words, place, end):
                    yield end


class Cues:
    """Wordings by their meaning."""

    def __init__(self, sections: Mapping[str, Sequence[str]]) -> None:
        self.names = tuple(name for name in sections if name != LEAD)
        self._by_word: defaultdict[str, list[_Wording]] = defaultdict(list)
        self._others: list[_Wording] = []
        text = "\n".join(line for lines in sections.values() for line in lines)
        self.words = frozenset(_WORD.findall(text))
        self.stems = tuple({str(stem) for stem in _STEM.findall(text)})
        for cue, lines in sections.items():
            for line in lines:
                self._add(cue, line)

    def of(self, words: str) -> frozenset[str]:
        """Return which meanings the folded words of a sentence have."""
        begins = self._behind_lead(words)
        found: set[str] = set()
        for place, word in _placed(words):
            for wording in (*self._by_word.get(word, ()), *self._others):
                fits = wording.cue not in found and wording.cue != LEAD and (place == begins or not wording.first)
                if fits and wording.pattern.match(words, place):
                    found.add(wording.cue)
        return frozenset(found)

    def parts(self, words: str) -> frozenset[str] | None:
        """Return the meanings of words that consist of wordings alone, of as few as can be; None for other words."""
        ends = [place + len(word) for place, word in _placed(words)]
        read: dict[int, tuple[int, frozenset[str]]] = {0: (0, frozenset())}
        for place, word in _placed(words):
            if place not in read:
                continue
            count, said = read[place]
            for wording in (*self._by_word.get(word, ()), *self._others):
                for end in wording.ends(words, place, ends):
                    if end + 1 not in read or count + 1 < read[end + 1][0]:
                        read[end + 1] = count + 1, said | {wording.cue}
        found = read.get(len(words) + 1)
        return None if found is None else found[1]

    def _add(self, cue: str, line: str) -> None:
        plain = line.removeprefix("^")
        wording = _Wording(cue, plain, line.startswith("^"))
        words = _first_words(plain)
        for word in words:
            self._by_word[word].append(wording)
        if not words:
            self._others.append(wording)

    def _behind_lead(self, words: str) -> int:
        begins = 0
        while end := self._end_of_lead(words, begins):
            begins = end
        return begins

    def _end_of_lead(self, words: str, begins: int) -> int | None:
        """Return where the words begin behind one opening, None where there is none or nothing behind it."""
        for wording in self._by_word.get(words[begins:].partition(" ")[0], ()):
            if wording.cue == LEAD and (found := wording.pattern.match(words, begins)) and found.end() < len(words):
                return found.end() + 1
        return None


@cache
def cues(name: str) -> Cues:
    """Return the cues of a list of this package."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (Path(__file__).parent / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.extend(_alternatives(bare(line)))
    return Cues(sections)


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text that have words."""
    for part in _SENTENCE.split(text):
        if words := bare(" ".join(tokens(part))):
            yield Sentence(words, ASKING.search(part) is not None)


def clauses(text: str) -> Iterator[Sentence]:
    """Yield the later parts of sentences that have several."""
    for part in _SENTENCE.split(text):
        for later in _CLAUSE.split(part)[1:]:
            yield from sentences(later)


def bare(text: str) -> str:
    """Return words in lower case without marks on their letters."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text.replace("\u00df", "ss").replace("\u0439", "\ue000"))
    return "".join(each for each in parts if unicodedata.category(each) != "Mn").replace("\ue000", "\u0439")


def _placed(words: str) -> Iterator[tuple[int, str]]:
    place = 0
    for word in words.split(" "):
        yield place, word
        place += len(word) + 1


def _alternatives(line: str) -> Iterator[str]:
    """Yield the wordings of a line: each is looked up by its own first word."""
    depth, begins = 0, 0
    for place, sign in enumerate(line):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            yield line[begins:place]
            begins = place + 1
    yield line[begins:]


def _first_words(line: str) -> list[str]:
    """Return the words that a wording may begin with, nothing where it does not tell."""
    slot = _SLOT.match(line)
    if slot is None:
        return []
    alternatives = slot[1].split("|") if slot[1] else [slot[2].rstrip("$")]
    found = [each.split()[0] for each in alternatives]
    return list(dict.fromkeys(found)) if all(_PLAIN.match(each) and each != "_" for each in found) else []


def _expression(line: str) -> str:
    return _ANY_WORD.sub(r"\\S+", line.replace("*", r"\S*"))
