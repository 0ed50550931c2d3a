"""Entries that are compared with each other: misplaced answers, copies, contradictions, confused phrasings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.core.checking.copies import amounts, contradicts
from bot.core.checking.examining import Rules, examine
from bot.core.checking.findings import Check, Checked
from bot.core.checking.likeness import best_between, said, word_vectors
from bot.core.models import Audience, Entry, Status
from tests.core.faqs import LEXICON

TODAY = date(2026, 11, 30)
SHOP = (
    Entry(
        id="hours", question="When is the bakery open?", answer="The bakery is open from seven until noon, but Monday."
    ),
    Entry(id="rye", question="Do you sell rye bread?", answer="Rye bread is sold on Tuesday, with whole grains."),
    Entry(
        id="cake", question="How do I order a wedding cake?", answer="Order a wedding cake two weeks ahead by phone."
    ),
    Entry(id="gluten", question="Which rolls have no gluten?", answer="Rolls of rice flour have no gluten in them."),
    Entry(id="voucher", question="Where can I buy a voucher?", answer="Buy a voucher at the till or by post."),
    Entry(id="parking", question="Is there parking for bicycles?", answer="Bicycles have parking behind the house."),
)


def checked(entries: Sequence[Entry]) -> list[Checked]:
    return [Checked(entry=entry) for entry in entries]


def found(entries: Sequence[Entry]) -> list[tuple[Check, str | None]]:
    """Return what a check by words finds among entries."""
    return [
        (each.check, each.entry_id) for each in examine(checked(entries), Rules(lexicon=LEXICON, today=TODAY)).findings
    ]


def test_a_sound_faq_is_clean() -> None:
    assert found(SHOP) == []


def test_exchanged_answers_are_found() -> None:
    hours, rye, *others = SHOP
    exchanged = (replace(hours, answer=rye.answer), replace(rye, answer=hours.answer), *others)
    assert found(exchanged) == [(Check.MISPLACED, "hours"), (Check.MISPLACED, "rye")]


def test_few_entries_tell_nothing() -> None:
    hours, rye = SHOP[:2]
    assert found((replace(hours, answer=rye.answer), replace(rye, answer=hours.answer))) == []


def test_the_same_question_twice_is_found() -> None:
    again = Entry(id="again", question="How do I order the wedding cake", answer="Come in and talk with Kim.")
    assert found((*SHOP, again)) == [(Check.NEAR_COPY, "again")]


@pytest.mark.parametrize(
    "changes", [{"audience": Audience.INTERNAL}, {"region": "EU"}, {"status": Status.RETIRED}, {"locale": "de"}]
)
def test_the_same_question_for_other_readers_is_no_copy(changes: dict[str, object]) -> None:
    again = Entry(id="again", question="How do I order the wedding cake", answer="Come in and talk with Kim.")
    assert Check.NEAR_COPY not in [check for check, _ in found((*SHOP, replace(again, **changes)))]  # type: ignore[arg-type]  # of one type each


def test_opposites_are_no_copies() -> None:
    lock = Entry(id="lock", question="How do I freeze my account?", answer="Freeze it in the app.")
    unlock = Entry(id="unlock", question="How do I unfreeze my account?", answer="Unfreeze it on the website.")
    assert Check.NEAR_COPY not in [check for check, _ in found((*SHOP, lock, unlock))]


def test_why_something_is_so_is_another_question_than_how_it_is_done() -> None:
    why = Entry(id="why", question="Why do I order a wedding cake?", answer="Since weddings have one.")
    assert Check.NEAR_COPY not in [check for check, _ in found((*SHOP, why))]


def test_numbers_of_one_unit_contradict_each_other() -> None:
    assert contradicts("Wait 24 hours.", "It takes 48 hours.") == ("'24 hours'", "'48 hours'")
    assert contradicts("Within two days.", "After 2 working days.") is None
    assert contradicts("Wait 24 hours, at most 3 days.", "Wait 3 days.") is None
    assert contradicts("It costs 5 %.", "It costs 1,000 euros.") is None
    assert contradicts("Until 5 May 2026.", "Until 6 May 2026.") == ("'5 May 2026'", "'6 May 2026'")
    assert amounts("1. Wait 5 minutes\n2. Pay $1,000") == {"minut": {"5": "5 minutes"}, "$": {"1000": "$1,000"}}


def test_a_contradiction_between_copies_is_an_error() -> None:
    again = Entry(id="again", question="How do I order the wedding cake", answer="Order it three weeks ahead.")
    assert found((*SHOP, again)) == [(Check.CONTRADICTION, "again")]


def test_a_phrasing_that_another_entry_would_answer_is_found() -> None:
    deposit = Entry(
        id="deposit", question="How do I pay money in?", aliases=("fees for a withdrawal",), answer="By card, at once."
    )
    fees = Entry(
        id="fees",
        question="What are the fees for a withdrawal?",
        aliases=("withdrawal fees", "fees of withdrawals"),
        answer="A withdrawal costs nothing.",
    )
    assert (Check.CONFUSED, "deposit") in found((*SHOP, deposit, fees))


def test_vectors_of_words_are_near_where_words_are_shared() -> None:
    rye, bread, nothing = word_vectors(["rye bread", "bread", "of the"], LEXICON)
    assert rye @ bread > 0.3
    assert not nothing.any()
    vectors = said(SHOP, LEXICON, None)
    near = best_between(vectors.sentences, vectors.sentence_of, vectors.phrasings, vectors.phrasing_of, len(SHOP))
    assert near.argmax(axis=1).tolist() == [*range(len(SHOP))]
