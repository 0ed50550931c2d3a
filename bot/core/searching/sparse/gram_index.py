"""Find texts whose words are spelt like those of a question, by the trigrams of the words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from sys import intern

import numpy as np

from bot.core.searching.arrays import Floats, Numbers, Ragged, counted, sum_lists, tally, transposed
from bot.core.searching.sparse.set_index import POSTINGS_READ, Weights, contains, levels, totals

# A word is read this far.
LONGEST_WORD = 40
_REMEMBERED = 4_096


class WordTable:
    """Words, the trigrams of each, and the words of each trigram; what it holds, it keeps.

    A word stands between blanks, so that its beginning and end count as such.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._numbers: dict[str, int] = {}
        self._columns: dict[str, int] = {}
        columns, sizes = list[int](), list[int]()
        for word in words:
            self._numbers[word] = len(self._numbers)
            mine = self._claimed(word)
            columns += mine
            sizes.append(len(mine))
        laid, lengths = np.array(columns, np.int32), np.array(sizes, np.int64)
        self.grams = Ragged(laid, lengths)
        self.words = Ragged(*transposed(laid, lengths, len(self._columns)))

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._numbers)

    @property
    def width(self) -> int:
        """Return how many trigrams there are."""
        return len(self._columns)

    def columns(self, words: Iterable[str]) -> tuple[Numbers, Numbers]:
        """Return the known trigrams of the distinct words among these, and how many of the words have each."""
        times: dict[int, int] = {}
        for word in dict.fromkeys(words):
            for gram in _asked_trigrams(word):
                column = self._columns.get(gram)
                if column is not None:
                    times[column] = times.get(column, 0) + 1
        return np.array(list(times), np.int64), np.array(list(times.values()), np.int64)

    def claim(self, words: Iterable[str]) -> Numbers:
        """Return the numbers of the distinct words among these, taking in new ones."""
        distinct = dict.fromkeys(words)
        for word in distinct:
            if word not in self._numbers:
                columns = self._claimed(word)
                self._numbers[word] = number = self.grams.add(np.array(columns, np.int64))
                self.words.grow(len(self._columns))
                for column in columns:
                    self.words.append(column, number)
        return np.array([self._numbers[word] for word in distinct], np.int64)

    def _claimed(self, word: str) -> list[int]:
        """Return the trigrams of a word, new ones numbered as they come; all tables share the letters of each."""
        columns = self._columns
        return [columns.setdefault(intern(gram), len(columns)) for gram in trigrams(word)]


def trigrams(word: str) -> set[str]:
    """Return the runs of three characters of a word and the blanks around it."""
    padded = f" {word[:LONGEST_WORD]} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


# Most words of a question are those of others; a table reads each of its words once.
_asked_trigrams = lru_cache(maxsize=_REMEMBERED)(trigrams)


# The trigrams of a question are looked up in at most so many words, the rarest first.
WORDS_READ = 200_000
# The rows are read of words that share at least this much of the best one's.
_ALIKE = 0.2
_BLOCK = 2048
# A row and a trigram in one number sort quicker than trigrams by row.
_HALF, _LOW = 32, 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class GramReading:
    """How much each word of a table is like a query, the rows of the likest, and the cosine of all by these alone.

    `unread` are trigrams that were too common to be looked up, and what each is worth.
    """

    words: Floats
    rows: Numbers
    near: Floats
    unread: tuple[Numbers, Floats]


