"""Show which questions become one group, and that the groups of labelled phrasings are good."""

import random
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.grouping import Encoder, agreement, group, halves, phrasings
from bot.bootstrap import load_lexicon
from bot.config import Settings
from bot.core.searching.groups import Groups, Meaning, representative
from bot.core.searching.lexicon import Lexicon, parse_lexicon
from bot.core.searching.vectors import Model
from bot.encoder import encoder
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


@pytest.mark.slow
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


def along(*parts: float, model: Model = Model.ENGLISH) -> Meaning:
    """Return the meaning that has a unit vector."""
    vector = np.array(parts, np.float32)
    return Meaning(np.asarray(vector / np.linalg.norm(vector)), model)


def test_meanings_of_two_encoders_are_never_compared() -> None:
    groups = Groups(Lexicon())
    groups.add(1, "reset my password", along(1, 0))
    groups.add(2, "mein passwort", along(1, 0, 0, model=Model.MULTILINGUAL))
    assert groups.resembling("else", along(1, 0)) == 1
    assert groups.resembling("sonst", along(1, 0, 0, model=Model.MULTILINGUAL)) == 2


def test_what_means_the_same_joins_whatever_the_words() -> None:
    groups = Groups(Lexicon())
    groups.add(1, "reset my password", along(1, 0))
    groups.add(2, "close my account", along(0, 1))

    assert groups.resembling("i cannot get in", along(1, 0.3)) == 1
    assert groups.resembling("i cannot get in", along(1, 1)) is None
    assert groups.resembling("i cannot get in") is None
    assert groups.resembling("Close my ACCOUNT", along(1, 0)) == 2


def test_a_meaning_may_come_after_the_words() -> None:
    groups = Groups(Lexicon())
    groups.add(1, "reset my password")
    assert groups.resembling("i cannot get in", along(1, 0.3)) is None
    for number, text in ((1, "Reset my password!"), (1, "reset my password"), (1, "never asked"), (2, "never asked")):
        groups.learn(number, text, along(1, 0))
    assert groups.resembling("i cannot get in", along(1, 0.3)) == 1
    groups.remove(1, "reset my password")
    assert groups.resembling("i cannot get in", along(1, 0.3)) is None


def test_a_larger_group_is_likelier_and_of_equals_the_first_is_taken() -> None:
    groups = Groups(Lexicon())
    for number, text in ((3, "one"), (2, "two"), (2, "three"), (1, "four")):
        groups.add(number, text, along(1, 0))
    assert groups.resembling("else", along(1, 0)) == 2
    groups.remove(2, "two")
    assert groups.resembling("else", along(1, 0)) == 1


def test_a_group_that_has_ended_means_nothing_any_more() -> None:
    groups = Groups(Lexicon())
    groups.add(1, "one", along(1, 0))
    groups.add(2, "two", along(0, 1))
    groups.add(3, "three")
    for number, text in ((1, "one"), (3, "three")):
        groups.remove(number, text)

    assert groups.resembling("else", along(1, 0)) is None
    assert groups.resembling("else", along(0, 1)) == 2
    groups.remove(2, "two")
    assert groups.resembling("else", along(0, 1)) is None


@given(
    held=st.lists(st.tuples(st.integers(1, 4), wordings, st.integers(0, 3)), max_size=12),
    passing=st.lists(st.tuples(st.integers(1, 4), wordings, st.integers(0, 3)), max_size=8),
    asked=st.integers(0, 3),
)
def test_meanings_that_were_taken_out_leave_nothing_behind(
    held: list[tuple[int, str, int]], passing: list[tuple[int, str, int]], asked: int
) -> None:
    directions = (along(1, 0, 0), along(0, 1, 0), along(0, 0, 1), None)
    passing = [(group, f"passing {text}", way) for group, text, way in passing]
    groups, without = Groups(Lexicon()), Groups(Lexicon())
    for number, text, way in (*held, *passing):
        groups.add(number, text, directions[way])
    for number, text, way in held:
        without.add(number, text, directions[way])
    for number, text, _ in passing:
        groups.remove(number, text)

    assert groups.resembling("zebra", directions[asked]) == without.resembling("zebra", directions[asked])


@pytest.mark.slow
def test_with_an_encoder_groups_are_larger_and_as_pure() -> None:
    encode = encoder.Encoder(shared("models", "all-MiniLM-L6-v2-int8")).encode
    _, held_out = halves(phrasings(shared("data", "banking77", "kall")))
    some = random.Random(11).sample(held_out, 1_500)  # noqa: S311  # a fixed seed is the point
    lexicon, truth = load_lexicon(Settings()), [each.intent for each in some]
    encoders = (None, Encoder(encode, Model.ENGLISH))
    words, meaning = (agreement(truth, group(some, lexicon, seed=1, encoder=each)) for each in encoders)

    assert meaning.precision >= 0.95
    assert meaning.recall >= 2 * words.recall
