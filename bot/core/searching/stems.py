"""Store which stems each entry uses."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from rapidfuzz.distance import OSA

from bot.core.searching.arrays import Floats, Numbers, distinct, with_room
from bot.core.searching.letters import CHANGED, letters
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
        wanted = np.array([self._numbers.get(stem, -1) for stem in stems], np.int64)
        cell, place = (cells[:, None] == wanted).nonzero()
        found[owners[cell], place] = 1
        missed = [at for at in (found == 0).any(axis=0).nonzero()[0].tolist() if len(stems[at]) >= MISSPELT_LENGTH]
        for at, number in self._nearly(distinct(cells, len(self._stems)), {at: stems[at] for at in missed}):
            found[owners[cells == number], at] = 1
        return found

    def _nearly(self, said: Numbers, wanted: Mapping[int, str]) -> Iterable[tuple[int, int]]:
        """Yield which of the wanted stems are, but for a typing error, which of those that are said."""
        places = list(wanted)
        masks = np.array([letters(stem) for stem in wanted.values()], np.uint64)
        edits = np.array([len(stem) // EDITS_EVERY for stem in wanted.values()])
        likely = np.bitwise_count(self._letters[said][:, None] ^ masks) <= CHANGED * edits
        for cell, at in zip(*map(np.ndarray.tolist, likely.nonzero()), strict=True):
            number, stem = int(said[cell]), wanted[places[at]]
            other = self._stems[number]
            if other != stem and OSA.normalized_similarity(stem, other, score_cutoff=SAME_WORD):
                yield places[at], number

    def _number(self, stem: str) -> int:
        number = self._numbers.setdefault(stem, len(self._stems))
        if number == len(self._stems):
            self._stems.append(stem)
            self._letters = with_room(self._letters, number)
            self._letters[number] = letters(stem)
        return number
