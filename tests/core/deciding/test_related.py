"""Show which entries are offered beside an answer."""

from dataclasses import replace

import pytest

from bot.core.deciding.related import MOST, OTHER_CATEGORY, SAME_CATEGORY, related_to
from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Match
from bot.core.reader import ANYBODY, Reader

FEES = Entry(id="fees", question="What does a withdrawal cost?", answer="One coin.", category="Fees")
LOWER = Entry(id="lower", question="How do I pay less?", answer="On Sundays.", category="Fees")


def found(
    *others: tuple[Entry, float], given: Entry = FEES, reader: Reader = ANYBODY, explained: float = 1.0
) -> list[str]:
    """Return the ids of what is related to an entry, of matches with this evidence."""
    matches = [Match(entry_id=given.id, phrase="", confidence=0.9, features={"explained": explained})]
    matches += [
        Match(entry_id=each.id, phrase="", confidence=0.01, features={"explained": much}) for each, much in others
    ]
    entries = {each.id: each for each in (given, *(each for each, _ in others))}
    return [entry.id for entry in related_to(given.id, matches, entries, reader=reader)]


@pytest.mark.parametrize(
    ("category", "floor"), [("Fees", SAME_CATEGORY), ("Tips", OTHER_CATEGORY), (None, OTHER_CATEGORY)]
)
def test_more_has_to_speak_for_an_entry_of_another_category(category: str | None, floor: float) -> None:
    entry = replace(LOWER, category=category)
    assert found((entry, floor)) == ["lower"]
    assert found((entry, floor - 0.01)) == []


def test_entries_without_a_category_are_of_none_in_common() -> None:
    entry = replace(LOWER, category=None)
    assert found((entry, OTHER_CATEGORY - 0.01), given=replace(FEES, category=None)) == []


def test_there_are_two_at_most_the_likeliest_first() -> None:
    questions = ("Why is it slow?", "Where is the lever?", "Who are you?")
    many = [(replace(LOWER, id=name, question=name, answer=name), 0.9) for name in questions]
    assert found(*many) == list(questions[:MOST])


def test_near_copies_are_left_out_also_of_each_other() -> None:
    copies = [
        replace(LOWER, id="title", question="what does the withdrawal cost", answer="Another."),
        replace(LOWER, id="answer", answer="One coin."),
        LOWER,
        replace(LOWER, id="again", question="how do i pay less", answer="Never."),
    ]
    assert found(*[(each, 0.9) for each in copies]) == ["lower"]


@pytest.mark.parametrize(
    "entry",
    [
        replace(LOWER, audience=Audience.INTERNAL),
        replace(LOWER, locale="fr"),
        replace(LOWER, region="EU"),
        replace(LOWER, answers=(LocalAnswer(answer="On Mondays.", region="EU"),)),
    ],
)
def test_what_the_reader_may_not_read_or_does_not_get_at_once_is_left_out(entry: Entry) -> None:
    assert found((entry, 0.9), reader=Reader(locale="en")) == []


def test_who_is_in_the_region_gets_what_is_for_it() -> None:
    assert found((replace(LOWER, region="EU"), 0.9), reader=Reader(region="eu")) == ["lower"]


def test_without_evidence_for_the_answer_there_is_nothing_to_compare_with() -> None:
    assert found((LOWER, 0.9), explained=0.0) == []
    assert related_to("gone", [], {}, reader=ANYBODY) == ()
