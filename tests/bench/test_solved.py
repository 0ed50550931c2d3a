"""Show that the offers of solved questions are counted by what they are about."""

from collections.abc import Sequence

import numpy as np

from bench.grouping import Phrasing
from bench.solved import ASKED, SOLVED, Offers, offers
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Vectors

ALL = SOLVED + ASKED
LETTERS = [f"{first}{second}" for first in "abcdef" for second in "vwxyz"]
GIVEN = [
    Phrasing(f"{subject} {letters}{letters}", subject) for subject in ("parrots", "violins") for letters in LETTERS
]


def subjects(texts: Sequence[str]) -> Vectors:
    """Return a vector for each of the two subjects."""
    return np.array([[1, 0] if "parrots" in text else [0, 1] for text in texts], np.float32)


def test_offers_are_counted() -> None:
    assert len(LETTERS) == ALL
    assert offers(GIVEN, Lexicon(), None) == Offers(like=ASKED, right=0, wrong=0, unlike=ASKED, other=0)
    assert offers(GIVEN, Lexicon(), subjects) == Offers(like=ASKED, right=ASKED, wrong=0, unlike=ASKED, other=0)


def test_wrong_offers_are_counted() -> None:
    same = offers(GIVEN, Lexicon(), lambda texts: np.tile(np.array([1, 0], np.float32), (len(texts), 1)))
    assert same == Offers(like=ASKED, right=ASKED, wrong=0, unlike=ASKED, other=ASKED)
