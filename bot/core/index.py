"""Index what one audience may read: phrasings, whole entries, and which row belongs to whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from sys import intern

import numpy as np

from bot.core.arrays import Floats, Numbers, with_room
from bot.core.features import content
from bot.core.lexicon import Lexicon
from bot.core.models import Entry
from bot.core.spelling import Vocabulary
from bot.core.stems import StemTable
from bot.core.text import tokens
from bot.core.texts import Collection, Text, TextIndex
from bot.core.words import STOP_WORDS
from bot.core.wordtable import WordTable

# The beginning of an answer tells its subject; what follows dilutes it.
DOCUMENT_WORDS = 250


@dataclass(frozen=True, slots=True)
class Query:
    """Hold a text made ready for matching.

    The words as typed, the same with misspelt ones corrected, folded to stems, and those that carry meaning.
    """

    words: tuple[str, ...]
    corrected: tuple[str, ...]
    stems: tuple[str, ...]
    content: tuple[str, ...]

    @property
    def normalised(self) -> str:
        """Return the words in one line."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class _Indexed:
    """Hold an entry, the row of each of its distinct phrasings in order, and the row of all it says."""

    entry: Entry
    phrase_rows: tuple[int, ...]
    document_row: int

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Return the distinct phrasings in order."""
        return tuple(dict.fromkeys(self.entry.phrasings))


# Takes the place of an entry that is gone.
_NOBODY = _Indexed(Entry(id="", question="", answer=""), (), -1)


class EntryIndex:
    """Hold entries ready to be asked; single phrasings come and go without a rebuild."""

    def __init__(self, lexicon: Lexicon, entries: Iterable[Entry] = ()) -> None:
        self._lexicon = lexicon
        self._vocabulary = Vocabulary(lexicon.words)
        self._stems = StemTable()
        self._indexed: dict[str, _Indexed] = {}
        self._by_document: list[_Indexed] = []
        self._document_of_row = np.empty(0, np.int32)
        numbers: dict[str, int] = {}
        phrases, documents = Collection(numbers, pairs=True), Collection(numbers, pairs=False)
        for entry in {entry.id: entry for entry in entries}.values():
            read = self._read(entry)
            rows = tuple(phrases.add(read[text]) for text in dict.fromkeys(entry.phrasings))
            documents.add(self._document(read.values()))
            self._note(_Indexed(entry, rows, len(self._by_document)), read.values())
        table = WordTable(numbers)
        self._phrases, self._documents = TextIndex(table, phrases), TextIndex(table, documents)

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

    def rarity(self, stem: str) -> float:
        """Return ln((1 + n) / (1 + df)) + 1 for a stem that `df` of the `n` entries use."""
        return log((1 + len(self._indexed)) / (1 + self._stems.frequency(stem))) + 1

    def put(self, entry: Entry) -> None:
        """Add an entry, or take over what changed in it."""
        read = self._read(entry)
        known = self._indexed.get(entry.id)
        rows = dict(zip(known.phrasings, known.phrase_rows, strict=True)) if known else {}
        for gone in rows.keys() - set(entry.phrasings):
            self._phrases.remove(rows.pop(gone))
        phrasings = dict.fromkeys(entry.phrasings)
        for text in phrasings:
            if text not in rows:
                rows[text] = self._phrases.add(read[text])
        if known:
            self._forget(known)
        document_row = self._documents.add(self._document(read.values()))
        self._note(_Indexed(entry, tuple(rows[text] for text in phrasings), document_row), read.values())

    def drop(self, entry_id: str) -> None:
        """Remove an entry, if it is there."""
        known = self._indexed.pop(entry_id, None)
        if known is None:
            return
        for row in known.phrase_rows:
            self._phrases.remove(row)
        self._forget(known)

    def query(self, text: str) -> Query:
        """Return a text made ready for matching."""
        words = tokens(text)
        corrected = [self._vocabulary.correct(word) for word in words]
        stems = self._lexicon.fold(corrected)
        return Query(tuple(words), tuple(corrected), tuple(stems), tuple(content(stems)))

    def nearest_phrases(self, query: Query, *, limit: int) -> tuple[Numbers, Floats]:
        """Return the rows of the phrasings nearest to a query and how near they are; see `TextIndex.nearest`."""
        return self._phrases.nearest(Text(query.words, query.stems), limit=limit)

    def explain(self, rows: Numbers, near: Floats, *, ridge: float) -> Floats:
        """Return how much each of these phrasings explains of a query; see `TextIndex.regress`."""
        return self._phrases.regress(rows, near, ridge=ridge)

    def nearest_documents(self, query: Query, *, limit: int) -> tuple[Numbers, Floats]:
        """Return the numbers of the entries that say most of a query anywhere, and how near they are, 0 to 1."""
        wanted = _without_stop_words(query.corrected)
        rows, near = self._documents.nearest(Text(wanted, self._lexicon.fold(wanted)), limit=limit)
        return rows, near.mean(axis=1)

    def phrase(self, row: int) -> tuple[str, str]:
        """Return the id of the entry and the text of the phrasing in a row."""
        indexed = self._by_document[self._document_of_row[row]]
        return indexed.entry.id, indexed.phrasings[indexed.phrase_rows.index(row)]

    def owners(self, rows: Numbers) -> Numbers:
        """Return the numbers of the entries that these rows of phrasings belong to."""
        return self._document_of_row[rows]

    def entry_of(self, number: int) -> Entry:
        """Return the entry of a number; a changed entry has a new one."""
        return self._by_document[number].entry

    def coverage(self, wanted: Sequence[str], numbers: Numbers) -> list[float]:
        """Return for each entry the share of the wanted stems that it uses, or nearly, the rarer the weightier."""
        rarity = {stem: self.rarity(stem) for stem in wanted}
        total = sum(rarity.values())
        found = self._stems.uses(list(rarity), numbers) @ np.array(list(rarity.values()), np.float64)
        return [share / total if total else 0.0 for share in found.tolist()]

    def _read(self, entry: Entry) -> dict[str, Text]:
        """Return what an entry says, each text once and read once, phrasings first."""
        written = {text: [intern(word) for word in tokens(text)] for text in _texts(entry)}
        return {text: Text(words, self._lexicon.fold(words)) for text, words in written.items()}

    def _note(self, indexed: _Indexed, texts: Iterable[Text]) -> None:
        said = list(texts)
        self._vocabulary.add(word for text in said for word in text.words)
        self._stems.add(stem for text in said for stem in content(text.stems))
        self._indexed[indexed.entry.id] = indexed
        self._by_document.append(indexed)
        self._document_of_row = with_room(self._document_of_row, max(indexed.phrase_rows))
        self._document_of_row[list(indexed.phrase_rows)] = indexed.document_row

    def _forget(self, known: _Indexed) -> None:
        self._documents.remove(known.document_row)
        self._stems.remove(known.document_row)
        self._by_document[known.document_row] = _NOBODY
        self._vocabulary.remove(word for text in _texts(known.entry) for word in tokens(text))

    def _document(self, texts: Iterable[Text]) -> Text:
        wanted = _without_stop_words(word for text in texts for word in text.words)[:DOCUMENT_WORDS]
        return Text(wanted, self._lexicon.fold(wanted))


def _texts(entry: Entry) -> Iterable[str]:
    """Return what an entry says, each text once, phrasings first."""
    return dict.fromkeys((*entry.phrasings, entry.category or "", entry.answer))


def _without_stop_words(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in STOP_WORDS]
