"""Index what one audience may read: phrasings, whole entries, and which row belongs to whom."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import log

from bot.core.features import Features, content, features
from bot.core.lexicon import Lexicon
from bot.core.models import Entry
from bot.core.sparse import Floats, Numbers, SparseIndex
from bot.core.spelling import Vocabulary
from bot.core.text import tokens
from bot.core.words import STOP_WORDS

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
class _Read:
    """Hold a text of an entry: its words, and the same folded to stems."""

    words: list[str]
    stems: list[str]


@dataclass(frozen=True, slots=True)
class _Indexed:
    """Hold an entry, the rows it takes, and the content stems of all it says."""

    entry: Entry
    phrase_rows: dict[str, int]
    document_row: int
    stems: frozenset[str]


class EntryIndex:
    """Hold entries ready to be asked; single phrasings come and go without a rebuild."""

    def __init__(self, lexicon: Lexicon, entries: Iterable[Entry] = ()) -> None:
        self._lexicon = lexicon
        given = {entry.id: entry for entry in entries}
        read = {entry.id: self._read(entry) for entry in given.values()}
        owned = [(entry.id, text) for entry in given.values() for text in dict.fromkeys(entry.phrasings)]
        self._phrases = SparseIndex([_phrase_features(read[entry_id][text]) for entry_id, text in owned])
        self._documents = SparseIndex([self._document_features(texts.values()) for texts in read.values()])
        self._phrase_of_row = owned
        self._entry_of_row = list(given)
        self._indexed: dict[str, _Indexed] = {}
        self._frequency: Counter[str] = Counter()
        self._vocabulary = Vocabulary(lexicon.words)
        rows: dict[str, dict[str, int]] = {entry_id: {} for entry_id in given}
        for row, (entry_id, text) in enumerate(owned):
            rows[entry_id][text] = row
        for row, entry in enumerate(given.values()):
            self._note(entry, read[entry.id].values(), rows[entry.id], row)

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

    def stems(self, entry_id: str) -> frozenset[str]:
        """Return the content stems of an entry's phrasings, category and answer."""
        return self._indexed[entry_id].stems

    def rarity(self, stem: str) -> float:
        """Return ln((1 + n) / (1 + df)) + 1 for a stem that `df` of the `n` entries use."""
        return log((1 + len(self._indexed)) / (1 + self._frequency[stem])) + 1

    def put(self, entry: Entry) -> None:
        """Add an entry, or take over what changed in it."""
        read = self._read(entry)
        known = self._indexed.get(entry.id)
        phrase_rows = dict(known.phrase_rows) if known else {}
        for gone in phrase_rows.keys() - set(entry.phrasings):
            self._phrases.remove(phrase_rows.pop(gone))
        for text in entry.phrasings:
            if text not in phrase_rows:
                phrase_rows[text] = self._phrases.add(_phrase_features(read[text]))
                self._phrase_of_row.append((entry.id, text))
        if known:
            self._documents.remove(known.document_row)
        self._entry_of_row.append(entry.id)
        document_row = self._documents.add(self._document_features(read.values()))
        self._note(entry, read.values(), phrase_rows, document_row)

    def drop(self, entry_id: str) -> None:
        """Remove an entry, if it is there."""
        known = self._indexed.pop(entry_id, None)
        if known is None:
            return
        for row in known.phrase_rows.values():
            self._phrases.remove(row)
        self._documents.remove(known.document_row)
        self._forget(known)

    def query(self, text: str) -> Query:
        """Return a text made ready for matching."""
        words = tokens(text)
        corrected = [self._vocabulary.correct(word) for word in words]
        stems = self._lexicon.fold(corrected)
        return Query(tuple(words), tuple(corrected), tuple(stems), tuple(content(stems)))

    def nearest_phrases(self, query: Query, *, limit: int) -> tuple[Numbers, Floats]:
        """Return the rows of the phrasings nearest to a query and how near they are; see `SparseIndex.nearest`."""
        return self._phrases.nearest(features(query.words, query.stems), limit=limit)

    def explain(self, rows: Numbers, near: Floats, *, ridge: float) -> Floats:
        """Return how much each of these phrasings explains of a query; see `SparseIndex.regress`."""
        return self._phrases.regress(rows, near, ridge=ridge)

    def nearest_documents(self, query: Query, *, limit: int) -> dict[str, float]:
        """Return the entries that say most of a query anywhere, and how near they are, 0 to 1."""
        wanted = _without_stop_words(query.corrected)
        rows, near = self._documents.nearest(features(wanted, self._lexicon.fold(wanted)), limit=limit)
        found = zip(rows.tolist(), near.mean(axis=1).tolist(), strict=True)
        return {self._entry_of_row[row]: nearness for row, nearness in found}

    def phrase(self, row: int) -> tuple[str, str]:
        """Return the id of the entry and the text of the phrasing in a row."""
        return self._phrase_of_row[row]

    def _read(self, entry: Entry) -> dict[str, _Read]:
        """Return what an entry says, each text once and read once."""
        written = {text: tokens(text) for text in _texts(entry)}
        return {text: _Read(words, self._lexicon.fold(words)) for text, words in written.items()}

    def _note(self, entry: Entry, texts: Collection[_Read], phrase_rows: dict[str, int], document_row: int) -> None:
        known = self._indexed.get(entry.id)
        if known:
            self._forget(known)
        stems = frozenset(stem for text in texts for stem in content(text.stems))
        self._vocabulary.add(word for text in texts for word in text.words)
        self._frequency.update(stems)
        self._indexed[entry.id] = _Indexed(entry, phrase_rows, document_row, stems)

    def _forget(self, known: _Indexed) -> None:
        self._vocabulary.remove(word for text in _texts(known.entry) for word in tokens(text))
        self._frequency.subtract(known.stems)

    def _document_features(self, texts: Iterable[_Read]) -> Features:
        wanted = _without_stop_words(word for text in texts for word in text.words)[:DOCUMENT_WORDS]
        return features(wanted, self._lexicon.fold(wanted))


def _phrase_features(text: _Read) -> Features:
    return features(text.words, text.stems)


def _texts(entry: Entry) -> Iterable[str]:
    """Return what an entry says, each text once, phrasings first."""
    return dict.fromkeys((*entry.phrasings, entry.category or "", entry.answer))


def _without_stop_words(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in STOP_WORDS]
