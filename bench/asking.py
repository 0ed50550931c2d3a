"""Fit the model that tells messages that ask from those that do not, and say how well it does.

python -m bench.asking

Fitted on the lines in `bench/asking/` and on every second one of `tests/questions/asking/`, measured on the others, and
on lines of another author, the files `fresh_*` there, which nothing was fitted on or chosen by.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.core.talk.asking import BIAS, WEIGHTS, WORD, asks, features
from bot.resources import PACKAGE

HERE = Path(__file__).parent / "asking"
LABELLED = Path(__file__).parents[1] / "tests" / "questions" / "asking"
ASKED, NOTHING_ASKED = "asked.txt", "nothing_asked.txt"
_FRESH = "fresh_"
_ROUNDS, _STEPS = 3, 8
# Cues are believed more readily than words, and words that hardly any line has not at all.
_RIDGE, _WORD_RIDGE, _FEWEST, _LEAST_WEIGHT = 0.5, 2.0, 3, 0.05
_HEAD = "# Written by bench/asking.py.\n"

Floats = NDArray[np.float64]


def read(path: Path) -> list[str]:
    """Return the lines of a file that say something."""
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def fitted(silent: Sequence[str], asking: Sequence[str]) -> dict[str, float]:
    """Return the weights: all sentences of the silent lines ask nothing, the likeliest one of each other line does."""
    counted = Counter(name for line in [*silent, *asking] for each in features(line) for name in each)
    columns = [name for name, count in sorted(counted.items()) if not name.startswith(WORD) or count >= _FEWEST]
    places = {name: place for place, name in enumerate([*columns, BIAS])}
    ridge = np.array([*(_WORD_RIDGE if name.startswith(WORD) else _RIDGE for name in columns), 1e-3])
    nothing = np.concatenate([_rows(line, places) for line in silent])
    bags = [_rows(line, places) for line in asking]
    weights: Floats = np.zeros(len(places))
    for number in range(_ROUNDS):
        likeliest = [bag[np.argmax(bag @ weights) if number else -1] for bag in bags]
        wanted = np.r_[np.zeros(len(nothing)), np.ones(len(bags))]
        weights = _newton(np.r_[nothing, np.array(likeliest)], wanted, ridge)
    return dict(zip(places, weights.tolist(), strict=True))


def main() -> None:
    """Write the weights, and print what they are worth."""
    silent, asking = read(LABELLED / NOTHING_ASKED), read(LABELLED / ASKED)
    weights = fitted(silent[::2] + read(HERE / NOTHING_ASKED), asking[::2] + read(HERE / ASKED))
    kept = {name: weight for name, weight in weights.items() if abs(weight) >= _LEAST_WEIGHT}
    lines = [f"{name} {weight:.2f}\n" for name, weight in kept.items()]
    (PACKAGE / "core" / "talk" / WEIGHTS).write_text(_HEAD + "".join(lines), "utf-8")
    _tell("built on", silent[::2], asking[::2])
    _tell("held out", silent[1::2], asking[1::2])
    _tell("another author's", read(LABELLED / f"{_FRESH}{NOTHING_ASKED}"), read(LABELLED / f"{_FRESH}{ASKED}"))


def _tell(name: str, silent: Sequence[str], asking: Sequence[str]) -> None:
    left = sum(not asks(line) for line in silent) / len(silent)
    missed = sum(not asks(line) for line in asking) / len(asking)
    print(f"{name}: {left:.1%} of what asks nothing left alone, {missed:.1%} of questions missed")


def _rows(line: str, places: dict[str, int]) -> Floats:
    found = features(line) or [frozenset()]
    rows: Floats = np.zeros((len(found), len(places)))
    for row, each in zip(rows, found, strict=True):
        row[[places[name] for name in each if name in places]] = 1
    rows[:, places[BIAS]] = 1
    return rows


def _newton(rows: Floats, wanted: Floats, ridge: Floats) -> Floats:
    """Return the weights of a logistic regression with a ridge."""
    weights: Floats = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (share - wanted) + ridge * weights
        curve = (rows.T * (share * (1 - share))) @ rows + np.diag(ridge)
        weights = weights - np.linalg.solve(curve, slope)
    return weights


if __name__ == "__main__":
    main()
