"""Fit the confidence on labelled questions and write `bot/core/calibration.py`.

    python -m bench.calibrate ../shared/data            # fit, and judge each family of sets held out
    python -m bench.calibrate ../shared/data --write    # and write the file

The weights are those of a conditional logit: they maximise the probability given to the right entry, or to
"nothing fits" where no entry is right. All sets count alike, whatever their size. In the report, a family is
judged with weights fitted on the other families alone; what is written is fitted on all of them.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bot.bootstrap import load_lexicon
from bot.config import load_settings
from bot.core import calibration
from bot.core.arrays import Floats
from bot.core.confidence import evidence_matrix
from bot.core.evaluation import auroc, calibration_error, recall_at_precision
from bot.core.evidence import weigh
from bot.core.index import EntryIndex
from bot.core.lexicon import Lexicon
from bot.formats.labelled import read_faqs, read_questions

FAMILIES = {
    "banking77": [f"{name}/{size}" for name in ("banking77", "banking77_oos") for size in ("k1", "k5", "k10")],
    "opertus_faq": [f"opertus_faq/{size}" for size in ("k1", "k5", "k10")],
}
CANDIDATES = 10
# Keeps the weights small where the sets do not tell; a thousandth of the questions of one set.
PENALTY = 1.0
FILE = Path(calibration.__file__)


@dataclass(frozen=True)
class Sample:
    """Hold a set: evidence (questions, candidates, kinds), which candidates there are, and the place of the right one.

    `right` is `CANDIDATES` where none of the candidates is right, for whatever reason.
    """

    name: str
    evidence: Floats
    there: npt.NDArray[np.bool_]
    right: npt.NDArray[np.int64]
    answerable: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Fit:
    """Hold the weight of each kind of evidence, and the utility of "nothing fits"."""

    weights: Floats
    nothing: float


def load(folder: Path, name: str, lexicon: Lexicon) -> Sample:
    """Read a set and weigh the evidence of its questions."""
    faqs, queries = folder / name / "faqs.jsonl", folder / name / "queries.jsonl"
    entries = read_faqs(str(faqs), faqs.read_bytes())
    known = frozenset(entry.id for entry in entries)
    questions = read_questions(str(queries), queries.read_bytes(), known=known)
    index = EntryIndex(lexicon, entries)
    evidence = np.zeros((len(questions), CANDIDATES, len(calibration.WEIGHTS)))
    there = np.zeros((len(questions), CANDIDATES), bool)
    right = np.full(len(questions), CANDIDATES)
    for at, question in enumerate(questions):
        candidates = weigh(index, index.query(question.text), limit=CANDIDATES)
        if candidates:
            there[at, : len(candidates)] = True
            evidence[at, : len(candidates)] = evidence_matrix([candidate.evidence for candidate in candidates])
        places = [place for place, candidate in enumerate(candidates) if candidate.entry_id in question.expect]
        right[at] = min(places, default=CANDIDATES)
    answerable = np.array([bool(question.expect) for question in questions])
    return Sample(name, evidence, there, right, answerable)


def probabilities(sample: Sample, fit: Fit) -> Floats:
    """Return the probability of each candidate and, last, of none of them."""
    utilities = np.where(sample.there, sample.evidence @ fit.weights, -np.inf)
    utilities = np.concatenate([utilities, np.full((len(utilities), 1), fit.nothing)], axis=1)
    shares = np.exp(utilities - utilities.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def fit(samples: Sequence[Sample]) -> Fit:
    """Return the weights of the greatest penalised likelihood; none of them is negative, for each is evidence for."""
    kinds = len(calibration.WEIGHTS)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        total, slope = PENALTY * float(parameters[:kinds] @ parameters[:kinds]), np.zeros(kinds + 1)
        slope[:kinds] = 2 * PENALTY * parameters[:kinds]
        for sample in samples:
            shares = probabilities(sample, Fit(parameters[:kinds], float(parameters[kinds])))
            weight, asked = 1000 / len(shares), np.arange(len(shares))
            total -= weight * float(np.log(shares[asked, sample.right] + 1e-12).sum())
            shares[asked, sample.right] -= 1
            slope[:kinds] += weight * np.einsum("qc,qck->k", shares[:, :CANDIDATES], sample.evidence)
            slope[kinds] += weight * shares[:, CANDIDATES].sum()
        return total, slope

    bounds = [(0, None)] * kinds + [(None, None)]
    found = minimize(loss, np.ones(kinds + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    return Fit(found.x[:kinds], float(found.x[kinds]))


def tell(sample: Sample, fitted: Fit) -> None:
    """Print how good a fit is on a set."""
    shares = probabilities(sample, fitted)[:, :CANDIDATES]
    confidence, first = shares.max(axis=1), shares.argmax(axis=1)
    right = (first == sample.right) & sample.answerable
    recall = recall_at_precision(confidence, right, sample.answerable, precision=0.9)
    nulls = auroc(confidence[sample.answerable], confidence[~sample.answerable])
    print(
        f"{sample.name:20} top-1 {right[sample.answerable].mean():6.1%}   R@P90 {recall or 0:6.1%}   "
        f"ECE {calibration_error(confidence, right):.3f}   AUROC nulls {'-' if nulls is None else f'{nulls:.3f}'}"
    )


def write(fitted: Fit) -> None:
    """Write the numbers into the package, with the next version if they moved."""
    weights = {name: round(float(weight), 2) for name, weight in zip(calibration.WEIGHTS, fitted.weights, strict=True)}
    nothing = round(fitted.nothing, 2)
    moved = (weights, nothing) != (calibration.WEIGHTS, calibration.NOTHING)
    version = int(calibration.VERSION) + moved
    text = FILE.read_text("utf-8")
    head = text[: text.index("VERSION =")]
    listed = ", ".join(f'"{name}": {weight}' for name, weight in weights.items())
    FILE.write_text(
        f'{head}VERSION = "{version}"\n'
        f'FITTED_ON = "{calibration.FITTED_ON}"\n\n'
        "# The weight of each kind of evidence, and of the outcome that no entry is the right one.\n"
        f"WEIGHTS = {{{listed}}}\nNOTHING = {nothing}\n",
        "utf-8",
    )


def main() -> None:
    """Fit, report, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder of the labelled sets")
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    given = parser.parse_args()
    lexicon = load_lexicon(load_settings())
    samples = {family: [load(given.folder, name, lexicon) for name in names] for family, names in FAMILIES.items()}
    for family, held_out in samples.items():
        others = [sample for other, group in samples.items() if other != family for sample in group]
        fitted = fit(others)
        print(f"held out: {family}; weights {np.round(fitted.weights, 2).tolist()}, nothing {fitted.nothing:.2f}")
        for sample in held_out:
            tell(sample, fitted)
    fitted = fit([sample for group in samples.values() for sample in group])
    print(f"fitted on all: {dict(zip(calibration.WEIGHTS, np.round(fitted.weights, 2).tolist(), strict=True))}")
    if given.write:
        write(fitted)


if __name__ == "__main__":
    main()
