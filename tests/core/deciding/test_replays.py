"""What was right for past questions, and what changed entries would do to them."""

import random
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.made_up import asked_about, made_up
from bot.core.deciding import replays
from bot.core.deciding.decision import ASKED, Thresholds, decide, is_close
from bot.core.deciding.ranking import Ranking, rank
from bot.core.deciding.replays import (
    Authority,
    DecisionFeedback,
    Past,
    Redecided,
    Replay,
    Truth,
    answer_of,
    replay,
    sorted_out,
    truth,
)
from bot.core.models import (
    Answered,
    Audience,
    Decision,
    DecisionKind,
    Entry,
    Grade,
    Match,
    Suggested,
    Surface,
    Unanswered,
)
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.lexicon import Lexicon
from tests.core.faqs import ENTRIES, index

ANSWERED = DecisionFeedback(decision=DecisionKind.ANSWERED)
SUGGESTED = DecisionFeedback(decision=DecisionKind.SUGGESTED)
UNANSWERED = DecisionFeedback(decision=DecisionKind.UNANSWERED)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (ANSWERED, None),
        (replace(ANSWERED, votes=2), Truth("first", Authority.ASKER)),
        (replace(ANSWERED, votes=-1), Truth(None, Authority.ASKER)),
        (replace(ANSWERED, votes=-3, moderators_votes=1), Truth("first", Authority.ASKER)),
        (replace(ANSWERED, votes=3, reviewed=True, reviewed_entry_id="other"), Truth("other", Authority.REVIEW)),
        (replace(UNANSWERED, reviewed=True, reviewed_entry_id="first"), Truth("first", Authority.REVIEW)),
        (replace(UNANSWERED, reviewed=True), Truth(None, Authority.REVIEW)),
        (replace(SUGGESTED, chosen="second"), Truth("second", Authority.ASKER)),
        (replace(SUGGESTED, chosen="second", votes=-1), None),
        (replace(SUGGESTED, votes=1), None),
        (replace(UNANSWERED, votes=1, chosen="second"), None),
        (
            replace(ANSWERED, grade=Grade.RIGHT, graded_entry_id="first", reviewed=True, votes=-9),
            Truth("first", Authority.GRADE),
        ),
        (replace(ANSWERED, grade=Grade.WRONG, reviewed=True, reviewed_entry_id="first"), Truth(None, Authority.GRADE)),
    ],
)
def test_a_grade_goes_before_the_review_and_that_before_those_who_asked(
    said: DecisionFeedback, expected: Truth | None
) -> None:
    assert truth(said, "first") == expected


CHANCE = random.Random(11)  # noqa: S311  # a fixed seed is the point
MANY = made_up(1_200, CHANCE)
ASKED_BEFORE = tuple(asked_about(CHANCE.choice(MANY), CHANCE) for _ in range(60))


def past(text: str, **fields: Any) -> Past:  # noqa: ANN401  # the fields of the class
    return replace(Past(text=text, surface=Surface.MENTION, audience=Audience.PUBLIC), **fields)


@cache
def known() -> EntryIndex:
    return EntryIndex(Lexicon(), MANY)


@cache
def logged() -> tuple[Past, ...]:
    return tuple(past(text, logged=rank(known(), text).matches) for text in ASKED_BEFORE)


def answered(index: EntryIndex, text: str) -> str | None:
    return answer_of(decide(rank(index, text), thresholds=ASKED).decision)


def outcomes(found: Replay) -> dict[str, tuple[str | None, str | None]]:
    """Return for each question that is told of from which entry to which its answer goes."""
    told = (*found.changed, *found.lost, *found.won)
    return {each.past.text: (answer_of(each.before), answer_of(each.after)) for each in told}


def changed(entry: Entry, kind: str, words: str) -> Entry | None:
    """Return an entry as a moderator may change it."""
    return {
        "alias": replace(entry, aliases=(*entry.aliases, words)),
        "reworded": replace(entry, question=words),
        "answer": replace(entry, answer=f"{words}. {entry.answer}"),
        "new": Entry(id="new", question=words, answer=entry.answer),
        "retired": None,
    }[kind]


# The same examples each time: that a weight shifts by no more than it ever did is measured, not proven.
@pytest.mark.slow
@settings(max_examples=5, derandomize=True)
@given(
    at=st.integers(0, len(MANY) - 1),
    kind=st.sampled_from(["alias", "reworded", "answer", "new", "retired"]),
    words=st.sampled_from(ASKED_BEFORE) | st.sampled_from(MANY).map(lambda entry: entry.aliases[0]),
)
def test_nothing_is_missed_when_most_questions_are_left_out(at: int, kind: str, words: str) -> None:
    entry = changed(MANY[at], kind, words)
    changes = {entry.id if entry else MANY[at].id: entry}
    some = replay(known(), changes, logged(), every_one=0)
    assert some == replay(known(), changes, logged(), every_one=len(logged()))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["alias", "reworded", "answer", "new", "retired"])
