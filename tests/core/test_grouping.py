"""Show which questions become one group, and that the groups of labelled phrasings are good."""

import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.grouping import agreement, group, halves, phrasings
from bot.bootstrap import load_lexicon
from bot.config import Settings
from bot.core.grouping import Groups, representative
from bot.core.lexicon import Lexicon, parse_lexicon
from tests.shared import shared

words = st.sampled_from(["parrot", "cage", "fee", "fees", "transfer", "card", "how", "the", "not"])
wordings = st.lists(words, max_size=6).map(" ".join)
questions = st.lists(st.tuples(st.integers(1, 4), wordings), max_size=12)


def opened(questions: Iterable[tuple[int, str]], lexicon: Lexicon | None = None) -> Groups:
    groups = Groups(lexicon or Lexicon())
    for number, text in questions:
        groups.add(number, text)
    return groups


@pytest.mark.parametrize(
    "again",
    [
        "Do you sell umbrellas?",
        "do you sell UMBRELLAS",
        "is it umbrellas that you are selling",
        "hello team, do you still sell umbrellas?",
    ],
)
def test_what_resembles_a_question_joins_its_group(again: str) -> None:
    groups = opened([(7, "do you sell umbrellas?"), (8, "where is the parrot?"), (9, "sell a parrot")])

    assert groups.resembling(again) == 7


@pytest.mark.parametrize("other", ["do you repair umbrellas", "do you sell parrots", "umbrellas", "how?", ""])
def test_what_asks_for_something_else_opens_a_group(other: str) -> None:
    assert opened([(7, "do you sell umbrellas?"), (8, "where is the parrot?")]).resembling(other) is None


def test_the_same_words_are_the_same_question_however_few() -> None:
    groups = opened([(2, "why not"), (1, "Why not?"), (3, "why")])

    assert groups.resembling("WHY not!") == 1
    assert groups.resembling("why") == 3
    assert groups.resembling("how") is None


def test_synonyms_count_as_the_same_word() -> None:
    lexicon = parse_lexicon("password = pw", name="test")
    groups = opened([(1, "reset my password"), (2, "close my account")], lexicon)

    assert groups.resembling("pls reset pw") == 1
    assert opened([(1, "reset my password")]).resembling("pls reset pw") is None


def test_a_word_that_all_groups_have_joins_nothing() -> None:
    groups = opened((number, f"card {word}") for number, word in enumerate(["lost", "stolen", "fee", "colour"] * 60))

    assert groups.resembling("card broken") is None


def test_what_a_group_always_says_is_missed() -> None:
    always = [(1, f"freeze disposable card {number}") for number in range(6)]
    sometimes = [(2, f"freeze {'lost' * (number % 2)} card {number}") for number in range(6)]

    assert opened(always).resembling("freeze card") == 1
    assert opened([*always, *sometimes]).resembling("freeze card") == 2


def test_a_question_that_many_ask_weighs_as_one_that_somebody_asks() -> None:
    once = opened([(1, "airdrop of the new coin"), (2, "where is the parrot")])
    often = opened([*[(1, "airdrop of the new coin")] * 50, (2, "where is the parrot")])

    for text in ("when is the airdrop of the coin", "airdrop", "parrot"):
        assert often.resembling(text) == once.resembling(text)


@given(kept=questions, passing=questions, asked=wordings)
def test_what_was_taken_out_leaves_nothing_behind(
    kept: list[tuple[int, str]], passing: list[tuple[int, str]], asked: str
) -> None:
    groups = opened([*kept, *passing])
    for number, text in passing:
        groups.remove(number, text)

    assert len(groups) == len({number for number, _ in kept})
    assert groups.resembling(asked) == opened(kept).resembling(asked)


@given(held=questions, asked=wordings)
def test_the_order_in_which_questions_are_held_does_not_matter(held: list[tuple[int, str]], asked: str) -> None:
    assert opened(held).resembling(asked) == opened(reversed(held)).resembling(asked)


def test_the_wording_that_most_use_stands_for_all() -> None:
    assert representative(["fees?", "what are the fees", "Fees"]) == "fees?"
    assert representative(["how high are fees here", "what are the fees", "fees or what"]) == "what are the fees"
    assert representative(["one", "two"]) == "one"
    assert representative(["", "?"]) == ""


def test_groups_of_labelled_phrasings_are_pure_and_hardly_depend_on_the_order() -> None:
    given_phrasings = phrasings(shared("data", "banking77", "kall"))
    lexicon = load_lexicon(Settings())
    some = random.Random(11).sample(given_phrasings, 1_000)  # noqa: S311  # a fixed seed is the point
    one, two = (group(some, lexicon, seed=seed) for seed in (1, 2))
    _, held_out = halves(given_phrasings)
    result = agreement([each.intent for each in held_out], group(held_out, lexicon, seed=1))

    assert agreement(one, two).rand >= 0.999
    assert agreement(one, two).adjusted_rand >= 0.7
    assert result.precision >= 0.95
    assert result.recall >= 0.03


def test_agreement_is_that_of_pairs() -> None:
    result = agreement("aabb", [1, 1, 1, 2])

    assert (result.precision, result.recall) == (1 / 3, 1 / 2)
    assert (result.rand, result.adjusted_rand) == (3 / 6, 0.0)
    assert agreement("aab", [5, 5, 6]).adjusted_rand == 1
