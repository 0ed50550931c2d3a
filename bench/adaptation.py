"""Adapt the confidence to a log without grades, and print what that does to the other questions of each set.

    python -m bench.adaptation ../shared

Each draw takes a hundred questions of a set at random, without their labels, as the log, and measures on the others:
the expected calibration error, what is answered rightly of the questions with an answer, and what is right of the
answers. Beside the confidence as it is stand the prior by the log alone, and the one by the log and the store's own
phrasings; where no entry has two, these are the same. `own` has no log: confidence is shifted as fits the own phrasings
best, with and without their entry, at the share of questions without an answer that other sets have.

Each family is measured with weights that were fitted on the others, at the thresholds that ship; the rules for
differences are left out.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.calibrate import MODES
from bench.fitting import Fitted, fit, nothing, shares_of
from bench.sets import FAMILIES, Sample, left_out, remembering, weighed, withheld
from bot.bootstrap import load_encoder, load_lexicon
from bot.config import load_settings
from bot.core.deciding.adaptation import OwnPhrasings, estimate
from bot.core.deciding.calibration import FITS
from bot.core.deciding.decision import ASKED
from bot.core.deciding.evaluation import calibration_error
from bot.core.searching.arrays import Floats
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Encode

SEED, DRAWS, LOG = 1, 20, 100
_SHIFTS = np.linspace(-1.5, 1.5, 61)


@dataclass(frozen=True)
class Store:
    """A set, how sure a fit is of its questions, and of its own phrasings."""

    sample: Sample
    shares: Floats
    base: float
    own: OwnPhrasings

    def adapted(self, by: float) -> Floats:
        """Return the shares where "nothing fits" has so much more log-odds."""
        rest = self.shares[:, -1:] * np.exp(by)
        return np.asarray(self.shares[:, :-1] / (1 - self.shares[:, -1:] + rest))


Way = Callable[[Store, Floats], float]
"""Returns by how much "nothing fits" is likelier in a store with this log."""


def as_it_is(_store: Store, _log: Floats) -> float:
    """Adapt nothing."""
    return 0.0


def by_own_alone(store: Store, _log: Floats) -> float:
    """Return the likeliest shift by the own phrasings, were the share of questions without an answer the usual one."""
    if not store.own.known:
        return 0.0
    odds = [np.log(np.asarray(each).clip(1e-6, 1 - 1e-6)) for each in (store.own.known, store.own.unknown)]
    known, unknown = (each - np.log1p(-np.exp(each)) for each in odds)
    likely = [
        -(1 - store.base) * np.log1p(np.exp(known + by)).mean() - store.base * np.log1p(np.exp(-unknown - by)).mean()
        for by in _SHIFTS
    ]
    return float(_SHIFTS[int(np.argmax(likely))])


def by_log(store: Store, log: Floats) -> float:
    """Return the shift by the log alone."""
    prior = estimate(log.tolist(), base=store.base)
    return 0.0 if prior is None else prior.nothing


def by_log_and_own(store: Store, log: Floats) -> float:
    """Return the shift by the log and the own phrasings."""
    prior = estimate(log.tolist(), base=store.base, own=store.own)
    return 0.0 if prior is None else prior.nothing


WAYS: dict[str, Way] = {"as it is": as_it_is, "own": by_own_alone, "log": by_log, "log and own": by_log_and_own}


def measured(store: Store, way: Way, threshold: float) -> Floats:
    """Return the calibration error, the share answered rightly and what is right of the answers, means over draws."""
    random = np.random.default_rng(SEED)
    found = []
    for _ in range(DRAWS):
        order = random.permutation(len(store.shares))
        log, rest = order[:LOG], order[LOG:]
        shares = store.adapted(way(store, store.shares[log, -1]))[rest]
        first = shares.argmax(axis=1)
        ordered = np.sort(shares, axis=1)
        confidence, lead = ordered[:, -1], ordered[:, -1] - ordered[:, -2]
        right = store.sample.right[rest, first]
        sure = (confidence >= threshold) & (lead >= ASKED.ambiguity)
        hits = int((sure & right).sum())
        answerable = int(store.sample.answerable[rest].sum())
        error = calibration_error(confidence.astype(np.float64), right)
        found.append((error, hits / max(answerable, 1), hits / max(int(sure.sum()), 1)))
    return np.asarray(np.mean(found, axis=0))


def stores(folder: Path, kinds: Sequence[str], lexicon: Lexicon, encode: Encode | None) -> dict[str, Store]:
    """Return all sets, each with the shares by a fit on the other families."""
    samples = {name: weighed(folder, name, lexicon, encode) for names in FAMILIES.values() for name in names}
    without = {name: withheld(folder, name, lexicon, encode) for name in samples}
    found = {}
    for names in FAMILIES.values():
        others = [name for name in samples if name not in names]
        fitted = fit([each[name] for name in others for each in (samples, without)], kinds)
        base = float(np.mean([nothing(samples[name], fitted) for name in others]))
        for name in names:
            own = OwnPhrasings(*(_nothing(each, fitted) for each in left_out(folder, name, lexicon, encode)))
            found[name] = Store(samples[name], shares_of(samples[name], fitted), base, own)
    return found


def _nothing(sample: Sample, fitted: Fitted) -> tuple[float, ...]:
    return tuple(shares_of(sample, fitted)[:, -1].tolist())


def main() -> None:
    """Print a table for each mode."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the labelled sets in data/ and the pages in seeds/")
    folder: Path = parser.parse_args().folder
    settings = load_settings()
    lexicon, encode = load_lexicon(settings), load_encoder(settings)
    for mode in ("lexical", "semantic"):
        if mode == "semantic" and encode is None:
            continue
        with_encoder = remembering(encode) if mode == "semantic" and encode is not None else None
        print(f"\n{mode}: calibration error, answered rightly, right of the answers; seed {SEED}, {DRAWS} draws")
        print(f"{'':18}" + "".join(f"{way:>20}" for way in WAYS))
        for name, store in stores(folder, MODES[mode], lexicon, with_encoder).items():
            cells = (measured(store, way, FITS[mode].asked) for way in WAYS.values())
            print(
                f"{name:18}" + "".join(f"{error:9.3f}{right:6.0%}{of:5.0%}" for error, right, of in cells), flush=True
            )


if __name__ == "__main__":
    main()
