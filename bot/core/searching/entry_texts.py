"""Define what an entry is found by besides its phrasings: the passages of its answer, and the stems that it uses."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from bot.core.models import Entry
from bot.core.searching.arrays import Numbers, Ragged, with_room
from bot.core.searching.spelling import CHANGED, letters
from bot.core.searching.text import cut

# The beginning of an answer tells its subject; what follows dilutes it.
OPENING = 600
# A passage of fewer words says too little to be found by, and no more passages are read once so many words were.
LEAST_WORDS, MOST_WORDS = 3, 250

_END = re.compile(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f\u061f\u06d4\u0964\u104b\u17d4])|\n+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_MARK = re.compile(r"[*_`~#>|]+")


def texts_of(entry: Entry) -> tuple[str, ...]:
    """Return the phrasings and passages that an entry is found by, each once and in order."""
    own = passages(entry.question, entry.answer)
    further = (text for one in entry.answers for text in passages(one.question or entry.question, one.answer))
    return tuple(dict.fromkeys((*entry.every_phrasing, *own, *further)))


def passages(question: str, answer: str) -> list[str]:
    """Return the question with the beginning of its answer, and the sentences of the answer, each once."""
    plain = _MARK.sub(" ", _LINK.sub(r"\1", answer))
    sentences = [" ".join(sentence.split()) for sentence in _END.split(plain)]
    read, words = [], 0
    for sentence in sentences:
        size = len(cut(sentence.split()))
        if size < LEAST_WORDS:
            continue
        read.append(sentence)
        words += size
        if words > MOST_WORDS:
            break
    if not read:
        return []
    opening = " ".join(f"{question} {plain}"[: len(question) + OPENING].split())
    return list(dict.fromkeys((opening, *read)))


# A stem counts as the same one misspelt from this share of equal letters on, and from this length.
SAME_WORD, MISSPELT_LENGTH = 0.75, 4
# Such a stem is no more edits away than this goes into its own length: the longer of the two is at most so much longer.
EDITS_EVERY = 3
# The same, as a part of the longer one.
_ALIKE_EVERY = round(1 / (1 - SAME_WORD))


def edits_of(stem: str) -> int:
    """Return how many edits away a stem may be that counts as the same one misspelt."""
    return len(stem) // EDITS_EVERY if len(stem) >= MISSPELT_LENGTH else 0


def is_nearly(stem: str, other: str) -> bool:
    """Return whether a stem is another one, or that one but for a typing error."""
    if stem == other:
        return True
    return len(stem) >= MISSPELT_LENGTH and bool(OSA.normalized_similarity(stem, other, score_cutoff=SAME_WORD))


class StemTable:
    """Rows of stems, and in how many rows each stem stands."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._stems: list[str] = []
        self._letters, self._lengths = np.zeros(0, np.uint64), np.zeros(0, np.int16)
        self._frequencies = np.zeros(0, np.int32)
        self._rows = Ragged(np.empty(0, np.int32), np.empty(0, np.int32))

    def frequency(self, stem: str) -> int:
        """Return in how many rows a stem stands."""
        number = self._numbers.get(stem)
        return 0 if number is None else int(self._frequencies[number])

    def add(self, stems: Iterable[str]) -> None:
        """Add a row."""
        numbers = np.array([self._number(stem) for stem in dict.fromkeys(stems)], np.int64)
        self._frequencies = with_room(self._frequencies, len(self._stems))
        self._frequencies[numbers] += 1
        self._rows.add(numbers)

    def remove(self, row: int) -> None:
        """Empty a row."""
        self._frequencies[self._rows.of(row)] -= 1
        self._rows.clear(row)

    def uses(self, stems: Sequence[str], rows: Numbers) -> npt.NDArray[np.bool_]:
        """Return which of these rows uses which of these stems, or nearly: one that differs by a typing error."""
        said, sizes = self._rows.gather(rows)
        used = np.zeros((len(sizes), len(stems)), bool)
        masks = np.array([letters(stem) for stem in stems], np.uint64)
        changed = np.array([CHANGED * edits_of(stem) for stem in stems], np.int64)
        different = np.bitwise_count(self._letters.take(said)[:, None] ^ masks)
        places, columns = (different <= changed).nonzero()
        numbers = said.take(places)
        # Of those, few are as long, and as near for their length.
        mine, theirs = np.array([len(stem) for stem in stems]).take(columns), self._lengths.take(numbers)
        edits = np.maximum(mine, theirs) // _ALIKE_EVERY
        near = ((np.abs(mine - theirs) <= edits) & (different[places, columns] <= CHANGED * edits)).nonzero()[0]
        columns = columns.take(near)
        pairs = list(zip(numbers.take(near).tolist(), columns.tolist(), strict=True))
        alike = {(number, at): is_nearly(stems[at], self._stems[number]) for number, at in set(pairs)}
        kept = np.array([alike[pair] for pair in pairs], bool)
        owners = np.arange(len(sizes)).repeat(sizes).take(places.take(near))
        used[owners[kept], columns[kept]] = True
        return used

    def _number(self, stem: str) -> int:
        number = self._numbers.setdefault(stem, len(self._stems))
        if number == len(self._stems):
            self._stems.append(stem)
            self._letters, self._lengths = with_room(self._letters, number), with_room(self._lengths, number)
            self._letters[number], self._lengths[number] = letters(stem), len(stem)
        return number
