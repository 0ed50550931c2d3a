"""Fit what tells messages that ask from those that do not, and print how well it does.

python -m bench.asking [--measure]

Fitted on the lines in `bench/asking/`, those of places with three times the weight: first by words and letters, then
by the middle of the encoder that ships beside what the words say of lines that they were not fitted on. What it is
worth is measured on the lines in `tests/questions/asking/`, which were written before and are of other places. Then a
bot with the FAQ that ships overhears the questions of that and the same lines: printed is how many it answers, and how
many it would without the test. With `--measure` it fits nothing.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bench.fitting import logistic
from bench.follow_ups import pack_index
from bench.sets import labelled
from bot.core.deciding.decision import built_in, decide_with
from bot.core.deciding.judgement import judge
from bot.core.deciding.ranking import rank
from bot.core.models import Answered, Decision, Ignored, Surface
from bot.core.searching.arrays import Floats
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.kept_vectors import RecentVectors
from bot.core.searching.text import is_latin
from bot.core.searching.vectors import Vectors
from bot.core.talk.asking import (
    BIAS,
    BUCKETS,
    LEAST,
    LETTERS,
    MEANING,
    PROBE,
    WEIGHTS,
    WORD,
    MeaningWeights,
    clearness,
    own_words,
    read_sentences,
    runs,
)
from bot.encoder.encoder import Encoder
from bot.encoder.tolerant import TolerantEncoder
from bot.resources import MODEL, PACKAGE
from tests.shared import FOLDER

HERE = Path(__file__).parent / "asking"
LABELLED = Path(__file__).parents[1] / "tests" / "questions"
HELD_OUT = LABELLED / "asking"
ASKED, NOTHING_ASKED = "asked.txt", "nothing_asked.txt"
PLACES = ("channels.txt", "communities.txt")
"""Name the files of lines by places, of those to fit by and of those that are held out."""
_ROUNDS, _ITERATIONS = 2, 80
# Cues are believed more readily than words, and words that hardly any line has not at all.
_RIDGE, _WORD_RIDGE, _LETTER_RIDGE, _FEWEST, _LEAST_WEIGHT = 0.5, 2.0, 0.3, 2, 0.05
# Lines of channels count so many times. All are dealt out by a number that is no period of how they were written.
_CHANNEL_WEIGHT, _FOLDS, _STEP = 3.0, 5, 7
# So many axes of the vectors count in pairs; what each kind of number is multiplied with; and the ridge.
_AXES, _SAID, _LINEAR, _SQUARE, _MEANING_RIDGE = 48, 0.3, 3.0, 2.5, 30.0
# What words say beyond that is no surer.
_SUREST = 6.0
# The trade-off is told at these shares of missed questions.
_MISSED = (0.03, 0.05, 0.08)
_SETS = ("banking77/k10", "opertus_faq/k10")
_HEAD = "# Written by bench/asking.py.\n"

_Sentence = tuple[frozenset[str], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """A message, whether it asks, and the place it was written for, None where there is none."""

    text: str
    asks: bool
    place: str | None = None

    @property
    def weight(self) -> float:
        """Return how much it counts in a fit."""
        return 1.0 if self.place is None else _CHANNEL_WEIGHT


@cache
def sentences_of(text: str) -> list[_Sentence]:
    """Return the features and the runs of letters of each sentence of a line."""
    return [(names, tuple(runs(each))) for each, names in read_sentences(text)]


def read(path: Path) -> list[str]:
    """Return the lines of a file that say something."""
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def read_places(path: Path) -> list[Line]:
    """Return the lines of a file that has them by places, with a sign before each."""
    found: list[Line] = []
    place = ""
    for line in read(path):
        if line[:2] in {"+ ", "- "}:
            found.append(Line(line[2:], line[0] == "+", place))
        elif line.startswith("#") and line[1:2] != " ":
            place = line
    return found


def all_lines() -> list[Line]:
    """Return all that may be fitted on: the lines here, and the phrasings of two sets that lie beside the checkout."""
    own = [Line(text, name == ASKED) for name in (NOTHING_ASKED, ASKED) for text in read(HERE / name)]
    entries = [entry for name in _SETS for entry in labelled(FOLDER, name)[0]]
    phrasings = dict.fromkeys(text for entry in entries for text in (entry.question, *entry.aliases))
    placed = [line for name in PLACES for line in read_places(HERE / name)]
    return [*own, *(Line(text, asks=True) for text in phrasings), *placed]


class Words:
    """The weights of words and of letters, and what they say of a line: that of its likeliest sentence."""

    def __init__(self, lines: Sequence[Line]) -> None:
        found = [sentences_of(line.text) for line in lines]
        counted = Counter(name for each in found for names, _ in each for name in names)
        columns = [name for name, many in sorted(counted.items()) if not name.startswith(WORD) or many >= _FEWEST]
        self.places = {name: place for place, name in enumerate([*columns, BIAS])}
        self.weights: Floats = np.zeros(len(self.places) + BUCKETS)
        ridge = [*(_WORD_RIDGE if name.startswith(WORD) else _RIDGE for name in columns), 1e-3]
        self._fit(lines, found, np.array([*ridge, *[_LETTER_RIDGE] * BUCKETS]))

    def say(self, line: Line) -> float:
        """Return how much the words of a line sound as if it asked."""
        return max((self._of(each) for each in sentences_of(line.text)), default=0.0)

    def write(self, folder: Path) -> None:
        """Write the weights to the files of the package."""
        named = zip(self.places, self.weights.tolist(), strict=False)
        lines = [f"{name} {weight:.2f}\n" for name, weight in named if abs(weight) >= _LEAST_WEIGHT]
        (folder / WEIGHTS).write_text(_HEAD + "".join(lines), "utf-8")
        np.save(folder / LETTERS, self.weights[len(self.places) :].astype(np.float16), allow_pickle=False)

    def _fit(self, lines: Sequence[Line], found: Sequence[Sequence[_Sentence]], ridge: Floats) -> None:
        """Fit: all sentences of the lines that ask nothing ask nothing, the likeliest one of each other line does."""
        empty: _Sentence = (frozenset(), ())
        for number in range(_ROUNDS):
            kept: list[tuple[_Sentence, bool, float]] = []
            for line, each in zip(lines, found, strict=True):
                if line.asks:
                    bag = each or [empty]
                    kept.append((max(bag, key=self._of) if number else bag[-1], True, line.weight))
                else:
                    kept += [(one, False, line.weight) for one in each]
            rows = self._rows([one for one, _, _ in kept])
            side = np.array([1.0 if is_asking else -1.0 for _, is_asking, _ in kept])
            counts = np.array([weight for _, _, weight in kept])
            self.weights = logistic(rows, side, counts, ridge, self.weights, iterations=_ITERATIONS)

    def _of(self, sentence: _Sentence) -> float:
        names, letters = sentence
        by_names = sum(self.weights[self.places[name]] for name in {*names, BIAS} if name in self.places)
        by_letters = self.weights[len(self.places) :][list(letters)].sum() / max(len(letters), 1) ** 0.5
        return float(by_names + by_letters)

    def _rows(self, found: Sequence[_Sentence]) -> csr_matrix:
        """Return a row for each of some sentences."""
        cells = [
            (row, column, value)
            for row, (names, letters) in enumerate(found)
            for column, value in (
                *((self.places[name], 1.0) for name in {*names, BIAS} if name in self.places),
                *((len(self.places) + each, len(letters) ** -0.5) for each in letters),
            )
        ]
        rows, columns, values = zip(*cells, strict=True)
        return csr_matrix((values, (rows, columns)), (len(found), len(self.weights)))


def said_elsewhere(lines: Sequence[Line]) -> Floats:
    """Return what the words of each line say by weights that were fitted on others, of other places if it has one."""
    fold = dealt(lines)
    said: Floats = np.zeros(len(lines))
    for number in range(_FOLDS):
        words = Words([line for line, mine in zip(lines, fold, strict=True) if mine != number])
        for at in np.flatnonzero(fold == number).tolist():
            said[at] = words.say(lines[at])
    return said


def dealt(lines: Sequence[Line]) -> NDArray[np.int64]:
    """Return the fold of each line: those of a place are in the same one."""
    places = sorted({line.place for line in lines if line.place is not None})
    numbers = np.arange(len(lines)) * _STEP % (_FOLDS * _STEP + 1) % _FOLDS
    own = [
        number if line.place is None else places.index(line.place) % _FOLDS
        for number, line in zip(numbers, lines, strict=True)
    ]
    return np.array(own)


def fitted_meaning(lines: Sequence[Line], said: Floats, vectors: Vectors, probe: Vectors) -> MeaningWeights:
    """Return the ridge regression of whether a line asks on what its words say, its vector, and pairs of its axes."""
    centre = vectors.mean(axis=0)
    off = vectors - centre
    # The vectors lie close together: they are taken as wide apart as those of meanings would be.
    wide = float(np.sqrt((off**2).sum(axis=1).mean()))
    off /= wide
    axes = np.linalg.svd(off, full_matrices=False)[2][:_AXES]
    along = off @ axes.T
    one, other = np.triu_indices(_AXES)
    times = np.where(one == other, 1, 2**0.5) * _SQUARE
    parts = (
        said.clip(-_SUREST, _SUREST)[:, None] * _SAID,
        off * _LINEAR,
        along[:, one] * along[:, other] * times,
        np.full((len(said), 1), 10),
    )
    rows = np.hstack(parts)
    counted = rows * np.array([line.weight for line in lines])[:, None]
    asked = np.array([line.asks for line in lines])
    solved = np.linalg.solve(counted.T @ rows + _MEANING_RIDGE * np.eye(rows.shape[1]), counted.T @ (2.0 * asked - 1))
    squares: Floats = np.zeros((_AXES, _AXES))
    squares[one, other] = solved[1 + vectors.shape[1] : -1] * times
    return MeaningWeights(
        probe=probe,
        centre=centre,
        axes=axes,
        linear=solved[1 : 1 + vectors.shape[1]] * _LINEAR / wide,
        squares=squares / wide**2,
        said=np.array(solved[0] * _SAID),
        constant=np.array(solved[-1] * 10),
    )


def fitted(lines: Sequence[Line], encoder: Encoder) -> tuple[Words, MeaningWeights]:
    """Return the weights of words, and those of meanings beside them."""
    said = said_elsewhere(lines)
    is_read = np.array([is_latin(line.text) for line in lines])
    latin = [line for line in lines if is_latin(line.text)]
    vectors = manners_of(encoder, [line.text for line in latin])
    return Words(lines), fitted_meaning(latin, said[is_read], vectors, manners_of(encoder, [PROBE])[0])


def manners_of(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Return what the layer in the middle of the encoder that ships makes of texts."""
    manners = encoder.read(texts).manners
    assert manners is not None  # noqa: S101  # a benchmark may stop
    return manners


