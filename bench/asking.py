"""Fit what tells messages that ask from those that do not, and print how well it does.

python -m bench.asking [--measure]

Fitted on the lines in `bench/asking/`, first by words, then by the vectors of the encoder that ships beside what the
words say of lines that they were not fitted on. Measured on the lines in `tests/questions/asking/`, which were written
before anything was fitted, in other voices; nothing was chosen by them. Then a bot
with the FAQ that ships overhears the questions of that and the same lines: printed is how many it answers, and how many
it would without the test. With `--measure` it fits nothing.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench.follow_ups import pack_index
from bot.core.deciding.decision import built_in, decide_with
from bot.core.deciding.judgement import judge
from bot.core.deciding.ranking import rank
from bot.core.models import Answered, Decision, Ignored, Surface
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.text import is_latin
from bot.core.searching.vectors import RecentVectors, Vectors
from bot.core.talk.asking import BIAS, MEANING, PROBE, WEIGHTS, WORD, MeaningWeights, asks, features, own_words
from bot.encoder.encoder import Encoder
from bot.resources import MODEL, PACKAGE

HERE = Path(__file__).parent / "asking"
LABELLED = Path(__file__).parents[1] / "tests" / "questions" / "asking"
ASKED, NOTHING_ASKED = "asked.txt", "nothing_asked.txt"
_ROUNDS = 3
# Cues are believed more readily than words, and words that hardly any line has not at all.
_RIDGE, _WORD_RIDGE, _FEWEST, _LEAST_WEIGHT = 0.25, 1.0, 2, 0.05
# The lines are dealt out by the remainder of a number that is no period of how they were written.
_FOLDS, _STEP = 5, 7
# So many axes of the vectors count in pairs; what each kind of number is multiplied with; and the ridge.
_AXES, _SAID, _LINEAR, _SQUARE, _MEANING_RIDGE = 48, 0.3, 3.0, 5.0, 15.0
_HEAD = "# Written by bench/asking.py.\n"

Floats = NDArray[np.float64]
Score = Callable[[str], float]


def read(path: Path) -> list[str]:
    """Return the lines of a file that say something."""
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def fitted(silent: Sequence[str], asking: Sequence[str]) -> dict[str, float]:
    """Return the weights: all sentences of the silent lines ask nothing, the likeliest one of each other line does."""
    counted = Counter(name for line in [*silent, *asking] for each in features(line) for name in each)
    columns = [name for name, count in sorted(counted.items()) if not name.startswith(WORD) or count >= _FEWEST]
    places = {name: place for place, name in enumerate([*columns, BIAS])}
    ridge = np.array([*(_WORD_RIDGE if name.startswith(WORD) else _RIDGE for name in columns), 1e-3])
    nothing = [sentence for line in silent for sentence in features(line)]
    bags = [features(line) or [frozenset[str]()] for line in asking]
    weights: Floats = np.zeros(len(places))
    for number in range(_ROUNDS):
        likeliest = [max(bag, key=lambda each: _sum(each, places, weights)) if number else bag[-1] for bag in bags]
        weights = _logistic(_rows([*nothing, *likeliest], places), len(nothing), ridge, weights)
    return dict(zip(places, weights.tolist(), strict=True))


def said_by_words(weights: dict[str, float]) -> Score:
    """Return what the words of a line say by some weights: those of its likeliest sentence."""
    return lambda line: max((sum(weights.get(name, 0) for name in {*each, BIAS}) for each in features(line)), default=0)


def said_elsewhere(silent: Sequence[str], asking: Sequence[str]) -> Floats:
    """Return what the words of each line, silent ones first, say by weights that were fitted on others."""
    lines, asked = [*silent, *asking], np.arange(len(silent) + len(asking)) >= len(silent)
    fold = np.arange(len(lines)) * _STEP % (_FOLDS * _STEP + 1) % _FOLDS
    said: Floats = np.zeros(len(lines))
    for number in range(_FOLDS):
        others = fold != number
        kept = [[lines[at] for at in np.flatnonzero(others & (asked == side))] for side in (False, True)]
        score = said_by_words(fitted(*kept))
        said[~others] = [score(lines[at]) for at in np.flatnonzero(~others)]
    return said


def fitted_meaning(said: Floats, vectors: Vectors, asked: NDArray[np.bool_], probe: Vectors) -> MeaningWeights:
    """Return the ridge regression of whether a line asks on what its words say, its vector, and pairs of its axes."""
    centre = vectors.mean(axis=0)
    axes = np.linalg.svd(vectors - centre, full_matrices=False)[2][:_AXES]
    along = (vectors - centre) @ axes.T
    one, other = np.triu_indices(_AXES)
    times = np.where(one == other, 1, 2**0.5) * _SQUARE
    parts = (
        said[:, None] * _SAID,
        vectors * _LINEAR,
        along[:, one] * along[:, other] * times,
        np.full((len(said), 1), 10),
    )
    rows = np.hstack(parts)
    solved = np.linalg.solve(rows.T @ rows + _MEANING_RIDGE * np.eye(rows.shape[1]), rows.T @ (2.0 * asked - 1))
    squares: Floats = np.zeros((_AXES, _AXES))
    squares[one, other] = solved[1 + vectors.shape[1] : -1] * times
    return MeaningWeights(
        probe=probe,
        centre=centre,
        axes=axes,
        linear=solved[1 : 1 + vectors.shape[1]] * _LINEAR,
        squares=squares,
        said=np.array(solved[0] * _SAID),
        constant=np.array(solved[-1] * 10),
    )


def fit(encoder: Encoder) -> None:
    """Write the weights of words and of meanings."""
    silent, asking = read(HERE / NOTHING_ASKED), read(HERE / ASKED)
    kept = {name: weight for name, weight in fitted(silent, asking).items() if abs(weight) >= _LEAST_WEIGHT}
    lines = [f"{name} {weight:.2f}\n" for name, weight in kept.items()]
    (PACKAGE / "core" / "talk" / WEIGHTS).write_text(_HEAD + "".join(lines), "utf-8")
    read_ones = np.array([is_latin(line) for line in [*silent, *asking]])
    asked = np.arange(len(silent) + len(asking)) >= len(silent)
    said = said_elsewhere(silent, asking)[read_ones]
    vectors = encoder.encode([line for line in [*silent, *asking] if is_latin(line)])
    meaning = fitted_meaning(said, vectors, asked[read_ones], encoder.encode([PROBE])[0])
    meaning.write(PACKAGE / "core" / "talk" / MEANING)


def main() -> None:
    """Fit, unless that is not wanted, and print what it is worth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true", help="fit nothing")
    encoder = Encoder(MODEL)
    if not parser.parse_args().measure:
        fit(encoder)
    for folder, name in ((HERE, "fitted on"), (LABELLED, "held out")):
        for how, encode in (("by words", None), ("with meaning", RecentVectors(encoder.encode))):
            silent, asking = ([asks(line, encode) for line in read(folder / each)] for each in (NOTHING_ASKED, ASKED))
            left, missed = 1 - sum(silent) / len(silent), 1 - sum(asking) / len(asking)
            print(f"{name}, {how}: {left:.1%} of what asks nothing left alone, {missed:.1%} of questions missed")
    _tell_overheard()


