"""What each part of the matching is worth on each labelled set.

    python -m bench.ablation ../shared
    FAQBOT_MODEL_DIR=off python -m bench.ablation ../shared   # by the words alone

A row leaves one part out; the weights are fitted again on all sets each time, so that what is left can make up for
it. Columns are the right first places of the answerable questions, in per cent, and the last two the means over all
sets of R@P90 and of the AUROC against questions without an answer.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from unittest.mock import patch

import numpy as np

from bench.calibrate import MODES
from bench.fitting import fit, measure
from bench.sets import FAMILIES, Sample, remembering, weighed
from bot.bootstrap import load_encoder, load_lexicon
from bot.config import load_settings
from bot.core.searching import entry_index
from bot.core.searching.arrays import Floats
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.spelling import Vocabulary

NAMES = [name for names in FAMILIES.values() for name in names]
Without = Callable[[], AbstractContextManager[object]]


@contextmanager
def _without_regression() -> Iterator[None]:
    """Weight every text near a question in full."""

    def near_as_it_is(_: Floats, near: Floats, noise: Floats) -> Floats:
        return near / (1 + noise)

    with patch.object(entry_index, "explained", near_as_it_is):
        yield


STRUCTURE: dict[str, Without] = {
    "all parts": nullcontext,
    "no regression": _without_regression,
    "no passages": lambda: patch.object(entry_index, "passages", lambda *_: []),
    "no n-grams": lambda: patch("bot.core.searching.sparse.text_index.SPELLING", 0.0),
    "no words": lambda: patch("bot.core.searching.sparse.text_index.SPELLING", 1.0),
    "no correction": lambda: patch.object(Vocabulary, "correct", lambda _, word: word),
}


def tell(label: str, samples: Sequence[Sample], kinds: Sequence[str]) -> None:
    """Print a row: what a fit on these samples makes of them."""
    fitted = fit(samples, kinds)
    found = [measure(sample, fitted) for sample in samples]
    nulls = [each.nulls for each in found if each.nulls is not None]
    recall = np.mean([each.recall(0.9) for each in found])
    row = " | ".join(f"{100 * each.top1:.1f}" for each in found)
    print(f"| {label} | {row} | {100 * recall:.1f} | {np.mean(nulls):.3f} |", flush=True)


def main() -> None:
    """Print a table for each mode."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the labelled sets in data/ and the pages in seeds/")
    given = parser.parse_args()
    settings = load_settings()
    lexicon, encode = load_lexicon(settings), load_encoder(settings)
    for mode, kinds in MODES.items():
        encoder = remembering(encode) if mode == "semantic" and encode is not None else None
        if mode == "semantic" and encoder is None:
            continue
        print(f"\n| {mode} | {' | '.join(NAMES)} | R@P90 | AUROC |\n|---{'|---' * (len(NAMES) + 2)}|")
        for label, without in STRUCTURE.items():
            with without():
                samples = [weighed(given.folder, name, lexicon, encoder) for name in NAMES]
            tell(label, samples, kinds)
            if without is nullcontext:
                for kind in kinds[1:]:
                    tell(f"no {kind}", samples, [each for each in kinds if each != kind])
        tell("no synonyms", [weighed(given.folder, name, Lexicon(), encoder) for name in NAMES], kinds)


if __name__ == "__main__":
    main()
