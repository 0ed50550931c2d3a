"""Show how few grades move the confidence, and how many do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deciding.adaptation import Scaling, scaling_of

GRADES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


def test_without_grades_the_confidence_stays() -> None:
    found = scaling_of([], [])

    assert found == Scaling(1.0, 0.0)
    assert found(np.array([0.2, 0.7])) == pytest.approx([0.2, 0.7])


def test_many_grades_are_believed() -> None:
    random = np.random.default_rng(5)
    confidence = random.uniform(0.05, 0.95, 5_000)
    truth = Scaling(1.4, 1.2)
    found = scaling_of(confidence.tolist(), (random.random(5_000) < truth(confidence)).tolist())

    assert (found.slope, found.intercept) == pytest.approx((1.4, 1.2), abs=0.15)


def test_one_grade_moves_little() -> None:
    moved = scaling_of([0.7], [False])(np.array([0.7]))

    assert 0.5 < moved[0] < 0.7


@given(GRADES)
def test_it_is_always_found_and_within_reason(grades: list[tuple[float, bool]]) -> None:
    found = scaling_of([one for one, _ in grades], [right for _, right in grades])

    assert -5 < found.slope < 5
    assert abs(found.intercept) < 10


@given(GRADES.filter(bool))
def test_being_right_makes_sure(grades: list[tuple[float, bool]]) -> None:
    confidence = [one for one, _ in grades]
    sure = scaling_of(confidence, [True] * len(grades))
    unsure = scaling_of(confidence, [False] * len(grades))

    assert sure.intercept >= 0 >= unsure.intercept
