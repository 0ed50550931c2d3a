"""Show that confidence is a probability, shared by entries that look alike."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deciding.calibration import LEXICAL, SEMANTIC, Fit
from bot.core.deciding.confidence import confidences, softmax_with_constant
from bot.core.deciding.evidence import Evidence

VALUE = st.floats(0, 1)
EVIDENCE = st.builds(
    Evidence,
    explained=st.floats(-0.3, 1.2),
    said=st.floats(0, 3),
    **dict.fromkeys(("found", "spelling", "single"), VALUE),
)
NONE = Evidence(explained=0, found=0, said=0, spelling=0, single=0)
FULL = Evidence(explained=0.8, found=1, said=1.5, spelling=1, single=0.5)

modes = pytest.mark.parametrize("semantic", [False, True])


@modes
def test_evidence_decides(*, semantic: bool) -> None:
    assert confidences([NONE], semantic=semantic)[0] < 0.01
    assert confidences([FULL, NONE], semantic=semantic)[0] > 0.85
    assert confidences([], semantic=semantic) == []


def test_the_modes_weigh_differently() -> None:
    assert confidences([FULL], semantic=True) != confidences([FULL], semantic=False)


@modes
def test_explaining_less_than_nothing_is_explaining_nothing(*, semantic: bool) -> None:
    assert confidences([replace(NONE, explained=-1)], semantic=semantic) == confidences([NONE], semantic=semantic)


@modes
def test_equals_share(*, semantic: bool) -> None:
    alone = confidences([FULL], semantic=semantic)[0]
    assert confidences([FULL, FULL], semantic=semantic)[0] == pytest.approx(alone / 2, rel=0.1)


@pytest.mark.parametrize("fit", [LEXICAL, SEMANTIC])
def test_every_weight_speaks_for_an_entry(fit: Fit) -> None:
    assert all(weight >= 0 for weight in fit.weights.values())


@given(st.lists(EVIDENCE, max_size=6), st.booleans())
def test_confidences_are_shares(weighed: list[Evidence], semantic: bool) -> None:  # noqa: FBT001  # drawn
    found = confidences(weighed, semantic=semantic)
    assert len(found) == len(weighed)
    assert all(0 < each < 1 for each in found)
    assert sum(found) < 1


def test_great_utilities_do_not_overflow() -> None:
    assert softmax_with_constant(np.array([1000.0, -1000.0]), 5).tolist() == pytest.approx([1, 0])
