"""Show that confidence is a probability, shared by whoever looks alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calibration import WEIGHTS
from bot.core.confidence import confidences, softmax_with_constant
from bot.core.evidence import Evidence

VALUE = st.floats(0, 1)
EVIDENCE = st.builds(Evidence, **dict.fromkeys(("characters", "words", "document", "found", "spelling"), VALUE))
NONE = Evidence(characters=0, words=0, document=0, found=0, spelling=0)
FULL = Evidence(characters=0.9, words=0.9, document=0.9, found=1, spelling=1)


def test_evidence_decides() -> None:
    assert confidences([NONE])[0] < 0.01
    assert confidences([FULL, NONE])[0] > 0.95
    assert confidences([]) == []


def test_equals_share() -> None:
    alone = confidences([FULL])[0]
    assert confidences([FULL, FULL])[0] == pytest.approx(alone / 2, rel=0.02)


def test_every_weight_speaks_for_an_entry() -> None:
    assert all(weight >= 0 for weight in WEIGHTS.values())


@given(st.lists(EVIDENCE, max_size=6))
def test_confidences_are_shares(weighed: list[Evidence]) -> None:
    found = confidences(weighed)
    assert len(found) == len(weighed)
    assert all(0 < each < 1 for each in found)
    assert sum(found) < 1


def test_great_utilities_do_not_overflow() -> None:
    assert softmax_with_constant(np.array([1000.0, -1000.0]), 5).tolist() == pytest.approx([1, 0])
