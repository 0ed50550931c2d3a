"""Find and weigh the labelled sets that lie beside the checkout."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from bot.core.deciding.evaluation import some_aliases, without_alias
from bot.core.deciding.ranking import evidence_matrix, weigh
from bot.core.models import Entry
from bot.core.searching.arrays import Floats
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.languages import Foreign
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.query import Query
from bot.core.searching.vectors import Encode
from bot.formats import collect
from bot.formats.labelled import Labelled, read_faqs, read_questions
from bot.formats.reading import read

SIZES = ("k1", "k5", "k10")
SEEDS = "seeds"
# Sets of one family share entries or makers; a family is held out as one.
FAMILIES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "banking77": [f"{name}/{size}" for name in ("banking77", "banking77_oos") for size in SIZES],
        "opertus_faq": [f"opertus_faq/{size}" for size in SIZES],
        SEEDS: [SEEDS],
    }
)
# The kinds of evidence that a sample holds, in order.
KINDS = ("explained", "said", "spelling", "single")
CANDIDATES = 12
# So much do the questions without their entry count beside those of the set itself, and so many of an entry are asked.
WITHHELD, MOST_WITHHELD = 0.3, 8
_PARTS = ("evidence", "there", "right", "answerable")
_QUESTIONS = Path(__file__).parent.parent / "tests" / "questions"


@dataclass(frozen=True)
class Sample:
    """A set, what it counts for in a fit, its evidence, and which candidates there are and are right.

    The evidence has the shape (questions, candidates, kinds).
    """

    name: str
    weight: float
    evidence: Floats
    there: npt.NDArray[np.bool_]
    right: npt.NDArray[np.bool_]
    answerable: npt.NDArray[np.bool_]


def labelled(folder: Path, name: str) -> tuple[list[Entry], list[Labelled]]:
    """Return the entries and the questions of a set; `folder` holds `data` and `seeds`."""
    if name != SEEDS:
        faqs, queries = folder / "data" / name / "faqs.jsonl", folder / "data" / name / "queries.jsonl"
        entries = read_faqs(str(faqs), faqs.read_bytes())
        return entries, _questions(queries, entries)
    documents = [read(path.name, path.read_bytes()) for path in sorted((folder / "seeds").glob("*.txt"))]
    entries = [draft.entry for draft in collect(documents).entries]
    paths = (_QUESTIONS / "seeds.jsonl", _QUESTIONS / "unanswerable.jsonl")
    return entries, [question for path in paths for question in _questions(path, entries)]


def _questions(path: Path, entries: Sequence[Entry]) -> list[Labelled]:
    return read_questions(str(path), path.read_bytes(), known=frozenset(entry.id for entry in entries))


def remembering(encode: Encode) -> Encode:
    """Return the same encoder, which encodes each text once."""
    known: dict[str, Floats] = {}

    def encoded(texts: Sequence[str]) -> Floats | None:
        new = [text for text in texts if text not in known]
        vectors = encode(new) if new else np.empty((0, 0), np.float32)
        if vectors is None:
            return None
        known.update(zip(new, vectors, strict=True))
        return np.array([known[text] for text in texts], np.float32)

    return encoded


Reader = Callable[[EntryIndex, str], Query]
"""Return a question made ready for matching."""


def as_asked(index: EntryIndex, text: str) -> Query:
    """Return a question as the bot reads it."""
    return index.query(text)


def as_foreign(index: EntryIndex, text: str) -> Query:
    """Return a question as if it were in another language than the entries: it shares no words with them."""
    return replace(index.query(text), words=(), stems=(), foreign=Foreign.YES)


def in_language(index: EntryIndex, text: str) -> Query:
    """Return a question as if it were in the entries' language, and that were not English."""
    return replace(index.query(text), foreign=Foreign.YES)


def index_of(lexicon: Lexicon, entries: Sequence[Entry], encode: Encode | None, reader: Reader) -> EntryIndex:
    """Return an index with the encoder that questions are read for."""
    if reader is as_asked:
        return EntryIndex(lexicon, entries, encode)
    return EntryIndex(lexicon, entries, multilingual=encode)


def weighed(
    folder: Path, name: str, lexicon: Lexicon, encode: Encode | None = None, reader: Reader = as_asked
) -> Sample:
    """Read a set and weigh the evidence of its questions."""
    entries, questions = labelled(folder, name)
    return _sample(name, 1.0, index_of(lexicon, entries, encode, reader), questions, reader)


def withheld(
    folder: Path, name: str, lexicon: Lexicon, encode: Encode | None = None, reader: Reader = as_asked
) -> Sample:
    """Read a set and weigh the evidence of some of its questions without the entry that each means.

    What an FAQ does not answer is much like what it answers; such questions are in few of the sets.
    """
    entries, questions = labelled(folder, name)
    index = index_of(lexicon, entries, encode, reader)
    meant: dict[str, list[Labelled]] = {}
    for question in questions:
        if len(question.expect) == 1:
            meant.setdefault(next(iter(question.expect)), []).append(replace(question, label=None))
    samples = []
    for entry in entries:
        index.drop(entry.id)
        samples.append(_sample(name, WITHHELD, index, meant.get(entry.id, [])[:MOST_WITHHELD], reader))
        index.put(entry)
    return _joined(name, WITHHELD, samples)


def left_out(folder: Path, name: str, lexicon: Lexicon, encode: Encode | None = None) -> tuple[Sample, Sample]:
    """Weigh some of the aliases of a set as questions: beside the others of their entry, and without the entry."""
    entries, _ = labelled(folder, name)
    index = EntryIndex(lexicon, entries, encode)
    known, unknown = [_sample(name, 1.0, index, [], as_asked)], [_sample(name, 1.0, index, [], as_asked)]
    for entry, alias in some_aliases(entries):
        asked = [Labelled(alias, entry.id)]
        index.put(without_alias(entry, alias))
        known.append(_sample(name, 1.0, index, asked, as_asked))
        index.drop(entry.id)
        unknown.append(_sample(name, 1.0, index, asked, as_asked))
        index.put(entry)
    return _joined(name, 1.0, known), _joined(name, 1.0, unknown)


def _joined(name: str, weight: float, samples: Sequence[Sample]) -> Sample:
    return Sample(name, weight, **{part: np.concatenate([getattr(each, part) for each in samples]) for part in _PARTS})


def _sample(name: str, weight: float, index: EntryIndex, questions: Sequence[Labelled], reader: Reader) -> Sample:
    evidence = np.zeros((len(questions), CANDIDATES, len(KINDS)))
    there = np.zeros((len(questions), CANDIDATES), bool)
    right = np.zeros((len(questions), CANDIDATES), bool)
    for at, question in enumerate(questions):
        query = reader(index, question.text)
        found = weigh(index, query, limit=CANDIDATES).candidates if query.content else ()
        if found:
            there[at, : len(found)] = True
            right[at, : len(found)] = [candidate.entry_id in question.expect for candidate in found]
            evidence[at, : len(found)] = evidence_matrix([candidate.evidence for candidate in found], KINDS)
    answerable = np.array([bool(question.expect) for question in questions], bool)
    return Sample(name, weight, evidence, there, right, answerable)
