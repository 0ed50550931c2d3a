"""Show that texts go by their meaning as soon as it is known, and by their words until then."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.core.searching.vectors import SHARPNESS, WORDS_BESIDE_MEANING, Meanings, Model, Vectors

TABLE = {"cat": [1.0, 0.0], "kitten": [0.8, 0.6], "dog": [0.0, 1.0], "hound": [-0.6, 0.8]}


def vector(text: str) -> Vectors:
    return np.array(TABLE[text], np.float32)


def encode(texts: Sequence[str]) -> Vectors:
    return np.stack([vector(text) for text in texts])


def beside(words: float, meaning: float) -> float:
    share = WORDS_BESIDE_MEANING[Model.ENGLISH]
    return float(share * words + (1 - share) * np.exp(SHARPNESS * (meaning - 1)))


def test_what_was_encoded_goes_by_its_meaning() -> None:
    meanings = Meanings(encode)
    meanings.add(["cat", "dog"])
    rows = np.array([0, 1])
    assert meanings.missing == {}
    assert np.array_equal(meanings.nearest(vector("kitten"), limit=1), [0])
    near = meanings.near(np.array([0.5, 0.0]), vector("kitten"), rows)
    assert near == pytest.approx([beside(0.5, 0.8), beside(0, 0.6)], abs=1e-3)


def test_what_is_not_known_goes_by_its_words_until_it_is_learnt() -> None:
    meanings, rows = Meanings(encode), np.arange(4)
    meanings.add(["cat", "kitten", "dog", "hound"], lambda text: None if text == "hound" else vector(text))
    assert meanings.missing == {3: "hound"}
    assert meanings.vector("cat") is not None
    words = np.array([0.1, 0.2, 0.3, 0.4])
    assert meanings.near(words, vector("dog"), rows)[3] == pytest.approx(0.4)
    likeness = meanings.likeness(np.full((4, 4), 0.25), rows)
    assert likeness[3].tolist() == likeness[:, 3].tolist() == [0.25] * 4
    assert 3 not in meanings.nearest(vector("hound"), limit=4)
    meanings.learn({"hound": vector("hound"), "cat": vector("dog")})
    assert meanings.missing == {}
    assert meanings.near(words, vector("dog"), rows) == pytest.approx(
        [beside(0.1, 0), beside(0.2, 0.6), beside(0.3, 1), beside(0.4, 0.8)], abs=1e-3
    )


def test_while_most_are_not_known_all_go_by_their_words() -> None:
    meanings = Meanings(encode)
    meanings.add(["cat", "kitten", "dog"], lambda _: None)
    assert meanings.vector("cat") is None
    meanings.learn({"cat": vector("cat")})
    assert meanings.vector("cat") is None
    meanings.learn({"dog": vector("dog")})
    assert meanings.vector("cat") is not None


def test_what_is_removed_is_missed_no_more() -> None:
    meanings = Meanings(encode)
    meanings.add(["cat", "kitten", "dog"], lambda text: vector(text) if text == "cat" else None)
    for row in (0, 1):
        meanings.remove(row)
    assert meanings.missing == {2: "dog"}
    meanings.learn({"kitten": vector("kitten"), "dog": vector("dog")})
    assert np.array_equal(meanings.nearest(vector("kitten"), limit=3), [2])


def test_an_encoder_that_fails_leaves_the_words() -> None:
    meanings = Meanings(lambda _: None)
    meanings.add(["cat"])
    assert meanings.missing == {0: "cat"}
    assert meanings.vector("cat") is None


def test_without_an_encoder_nothing_is_missing() -> None:
    meanings = Meanings(None)
    meanings.add(["cat"])
    assert meanings.missing == {}
    assert meanings.vector("cat") is None


def test_a_question_in_another_script_goes_by_its_words() -> None:
    meanings = Meanings(lambda texts: np.ones((len(texts), 2), np.float32))
    meanings.add(["cat", "dog"])
    assert meanings.vector("\u732b cat") is not None
    assert meanings.vector("\u732b") is None
