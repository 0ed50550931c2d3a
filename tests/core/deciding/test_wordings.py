"""Show which wordings of an item an entry may answer, and which are kept from it."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.core.deciding.wordings import sort_wordings
from bot.core.models import Entry
from bot.core.searching.contrasts.comparison import Kind
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Vectors

ENABLE, DISABLE = "how do I enable dark mode", "how do I disable dark mode"
DARK = Entry(id="dark", question="How do I enable dark mode?", answer="In the settings.")


@pytest.fixture
def index() -> EntryIndex:
    return EntryIndex(Lexicon(), [DARK])


def test_what_says_the_opposite_stays_apart_with_the_reason(index: EntryIndex) -> None:
    found = sort_wordings(index, DARK, [ENABLE, DISABLE, "where is dark mode"])

    assert found.taken == (ENABLE, "where is dark mode")
    assert [(one.text, one.difference.kind) for one in found.apart] == [(DISABLE, Kind.OPPOSITE)]
    assert found.despite is None


@pytest.mark.parametrize(
    ("wording", "kind"),
    [
        ("how do I move from version 2 to 3", Kind.NUMBER),
        ("how do I not move from version 1 to 2", Kind.NEGATION),
        ("how do I move from edition 1 to 2", Kind.OTHER),
    ],
)
def test_each_kind_that_one_answer_cannot_serve(index: EntryIndex, wording: str, kind: Kind) -> None:
    entry = Entry(id="v", question="How do I move from version 1 to 2?", answer="Press update.")

    found = sort_wordings(index, entry, [entry.question, wording])

    assert [one.difference.kind for one in found.apart] == [kind]


def test_a_failure_is_for_the_moderator_to_judge(index: EntryIndex) -> None:
    found = sort_wordings(index, DARK, [ENABLE, "dark mode does not work"])

    assert found.taken == (ENABLE, "dark mode does not work")


def test_what_was_taken_before_counts_like_the_entry(index: EntryIndex) -> None:
    entry = Entry(id="dark", question="Dark mode", answer="In the settings.")

    found = sort_wordings(index, entry, [ENABLE, DISABLE])

    assert found.taken == (ENABLE,)
    assert [one.text for one in found.apart] == [DISABLE]


def test_who_means_an_entry_that_all_differ_from_is_believed_and_warned(index: EntryIndex) -> None:
    found = sort_wordings(index, DARK, [DISABLE, "dark mode off, how do I disable it"])

    assert found.taken == (DISABLE, "dark mode off, how do I disable it")
    assert found.apart == ()
    assert found.despite is not None
    assert found.despite.kind is Kind.OPPOSITE


def test_who_chooses_wordings_gets_these_and_the_others_that_differ_stay(index: EntryIndex) -> None:
    found = sort_wordings(index, DARK, [ENABLE, DISABLE, "dark mode without an account"], chosen=[DISABLE])

    assert DISABLE in found.taken
    assert [one.difference.kind for one in found.apart] == [Kind.NEGATION]


def test_an_item_without_words_has_nothing_to_sort(index: EntryIndex) -> None:
    found = sort_wordings(index, DARK, [])

    assert (found.taken, found.apart, found.despite) == ((), (), None)


def ones(texts: Sequence[str]) -> Vectors:
    """Return the same vector for each text."""
    return np.ones((len(texts), 1), np.float32)


def test_of_what_the_encoder_of_many_languages_reads_only_numbers_keep_it_apart() -> None:
    entry = Entry(id="pass", question="Wie kann ich mein Passwort für Windows 10 ändern?", answer="Im Konto.")
    wordings = ["wie ändere ich mein kennwort in windows 10", "wie kann ich mein passwort in windows 11 ändern"]

    by_words = sort_wordings(EntryIndex(Lexicon(), [entry]), entry, [entry.question, *wordings])
    by_meaning = sort_wordings(
        EntryIndex(Lexicon(), [entry], ones, multilingual=ones), entry, [entry.question, *wordings]
    )

    assert [one.difference.kind for one in by_words.apart][:1] == [Kind.NAME]
    assert [(one.text, one.difference.kind) for one in by_meaning.apart] == [(wordings[1], Kind.NUMBER)]