def _tell_overheard() -> None:
    index = pack_index()
    pack = [json.loads(line)["text"] for line in (LABELLED.parent / "pack.jsonl").read_text("utf-8").splitlines()]
    for name, texts in (
        ("questions of the FAQ", pack),
        *((each, read(LABELLED / each)) for each in (ASKED, NOTHING_ASKED)),
    ):
        judged = [judge(index, text, surface=Surface.AMBIENT).decided.decision for text in texts]
        answered, ignored = (sum(isinstance(each, kind) for each in judged) for kind in (Answered, Ignored))
        without = sum(isinstance(_without_test(index, text), Answered) for text in texts)
        print(f"{name}, overheard: {len(texts)}, answered {answered}, without the test {without}, ignored {ignored}")


def _without_test(index: EntryIndex, text: str) -> Decision:
    ranking = rank(index, own_words(text))
    return decide_with(index, ranking, thresholds=built_in(Surface.AMBIENT, ranking.scorer)).decision


def _sum(names: frozenset[str], places: dict[str, int], weights: Floats) -> float:
    return float(sum(weights[places[name]] for name in names if name in places))


def _rows(found: Sequence[frozenset[str]], places: dict[str, int]) -> csr_matrix:
    """Return a row for each of some sentences."""
    cells = [(row, places[name]) for row, each in enumerate(found) for name in {*each, BIAS} if name in places]
    rows, columns = zip(*cells, strict=True)
    return csr_matrix((np.ones(len(cells)), (rows, columns)), (len(found), len(places)))


def _logistic(rows: csr_matrix, nothing: int, ridge: Floats, start: Floats) -> Floats:
    """Return the weights of a logistic regression with a ridge; the first rows ask nothing."""
    side = np.where(np.arange(rows.shape[0]) < nothing, -1.0, 1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = side * (rows @ weights)
        pull = -side / (1 + np.exp(np.clip(margins, -30, 30)))
        return float(np.logaddexp(0, -margins).sum() + ridge @ weights**2 / 2), rows.T @ pull + ridge * weights

    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return found


if __name__ == "__main__":
    main()
