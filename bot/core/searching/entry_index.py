"""Index what one audience may read: phrasings, passages of the answers, and which row belongs to whom."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import chain
from math import log
from sys import intern

import numpy as np

from bot.core.models import Entry
from bot.core.searching.arrays import Floats, Numbers, distinct, explained, with_room
from bot.core.searching.contrasts.reading import tells_apart
from bot.core.searching.entry_texts import StemTable, texts_of
from bot.core.searching.languages import Foreign
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.query import NONE, Query, Read, Readers, SpokenLanguages, Surroundings, VectorsOf
from bot.core.searching.sparse import MAX_PAIRED, Text, TextIndex, Texts
from bot.core.searching.spelling import Vocabulary
from bot.core.searching.text import content, cut, plain, tokens
from bot.core.searching.vectors import Encode, Model, Vectors

# How many texts around a question are weighed against each other.
NEIGHBOURS = 64
# How little a phrasing and a passage are to be believed, in units of a text's likeness to itself.
PHRASING_NOISE, PASSAGE_NOISE = 0.3, 1.0
# So many content words of a passage make pairs: most of its pairs stand nowhere else, and all take room.
PASSAGE_PAIRED = 10


@dataclass(frozen=True, slots=True)
class _Indexed:
    """An entry, its number, and the rows of its distinct phrasings and passages in order."""

    entry: Entry
    number: int
    phrase_rows: tuple[int, ...]
    passage_rows: tuple[int, ...]

    def phrasing(self, row: int) -> str:
        """Return the phrasing in a row."""
        phrasings: Sequence[str] = self.entry.every_phrasing
        if len(phrasings) > len(self.phrase_rows):
            phrasings = list(dict.fromkeys(phrasings))
        return phrasings[self.phrase_rows.index(row)]

    @property
    def rows(self) -> dict[str, int]:
        """Return the row of each phrasing and passage."""
        return dict(zip(texts_of(self.entry), (*self.phrase_rows, *self.passage_rows), strict=True))


_NOBODY = _Indexed(Entry(id="", question="", answer=""), -1, (), ())  # takes the place of an entry that is gone


class EntryIndex:
    """Entries ready to be searched; single phrasings come and go without a rebuild.

    With an encoder, likeness is one of meaning too; texts without a vector yet, and questions that it fails at, go by
    words. One for many languages is asked as well when the entries or the question are not English.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        entries: Iterable[Entry] = (),
        encode: Encode | None = None,
        vectors_of: VectorsOf = NONE,
        *,
        multilingual: Encode | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._vocabulary = Vocabulary(lexicon.words, tells_apart)
        self._stems = StemTable()
        self._indexed: dict[str, _Indexed] = {}
        self._by_number: list[_Indexed] = []
        self._spelt: Counter[int] = Counter()  # by hash: the texts would take ten times the room
        self._spoken = SpokenLanguages(lexicon.dictionary, self._vocabulary)
        self._number_of_row, self._is_passage = np.empty(0, np.int32), np.empty(0, bool)
        texts, written = Texts(), list[str]()
        for entry in {entry.id: entry for entry in entries}.values():
            wanted = texts_of(entry)
            read = self._read(entry, wanted)
            rows = {text: texts.add(read[text]) for text in wanted}
            written.extend(rows)
            self._note(entry, rows, read)
        self._texts = TextIndex(texts)
        self._readers = Readers(encode, multilingual)
        self._readers.add(written, vectors_of)

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._indexed)

    def __contains__(self, entry_id: str) -> bool:
        """Return whether there is an entry of this id."""
        return entry_id in self._indexed

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return all entries."""
        return tuple(indexed.entry for indexed in self._indexed.values())

    def entry(self, entry_id: str) -> Entry:
        """Return an entry.

        Raises:
            KeyError: there is none of this id.
        """
        return self._indexed[entry_id].entry

    def rarity(self, stem: str) -> float:
        """Return ln((1 + n) / (1 + df)) + 1 for a stem that `df` of the `n` entries use."""
        return log((1 + len(self._indexed)) / (1 + self._stems.frequency(stem))) + 1

    def frequency(self, stem: str) -> int:
        """Return how many of the entries use a stem."""
        return self._stems.frequency(stem)

    def fold(self, words: Sequence[str]) -> list[str]:
        """Return the stems of words as entries are read, with those that mean the same replaced by one."""
        return self._lexicon.fold(words)

    @property
    def encode(self) -> Encode | None:
        """Return the encoder that reads English, None where there is none."""
        return self._readers.encoders[0]

    def is_phrasing(self, text: str) -> bool:
        """Return whether a text has the words of a phrasing."""
        return self._spelt[hash(tuple(cut(tokens(text))))] > 0

    @property
    def foreign(self) -> int:
        """Return how many entries are not in English."""
        return self._spoken.foreign

    def lacks(self, model: Model = Model.ENGLISH) -> int:
        """Return how many texts are `missing` a vector."""
        return len(self._readers.missing(model))

    def missing(self, model: Model = Model.ENGLISH) -> tuple[tuple[str, str], ...]:
        """Return the texts that go by their words until their vectors are learnt, each with the id of its entry."""
        numbers, missing = self._number_of_row, self._readers.missing(model)
        return tuple((self._by_number[numbers[row]].entry.id, text) for row, text in missing.items())

    def learn(self, vectors: Mapping[str, Vectors], model: Model = Model.ENGLISH) -> None:
        """Add the vectors of texts that had none."""
        self._readers.learn(vectors, model)

    def put(self, entry: Entry, vectors_of: VectorsOf = NONE) -> None:
        """Add an entry, or take over what changed in it."""
        wanted = texts_of(entry)
        read = self._read(entry, wanted)
        known = self._indexed.get(entry.id)
        rows = known.rows if known else {}
        for text, row in list(rows.items()):
            if text not in wanted or self._is_passage[row] == (text in entry.every_phrasing):
                self._remove(rows.pop(text))
        new = [text for text in wanted if text not in rows]
        rows |= {text: self._texts.add(read[text]) for text in new}
        self._readers.add(new, vectors_of)
        if known:
            self._forget(known)
        self._note(entry, {text: rows[text] for text in wanted}, read)

    def drop(self, entry_id: str) -> None:
        """Remove an entry, if it is there."""
        if (known := self._indexed.pop(entry_id, None)) is None:
            return
        self._spoken.remove(entry_id)
        for row in (*known.phrase_rows, *known.passage_rows):
            self._remove(row)
        self._forget(known)

    def copy(self, encode: Encode | None = None) -> "EntryIndex":
        """Return an index that changes by itself, perhaps with its own encoder; both share what never changes."""
        known = self._lexicon, self._lexicon.dictionary, self._vocabulary.always
        shared = (*known, *self._readers.encoders, *self._by_number)
        copied = deepcopy(self, {id(part): part for part in shared})
        if encode is not None:
            copied._readers.replace(encode)  # noqa: SLF001  # it is one of us
        return copied

    def query(self, text: str, *, locale: str | None = None) -> Query:
        """Return a text made ready for matching; `locale` is that of who asks, if it is known."""
        words, asked = tokens(text), plain(text)
        vocabulary, dictionary = self._vocabulary, self._lexicon.dictionary
        corrected = [vocabulary.correct(each, dictionary) for each in words]
        stems, intended, spoken = self._lexicon.fold(corrected), corrected, Foreign.NO
        if Model.ENGLISH in self._readers:
            intended = [vocabulary.intended(each, dictionary) for each in words]
        if Model.MULTILINGUAL in self._readers:
            spoken = self._spoken.of_question(asked, words, entries=len(self), locale=locale)
        parts = tuple(words), tuple(corrected), tuple(stems), tuple(content(stems)), tuple(intended)
        return Query(asked, *parts, spoken)

    def is_word(self, word: str) -> bool:
        """Return whether this is a common word, or one of the entries'."""
        return self._lexicon.dictionary.knows(word) or self._vocabulary.knows(word)

    def around(self, query: Query) -> Surroundings:
        """Return the texts nearest to a query and what each explains of it, nearest first."""
        rows, near, read = self._nearest(query)
        likeness = self._texts.likeness(rows)
        if read is not None:
            likeness = read.meanings.likeness(likeness, rows)
        noise = np.where(self._is_passage[rows], PASSAGE_NOISE, PHRASING_NOISE)
        return Surroundings(rows, near, explained(likeness, near, noise), None if read is None else read.meanings.model)

    def neighbours(self, query: Query) -> frozenset[str]:
        """Return the ids of the entries that have one of the texts nearest to a query."""
        numbers = distinct(self.owners(self._nearest(query)[0]), len(self._by_number))
        return frozenset(self._by_number[number].entry.id for number in numbers.tolist())

    def owners(self, rows: Numbers) -> Numbers:
        """Return the numbers of the entries that these rows belong to."""
        return self._number_of_row[rows]

    def entry_of(self, number: int) -> Entry:
        """Return the entry of a number; a changed entry has a new one."""
        return self._by_number[number].entry

    def nearest_phrasings(self, rows: Numbers, numbers: Sequence[int]) -> list[str | None]:
        """Return for each of these entries the phrasing that stands first in these rows, None where none does."""
        rows = rows[~self._is_passage[rows]][::-1]
        first = dict(zip(self.owners(rows).tolist(), rows.tolist(), strict=True))
        return [self._by_number[number].phrasing(first[number]) if number in first else None for number in numbers]

    def coverage(self, wanted: Sequence[str], numbers: Numbers) -> list[float]:
        """Return for each entry the share of the wanted stems that it uses, or nearly, the rarer the weightier."""
        rarity = {stem: self.rarity(stem) for stem in wanted}
        total = sum(rarity.values()) or 1
        used = self._stems.uses(list(rarity), numbers)
        shares: list[float] = (used @ np.array(list(rarity.values())) / total).tolist()
        return shares

    def _nearest(self, query: Query) -> tuple[Numbers, Floats, Read | None]:
        """Return the rows nearest to a query, nearest first, how near each is, and what the encoder made of it."""
        read = self._readers.read(query)
        # The encoder reads each word as it was meant: by the letters as typed, slips would count once more.
        is_meant = read is not None and read.meanings.model is Model.ENGLISH
        words = [word.replace("'", "") for word in query.intended] if is_meant else query.words
        text = self._texts.read(Text(cut(words), query.stems))
        rows, near = self._texts.nearest(text, limit=NEIGHBOURS)
        if read is None:
            return rows, near, None
        more = read.meanings.nearest(read.vector, limit=NEIGHBOURS)
        rows = distinct(np.concatenate([rows, more]), len(self._texts))
        near = read.meanings.near(self._texts.near(text, rows), read.vector, rows)
        order = np.lexsort((rows, -near.round(6)))[:NEIGHBOURS]
        return rows[order], near[order], read

    def _read(self, entry: Entry, wanted: Iterable[str]) -> dict[str, Text]:
        """Return what an entry says, each text once and read once, phrasings first."""
        texts = dict.fromkeys((*wanted, *_said(entry)))
        phrasings = frozenset(entry.every_phrasing)
        words = {text: [*map(intern, tokens(text))] for text in texts}  # many small stores say the same words
        return {
            text: Text(cut(each), self._lexicon.fold(each), MAX_PAIRED if text in phrasings else PASSAGE_PAIRED)
            for text, each in words.items()
        }

    def _remove(self, row: int) -> None:
        self._texts.remove(row)
        self._readers.remove(row)

    def _note(self, entry: Entry, rows: dict[str, int], read: dict[str, Text]) -> None:
        said = [read[text] for text in _said(entry)]
        own = replace(entry, answers=()) if entry.answers else entry
        self._spoken.add(entry, rows if own is entry else texts_of(own), [read[text].words for text in _said(own)])
        self._vocabulary.add(chain.from_iterable(text.words for text in said))
        self._stems.add(content(dict.fromkeys(chain.from_iterable(text.stems for text in said))))
        self._spelt.update(hash(tuple(read[text].words)) for text in entry.every_phrasing)
        phrasings = dict.fromkeys(entry.every_phrasing)
        number = len(self._by_number)
        mine = tuple(rows[text] for text in phrasings)
        more = tuple(rows[text] for text in rows if text not in phrasings)
        self._indexed[entry.id] = indexed = _Indexed(entry, number, mine, more)
        self._by_number.append(indexed)
        last = max(rows.values())
        self._number_of_row, self._is_passage = with_room(self._number_of_row, last), with_room(self._is_passage, last)
        self._number_of_row[list(rows.values())] = number
        self._is_passage[list(mine)], self._is_passage[list(more)] = False, True

    def _forget(self, known: _Indexed) -> None:
        self._stems.remove(known.number)
        self._by_number[known.number] = _NOBODY
        self._spelt.subtract(hash(tuple(cut(tokens(text)))) for text in known.entry.every_phrasing)
        self._vocabulary.remove(word for text in _said(known.entry) for word in cut(tokens(text)))


def _said(entry: Entry) -> Iterable[str]:
    """Return what an entry says, each text once."""
    further = (one.answer for one in entry.answers)
    return dict.fromkeys((*entry.every_phrasing, entry.category or "", entry.answer, *further))
