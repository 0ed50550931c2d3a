"""Show the three bands, the margin rule and the guards."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deciding.decision import (
    AMBIENT,
    ASKED,
    MAX_CHOICES,
    Guard,
    Thresholds,
    built_in,
    choices_beyond,
    decide,
    is_worth_replacing,
)
from bot.core.deciding.ranking import LEXICAL, SEMANTIC, Ranking, rank
from bot.core.models import Answered, Decision, Entry, Ignored, IgnoreReason, Match, Suggested, Surface, Unanswered
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.query import Query
from tests.core.faqs import LEXICON, index

LIMITS = Thresholds(answer=0.6, suggest=0.2, ambiguity=0.25)


def match(confidence: float, entry_id: str = "a", *, found: float = 1.0, spelling: float = 0.5) -> Match:
    features = {"found": found, "spelling": spelling}
    return Match(entry_id=entry_id, phrase="phrase", confidence=confidence, features=features)


def ranking(*matches: Match, content: tuple[str, ...] = ("freez", "account")) -> Ranking:
    return Ranking(
        Query("freeze account", ("freeze", "account"), ("freeze", "account"), ("freez", "account"), content), matches
    )


@pytest.mark.parametrize(
    ("confidence", "kind"),
    [(0.6, Answered), (0.59, Suggested), (0.2, Suggested), (0.19, Unanswered), (0.0, Unanswered)],
)
def test_bands(confidence: float, kind: type) -> None:
    assert isinstance(decide(ranking(match(confidence)), thresholds=LIMITS).decision, kind)


def test_nothing_found_is_unanswered() -> None:
    assert decide(ranking(), thresholds=LIMITS).decision == Unanswered()


def test_two_close_entries_become_choices() -> None:
    near = match(0.65), match(0.41, "b"), match(0.05, "c")
    decided = decide(ranking(*near), thresholds=LIMITS)
    assert decided.decision == Suggested(near[:2])
    assert decided.guards == (Guard.AMBIGUOUS,)


def test_a_clear_lead_is_an_answer() -> None:
    first = match(0.65)
    assert decide(ranking(first, match(0.39, "b")), thresholds=LIMITS).decision == Answered(first)


def test_no_more_choices_than_a_person_reads() -> None:
    many = [match(0.24, str(number)) for number in range(8)]
    decision = decide(ranking(*many), thresholds=Thresholds(answer=0.9, suggest=0.1, ambiguity=0)).decision
    assert decision == Suggested(tuple(many[:MAX_CHOICES]))


def test_one_word_is_too_little_to_answer_on() -> None:
    decided = decide(ranking(match(0.99), content=("login", "login")), thresholds=LIMITS)
    assert isinstance(decided.decision, Suggested)
    assert decided.guards == (Guard.ONE_WORD,)


def test_one_word_that_is_a_phrasing_is_answered() -> None:
    decided = decide(ranking(match(0.99, spelling=1.0), content=("login",)), thresholds=LIMITS)
    assert isinstance(decided.decision, Answered)


@pytest.mark.parametrize(
    ("confidence", "words", "kind"), [(0.85, 4, Answered), (0.84, 4, Suggested), (0.99, 1, Suggested)]
)
def test_by_meaning_a_sentence_about_one_word_is_answered_where_that_is_sure(
    confidence: float, words: int, kind: type
) -> None:
    found = replace(ranking(match(confidence), content=("login",)), scorer=SEMANTIC)
    found = replace(found, query=replace(found.query, words=("login",) * words))
    assert isinstance(decide(found, thresholds=LIMITS).decision, kind)


def test_an_entry_that_knows_few_of_the_words_is_no_answer() -> None:
    decided = decide(ranking(match(0.99, found=0.29)), thresholds=LIMITS)
    assert isinstance(decided.decision, Suggested)
    assert decided.guards == (Guard.COVERAGE,)


def test_by_meaning_an_entry_may_know_none_of_the_words() -> None:
    found = replace(ranking(match(0.99, found=0.0)), scorer=SEMANTIC)
    assert isinstance(decide(found, thresholds=LIMITS).decision, Answered)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("hello there", IgnoreReason.GREETING),
        ("thanks a lot", IgnoreReason.THANKS),
        ("goodbye", IgnoreReason.THANKS),
        ("???", IgnoreReason.NO_CONTENT),
        ("\U0001f600", IgnoreReason.NO_CONTENT),
        ("", IgnoreReason.NO_CONTENT),
        ("can you please tell me", IgnoreReason.NO_CONTENT),
    ],
)
def test_what_is_no_question_is_ignored(said: str, reason: IgnoreReason) -> None:
    assert decide(rank(index(), said), thresholds=LIMITS).decision == Ignored(reason)


def test_nobody_asked_an_ambient_message() -> None:
    assert built_in(Surface.AMBIENT, LEXICAL) == AMBIENT
    assert {built_in(surface, LEXICAL) for surface in Surface if surface is not Surface.AMBIENT} == {ASKED}
    assert AMBIENT.answer > ASKED.answer
    assert AMBIENT.suggest > ASKED.suggest
    assert AMBIENT.ambiguity > ASKED.ambiguity


def test_what_is_wrong_leaves_its_probability_to_the_others() -> None:
    near = match(0.8), match(0.1, "b"), match(0.04, "c"), match(0.01, "d")

    assert [(each.entry_id, round(each.confidence, 6)) for each in choices_beyond(near, {"a"}, suggest=0.2)] == [
        ("b", 0.5),
        ("c", 0.2),
    ]
    assert choices_beyond(near, {"a"}, suggest=0.51) == ()
    assert [each.entry_id for each in choices_beyond(near, {"a", "b"}, suggest=0.2)] == ["c", "d"]


def test_where_all_is_wrong_nothing_is_left() -> None:
    assert choices_beyond((match(1.0), match(0.0, "b")), {"a"}, suggest=0.2) == ()
    assert choices_beyond((match(0.4),), {"a"}, suggest=0.2) == ()
    assert choices_beyond((), set(), suggest=0.2) == ()


CONFIDENCES = st.lists(st.floats(0, 1), max_size=10).map(
    lambda shares: sorted((share / max(sum(shares), 1) for share in shares), reverse=True)
)


@given(confidences=CONFIDENCES, ruled_out=st.sets(st.sampled_from("0123456789")))
def test_choices_beyond_are_likely_enough_and_none_of_those_ruled_out(
    confidences: list[float], ruled_out: set[str]
) -> None:
    candidates = [match(confidence, str(number)) for number, confidence in enumerate(confidences)]
    found = choices_beyond(candidates, ruled_out, suggest=0.2)
    assert not {each.entry_id for each in found} & ruled_out
    assert len(found) <= MAX_CHOICES
    assert all(0 <= each.confidence <= 1 for each in found)
    assert not found or found[0].confidence >= 0.2


def test_entries_that_say_the_same_of_what_was_asked_and_each_something_more_are_choices() -> None:
    known = EntryIndex(
        LEXICON,
        (
            Entry(id="phone", question="How do I reset my phone password?", answer="Call us."),
            Entry(id="email", question="How do I reset my email password?", answer="Write to us."),
            Entry(id="coins", question="Where are my coins?", answer="Under Assets."),
        ),
    )
    decided = decide(rank(known, "how do I reset my password"), thresholds=LIMITS)
    assert isinstance(decided.decision, Suggested)
    assert {one.entry_id for one in decided.decision.matches} == {"phone", "email"}
    assert Guard.TIED in decided.guards


ANSWERED, SUGGESTED = Answered(match(0.9)), Suggested((match(0.5),))
IGNORED = Ignored(IgnoreReason.STATEMENT)


@pytest.mark.parametrize(
    ("before", "together", "alone", "is_worth_it"),
    [
        (SUGGESTED, ANSWERED, IGNORED, True),
        (Unanswered(), SUGGESTED, IGNORED, True),
        (SUGGESTED, SUGGESTED, IGNORED, True),
        (ANSWERED, SUGGESTED, SUGGESTED, True),
        (ANSWERED, SUGGESTED, IGNORED, False),
        (ANSWERED, Unanswered(), ANSWERED, False),
    ],
)
def test_an_answer_gives_way_to_choices_only_where_what_follows_asks(
    before: Decision, together: Decision, alone: Decision, *, is_worth_it: bool
) -> None:
    assert is_worth_replacing(before, together, alone) is is_worth_it
