"""Show what two texts have in common by their words."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.sparse.features import MAX_PAIRED, features_of, stem_features

WORDS = st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=6), max_size=8)


def stems(text: str) -> set[int]:
    return set(stem_features([text.split()])[0].tolist())


def test_pairs_do_not_care_for_order_but_neighbours_do() -> None:
    forth, back = stems("freeze account"), stems("account freeze")
    assert len(forth & back) == 3
    assert len(forth - back) == 1


def test_words_that_stand_far_apart_still_make_a_pair() -> None:
    assert len(stems("freeze account") & stems("freeze please my old account")) == 3


def test_stop_words_make_no_pairs_but_question_words_do() -> None:
    assert len(stems("the account")) == 3
    assert len(stems("who account")) == 4


def test_of_a_text_as_many_words_make_pairs_as_it_is_told() -> None:
    text = ["freeze", "account", "app"]
    assert stem_features([text, text, text], [0, 2, 3])[1].tolist() == [5, 6, 8]


def test_a_flood_stays_small() -> None:
    words = [f"w{number}" for number in range(2000)]
    assert len(stem_features([words])[0]) < 2 * 2000 + MAX_PAIRED**2


@given(st.lists(WORDS, max_size=5))
def test_texts_read_together_are_as_texts_read_alone(texts: list[list[str]]) -> None:
    found, sizes = stem_features(texts)
    alone = [stem_features([text])[0].tolist() for text in texts]
    assert found.tolist() == [number for each in alone for number in each]
    assert sizes.tolist() == [len(each) for each in alone]
    assert all(each == sorted(set(each)) for each in alone)


@given(text=WORDS, paired=st.integers(0, 9))
def test_one_text_is_read_as_among_others(text: list[str], paired: int) -> None:
    assert features_of(text, paired).tolist() == stem_features([text], [paired])[0].tolist()


@given(st.lists(st.text(min_size=1), max_size=5))
def test_any_text_of_words_has_features(words: list[str]) -> None:
    assert bool(len(stem_features([words])[0])) == bool(words)
