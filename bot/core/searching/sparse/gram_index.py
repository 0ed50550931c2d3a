"""Find texts whose words are spelt like those of a question, by the character n-grams of the words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.searching.arrays import Floats, Numbers, counted, sum_lists, tally, transposed
from bot.core.searching.ragged import Ragged
from bot.core.searching.sparse.row_products import Matrix, shared_columns
from bot.core.searching.sparse.set_index import POSTINGS_READ, contains
from bot.core.searching.sparse.weights import Weights, levels, totals
from bot.core.searching.sparse.word_table import WordTable

# The n-grams of a question are looked up in at most so many words, the rarest first.
WORDS_READ = 200_000
# Where not all rows can be read, only those of words that share at least this much of the best one's are.
_ALIKE = 0.2
_BLOCK = 2048
# A row and an n-gram in one number sort quicker than n-grams by row.
_HALF, _LOW = 32, 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class GramReading:
    """How much each word of a table is like a query, the rows with the likest, and what these rows share.

    `unread` are n-grams that were too common to be looked up, and what each is worth; `whole` tells that no word
    that is like the query at all was left out.
    """

    words: Floats
    unread: tuple[Numbers, Floats]
    rows: Numbers
    shared: Floats
    whole: bool


class GramIndex:
    """Texts as the n-grams of their distinct words, an n-gram counting once for each word that has it.

    Rows and columns are large, but words are few: what a query shares with a row is the sum of what it shares with
    the row's words, and those are looked up once a question.
    """

    def __init__(self, table: WordTable, words: Numbers, sizes: Numbers) -> None:
        """Store texts as the numbers of their words, laid end to end."""
        self._table = table
        self._rows = Ragged(words, sizes)
        self._postings = Ragged(*transposed(words, sizes, len(table)))
        frequencies = np.zeros(len(table.hashes), np.int64)
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
        """Look up the words of a query, and the rows of those that are like them."""
        columns, times = counted(np.sort(self._table.columns(words)))
        known = self._weights.stand(columns)
        columns, times = columns[known], times[known]
        weights = self._weights.of(columns)
        worth = times * weights**2 / max(float(np.linalg.norm(times * weights)), 1e-9)
        likeness, unread = self._look_up(columns, worth)
        chosen = likeness.nonzero()[0]
        whole = not len(unread[0]) and int(self._postings.sizes(chosen).sum()) <= POSTINGS_READ
        if not whole:
            chosen = (likeness > _ALIKE * likeness.max()).nonzero()[0]
            chosen = chosen[(-likeness[chosen]).argsort(kind="stable")]
            count = int(self._postings.sizes(chosen).cumsum().searchsorted(POSTINGS_READ, "right"))
            chosen = chosen[: max(count, 1)]
        rows, sizes = self._postings.gather(chosen)
        shared = tally(rows, likeness[chosen].repeat(sizes), len(self._rows))
        return GramReading(likeness, unread, rows, shared, whole)

    def near(self, likeness: GramReading, rows: Numbers, *, exact: bool = True) -> Floats:
        """Return the cosine of each row to the query, or what is known of it by the likest words alone."""
        shared = likeness.shared[rows]
        if exact and not likeness.whole:
            words, sizes = self._rows.gather(rows)
            shared = sum_lists(likeness.words[words] + self._unread(likeness, words), sizes)
        return np.asarray(shared * self._weights.inverse_lengths()[rows])

    def shared(self, rows: Numbers) -> Matrix:
        """Return these rows, each of length 1, by the n-grams that more than one of their words has."""
        words, sizes = self._rows.gather(rows)
        grams, lengths = self._table.grams.gather(words)
        owners = np.arange(len(rows)).repeat(sum_lists(lengths, sizes))
        values = self._weights.of(grams)
        found = shared_columns(owners, grams, values, height=len(rows), width=len(self._table.hashes))
        found *= self._weights.inverse_lengths()[rows].astype(np.float32)[:, None]
        return found

    def _times(self, rows: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return the n-grams of each of these rows, how many of its words have each, and how many n-grams a row has."""
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
        """Return how much each word is like the query by the rarer n-grams, and the others with their worth."""
        order = self._table.words.sizes(columns).argsort(kind="stable")
        columns, worth = columns[order], worth[order]
        sizes = self._table.words.sizes(columns)
        count = max(int(sizes.cumsum().searchsorted(WORDS_READ, "right")), 1)
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
