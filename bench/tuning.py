"""Tune thresholds with a few graded questions of a labelled set, and print what that does to all the others.

    python -m bench.tuning ../shared

Each draw takes some questions of a set at random as the graded ones, and 300 as the log, the graded among them. The
thresholds that are proposed are held against the rest. Beside it, in the same draws, stand the thresholds that ship and
the rule that proposes only what Wilson's bound on the graded answers bears out; where a rule proposes nothing, the
thresholds that ship count. `silent` is how often that was.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.fitting import Fitted, shares_of
from bench.sets import FAMILIES, Sample, remembering, weighed
from bot.bootstrap import load_encoder, load_lexicon
from bot.config import load_settings
from bot.core.deciding.adaptation import scaling_of
from bot.core.deciding.calibration import LEXICAL, SEMANTIC, Fit
from bot.core.deciding.decision import ASKED, Thresholds
from bot.core.deciding.tuning import Goal, GradedDecision, Seen, bounds, tune
from bot.core.searching.arrays import Floats

SEED, DRAWS, LOG = 1, 40, 300
SIZES, PRECISION = (10, 30, 100), 0.9
# So many answers have to be graded before a bound with this z can reach the precision.
_Z, _FEWEST = 1.645, 30
_ANSWERS = tuple(percent / 100 for percent in range(99, 19, -1))
_LEADS = tuple(percent / 100 for percent in range(0, 65, 5))

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Questions:
    """The questions of a set: confidence and lead of the first entry, whether that is right, and whether any is."""

    confidence: Floats
    lead: Floats
    right: npt.NDArray[np.bool_]
    answerable: npt.NDArray[np.bool_]

    def graded(self, some: Numbers) -> list[GradedDecision]:
        """Return some of them as a moderator would grade them."""
        return [
            GradedDecision(seen, bool(right)) for seen, right in zip(self.seen(some), self.right[some], strict=True)
        ]

    def seen(self, some: Numbers) -> list[Seen]:
        """Return some of them as they stand in the log."""
        return [Seen(float(self.confidence[at]), float(self.lead[at])) for at in some]

    def answered(self, some: Numbers, thresholds: Thresholds) -> tuple[float, float]:
        """Return the share answered rightly of those with an answer, and the share of the answers that is right."""
        sure = (self.confidence[some] >= thresholds.answer) & (self.lead[some] >= thresholds.ambiguity)
        right = int((sure & self.right[some]).sum())
        return right / max(int(self.answerable[some].sum()), 1), right / int(sure.sum()) if sure.any() else 1.0


Rule = Callable[[Sequence[GradedDecision], Sequence[Seen], Thresholds], Thresholds | None]


def shipped(_graded: Sequence[GradedDecision], _seen: Sequence[Seen], today: Thresholds) -> Thresholds | None:
    """Return the thresholds that ship."""
    return today


def bounded(graded: Sequence[GradedDecision], seen: Sequence[Seen], today: Thresholds) -> Thresholds | None:
    """Return the thresholds that answer most of those that Wilson's bound bears out, if there are some."""
    tried = np.array([(answer, lead) for lead in sorted({*_LEADS, today.ambiguity}) for answer in _ANSWERS])
    answered, known = _answered(tried, [one.seen for one in graded]), np.array([one.right for one in graded], bool)
    counts, coverage = answered.sum(axis=1), _answered(tried, seen).mean(axis=1)
    right = (answered & known).sum(axis=1)
    needed = max(_FEWEST, ceil(_Z * _Z * PRECISION / (1 - PRECISION)))
    safe = [
        (coverage[at], counts[at], -abs(tried[at, 1] - today.ambiguity), tried[at, 0], at)
        for at in range(len(tried))
        if counts[at] >= needed and bounds(int(right[at]), int(counts[at]))[0] >= PRECISION
    ]
    if not safe:
        return None
    answer, lead = tried[max(safe)[-1]]
    return replace(today, answer=float(answer), ambiguity=float(lead))


def _answered(tried: Floats, seen: Sequence[Seen]) -> npt.NDArray[np.bool_]:
    confidence = np.array([one.confidence for one in seen])
    lead = np.array([one.lead for one in seen])
    return np.asarray((confidence >= tried[:, :1]) & (lead >= tried[:, 1:]))


def scaled(graded: Sequence[GradedDecision], seen: Sequence[Seen], today: Thresholds) -> Thresholds | None:
    """Return what `faqbot tune` proposes."""
    found = tune(graded, seen, today=today, goal=Goal(precision=PRECISION)).proposed
    return None if found is None else found.thresholds


RULES: Mapping[str, Rule] = {"as shipped": shipped, "by the bound": bounded, "by scaling": scaled}


def questions_of(sample: Sample, fit: Fit) -> Questions:
    """Return the questions of a weighed set with the confidence that ships."""
    fitted = Fitted(tuple(fit.weights), np.array(list(fit.weights.values())), fit.nothing)
    entries = shares_of(sample, fitted)[:, :-1]
    ordered = np.sort(entries, axis=1)
    right = sample.right[np.arange(len(entries)), entries.argmax(axis=1)]
    return Questions(ordered[:, -1], ordered[:, -1] - ordered[:, -2], right, sample.answerable)


def simulate(sets: Sequence[Questions], today: Thresholds, size: int) -> None:
    """Print a line for each rule with so many graded questions, means over all draws of all sets."""
    for name, rule in RULES.items():
        random = np.random.default_rng(SEED)  # the same draws for each rule
        found: list[tuple[float, float]] = []
        silent = 0
        for each in sets:
            for _ in range(DRAWS):
                order = random.permutation(len(each.confidence))
                proposed = rule(each.graded(order[:size]), each.seen(order[:LOG]), today)
                silent += proposed is None
                found.append(each.answered(order[LOG:], proposed or today))
        answered, right = np.array(found).T
        far = (right < PRECISION - 0.05).mean()
        print(
            f"{size:6} {name:13} {answered.mean():17.1%} {right.mean():7.1%} {right.std():7.1%} {far:12.0%} "
            f"{silent / len(found):7.0%}"
        )


def spread(sets: Mapping[str, Questions]) -> None:
    """Print how far the confidence is off on each set: what slope and intercept all of its questions tell."""
    for name, each in sets.items():
        found = scaling_of(each.confidence.tolist(), each.right.tolist())
        print(f"  {name:18} slope {found.slope:.2f}, intercept {found.intercept:+.2f}")


def main() -> None:
    """Print the tables of both modes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the labelled sets in data/ and the pages in seeds/")
    given = parser.parse_args()
    settings = load_settings()
    lexicon, encode = load_lexicon(settings), load_encoder(settings)
    names = [name for family in FAMILIES.values() for name in family]
    for mode, fit in (("by words", LEXICAL), ("by meaning", SEMANTIC)):
        if fit is SEMANTIC and encode is None:
            continue
        with_encoder = remembering(encode) if fit is SEMANTIC and encode is not None else None
        sets = {name: questions_of(weighed(given.folder, name, lexicon, with_encoder), fit) for name in names}
        print(f"{mode}; seed {SEED}, {DRAWS} draws of each set, precision {PRECISION:.0%}")
        spread(sets)
        print(f"graded {'thresholds':13} answered rightly   right  spread  below {PRECISION - 0.05:.0%}  silent")
        large = [each for each in sets.values() if len(each.confidence) > LOG + max(SIZES)]
        for size in SIZES:
            simulate(large, replace(ASKED, answer=fit.asked), size)


if __name__ == "__main__":
    main()
