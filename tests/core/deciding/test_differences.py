"""Show that what makes a question another one keeps the bot from answering it with a look-alike."""

import pytest

from bot.core.deciding.decision import Guard
from bot.core.deciding.judgement import judge
from bot.core.models import Answered, Entry, Suggested, Surface
from bot.core.searching.contrasts.comparison import Kind, between
from bot.core.searching.entry_index import EntryIndex
from tests.core.faqs import LEXICON

ENTRIES = (
    Entry(id="freeze", question="How do I freeze my account?", answer="Press the snowflake."),
    Entry(id="upgrade", question="How do I move from version 1 to 2?", answer="Run the installer."),
    Entry(id="etc", question="How do I deposit ETC?", answer="Choose the coin."),
    Entry(id="join", question="How do I join the beta?", answer="Press the button."),
    Entry(id="cancel", question="How do I cancel my order?", answer="Open the list of orders."),
    Entry(id="mode", question="How do I turn on dark mode?", answer="Look into the menu."),
    Entry(id="verified", question="What can verified members do?", answer="All."),
    Entry(id="pay", question="How do I pay with a credit card?", answer="Choose the card."),
    Entry(id="export", question="How do I export my history?", answer="Press the arrow."),
    Entry(id="failing", question="Why can I not log in?", answer="Reset the password."),
    Entry(id="days", question="How long does it take to get a refund?", answer="Three days."),
)
INDEX = EntryIndex(LEXICON, ENTRIES)


@pytest.mark.parametrize(
    ("text", "entry_id", "kind"),
    [
        ("how do i unfreeze my account", "freeze", Kind.OPPOSITE),
        ("how do i move from version 2 to 3", "upgrade", Kind.NUMBER),
        ("how do i move from version 2 to 1", "upgrade", Kind.NUMBER),
        ("how do i deposit ETH", "etc", Kind.OPPOSITE),
        ("how do i deposit quux", "etc", Kind.NAME),
        ("how do i withdraw etc", "etc", Kind.OPPOSITE),
        ("i am unable to join the beta", "join", Kind.NEGATION),
        ("error when i join the beta", "join", Kind.FAILURE),
        ("how do i join the alpha", "join", Kind.OTHER),
        ("my order was cancelled", "cancel", Kind.STATE),
        ("how much does it cost to cancel my order", "cancel", Kind.ASPECT),
        ("how do i turn dark mode off", "mode", Kind.OPPOSITE),
        ("how do i turn off the dark mode", "mode", Kind.OPPOSITE),
        ("what can unverified members do", "verified", Kind.OPPOSITE),
        ("how do i pay without a credit card", "pay", Kind.NEGATION),
        ("how do i pay with a debit card", "pay", Kind.OPPOSITE),
        ("how do i import my history", "export", Kind.OPPOSITE),
        ("how do i log in", "failing", Kind.FAILURE),
        ("how do i get a refund", "days", Kind.ASPECT),
    ],
)
def test_what_differs_is_named_and_not_answered(text: str, entry_id: str, kind: Kind) -> None:
    judgement = judge(INDEX, text, surface=Surface.MENTION)

    first = judgement.ranking.matches[0]
    assert first.entry_id == entry_id
    assert kind in {one.kind for one in judgement.ranking.differences}
    assert not isinstance(judgement.decided.decision, Answered)


@pytest.mark.parametrize(
    ("text", "entry_id"),
    [
        ("how can i freeze my account please", "freeze"),
        ("how do i move from version 1 to version 2", "upgrade"),
        ("how do i deposit etc", "etc"),
        ("how to join the beta", "join"),
        ("how do i cancel an order", "cancel"),
        ("how do i turn dark mode on", "mode"),
        ("what can a verified member do", "verified"),
        ("i dont know how to export my history", "export"),
        ("HOW DO I EXPORT MY HISTORY", "export"),
    ],
)
def test_what_is_the_same_is_answered(text: str, entry_id: str) -> None:
    decision = judge(INDEX, text, surface=Surface.MENTION).decided.decision

    assert isinstance(decision, Answered)
    assert decision.match.entry_id == entry_id


def test_what_an_alias_says_does_not_differ() -> None:
    entry = Entry(id="both", question="How do I freeze my account?", aliases=("unfreeze my account",), answer="So.")

    judgement = judge(EntryIndex(LEXICON, [entry]), "how do i unfreeze my account", surface=Surface.MENTION)

    assert judgement.ranking.differences == ()


def test_the_other_half_goes_first_where_it_is_there() -> None:
    halves = [ENTRIES[0], Entry(id="unfreeze", question="How do I unfreeze my account?", answer="Press it again.")]

    decision = judge(EntryIndex(LEXICON, halves), "unfreeze my account", surface=Surface.MENTION).decided.decision

    assert isinstance(decision, Answered)
    assert decision.match.entry_id == "unfreeze"


def test_entries_that_a_question_does_not_tell_apart_are_both_offered() -> None:
    entries = [Entry(id=way, question=f"How do I freeze my account? ({way})", answer=way) for way in ("web", "app")]
    judgement = judge(EntryIndex(LEXICON, entries), "how do i freeze my account", surface=Surface.MENTION)

    assert isinstance(judgement.decided.decision, Suggested)
    assert {one.entry_id for one in judgement.decided.decision.matches} == {"web", "app"}


@pytest.mark.parametrize(
    "text",
    ["How do I join the beta? How do I cancel my order?", "how do i join the beta and how do i cancel my order"],
)
def test_two_questions_get_choices_that_cover_both(text: str) -> None:
    decided = judge(INDEX, text, surface=Surface.MENTION).decided

    assert Guard.SEVERAL in decided.guards
    assert isinstance(decided.decision, Suggested)
    assert {one.entry_id for one in decided.decision.matches} == {"join", "cancel"}


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("enable dark mode", "disable dark mode", True),
        ("dark mode for version 2", "dark mode for version 3", True),
        ("deposit with memo", "deposit without memo", True),
        ("enable dark mode", "turn on the dark mode", False),
        ("where is my refund", "when does my refund come", False),
    ],
)
def test_questions_of_people_are_told_apart_by_the_same_rules(one: str, other: str, *, differ: bool) -> None:
    assert bool(between(one, other, fold=LEXICON.fold)) is differ
    assert bool(between(other, one, fold=LEXICON.fold)) is differ


def test_what_two_lines_of_contrasts_name_is_told_once() -> None:
    found = judge(INDEX, "how do i unfreeze my account", surface=Surface.MENTION).ranking.differences

    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Is version v2 out?", "Is version v3 out?", ["number (asked: 2, entry: 3)"]),
        ("What is tier two?", "What is tier three?", ["number (asked: 2, entry: 3)"]),
        ("How do I archive it?", "How do I unarchive it?", ["opposite (asked: archive, entry: unarchive)"]),
        ("How do I add money?", "How do I take money out, and add a card?", []),
        ("How do I lift the ban?", "What is a ban?", []),
    ],
)
def test_versions_tiers_and_prefixes_differ_and_what_the_other_says_as_well_does_not(
    one: str, other: str, said: list[str]
) -> None:
    assert [str(each) for each in between(one, other, fold=INDEX.fold)] == said
