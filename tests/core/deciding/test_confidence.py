"""Show that confidence is a probability, shared by entries that look alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deciding.calibration import FITS, LEXICAL, SEMANTIC, Fit
from bot.core.deciding.ranking import Evidence, confidences, softmax_with_constant

VALUE = st.floats(0, 1)
EVIDENCE = st.builds(
    Evidence,
    explained=st.floats(-0.3, 1.2),
    said=st.floats(0, 3),
    **dict.fromkeys(("found", "spelling", "single"), VALUE),
)
NONE = Evidence(explained=0, found=0, said=0, spelling=0, single=0)
FULL = Evidence(explained=0.8, found=1, said=1.5, spelling=1, single=0.5)

modes = pytest.mark.parametrize("fit", FITS.values(), ids=FITS)


@modes
def test_evidence_decides(fit: Fit) -> None:
    assert confidences([NONE], fit)[0] < 0.01
    assert confidences([FULL, NONE], fit)[0] > 0.85
    assert confidences([], fit) == []


def test_the_modes_weigh_differently() -> None:
    assert confidences([FULL], SEMANTIC) != confidences([FULL], LEXICAL)


@modes
def test_explaining_less_than_nothing_is_explaining_nothing(fit: Fit) -> None:
    assert confidences([NONE._replace(explained=-1)], fit) == confidences([NONE], fit)


@modes
def test_equals_share(fit: Fit) -> None:
    alone = confidences([FULL], fit)[0]
    assert confidences([FULL, FULL], fit)[0] == pytest.approx(alone / 2, rel=0.1)


@pytest.mark.parametrize("fit", [LEXICAL, SEMANTIC])
def test_every_weight_speaks_for_an_entry(fit: Fit) -> None:
    assert all(weight >= 0 for weight in fit.weights.values())


@given(st.lists(EVIDENCE, max_size=6), st.sampled_from(list(FITS.values())))
def test_confidences_are_shares(weighed: list[Evidence], fit: Fit) -> None:
    found = confidences(weighed, fit)
    assert len(found) == len(weighed)
    assert all(0 < each < 1 for each in found)
    assert sum(found) < 1


def test_great_utilities_do_not_overflow() -> None:
    assert softmax_with_constant(np.array([1000.0, -1000.0]), 5).tolist() == pytest.approx([1, 0])
