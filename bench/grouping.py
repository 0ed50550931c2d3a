"""Group labelled phrasings as if nobody could answer them, and print how good the groups are.

    python -m bench.grouping ../shared/data/banking77/kall
    FAQBOT_MODEL_DIR=off python -m bench.grouping ../shared/data/banking77/kall   # by the words alone

The folder holds `faqs.jsonl`; each phrasing is an unanswered question, and what it stands under is the truth. Every
other intent was used to tune the numbers of `bot/core/searching/groups.py`; the table shows these, the others, and
all. Of the pairs of questions, precision is the share of those in one group that belong together, recall the share of
those that belong together and are in one group. Times are of one machine: read them as an order of magnitude.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import comb
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from bot.bootstrap import load_encoder, load_lexicon, load_multilingual
from bot.config import load_settings
from bot.core.searching import groups
from bot.core.searching.groups import Groups, Meaning
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.text import normalise
from bot.core.searching.vectors import Encode, Model
from bot.formats.labelled import read_faqs

ORDERED, OPEN, TIMED = 1_000, 10_000, 500


class Encoder(NamedTuple):
    """A sentence encoder and what it is for."""

    encode: Encode
    model: Model


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A question and the intent that it stands under."""

    text: str
    intent: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two ways to group the same things agree, pair by pair."""

    precision: float
    recall: float
    adjusted_rand: float
    rand: float


def phrasings(folder: Path) -> list[Phrasing]:
    """Return all phrasings of a folder, each once."""
    path = folder / "faqs.jsonl"
    entries = sorted(read_faqs(path.name, path.read_bytes()), key=lambda entry: entry.id)
    return [Phrasing(text, entry.id) for entry in entries for text in dict.fromkeys(entry.phrasings)]


def halves(given: Sequence[Phrasing]) -> tuple[list[Phrasing], list[Phrasing]]:
    """Return the phrasings of every other intent, and the rest."""
    tuned = set(sorted({each.intent for each in given})[::2])
    return [each for each in given if each.intent in tuned], [each for each in given if each.intent not in tuned]


def group(given: Sequence[Phrasing], lexicon: Lexicon, *, seed: int, encoder: Encoder | None = None) -> list[int]:
    """Return the group of each phrasing when they come in random order."""
    groups, found = Groups(lexicon), dict[int, int]()
    meanings = list(_meanings(encoder, given))
    order = random.Random(seed).sample(range(len(given)), len(given))  # noqa: S311  # a fixed seed is the point
    for at in order:
        near = groups.resembling(given[at].text, meanings[at])
        found[at] = at if near is None else near
        groups.add(found[at], given[at].text, meanings[at])
    return [found[at] for at in range(len(given))]


def agreement(truth: Sequence[Hashable], found: Sequence[Hashable]) -> Agreement:
    """Return how far groups agree with the truth; the adjusted Rand index is 0 for chance and 1 for equality."""
    pairs = comb(len(truth), 2)
    alike, true, joined = (
        sum(comb(size, 2) for size in Counter(labels).values())
        for labels in (zip(truth, found, strict=True), truth, found)
    )
    chance, most = true * joined / pairs, (true + joined) / 2
    return Agreement(
        precision=alike / joined if joined else 1.0,
        recall=alike / true if true else 1.0,
        adjusted_rand=(alike - chance) / (most - chance) if most != chance else 1.0,
        rand=(pairs + 2 * alike - true - joined) / pairs,
    )


def tell(name: str, given: Sequence[Phrasing], lexicon: Lexicon, encoder: Encoder | None = None) -> None:
    """Print how good the groups of some phrasings are."""
    found = group(given, lexicon, seed=1, encoder=encoder)
    result = agreement([each.intent for each in given], found)
    print(
        f"{name:34} {len(given):6,} in {len(set(found)):5,} groups   precision {result.precision:.3f}   "
        f"recall {result.recall:.3f}   ARI {result.adjusted_rand:.3f}"
    )


def tell_curve(given: Sequence[Phrasing], lexicon: Lexicon) -> None:
    """Print what other scores to join at would make of the phrasings that were used for tuning."""
    chosen = groups.JOIN
    for join in (2.5, 3.0, chosen, 4.0):
        groups.JOIN = join
        tell(f"tuned on, joined from {join} on", given, lexicon)
    groups.JOIN = chosen


def tell_orders(given: Sequence[Phrasing], lexicon: Lexicon, encoder: Encoder | None = None) -> None:
    """Print how far two random orders lead to the same groups."""
    some = random.Random(3).sample(list(given), ORDERED)  # noqa: S311  # a fixed seed is the point
    one, two = (group(some, lexicon, seed=seed, encoder=encoder) for seed in (1, 2))
    result = agreement(one, two)
    print(
        f"{ORDERED:,} in two orders: {result.rand:.2%} of all pairs the same; of the pairs in one group in the first, "
        f"{result.recall:.0%} are in one in the second   ARI {result.adjusted_rand:.3f}"
    )


def tell_times(given: Sequence[Phrasing], lexicon: Lexicon, encoder: Encoder | None = None) -> None:
    """Print how long one question takes when so many groups of one are open."""
    chance = random.Random(5)  # noqa: S311  # a fixed seed is the point
    mixed = chance.sample(list(given), len(given))
    groups = Groups(lexicon)
    for each, meaning in zip(mixed, _meanings(encoder, mixed), strict=True):
        groups.add(len(groups), each.text, meaning)
    for number in range(len(groups), OPEN):
        groups.add(number, mixed[number % len(mixed)].text)
    times = []
    for number, each in enumerate(chance.choices(mixed, k=TIMED), OPEN):
        text = " ".join(chance.sample(each.text.split(), max(1, len(each.text.split()) - 1)))
        began = time.perf_counter()
        meaning = next(_meanings(encoder, [Phrasing(text, each.intent)]))
        near = groups.resembling(text, meaning)
        groups.add(number if near is None else near, text, meaning)
        times.append(1000 * (time.perf_counter() - began))
    p99 = quantiles(times, n=100)[98]
    print(f"one question joins {OPEN:,} open groups: p50 {median(times):.2f} ms   p99 {p99:.2f} ms")


def _meanings(encoder: Encoder | None, given: Sequence[Phrasing]) -> Iterator[Meaning | None]:
    vectors = None if encoder is None else encoder.encode([normalise(each.text) for each in given])
    if encoder is None or vectors is None:
        yield from [None] * len(given)
    else:
        yield from (Meaning(vector, encoder.model) for vector in vectors)


def main() -> None:
    """Group, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder of the labelled set")
    parser.add_argument("--multilingual", action="store_true", help="by the encoder for many languages")
    args, settings = parser.parse_args(), load_settings()
    given, lexicon = phrasings(args.folder), load_lexicon(settings)
    model = Model.MULTILINGUAL if args.multilingual else Model.ENGLISH
    encode = load_multilingual(settings) if args.multilingual else load_encoder(settings)
    encoder = None if encode is None else Encoder(encode, model)
    tuned, held_out = halves(given)
    if encoder is None:
        tell_curve(tuned, lexicon)
    else:
        tell("tuned on", tuned, lexicon, encoder)
    tell("held out", held_out, lexicon, encoder)
    tell("all intents", given, lexicon, encoder)
    tell_orders(given, lexicon, encoder)
    tell_times(given, lexicon, encoder)


if __name__ == "__main__":
    main()
