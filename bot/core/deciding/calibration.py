"""The numbers that turn evidence into confidence; written by `bench/calibrate.py`, not by hand."""

from collections.abc import Mapping
from typing import NamedTuple


class Fit(NamedTuple):
    """The weight of each kind of evidence, and of the outcome that no entry is the right one.

    `base` is the share of questions that fit nothing, on average over what it was fitted on; see `adaptation`. From the
    confidences `asked` and `ambient` on, 92 and 95 of a hundred answers were right.
    """

    weights: Mapping[str, float]
    nothing: float
    base: float
    asked: float
    ambient: float


VERSION = "7"
FITTED_ON = "banking77, banking77_oos and opertus_faq, each with 1, 5 and 10 phrasings an entry, and the help centre"
LEXICAL = Fit(
    {
        "explained": 2.6,
        "said": 2.03,
        "spelling": 1.61,
        "single": 1.53,
    },
    nothing=9.99,
    base=0.344,
    asked=0.67,
    ambient=0.91,
)
SEMANTIC = Fit(
    {
        "explained": 3.42,
        "said": 1.17,
        "single": 2.3,
    },
    nothing=9.87,
    base=0.302,
    asked=0.65,
    ambient=0.75,
)
MULTILINGUAL = Fit(
    {
        "explained": 3.8,
        "single": 2.06,
    },
    nothing=8.74,
    base=0.33,
    asked=0.79,
    ambient=0.88,
)
FITS: Mapping[str, Fit] = {"lexical": LEXICAL, "semantic": SEMANTIC, "multilingual": MULTILINGUAL}
