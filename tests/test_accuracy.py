"""Hold the matching to what it reached on labelled questions that stand beside the checkout.

The floors are a little under the figures reached, so that they tell of a loss and not of a rounding.
"""

from pathlib import Path

import pytest

from bot.bootstrap import load_lexicon
from bot.config import Settings
from bot.core.deciding import ASKED
from bot.core.evaluation import Judged, Report, report
from bot.core.index import EntryIndex
from bot.core.judging import judge
from bot.core.models import Entry, kind_of
from bot.formats import collect, read
from bot.formats.labelled import Labelled, read_faqs, read_questions
from tests.shared import shared

QUESTIONS = Path(__file__).parent / "questions"


def measure(entries: list[Entry], questions: list[Labelled]) -> Report:
    index = EntryIndex(load_lexicon(Settings()), entries)
    judged = []
    for question in questions:
        judgement = judge(index, question.text, thresholds=ASKED)
        ranked = tuple((match.entry_id, match.confidence) for match in judgement.ranking.matches)
        decision = kind_of(judgement.verdict.decision)
        judged.append(Judged(text=question.text, expect=question.expect, decision=decision, ranked=ranked))
    return report(judged)


def labelled(path: Path, entries: list[Entry]) -> list[Labelled]:
    return read_questions(path.name, path.read_bytes(), known=frozenset(entry.id for entry in entries))


@pytest.mark.parametrize(
    ("name", "top1", "recall"),
    [
        ("banking77/k1", 0.42, 0.0),
        ("banking77/k5", 0.70, 0.52),
        ("banking77/k10", 0.78, 0.68),
        ("banking77_oos/k10", 0.73, 0.09),
        ("opertus_faq/k5", 0.86, 0.82),
        ("opertus_faq/k10", 0.905, 0.89),
    ],
)
def test_labelled_sets(name: str, top1: float, recall: float) -> None:
    folder = shared("data", *name.split("/"))
    entries = read_faqs("faqs.jsonl", (folder / "faqs.jsonl").read_bytes())
    measured = measure(entries, labelled(folder / "queries.jsonl", entries))
    assert measured.top1 is not None
    assert measured.top1 >= top1
    assert measured.recall_p90 is not None
    assert measured.recall_p90 >= recall


def test_questions_over_the_help_centre_pages() -> None:
    folder = shared("seeds")
    documents = [read(path.name, path.read_bytes()) for path in sorted(folder.glob("*.txt"))]
    entries = [draft.entry for draft in collect(documents).entries]
    questions = [each for name in ("seeds", "unanswerable") for each in labelled(QUESTIONS / f"{name}.jsonl", entries)]
    measured = measure(entries, questions)
    assert (measured.questions, measured.answerable) == (140, 100)
    assert measured.top1 is not None
    assert measured.top1 >= 0.85
    assert measured.hit3 is not None
    assert measured.hit3 >= 0.93
    assert measured.answer_precision is not None
    assert measured.answer_precision >= 0.95
    assert measured.unanswerable_left is not None
    assert measured.unanswerable_left >= 0.72
