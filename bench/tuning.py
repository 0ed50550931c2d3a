"""Propose thresholds from made-up logs, and print how often the proposal breaks its promise.

    python -m bench.tuning

A log is made of decisions whose chance to be right is known; the proposal made of it is held against that chance. Each
bound holds 19 of 20 times, and the best of many bounds is taken: the table shows what that costs. Small logs often bear
no proposal out, and then none is made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from bot.core.deciding.decision import ASKED
from bot.core.deciding.tuning import Goal, GradedDecision, Seen, tune
from bot.core.searching.arrays import Floats

LOGS, SIZES, TRUE = 600, (100, 300, 1_000), 200_000
Chance = Callable[[Floats], Floats]
BOTS: Mapping[str, Chance] = MappingProxyType({
    "calibrated": lambda confidence: confidence,
    "parts at 0.6": lambda confidence: 1 / (1 + np.exp(-20 * (confidence - 0.6))),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Log:
    """Decisions: confidence, lead, and the chance of each to be right."""

    confidence: Floats
    lead: Floats
    chance: Floats

    def graded(self, random: np.random.Generator) -> list[GradedDecision]:
        """Return the decisions as a moderator would grade them."""
        right: npt.NDArray[np.bool_] = random.random(len(self.chance)) < self.chance
        columns = zip(self.confidence.tolist(), self.lead.tolist(), right.tolist(), strict=True)
        return [GradedDecision(Seen(confidence, lead), one) for confidence, lead, one in columns]


def made_up(random: np.random.Generator, chance: Chance, number: int) -> Log:
    """Return a log in which most is rather sure, and the runner-up has any part of the rest."""
    confidence = random.beta(1.2, 0.8, number).round(6)
    rest = (1 - confidence) * random.random(number)
    return Log(confidence, np.maximum(confidence - rest, 0), chance(confidence))


def main() -> None:
    """Print a line for each kind of bot and size of log."""
    random = np.random.default_rng(1)
    print(f"{'bot':12} {'graded':>6} {'proposals':>9} {'below 0.95':>10} {'below 0.93':>10}  of {LOGS} logs")
    for name, chance in BOTS.items():
        truth = made_up(random, chance, TRUE)
        for size in SIZES:
            shares = [_true_share(truth, made_up(random, chance, size).graded(random)) for _ in range(LOGS)]
            proposed = np.array([share for share in shares if share is not None])
            below = [f"{(proposed < limit).sum() / LOGS:10.1%}" for limit in (0.95, 0.93)]
            print(f"{name:12} {size:6,} {len(proposed):9} {' '.join(below)}")


def _true_share(truth: Log, graded: list[GradedDecision]) -> float | None:
    """Return the share of right answers that a proposal has in truth, None without a proposal."""
    proposed = tune(graded, [one.seen for one in graded], today=ASKED, goal=Goal()).proposed
    if proposed is None:
        return None
    limits = proposed.thresholds
    answered = (truth.confidence >= limits.answer) & (truth.lead >= limits.ambiguity)
    return float(truth.chance[answered].mean())


if __name__ == "__main__":
    main()
