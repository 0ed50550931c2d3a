"""Exchange answers of FAQs, and count how many of them a check finds, and how many sound ones it takes for such.

python -m bench.misplaced FAQ…      # folders and files that `faqbot faq import` reads, or faqs.jsonl of a set
"""

import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.bootstrap import load_encoder, load_lexicon
from bot.cli.imports import read_paths
from bot.config import load_settings
from bot.core.checking.likeness import misplaced_among, said
from bot.core.models import Entry
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Encode, RememberedVectors
from bot.formats import collect
from bot.formats.labelled import read_faqs

ROUNDS = 100


def entries_of(path: Path) -> list[Entry]:
    """Return the entries of a file or folder that have an answer."""
    if path.suffix == ".jsonl":
        return [entry for entry in read_faqs(str(path), path.read_bytes()) if entry.answer]
    return [one.entry for one in collect(read_paths([path])).entries]


def found(entries: Sequence[Entry], lexicon: Lexicon, encode: Encode | None) -> set[int]:
    """Return the numbers of the entries whose answer seems misplaced."""
    return {number for number, _ in misplaced_among(said(entries, lexicon, encode))}


def exchanged(entries: Sequence[Entry], rng: random.Random) -> tuple[list[Entry], set[int]]:
    """Return entries of which two have each other's answer, and the numbers of these two."""
    one, other = rng.sample(range(len(entries)), 2)
    changed = list(entries)
    changed[one] = replace(entries[one], answer=entries[other].answer)
    changed[other] = replace(entries[other], answer=entries[one].answer)
    return changed, {one, other}


def main() -> None:
    """Print a line for each FAQ, by meaning and by words."""
    settings = load_settings()
    lexicon, encode = load_lexicon(settings), load_encoder(settings)
    print(f"{'FAQ':<40} {'entries':>7}  {'by':<7} {'found':>6} {'of sound ones':>13}")
    for path in map(Path, sys.argv[1:] or ["faq_data"]):
        entries = entries_of(path)
        for by, made in (("meaning", None if encode is None else RememberedVectors(encode)), ("words", None)):
            rng, hits = random.Random(1), 0  # noqa: S311  # a sample, no secret
            for _ in range(ROUNDS):
                changed, wrong = exchanged(entries, rng)
                hits += len(found(changed, lexicon, made) & wrong)
            sound = len(found(entries, lexicon, made))
            print(f"{str(path)[-40:]:<40} {len(entries):>7}  {by:<7} {hits / 2 / ROUNDS:>6.0%} {sound:>13}")


if __name__ == "__main__":
    main()
