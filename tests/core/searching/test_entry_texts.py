"""The passages of an answer, and the stems of an entry."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.entry_texts import MOST_WORDS, OPENING, StemTable, passages


def test_an_answer_gives_its_opening_and_its_sentences() -> None:
    found = passages("How long?", "It takes two days. Some banks are slower!\nAsk us after a week.")
    assert found == [
        "How long? It takes two days. Some banks are slower! Ask us after a week.",
        "It takes two days.",
        "Some banks are slower!",
        "Ask us after a week.",
    ]


def test_markup_is_left_out() -> None:
    assert passages("Fees?", "Open **Profile > Fees** or [the list](https://example.org/fees).")[1:] == [
        "Open Profile Fees or the list.",
    ]


def test_what_is_too_short_says_nothing() -> None:
    assert passages("Is it free?", "Yes.") == []
    assert passages("Is it free?", "Yes. It costs you nothing.")[1:] == ["It costs you nothing."]


def test_sentences_end_in_other_scripts_too() -> None:
    assert len(passages("?", "uno dos tres\u3002cuatro cinco seis\uff01")) == 3


def test_what_has_no_spaces_is_measured_by_its_characters() -> None:
    sentence = "\u6b3e\u9879\u4f1a\u539f\u8def\u9000\u56de\u3002"
    assert passages("\u9000\u6b3e", f"\u597d\u3002{sentence}")[1:] == [sentence]


def test_a_long_answer_is_read_to_its_limits() -> None:
    found = passages("Terms?", "One two three four five. " * 10 + " ".join(f"Clause {n} says so." for n in range(200)))
    assert len(found[0]) <= len("Terms?") + OPENING
    assert MOST_WORDS <= sum(len(each.split()) for each in found[1:]) + 45 <= MOST_WORDS + 50


@given(st.text(), st.text())
def test_any_answer_can_be_cut(question: str, answer: str) -> None:
    found = passages(question, answer)
    assert len(set(found)) == len(found)
    assert all(each == " ".join(each.split()) and each for each in found)


def table(*rows: str) -> StemTable:
    stems = StemTable()
    for row in rows:
        stems.add(row.split())
    return stems


def test_a_stem_is_counted_once_an_entry() -> None:
    stems = table("card card lost", "card", "phone")
    assert [stems.frequency(stem) for stem in ("card", "lost", "none")] == [2, 1, 0]
    stems.remove(0)
    assert [stems.frequency(stem) for stem in ("card", "lost")] == [1, 0]


def test_entries_use_stems_as_they_are_or_misspelt() -> None:
    stems = table("withdraw card", "withdrw", "deposit", "car")
    found = stems.uses(["withdraw", "car", "none"], np.arange(4))
    assert found.T.tolist() == [[True, True, False, False], [False, False, False, True], [False] * 4]


def test_rows_are_told_in_the_order_asked() -> None:
    stems = table("card", "phone", "card phone")
    assert stems.uses(["phone"], np.array([2, 0, 1])).tolist() == [[True], [False], [True]]


def test_a_removed_entry_uses_nothing() -> None:
    stems = table("card", "card")
    stems.remove(0)
    assert stems.uses(["card"], np.arange(2)).tolist() == [[False], [True]]


def test_a_stem_that_came_since_it_was_asked_about_counts() -> None:
    stems = table("card")
    assert stems.uses(["withdraw"], np.arange(1)).tolist() == [[False]]
    stems.add(["withdrw"])
    assert stems.uses(["withdraw"], np.arange(2)).tolist() == [[False], [True]]
