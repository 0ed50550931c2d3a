"""Index what one audience may read: phrasings, answers, and which entry each belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bot.core.features import Features, content, content_features, features
from bot.core.lexicon import Lexicon
from bot.core.models import Entry
from bot.core.sparse import Floats, Numbers, SparseIndex
from bot.core.text import tokens


@dataclass(frozen=True, slots=True)
class Query:
    """Hold a text made ready for matching: words as typed, folded to stems, and those stems that carry meaning."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: tuple[str, ...]

    @property
    def normalised(self) -> str:
        """Return the words in one line."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class _Indexed:
    """Hold an entry with the rows it takes in the indexes."""

    entry: Entry
    phrase_rows: dict[str, int]
    answer_row: int
    words: frozenset[str]


class EntryIndex:
    """Hold entries ready to be asked; single phrasings come and go without a rebuild."""

    def __init__(self, lexicon: Lexicon, entries: Iterable[Entry] = ()) -> None:
        self._lexicon = lexicon
        given = {entry.id: entry for entry in entries}
        owned = [(entry.id, text) for entry in given.values() for text in dict.fromkeys(entry.phrasings)]
        self.phrases = SparseIndex([self._phrase_features(text) for _, text in owned])
        self.answers = SparseIndex([self._answer_features(entry) for entry in given.values()])
        self._phrase_of_row = owned
        self._entry_of_row = list(given)
        rows: dict[str, dict[str, int]] = {each: {} for each in given}
        for row, (entry_id, text) in enumerate(owned):
            rows[entry_id][text] = row
        self._indexed = {
            entry.id: _Indexed(entry, rows[entry.id], row, self._words(entry))
            for row, entry in enumerate(given.values())
        }

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._indexed)

    def __contains__(self, entry_id: str) -> bool:
        """Tell whether there is an entry of this id."""
        return entry_id in self._indexed

    def entry(self, entry_id: str) -> Entry:
        """Return an entry.

        Raises:
            KeyError: there is none of this id.
        """
        return self._indexed[entry_id].entry

    def words(self, entry_id: str) -> frozenset[str]:
        """Return the content stems of an entry's phrasings."""
        return self._indexed[entry_id].words

    def put(self, entry: Entry) -> None:
        """Add an entry, or take over what changed in it."""
        known = self._indexed.get(entry.id)
        phrase_rows = dict(known.phrase_rows) if known else {}
        for gone in phrase_rows.keys() - set(entry.phrasings):
            self.phrases.remove(phrase_rows.pop(gone))
        for text in entry.phrasings:
            if text not in phrase_rows:
                phrase_rows[text] = self.phrases.add(self._phrase_features(text))
                self._phrase_of_row.append((entry.id, text))
        answer_row = self._put_answer(entry, known)
        self._indexed[entry.id] = _Indexed(entry, phrase_rows, answer_row, self._words(entry))

    def drop(self, entry_id: str) -> None:
        """Remove an entry, if it is there."""
        known = self._indexed.pop(entry_id, None)
        if known is None:
            return
        for row in known.phrase_rows.values():
            self.phrases.remove(row)
        self.answers.remove(known.answer_row)

    def query(self, text: str) -> Query:
        """Return a text made ready for matching."""
        words = tokens(text)
        stems = self._lexicon.fold(words)
        return Query(tuple(words), tuple(stems), tuple(content(stems)))

    def nearest_phrases(self, query: Query, *, limit: int) -> tuple[Numbers, Floats]:
        """Return the rows of the phrasings nearest to a query and how near they are; see `SparseIndex.nearest`."""
        return self.phrases.nearest(features(query.words, query.stems), limit=limit)

    def nearest_answers(self, query: Query, *, limit: int) -> dict[str, float]:
        """Return the entries whose answer and category share most with a query: the cosine, 0 to 1, by id."""
        rows, near = self.answers.nearest(content_features(query.stems), limit=limit)
        return {self._entry_of_row[row]: each for row, each in zip(rows.tolist(), near[:, 1].tolist(), strict=True)}

    def phrase(self, row: int) -> tuple[str, str]:
        """Return the id and the text of the phrasing in a row."""
        return self._phrase_of_row[row]

    def _put_answer(self, entry: Entry, known: _Indexed | None) -> int:
        if known is not None:
            if (known.entry.answer, known.entry.category) == (entry.answer, entry.category):
                return known.answer_row
            self.answers.remove(known.answer_row)
        self._entry_of_row.append(entry.id)
        return self.answers.add(self._answer_features(entry))

    def _phrase_features(self, text: str) -> Features:
        words = tokens(text)
        return features(words, self._lexicon.fold(words))

    def _answer_features(self, entry: Entry) -> Features:
        return content_features(self._lexicon.fold(tokens(f"{entry.category or ''} {entry.answer}")))

    def _words(self, entry: Entry) -> frozenset[str]:
        return frozenset(word for text in entry.phrasings for word in self.query(text).content)
