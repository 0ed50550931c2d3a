"""Fit the confidence on labelled questions and write `bot/core/deciding/calibration.py`.

    python -m bench.calibrate ../shared           # fit, and judge each family held out
    python -m bench.calibrate ../shared --write   # write the file too

The weights are those of a conditional logit: they maximise the probability given to the right entry, or to
"nothing fits" where no entry is right. All sets count alike, whatever their size. In the report, a family is
judged with weights fitted on the other families alone; what is written is fitted on all of them.

Each set is also asked without the entry that a question means, at a third of its weight: what an FAQ does not answer
is much like what it answers, and few sets hold such questions.

The encoder for many languages is fitted on the same sets with the words of the questions taken away, as if they were
in another language than the entries.

A threshold is the least confidence from which on the target share of answers is right, held out, in the mean over the
sets that have questions without an answer and several phrasings an entry, and no less than three points under it in
any of those with ten. Fewer phrasings cannot tell an entry from its neighbours that are missing.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.fitting import Fitted, Measured, fit, measure, nothing
from bench.sets import FAMILIES, KINDS, SEEDS, Sample, as_asked, as_foreign, remembering, weighed, withheld
from bot.bootstrap import Encoders, load_lexicon
from bot.config import load_settings
from bot.core.deciding import calibration

FILE = Path(calibration.__file__)
# The encoder knows what misspelt words mean; the weight of the spelling would be 0.
# Of another language than the entries, a question has no words that they say.
MODES = {
    "lexical": KINDS,
    "semantic": tuple(kind for kind in KINDS if kind != "spelling"),
    "multilingual": ("explained", "single"),
}
TARGETS = {"asked": 0.92, "ambient": 0.95}
SLACK = 0.03
# More would keep the bot from answering even what it was asked before in the same words.
MOST_THRESHOLD = 0.95
FITTED_ON = "banking77, banking77_oos and opertus_faq, each with 1, 5 and 10 phrasings an entry, and the help centre"


def tell(sample: Sample, fitted: Fitted) -> None:
    """Print how good a fit is on a set."""
    found = measure(sample, fitted)
    nulls = "    -" if found.nulls is None else f"{found.nulls:.3f}"
    answered = "  ".join(f"{share:4.0%} {right:4.0%}" for share, right in map(found.at, (0.6, 0.7, 0.8, 0.9)))
    print(
        f"{sample.name:18} top-1 {found.top1:6.1%}  R@P90 {found.recall(0.9):4.0%}  R@P95 {found.recall(0.95):4.0%}  "
        f"AUROC nulls {nulls}  ECE {found.error:.3f}  answered, right from 0.6 0.7 0.8 0.9: {answered}"
    )


@dataclass(frozen=True)
class Family:
    """Sets that share entries or makers, and their questions asked without the entry that each means."""

    samples: Sequence[Sample]
    withheld: Sequence[Sample]


def judge(families: Mapping[str, Family], kinds: Sequence[str]) -> tuple[Fitted, dict[str, Measured]]:
    """Judge each family held out, print it, and return the fit on all and what was measured held out."""
    measured = {}
    for name, held_out in families.items():
        fitted = _fit([family for other, family in families.items() if other != name], kinds)
        print(f"held out: {name}; {_shown(fitted)}")
        for sample in held_out.samples:
            measured[sample.name] = measure(sample, fitted)
            tell(sample, fitted)
    fitted = _fit(list(families.values()), kinds)
    print(f"fitted on all: {_shown(fitted)}")
    for sample in (sample for family in families.values() for sample in family.samples):
        tell(sample, fitted)
    return fitted, measured


def _fit(families: Sequence[Family], kinds: Sequence[str]) -> Fitted:
    return fit([sample for family in families for sample in (*family.samples, *family.withheld)], kinds)


def _base(families: Sequence[Family], fitted: Fitted) -> float:
    """Return the share of questions that fit nothing by a fit, all sets counting alike."""
    samples = [sample for family in families for sample in family.samples]
    return float(np.mean([nothing(sample, fitted) for sample in samples]))


def threshold(held_out: Mapping[str, Measured], target: float) -> float:
    """Return the least confidence, in hundredths, from which on answers are right as often as the target says."""
    found = {name: each for name, each in held_out.items() if not each.answerable.all() and not name.endswith("k1")}
    strict = [name for name in found if name.endswith("k10") or name == SEEDS]
    for step in range(50, round(100 * MOST_THRESHOLD)):
        right = {name: each.at(step / 100)[1] for name, each in found.items()}
        if float(np.mean(list(right.values()))) >= target and min(right[name] for name in strict) >= target - SLACK:
            return step / 100
    return MOST_THRESHOLD


def _shown(fitted: Fitted) -> str:
    weights = dict(zip(fitted.kinds, np.round(fitted.weights, 2).tolist(), strict=True))
    return f"{weights}, nothing {fitted.nothing:.2f}"


def write(fits: Mapping[str, tuple[Fitted, float, Mapping[str, float]]]) -> None:
    """Write the numbers into the package, with the next version if they moved."""
    lines = []
    for mode, (fitted, base, thresholds) in fits.items():
        lines.append(f"{mode.upper()} = Fit(\n    {{\n")
        kinds = zip(fitted.kinds, fitted.weights.tolist(), strict=True)
        lines.extend(f'        "{kind}": {round(weight, 2)},\n' for kind, weight in kinds)
        lines.append(f"    }},\n    nothing={round(fitted.nothing, 2)},\n    base={round(base, 3)},\n")
        lines.extend(f"    {name}={least},\n" for name, least in thresholds.items())
        lines.append(")\n")
    modes = ", ".join(f'"{mode}": {mode.upper()}' for mode in fits)
    lines.append(f"FITS: Mapping[str, Fit] = {{{modes}}}\n")
    text, body = FILE.read_text("utf-8"), "".join(lines)
    version = int(calibration.VERSION) + (body not in text)
    head = text[: text.index("VERSION =")]
    FILE.write_text(f'{head}VERSION = "{version}"\nFITTED_ON = "{FITTED_ON}"\n{body}', "utf-8")


def main() -> None:
    """Fit, report, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the labelled sets in data/ and the pages in seeds/")
    parser.add_argument("--write", action="store_true", help="write the numbers into the package")
    given = parser.parse_args()
    settings = load_settings()
    lexicon, encoders = load_lexicon(settings), Encoders.of(settings)
    by_mode = {"lexical": None, "semantic": encoders.english, "multilingual": encoders.multilingual}
    if given.write and None in (encoders.english, encoders.multilingual):
        parser.error("--write wants both encoders, and one is off or not installed")
    fits = {}
    for mode, kinds in MODES.items():
        encode = by_mode[mode]
        if mode != "lexical" and encode is None:
            continue
        with_encoder = None if encode is None else remembering(encode)
        reader = as_foreign if mode == "multilingual" else as_asked
        families = {
            family: Family(
                [weighed(given.folder, name, lexicon, with_encoder, reader) for name in names],
                [withheld(given.folder, name, lexicon, with_encoder, reader) for name in names],
            )
            for family, names in FAMILIES.items()
        }
        print(f"\n{mode}")
        fitted, held_out = judge(families, kinds)
        least = {name: threshold(held_out, target) for name, target in TARGETS.items()}
        fits[mode] = fitted, _base(list(families.values()), fitted), least
        for name, target in TARGETS.items():
            print(f"{name}: {target:.0%} of the answers are right from {least[name]} on")
    if given.write:
        write(fits)


if __name__ == "__main__":
    main()
