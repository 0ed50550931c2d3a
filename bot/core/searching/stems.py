"""Store which stems each entry uses."""

from collections.abc import Iterable, Sequence

import numpy as np
from rapidfuzz.distance import OSA

from bot.core.searching.arrays import Floats, Numbers, distinct, with_room
from bot.core.searching.letters import alike, letters
from bot.core.searching.ragged import Ragged

# A stem counts as the same one misspelt from this share of equal letters on, and from this length.
SAME_WORD, MISSPELT_LENGTH = 0.75, 4
# Such a stem is no more edits away than this goes into its own length: the longer of the two is at most so much longer.
EDITS_EVERY = 3


class StemTable:
    """Rows of stems, and in how many rows each stem stands."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._stems: list[str] = []
        self._letters = np.zeros(0, np.uint64)
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

    def uses(self, stems: Sequence[str], rows: Numbers) -> Floats:
        """Return which of these rows use which of these stems, or one that differs by a typing error."""
        cells, sizes = self._rows.gather(rows)
        owners = np.arange(len(rows)).repeat(sizes)
        found = np.zeros((len(rows), len(stems)))
        said = distinct(cells, len(self._stems))
        letters_said = self._letters[said]
        for place, stem in enumerate(stems):
            found[owners[cells == self._numbers.get(stem, -1)], place] = 1
            if len(stem) >= MISSPELT_LENGTH and not found[:, place].all():
                for at in alike(letters_said, stem, edits=len(stem) // EDITS_EVERY):
                    if OSA.normalized_similarity(stem, self._stems[said[at]], score_cutoff=SAME_WORD):
                        found[owners[cells == said[at]], place] = 1
        return found

    def _number(self, stem: str) -> int:
        number = self._numbers.setdefault(stem, len(self._stems))
        if number == len(self._stems):
            self._stems.append(stem)
            self._letters = with_room(self._letters, number)
            self._letters[number] = letters(stem)
        return number
