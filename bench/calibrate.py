"""Fit the confidence on labelled questions and write `bot/core/deciding/calibration.py`.

    python -m bench.calibrate ../shared           # fit, and judge each family held out
    python -m bench.calibrate ../shared --write   # write the file too

The weights are those of a conditional logit: they maximise the probability given to the right entry, or to
"nothing fits" where no entry is right. All sets count alike, whatever their size. In the report, a family is
judged with weights fitted on the other families alone; what is written is fitted on all of them.

A threshold, the greater one of both modes, is the least confidence from which on the target share of answers is
right in the mean over the sets that have questions without an answer, and no less than three points under it in any
of those with ten phrasings an entry. Fewer phrasings cannot tell an entry from its neighbours that are missing.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.fitting import Fitted, fit, measure
from bench.sets import FAMILIES, KINDS, SEEDS, Sample, weighed
from bot.bootstrap import load_encoder, load_lexicon
from bot.config import load_settings
from bot.core.deciding import calibration

FILE = Path(calibration.__file__)
# The encoder knows what misspelt words mean; the weight of the spelling would be 0.
MODES = {"lexical": KINDS, "semantic": tuple(kind for kind in KINDS if kind != "spelling")}
TARGETS = {"asked": 0.9, "ambient": 0.95}
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


def judge(samples: dict[str, list[Sample]], kinds: Sequence[str]) -> Fitted:
    """Judge each family held out, print it, and return the fit on all."""
    for family, held_out in samples.items():
        fitted = fit([sample for other, group in samples.items() if other != family for sample in group], kinds)
        print(f"held out: {family}; {_shown(fitted)}")
        for sample in held_out:
            tell(sample, fitted)
    fitted = fit([sample for group in samples.values() for sample in group], kinds)
    print(f"fitted on all: {_shown(fitted)}")
    for sample in (sample for group in samples.values() for sample in group):
        tell(sample, fitted)
    return fitted


def threshold(samples: Sequence[Sample], fitted: Fitted, target: float) -> float:
    """Return the least confidence, in hundredths, from which on answers are right as often as the target says."""
    found = {sample.name: measure(sample, fitted) for sample in samples if not sample.answerable.all()}
    strict = [name for name in found if name.endswith("k10") or name == SEEDS]
    for step in range(50, round(100 * MOST_THRESHOLD)):
        right = {name: each.at(step / 100)[1] for name, each in found.items()}
        if float(np.mean(list(right.values()))) >= target and min(right[name] for name in strict) >= target - SLACK:
            return step / 100
    return MOST_THRESHOLD


def _shown(fitted: Fitted) -> str:
    weights = dict(zip(fitted.kinds, np.round(fitted.weights, 2).tolist(), strict=True))
    return f"{weights}, nothing {fitted.nothing:.2f}"


def write(fits: dict[str, Fitted], thresholds: dict[str, float]) -> None:
    """Write the numbers into the package, with the next version if they moved."""
    lines = []
    for mode, fitted in fits.items():
        lines.append(f"{mode.upper()} = Fit(\n    {{\n")
        kinds = zip(fitted.kinds, fitted.weights.tolist(), strict=True)
        lines.extend(f'        "{kind}": {round(weight, 2)},\n' for kind, weight in kinds)
        lines.append(f"    }},\n    nothing={round(fitted.nothing, 2)},\n)\n")
    lines.append("# The confidence from which on nine, or nineteen of twenty, answers were right.\n")
    lines.append(f"{', '.join(map(str.upper, thresholds))} = {', '.join(map(str, thresholds.values()))}\n")
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
    lexicon, encode = load_lexicon(settings), load_encoder(settings)
    if given.write and encode is None:
        parser.error("--write wants the encoder too, which is off")
    fits, thresholds = {}, dict.fromkeys(TARGETS, 0.0)
    for mode, kinds in MODES.items():
        if mode == "semantic" and encode is None:
            continue
        with_encoder = encode if mode == "semantic" else None
        samples = {
            family: [weighed(given.folder, name, lexicon, with_encoder) for name in names]
            for family, names in FAMILIES.items()
        }
        print(f"\n{mode}")
        fits[mode] = judge(samples, kinds)
        every = [sample for group in samples.values() for sample in group]
        for name, target in TARGETS.items():
            least = threshold(every, fits[mode], target)
            thresholds[name] = max(thresholds[name], least)
            print(f"{name}: {target:.0%} of the answers are right from {least} on")
    if given.write:
        write(fits, thresholds)


if __name__ == "__main__":
    main()