def test_what_is_told_is_what_two_new_indexes_say(kind: str) -> None:
    entry = changed(MANY[4], kind, ASKED_BEFORE[2])
    changes = {entry.id if entry else MANY[4].id: entry}
    standing = {entry.id: entry for entry in MANY} | changes
    then = EntryIndex(Lexicon(), [entry for entry in standing.values() if entry is not None])
    pairs = {text: (answered(known(), text), answered(then, text)) for text in ASKED_BEFORE}
    found = replay(known(), changes, logged(), every_one=0)
    assert outcomes(found) == {text: pair for text, pair in pairs.items() if pair[0] != pair[1]}
    assert found.asked == len(logged())


def test_most_questions_are_left_out_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counting(index: EntryIndex, text: str) -> Ranking:
        asked.append(text)
        return rank(index, text)

    monkeypatch.setattr(replays, "rank", counting)
    replay(known(), {MANY[0].id: None}, logged(), every_one=0)
    assert 0 < len(asked) < len(logged())


def test_a_question_that_is_spelt_otherwise_with_the_change_is_reached() -> None:
    """The new entry is nowhere near, but its category makes a word of what was read as misspelt."""
    few = EntryIndex(Lexicon(), [Entry(id="kite", question="kittens", answer="")])
    new = Entry(id="new", question="plough", answer="", category="kittems")
    found = replay(few, {"new": new}, [past("kittems")], every_one=0)
    assert outcomes(found) == {"kittems": ("kite", None)}


def test_the_known_index_stays_as_it_is() -> None:
    mine = index()
    first = rank(mine, "freeze my account")
    changes = {"freeze-app": None, "new": Entry(id="new", question="freeze my account", answer="x")}
    found = replay(mine, changes, [past("freeze my account")], every_one=0)
    assert outcomes(found) == {"freeze my account": (None, "new")}
    assert rank(mine, "freeze my account") == first


def test_each_question_has_the_thresholds_of_its_surface() -> None:
    never = Thresholds(answer=1.1, suggest=0.5, ambiguity=0.4)
    asked = [past(ENTRIES[0].question, surface=surface) for surface in (Surface.AMBIENT, Surface.MENTION)]
    applied = {Surface.AMBIENT: never, Surface.MENTION: ASKED}
    found = replay(index(), {ENTRIES[0].id: None}, asked, thresholds=lambda surface, _: applied[surface])
    assert [each.past.surface for each in found.lost] == [Surface.MENTION]


def match(entry_id: str = "a", confidence: float = 0.9, found: float = 1.0) -> Match:
    return Match(entry_id=entry_id, phrase="", confidence=confidence, features={"found": found})


A, B, CHOICES, NOTHING = Answered(match("a")), Answered(match("b")), Suggested((match(),)), Unanswered()


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (A, B, "changed"),
        (A, CHOICES, "lost"),
        (A, NOTHING, "lost"),
        (CHOICES, A, "won"),
        (NOTHING, A, "won"),
        (A, A, None),
        (CHOICES, NOTHING, None),
        (NOTHING, CHOICES, None),
    ],
)
def test_questions_are_sorted_by_what_becomes_of_their_answer(
    before: Decision, after: Decision, kind: str | None
) -> None:
    found = sorted_out(1, [Redecided(past=past("x"), before=before, after=after)])
    assert {name for name in ("changed", "lost", "won") if getattr(found, name)} == ({kind} if kind else set())
    assert found.harmless is (kind in {None, "won"})


@pytest.mark.parametrize(
    ("expect", "before", "after", "right"),
    [
        (None, A, B, (None, None)),
        (frozenset({"a"}), A, B, (True, False)),
        (frozenset({"a", "b"}), A, B, (True, True)),
        (frozenset({"b"}), CHOICES, B, (False, True)),
        (frozenset[str](), A, CHOICES, (False, True)),
    ],
)
def test_labelled_questions_tell_right_from_wrong(
    expect: frozenset[str] | None, before: Decision, after: Decision, right: tuple[bool | None, bool | None]
) -> None:
    each = Redecided(past=past("x", expect=expect), before=before, after=after)
    assert (each.was_right, each.is_right) == right


@pytest.mark.parametrize(
    ("matches", "close"),
    [
        ([], False),
        ([match(confidence=ASKED.answer + 0.04)], True),
        ([match(confidence=ASKED.answer - 0.04)], True),
        ([match(confidence=ASKED.answer + 0.06)], False),
        ([match(confidence=ASKED.answer - 0.06)], False),
        ([match(confidence=0.95), match("b", 0.95 - ASKED.ambiguity - 0.04)], True),
        ([match(confidence=0.95), match("b", 0.95 - ASKED.ambiguity - 0.06)], False),
        ([match(confidence=0.95, found=0.28)], True),
        ([match(confidence=0.95, found=0.1)], False),
    ],
)
def test_a_question_is_close_when_a_shift_may_tip_it(matches: list[Match], *, close: bool) -> None:
    assert is_close(matches, thresholds=ASKED, shift=0.05) is close
