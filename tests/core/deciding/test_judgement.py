"""Show that a text is cleaned of secrets before anything else looks at it."""

import pytest

from bot.core.deciding.decision import ASKED, Thresholds
from bot.core.deciding.judgement import judge, questions_in
from bot.core.deciding.ranking import LEXICAL, SEMANTIC
from bot.core.models import Answered, Entry, Ignored, IgnoreReason, Surface
from bot.core.searching.entry_index import EntryIndex
from tests.core.faqs import LEXICON, index

SEED = "abandon ability able about above absent absorb abstract absurd abuse access accident"


def test_a_question_is_answered() -> None:
    judgement = judge(index(), "how do I reset my password", surface=Surface.MENTION)
    assert isinstance(judgement.decided.decision, Answered)
    assert judgement.text == "how do I reset my password"


def test_a_seed_phrase_is_neither_kept_nor_matched() -> None:
    judgement = judge(index(), f"I lost my phone, my words are {SEED}, reset password", surface=Surface.MENTION)
    assert judgement.decided.decision == Ignored(IgnoreReason.SECRET)
    assert judgement.text is None
    assert judgement.ranking.matches == ()
    assert "abandon" not in repr(judgement)


def test_what_is_kept_is_redacted() -> None:
    judgement = judge(index(), "reset the password of me@mail.example please", surface=Surface.MENTION)
    assert judgement.text is not None
    assert "mail.example" not in repr(judgement)


def test_thresholds_applied_for_the_scorer_go_before_the_others() -> None:
    strict = Thresholds(answer=1.0, suggest=1.0, ambiguity=0.0)
    for scorer, used in ((LEXICAL, strict), (SEMANTIC, ASKED)):
        judgement = judge(index(), "how do I reset my password", surface=Surface.MENTION, applied={scorer: strict})
        assert judgement.decided.thresholds == used


def test_what_is_overheard_and_asks_nothing_is_not_matched() -> None:
    judgement = judge(index(), "I reset my password yesterday and it works, thanks", surface=Surface.AMBIENT)
    assert judgement.decided.decision == Ignored(IgnoreReason.STATEMENT)
    assert judgement.ranking.matches == ()
    assert judgement.text == "I reset my password yesterday and it works, thanks"


def test_what_an_entry_is_asked_by_asks_wherever_it_is_overheard() -> None:
    entry = Entry(id="gm", question="good vibes only", answer="They are.")
    known = EntryIndex(LEXICON, [entry])
    assert isinstance(judge(known, "Good vibes only!", surface=Surface.AMBIENT).decided.decision, Answered)
    known.drop("gm")
    assert isinstance(judge(known, "Good vibes only!", surface=Surface.AMBIENT).decided.decision, Ignored)


def test_a_message_that_is_too_long_is_that_before_it_is_a_statement() -> None:
    judgement = judge(index(), "lovely weather today " * 1_000, surface=Surface.AMBIENT)
    assert judgement.decided.decision == Ignored(IgnoreReason.TOO_LONG)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("how do i deposit and withdraw", ("how do i deposit", "how do i withdraw")),
        ("how do i open and read a file", ()),
        ("how do i open a file", ()),
        ("what is a level, do i need one?", ("what is a level", "do i need one?")),
        ("when my order is late, do i get a gift?", ()),
        ("i want to sell a coin. also do you lend?", ("i want to sell a coin", "do you lend?")),
        ("i want to sell a coin. do you lend?", ()),
        ("what is a level & is it free", ("what is a level", "is it free")),
        ("如何开户\uff1f如何充值\uff1f", ("如何开户\uff1f", "如何充值\uff1f")),
    ],
)
def test_two_things_that_rule_each_other_out_are_two_questions(text: str, questions: tuple[str, ...]) -> None:
    assert questions_in(text) == questions
