"""Show how the credit for a question is shared among texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.arrays import explained


def test_the_weights_solve_the_equations() -> None:
    vectors = np.random.default_rng(1).normal(size=(6, 4))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    likeness, near, noise = vectors @ vectors.T, vectors @ vectors[0], np.linspace(0.2, 1, 6)
    weights = explained(likeness, near, noise)
    assert (likeness + np.diag(noise)) @ weights == pytest.approx(near, abs=1e-5)


@given(st.integers(1, 9))
def test_equal_texts_share_the_credit(count: int) -> None:
    weights = explained(np.ones((count, count)), np.ones(count), np.full(count, 0.5))
    assert weights == pytest.approx(np.full(count, 1 / (count + 0.5)), abs=1e-5)


def test_a_text_that_is_believed_less_gets_less() -> None:
    first, second = explained(np.eye(2), np.ones(2), np.array([0.3, 1.0]))
    assert (first, second) == pytest.approx((1 / 1.3, 1 / 2))


def test_nothing_explains_nothing() -> None:
    assert not len(explained(np.empty((0, 0)), np.empty(0), np.empty(0)))


def test_the_likeness_is_left_as_it_was() -> None:
    likeness = np.eye(2, dtype=np.float32)
    explained(likeness, np.ones(2), np.ones(2))
    assert likeness.tolist() == np.eye(2).tolist()
