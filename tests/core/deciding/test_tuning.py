"""Show that thresholds are proposed only where the graded decisions bear them out."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.deciding.decision import ASKED, Thresholds, decide
from bot.core.deciding.ranking import Ranking
from bot.core.deciding.tuning import Goal, GradedDecision, Seen, bounds, graded_of, seen_of, tune
from bot.core.models import Answered, Match, Suggested
from bot.core.searching.query import Query

GOAL = Goal()
SHARES = st.integers(0, 100).map(lambda percent: percent / 100)


def ranking(*confidences: float, found: float = 1.0, words: tuple[str, ...] = ("reset", "password")) -> Ranking:
    """Return entries named by their places, with these confidences."""
    features = {"spelling": 0.5, "found": found}
    matches = [
        Match(entry_id=str(place), phrase="how", confidence=confidence, features=features)
        for place, confidence in enumerate(confidences, 1)
    ]
    return Ranking(Query("how", words, words, words, words), tuple(matches))


def decisions(
    *, right: int, wrong: int, confidence: float, lead: float = 0.9, listed: bool = False
) -> list[GradedDecision]:
    """Return as many decisions of one confidence."""
    seen = Seen(confidence, lead)
    return [GradedDecision(seen, right=True, listed=True)] * right + [
        GradedDecision(seen, right=False, listed=listed)
    ] * wrong


def tuned(graded: list[GradedDecision], today: Thresholds = ASKED, goal: Goal = GOAL) -> Thresholds | None:
    """Return the thresholds that are proposed when nothing else was asked."""
    proposed = tune(graded, [one.seen for one in graded], today=today, goal=goal).proposed
    return None if proposed is None else proposed.thresholds


@given(st.integers(1, 400).flatmap(lambda number: st.tuples(st.integers(0, number), st.just(number))))
def test_the_bounds_are_those_of_wilson(counted: tuple[int, int]) -> None:
    from scipy.stats import binomtest  # noqa: PLC0415  # a second, for which no other test waits

    right, number = counted
    interval = binomtest(right, number).proportion_ci(confidence_level=0.9, method="wilson")
    assert bounds(right, number) == pytest.approx((interval.low, interval.high), abs=1e-3)


def test_without_anything_counted_the_share_may_be_any() -> None:
    assert bounds(0, 0) == (0, 1)


def test_a_few_grades_suffice_and_too_few_do_not() -> None:
    assert tuned(decisions(right=10, wrong=0, confidence=0.95)) is not None
    found = tune(decisions(right=9, wrong=0, confidence=0.9), [Seen(0.9, 0.9)], today=ASKED, goal=GOAL)
    assert (found.proposed, found.graded, found.needed) == (None, 9, 10)


def test_the_lowest_threshold_whose_answers_are_likely_right_is_proposed() -> None:
    graded = decisions(right=100, wrong=0, confidence=0.9) + decisions(right=100, wrong=1, confidence=0.615)
    bad = decisions(right=20, wrong=80, confidence=0.505)
    found = tuned(graded + bad)
    assert found is not None
    assert 0.505 < found.answer <= 0.9


def test_what_most_grades_say_is_proposed_however_shy_the_confidence_was() -> None:
    shy = decisions(right=60, wrong=0, confidence=0.6) + decisions(right=2, wrong=8, confidence=0.3)
    assert tuned(shy, goal=Goal(precision=0.9)) == Thresholds(answer=0.6, suggest=0.3, ambiguity=ASKED.ambiguity)


def test_nothing_is_proposed_where_too_many_are_wrong() -> None:
    found = tune(decisions(right=800, wrong=200, confidence=0.9), [Seen(0.9, 0.9)], today=ASKED, goal=GOAL)
    assert (found.proposed, found.graded) == (None, 1000)
    assert (found.today.answered, found.today.right, found.today.precision) == (1000, 800, 0.8)
    assert found.today.expected == pytest.approx(0.8, abs=0.01)


def test_the_lead_stays_as_it_is() -> None:
    clear = decisions(right=200, wrong=0, confidence=0.7, lead=0.5)
    found = tuned(clear, replace(ASKED, ambiguity=0.4))
    assert found is not None
    assert found.ambiguity == 0.4


def test_choices_are_offered_from_where_every_second_list_is_right() -> None:
    answers = decisions(right=100, wrong=0, confidence=0.9)
    useful = decisions(right=0, wrong=60, confidence=0.4, listed=True)
    useless = decisions(right=0, wrong=200, confidence=0.2)
    assert tuned(answers + useful + useless, replace(ASKED, suggest=0.5)) == replace(ASKED, answer=0.9, suggest=0.4)
    assert tuned(answers + useful[:19], replace(ASKED, suggest=0.5)) == replace(ASKED, answer=0.9, suggest=0.5)


def test_coverage_is_that_of_all_decisions_and_not_of_the_graded_ones() -> None:
    graded = decisions(right=100, wrong=0, confidence=0.9)
    seen = [Seen(0.9, 0.9)] * 30 + [Seen(0.1, 0.1)] * 69 + [Seen(0.9, 0.9, held=True)]
    found = tune(graded, seen, today=ASKED, goal=GOAL)
    assert found.today.coverage == 0.3
    assert tune(graded, [], today=ASKED, goal=GOAL).today.coverage == 0


def test_what_another_rule_forbids_counts_as_no_answer() -> None:
    held = [GradedDecision(Seen(0.9, 0.9, held=True), right=True)] * 100
    assert tune(held, [], today=ASKED, goal=GOAL).today.answered == 0


GRADED = st.lists(
    st.builds(GradedDecision, st.builds(Seen, SHARES, SHARES, st.booleans()), st.sampled_from([True] * 29 + [False])),
    max_size=150,
)


@pytest.mark.slow
@settings(max_examples=40)
@given(GRADED, st.randoms(use_true_random=False))
def test_a_proposal_is_safe_in_order_and_independent_of_the_order(graded: list[GradedDecision], random: Random) -> None:
    seen = [one.seen for one in graded]
    found = tune(graded, seen, today=ASKED, goal=GOAL)
    shuffled = graded[:]
    random.shuffle(shuffled)
    assert tune(shuffled, seen, today=ASKED, goal=GOAL) == found
    if found.proposed is not None:
        limits = found.proposed.thresholds
        answered = [
            one
            for one in graded
            if one.seen.confidence >= limits.answer and one.seen.lead >= limits.ambiguity and not one.seen.held
        ]
        assert found.proposed.answered == len(answered)
        assert found.proposed.right == sum(one.right for one in answered)
        assert found.proposed.expected is not None
        assert found.proposed.expected >= GOAL.precision
        assert limits.suggest <= limits.answer
        likely = (one for one in found.curve if one.expected is not None and one.expected >= GOAL.precision)
        assert found.proposed.coverage >= max((one.coverage for one in likely), default=0)


@pytest.mark.slow
@settings(max_examples=40)
@given(GRADED)
def test_the_curve_answers_more_the_laxer_it_is(graded: list[GradedDecision]) -> None:
    curve = tune(graded, [one.seen for one in graded], today=ASKED, goal=GOAL).curve
    assert [one.thresholds.answer for one in curve] == sorted((one.thresholds.answer for one in curve), reverse=True)
    assert [one.answered for one in curve] == sorted(one.answered for one in curve)
    assert [one.coverage for one in curve] == sorted(one.coverage for one in curve)


CONFIDENCES = st.lists(SHARES, min_size=1, max_size=5).map(lambda shares: sorted(shares, reverse=True))


@pytest.mark.slow
@given(CONFIDENCES, SHARES, st.sampled_from([("reset",), ("reset", "password")]), SHARES, SHARES)
def test_what_is_seen_decides_as_the_bot_does(
    confidences: list[float], found: float, words: tuple[str, ...], answer: float, ambiguity: float
) -> None:
    ranked = ranking(*confidences, found=found, words=words)
    limits = Thresholds(answer=answer, suggest=0, ambiguity=ambiguity)
    seen = seen_of(ranked)
    answered = seen.confidence >= answer and seen.lead >= ambiguity and not seen.held
    assert answered == isinstance(decide(ranked, thresholds=limits).decision, Answered)
    (measured,) = {tune([], [seen], today=limits, goal=GOAL).today.coverage}
    assert measured == answered


@given(CONFIDENCES, st.integers(1, 6).map(str))
def test_a_right_entry_is_listed_where_the_bot_would_offer_it(confidences: list[float], right: str) -> None:
    ranked = ranking(*confidences)
    graded = graded_of(ranked, right)
    decision = decide(ranked, thresholds=Thresholds(answer=2, suggest=0, ambiguity=0)).decision
    assert isinstance(decision, Suggested)
    assert graded.listed == (right in {match.entry_id for match in decision.matches})
    assert graded.right == (right == "1")
    assert not graded_of(ranked, None).right
