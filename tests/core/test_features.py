"""Show what two texts have in common."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.features import MAX_PAIRED, Features, features

WORDS = st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=6), max_size=8)


def halves(found: Features) -> tuple[set[int], set[int]]:
    numbers = set(found.tolist())
    return {each for each in numbers if each % 2 == 0}, {each for each in numbers if each % 2}


def of(text: str) -> tuple[set[int], set[int]]:
    return halves(features(text.split(), text.split()))


def test_a_typo_keeps_most_characters_and_loses_the_word() -> None:
    right, wrong = of("withdrawal"), of("withdrawel")
    assert len(right[0] & wrong[0]) > len(right[0]) / 2
    assert not right[1] & wrong[1]


def test_pairs_do_not_care_for_order_but_neighbours_do() -> None:
    _, forth = of("freeze account")
    _, back = of("account freeze")
    assert len(forth & back) == 3
    assert len(forth - back) == 1


def test_words_that_stand_far_apart_still_make_a_pair() -> None:
    _, near = of("freeze account")
    _, far = of("freeze please my old account")
    assert len(near & far) == 3


def test_beginnings_and_ends_of_words_count_as_such() -> None:
    assert of("abc")[0] - of("xabcx")[0]


def test_a_flood_of_words_stays_small() -> None:
    words = [f"w{number}" for number in range(2000)]
    assert len(features(words, words)) < 2000 * 30 + MAX_PAIRED**2


@given(WORDS)
def test_features_are_sorted_and_distinct(words: list[str]) -> None:
    numbers = features(words, words).tolist()
    assert numbers == sorted(set(numbers))


@given(st.lists(st.text(min_size=1), max_size=5))
def test_any_word_has_features(words: list[str]) -> None:
    assert bool(len(features(words, words))) == bool(words)