def main() -> None:
    """Fit, unless that is not wanted, and print what it is worth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true", help="fit nothing")
    encoder = Encoder(MODEL)
    if not parser.parse_args().measure:
        words, meaning = fitted(all_lines(), encoder)
        words.write(PACKAGE / "core" / "talk")
        meaning.write(PACKAGE / "core" / "talk" / MEANING)
    fitted_on = [(all_lines(), "fitted on")]
    for lines, name in (*fitted_on, *((read_places(HELD_OUT / name), f"held out, {name}") for name in PLACES)):
        for by, encode in (("by words", None), ("with meaning", RecentVectors(TolerantEncoder(lambda: encoder)))):
            clear = np.array([clearness(line.text, encode) for line in lines])
            asked = np.array([line.asks for line in lines])
            left, missed = (clear[~asked] <= LEAST).mean(), (clear[asked] <= LEAST).mean()
            print(f"{name}, {by}: {left:.1%} of what asks nothing left alone, {missed:.1%} of questions missed")
            at = [(share, (clear[~asked] < np.quantile(clear[asked], share)).mean()) for share in _MISSED]
            print("  were so many missed:", ", ".join(f"{share:.0%}: {left:.1%} left alone" for share, left in at))
    _tell_overheard()


def _tell_overheard() -> None:
    index = pack_index()
    pack = [json.loads(line)["text"] for line in (LABELLED / "pack.jsonl").read_text("utf-8").splitlines()]
    lines = [line for name in PLACES for line in read_places(HELD_OUT / name)]
    for name, texts in (
        ("questions of the FAQ", pack),
        ("questions of other places", [line.text for line in lines if line.asks]),
        ("what asks nothing", [line.text for line in lines if not line.asks]),
    ):
        judged = [judge(index, text, surface=Surface.AMBIENT).decided.decision for text in texts]
        answered, ignored = (sum(isinstance(each, kind) for each in judged) for kind in (Answered, Ignored))
        without = sum(isinstance(_without_test(index, text), Answered) for text in texts)
        print(f"{name}, overheard: {len(texts)}, answered {answered}, without the test {without}, ignored {ignored}")


def _without_test(index: EntryIndex, text: str) -> Decision:
    ranking = rank(index, own_words(text))
    return decide_with(index, ranking, thresholds=built_in(Surface.AMBIENT, ranking.scorer)).decision


if __name__ == "__main__":
    main()
