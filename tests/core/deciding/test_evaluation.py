"""Every measure against numbers worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deciding.decision import no_match
from bot.core.deciding.evaluation import (
    MOST_OWN,
    Judged,
    ask_own,
    auroc,
    calibration_error,
    recall_at_precision,
    report,
)
from bot.core.deciding.ranking import LEXICAL, SEMANTIC, rank
from bot.core.models import Entry
from bot.core.searching.entry_index import EntryIndex
from tests.core.faqs import LEXICON, index


def judged(expect: str, decision: str, *ranked: tuple[str, float], seconds: float = 0.0) -> Judged:
    return Judged(text="t", expect=frozenset(expect), decision=decision, ranked=ranked, seconds=seconds)


SET = [
    judged("a", "answered", ("a", 0.9), ("b", 0.05), seconds=0.001),
    judged("b", "suggested", ("a", 0.4), ("c", 0.3), ("b", 0.2), seconds=0.002),
    judged("bc", "answered", ("d", 0.8), ("c", 0.1), seconds=0.003),
    judged("d", "unanswered", seconds=0.004),
    judged("", "answered", ("a", 0.7), seconds=0.005),
    judged("", "unanswered", ("a", 0.1), seconds=0.006),
    judged("", "ignored", seconds=0.007),
    judged("", "suggested", ("a", 0.3), seconds=0.008),
]


def test_ranks_are_over_answerable_questions() -> None:
    measured = report(SET)
    assert (measured.questions, measured.answerable) == (8, 4)
    assert (measured.top1, measured.hit3, measured.hit5) == (1 / 4, 3 / 4, 3 / 4)
    assert measured.mrr10 == pytest.approx((1 + 1 / 3 + 1 / 2) / 4)


def test_decisions() -> None:
    measured = report(SET)
    shares = (measured.answered, measured.suggested, measured.unanswered, measured.ignored)
    assert shares == (3 / 8, 2 / 8, 2 / 8, 1 / 8)
    assert measured.answer_precision == pytest.approx(1 / 3)
    assert measured.unanswerable_left == pytest.approx(2 / 4)


def test_times() -> None:
    measured = report(SET)
    assert measured.milliseconds_p50 == pytest.approx(4.5)
    assert measured.milliseconds_p99 == pytest.approx(7.93)


def test_what_cannot_be_told_is_none() -> None:
    nulls, answerable = report(SET[4:]), report(SET[3:4])
    assert (nulls.top1, nulls.mrr10, nulls.recall_p90, nulls.auroc, nulls.auroc_null) == (None,) * 5
    assert (answerable.unanswerable_left, answerable.answer_precision, answerable.auroc_null) == (None,) * 3


def test_auroc_counts_ties_half() -> None:
    assert auroc(np.array([0.9, 0.5]), np.array([0.5, 0.1])) == pytest.approx(3.5 / 4)
    assert report(SET).auroc == pytest.approx(1.0)
    assert report(SET).auroc_null == pytest.approx((4 + 3 + 4 + 0.5) / 16)


@given(higher=st.lists(st.integers(0, 5), min_size=1), lower=st.lists(st.integers(0, 5), min_size=1))
def test_auroc_is_what_the_definition_says(higher: list[int], lower: list[int]) -> None:
    pairs = [(a > b) + (a == b) / 2 for a in higher for b in lower]
    assert auroc(np.array(higher, float), np.array(lower, float)) == pytest.approx(sum(pairs) / len(pairs))


def test_calibration_error_is_the_mean_gap() -> None:
    confidence, right = np.array([0.95, 0.95, 0.5, 1.0]), np.array([True, False, True, True])
    assert calibration_error(confidence, right) == pytest.approx((abs(2.9 - 2) + abs(0.5 - 1)) / 4)


def test_recall_takes_the_lowest_threshold_of_the_precision() -> None:
    confidence = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, False, True, True, False])
    everything = np.ones(5, bool)
    assert recall_at_precision(confidence, right, everything, precision=0.75) == pytest.approx(3 / 5)
    assert recall_at_precision(confidence, right, everything, precision=1.0) == pytest.approx(1 / 5)
    assert recall_at_precision(confidence, ~right, everything, precision=1.0) == 0


def test_recall_takes_in_a_tie_as_a_whole() -> None:
    confidence, right = np.array([0.9, 0.9]), np.array([True, False])
    assert recall_at_precision(confidence, right, np.ones(2, bool), precision=0.9) == 0


def test_own_phrasings_are_asked_beside_the_others_of_their_entry_and_without_it() -> None:
    known = index()
    (several,) = (entry for entry in known.entries if entry.id == "reset-password")
    before = rank(known, several.aliases[0])

    own = ask_own(known, LEXICAL)

    assert len(own.known) == len(own.unknown) == sum(len(entry.aliases) for entry in known.entries)
    assert max(own.known[1:]) < min(own.unknown[1:])
    assert no_match(before.matches) < min(own.known)
    assert rank(known, several.aliases[0]) == before


def test_own_phrasings_that_another_scorer_ranks_do_not_count() -> None:
    own = ask_own(index(), SEMANTIC)

    assert (own.known, own.unknown) == ((), ())


def test_of_many_own_phrasings_some_of_all_entries_are_asked() -> None:
    entries = [
        Entry(id=f"e{at:02}", question=f"parcel {at}", aliases=tuple(f"parcel {at} {x}" for x in "abcdefgh"), answer="")
        for at in range(40)
    ]

    own = ask_own(EntryIndex(LEXICON, entries), LEXICAL)

    assert len(own.known) == MOST_OWN - 20