class GramIndex:
    """Texts as the trigrams of their distinct words, a trigram counting once for each word that has it.

    Rows and columns are large, but words are few: what a query shares with a row is the sum of what it shares with
    the row's words, and those are looked up once a question.
    """

    def __init__(self, table: WordTable, words: Numbers, sizes: Numbers) -> None:
        """Store texts as the numbers of their words, laid end to end."""
        self._table = table
        self._rows = Ragged(words, sizes)
        self._postings = Ragged(*transposed(words, sizes, len(table)))
        frequencies = np.zeros(table.width, np.int64)
        blocks = [np.arange(at, min(at + _BLOCK, len(sizes))) for at in range(0, len(sizes), _BLOCK)]
        for block in blocks:
            frequencies += np.bincount(self._times(block)[0], minlength=len(frequencies))
        level, sums = levels(frequencies), [np.zeros((0, 3), np.int64)]
        for block in blocks:
            columns, times, lengths = self._times(block)
            sums.append(sum_lists(totals(level[columns], times), lengths))
        self._weights = Weights(frequencies, np.concatenate(sums))

    def __len__(self) -> int:
        """Return how many numbers were given."""
        return len(self._rows)

    @property
    def width(self) -> int:
        """Return how many features there are."""
        return self._table.width

    def add(self, words: Numbers) -> int:
        """Add a text, given as the numbers of its words, and return its number."""
        columns, times = np.unique(self._table.grams.gather(words)[0], return_counts=True)
        self._postings.grow(len(self._table))
        self._shift(columns, 1)
        number = self._rows.add(words)
        self._weights.enter(number, columns, times)
        for word in words.tolist():
            self._postings.append(word, number)
        return number

    def remove(self, number: int) -> None:
        """Remove a text."""
        words = self._rows.of(number).astype(np.int64)
        self._rows.clear(number)
        for word in words.tolist():
            self._postings.discard(word, number)
        self._shift(np.unique(self._table.grams.gather(words)[0]), -1)

    def read(self, words: Sequence[str]) -> GramReading:
        """Look up the words of a query, and the rows of those that are the most like them."""
        columns, times = self._table.columns(words)
        known = self._weights.stand(columns)
        columns, times = columns[known], times[known]
        weights = self._weights.of(columns)
        worth = times * weights
        worth *= weights / max(sqrt(worth @ worth), 1e-9)
        likeness, unread = self._look_up(columns, worth)
        chosen = (likeness > _ALIKE * likeness.max(initial=0)).nonzero()[0]
        if int(self._postings.sizes(chosen).sum()) > POSTINGS_READ:
            chosen = chosen[(-likeness[chosen]).argsort(kind="stable")]
            count = int(self._postings.sizes(chosen).cumsum().searchsorted(POSTINGS_READ, "right"))
            chosen = chosen[: max(count, 1)]
        rows, sizes = self._postings.gather(chosen)
        parts = likeness.take(chosen).repeat(sizes) * self._weights.inverse_lengths().take(rows)
        return GramReading(likeness, rows, tally(rows, parts, len(self._rows)), unread)

    def near(self, reading: GramReading, rows: Numbers) -> Floats:
        """Return the cosine of each row to the query."""
        words, sizes = self._rows.gather(rows)
        likeness = reading.words.take(words)
        if len(reading.unread[0]):
            likeness += self._unread(reading, words)
        shared = tally(np.arange(len(rows)).repeat(sizes), likeness, len(rows))
        return np.asarray(shared * self._weights.inverse_lengths().take(rows))

    def features(self, rows: Numbers) -> tuple[Numbers, Numbers, Floats]:
        """Return the trigrams of the words of these rows, the place of the row of each, and its value in a unit row."""
        words, sizes = self._rows.gather(rows)
        grams, lengths = self._table.grams.gather(words)
        owners = np.arange(len(rows)).repeat(sizes).repeat(lengths)
        return grams, owners, self._weights.of(grams) * self._weights.inverse_lengths().take(rows).take(owners)

    def _times(self, rows: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return the trigrams of each of these rows, how many of its words have each, and how many a row has."""
        words, sizes = self._rows.gather(rows)
        grams, lengths = self._table.grams.gather(words)
        owners = np.arange(len(rows)).repeat(sizes).repeat(lengths)
        cells, times = counted(np.sort(owners << _HALF | grams))
        return cells & _LOW, times, np.bincount(cells >> _HALF, minlength=len(rows))

    def _shift(self, columns: Numbers, step: int) -> None:
        for column, old, new in zip(*map(np.ndarray.tolist, self._weights.shift(columns, step)), strict=True):
            words = self._table.words.of(column)
            rows = self._postings.gather(words[words < len(self._postings)])[0]
            self._weights.correct(*_counted(rows, len(self._rows)), old, new)

    def _look_up(self, columns: Numbers, worth: Floats) -> tuple[Floats, tuple[Numbers, Floats]]:
        """Return how much each word is like the query by the rarer trigrams, and the others with their worth."""
        sizes, count = self._table.words.sizes(columns), len(columns)
        if int(sizes.sum()) > WORDS_READ:
            order = sizes.argsort(kind="stable")
            columns, worth = columns[order], worth[order]
            count = max(int(sizes[order].cumsum().searchsorted(WORDS_READ, "right")), 1)
        words, sizes = self._table.words.gather(columns[:count])
        likeness = tally(words, worth[:count].repeat(sizes), len(self._table))
        return likeness[: len(self._postings)], (columns[count:], worth[count:])

    def _unread(self, likeness: GramReading, words: Numbers) -> Floats:
        more = np.zeros(len(words))
        for column, worth in zip(*map(np.ndarray.tolist, likeness.unread), strict=True):
            more += worth * contains(self._table.words.of(column), words)
        return more


def _counted(rows: Numbers, height: int) -> tuple[Numbers, Numbers]:
    """Return the distinct rows and how often each is there, by the way that is quicker for so many."""
    if 16 * len(rows) < height:
        return counted(np.sort(rows))
    counts = np.bincount(rows, minlength=height)
    found = counts.nonzero()[0]
    return found, counts[found]
