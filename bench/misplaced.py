"""Exchange answers of FAQs, and count how many of them a check finds, and how many sound ones it takes for such.

Each language that at least twenty entries have is measured by itself, with what the entries have in it.

python -m bench.misplaced FAQ…      # folders and files that `faqbot faq import` reads, or faqs.jsonl of a set
"""

import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.bootstrap import load_encoder, load_lexicon, load_multilingual
from bot.cli.imports import read_paths
from bot.config import load_settings
from bot.core.checking.findings import Checked
from bot.core.checking.likeness import as_read_in, said
from bot.core.checking.misplaced import misplaced_among
from bot.core.local_answers import language_of
from bot.core.models import Entry
from bot.core.reader import answers_of
from bot.core.searching.kept_vectors import RememberedVectors
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Encode
from bot.formats import collect
from bot.formats.labelled import read_faqs

ROUNDS = 100
FEWEST = 20


def entries_of(path: Path) -> list[Entry]:
    """Return the entries of a file or folder that have an answer."""
    if path.suffix == ".jsonl":
        return [entry for entry in read_faqs(str(path), path.read_bytes()) if entry.answer]
    return [one.entry for one in collect(read_paths([path])).entries]


def found(entries: Sequence[Entry], lexicon: Lexicon, encode: Encode | None) -> set[int]:
    """Return the numbers of the entries whose answer seems misplaced."""
    return {number for number, _, _ in misplaced_among(said(entries, lexicon, encode))}


def exchanged(entries: Sequence[Entry], rng: random.Random) -> tuple[list[Entry], set[int]]:
    """Return entries of which two have each other's answer, and the numbers of these two."""
    one, other = rng.sample(range(len(entries)), 2)
    changed = list(entries)
    changed[one] = replace(entries[one], answer=entries[other].answer)
    changed[other] = replace(entries[other], answer=entries[one].answer)
    return changed, {one, other}


def languages(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Return the entries as they read in each language."""
    locales = {one.locale for entry in entries for one in answers_of(entry) if one.locale is not None}
    found = {
        language: [view.entry for entry in entries if (view := as_read_in(Checked(entry=entry), language)) is not None]
        for language in sorted(map(language_of, locales))
    }
    return {language: views for language, views in found.items() if len(views) >= FEWEST}


def main() -> None:
    """Print a line for each FAQ and language, by meaning and by words."""
    settings = load_settings()
    lexicon, encoders = load_lexicon(settings), {"en": load_encoder(settings)}
    print(f"{'FAQ':<40} {'entries':>7}  {'by':<7} {'found':>6} {'of sound ones':>13}")
    for path in map(Path, sys.argv[1:] or ["faq_data"]):
        for language, entries in languages(entries_of(path)).items():
            encode = encoders.setdefault(language, load_multilingual(settings))
            for by, made in (("meaning", None if encode is None else RememberedVectors(encode)), ("words", None)):
                rng, hits = random.Random(1), 0  # noqa: S311  # a sample, no secret
                for _ in range(ROUNDS):
                    changed, wrong = exchanged(entries, rng)
                    hits += len(found(changed, lexicon, made) & wrong)
                sound = len(found(entries, lexicon, made))
                name = f"{str(path)[-36:]} {language}"
                print(f"{name:<40} {len(entries):>7}  {by:<7} {hits / 2 / ROUNDS:>6.0%} {sound:>13}")


if __name__ == "__main__":
    main()
