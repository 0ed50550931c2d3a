"""What each part of the matching is worth on each labelled set.

    python -m bench.ablation ../shared
    python -m bench.ablation ../shared --judgement            # guards, typed corrections and scripts, as they ship
    FAQBOT_MODEL_DIR=off python -m bench.ablation ../shared   # by the words alone

A row leaves one part out; the weights are fitted again on all sets each time, so that what is left can make up for
it. Columns are the right first places of the answerable questions, in per cent, and the last two the means over all
sets of R@P90 and of the AUROC against questions without an answer.

With `--judgement` nothing is fitted. For each guard it is counted how many answers it alone turns into choices, and how
many of these would have been right; for the corrections that the encoder reads, how many questions find their entry
first with and without; and for the parts of words in scripts without spaces, how many are answered rightly.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from math import sqrt
from pathlib import Path
from unittest.mock import patch

import numpy as np

from bench.calibrate import MODES
from bench.fitting import fit, measure
from bench.robustness import WAYS, right_first
from bench.scripts import FOLDER as SCRIPTS
from bench.sets import FAMILIES, Sample, labelled, remembering, weighed
from bot.bootstrap import load_encoder, load_lexicon
from bot.config import load_settings
from bot.core.deciding.decision import Guard
from bot.core.deciding.judgement import judge
from bot.core.models import Answered, Suggested, Surface
from bot.core.searching import entry_index, entry_texts
from bot.core.searching.arrays import Floats
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.sparse import text_index
from bot.core.searching.spelling import Vocabulary
from bot.core.searching.vectors import Encode
from bot.formats.labelled import read_faqs, read_questions

NAMES = [name for names in FAMILIES.values() for name in names]
Without = Callable[[], AbstractContextManager[object]]


@contextmanager
def _without_regression() -> Iterator[None]:
    """Weight every text near a question in full."""

    def near_as_it_is(_: Floats, near: Floats, noise: Floats) -> Floats:
        return near / (1 + noise)

    with patch.object(entry_index, "explained", near_as_it_is):
        yield


def _balanced(spelling: float) -> AbstractContextManager[object]:
    """Weigh the trigrams with so much of the likeness of two texts."""
    return patch.multiple(text_index, SPELLING=spelling, _SPELT=sqrt(spelling), _SAID=sqrt(1 - spelling))


STRUCTURE: dict[str, Without] = {
    "all parts": nullcontext,
    "no regression": _without_regression,
    "no passages": lambda: patch.object(entry_texts, "passages", lambda *_: []),
    "no trigrams": lambda: _balanced(0.0),
    "no words": lambda: _balanced(1.0),
    "no correction": lambda: patch.object(Vocabulary, "correct", lambda _, word, *__: word),
}

# The sets with five phrasings an entry, and the help centre.
GUARDED = ("banking77/k5", "banking77_oos/k5", "opertus_faq/k5", "seeds")
TYPED, SLIPS, MOST_TYPED = (
    ("opertus_faq/k5", "banking77/k5"),
    ("as it is", "one word mistyped", "every word mistyped"),
    400,
)


def tell(label: str, samples: Sequence[Sample], kinds: Sequence[str]) -> None:
    """Print a row: what a fit on these samples makes of them."""
    fitted = fit(samples, kinds)
    found = [measure(sample, fitted) for sample in samples]
    nulls = [each.nulls for each in found if each.nulls is not None]
    recall = np.mean([each.recall(0.9) for each in found])
    row = " | ".join(f"{100 * each.top1:.1f}" for each in found)
    print(f"| {label} | {row} | {100 * recall:.1f} | {np.mean(nulls):.3f} |", flush=True)


def guards(folder: Path, name: str, lexicon: Lexicon, encode: Encode | None) -> None:
    """Print what each guard alone keeps from being answered in a set, and what is answered."""
    entries, questions = labelled(folder, name)
    index = EntryIndex(lexicon, entries, encode)
    stopped, right = Counter[Guard](), Counter[Guard]()
    answered = hits = 0
    for question in questions:
        decided = judge(index, question.text, surface=Surface.MENTION).decided
        match decided.decision:
            case Answered(match):
                answered, hits = answered + 1, hits + (match.entry_id in question.expect)
            case Suggested(matches) if len(decided.guards) == 1:
                stopped[decided.guards[0]] += 1
                right[decided.guards[0]] += matches[0].entry_id in question.expect
    cells = ", ".join(f"{guard} {count} ({right[guard]} right)" for guard, count in sorted(stopped.items()))
    print(f"{name}: {hits} of {answered} answers are right; stopped by one guard alone: {cells or 'none'}", flush=True)


def corrections(folder: Path, name: str, lexicon: Lexicon, encode: Encode) -> None:
    """Print how often the right entry comes first where the encoder reads words as corrected, and as typed."""
    entries, questions = labelled(folder, name)
    asked = [question for question in questions if question.expect][:: max(1, len(questions) // MOST_TYPED)]
    index = EntryIndex(lexicon, entries, encode)
    for way in SLIPS:
        corrected = right_first(index, asked, WAYS[way])
        with patch.object(Vocabulary, "intended", lambda _, word, __: word):
            typed = right_first(index, asked, WAYS[way])
        print(f"{name}, {way}: {corrected:.1%} read as corrected, {typed:.1%} as typed, of {len(asked)}", flush=True)


def scripts(lexicon: Lexicon) -> None:
    """Print how many questions in six languages are answered rightly, by words, with runs of letters cut and whole."""
    found = []
    for without in (nullcontext, lambda: patch("bot.core.searching.text._parts", lambda run: [run])):
        with without():
            found.append([_answered_in(folder, lexicon) for folder in sorted(SCRIPTS.iterdir())])
    names = [folder.name for folder in sorted(SCRIPTS.iterdir())]
    cells = ", ".join(f"{name} {cut} ({whole})" for name, cut, whole in zip(names, *found, strict=True))
    print(f"scripts, answered rightly with runs of letters cut (whole): {cells}")


def _answered_in(folder: Path, lexicon: Lexicon) -> int:
    faqs, queries = folder / "faqs.jsonl", folder / "queries.jsonl"
    entries = read_faqs(str(faqs), faqs.read_bytes())
    questions = read_questions(str(queries), queries.read_bytes(), known=frozenset(entry.id for entry in entries))
    index = EntryIndex(lexicon, entries)
    decisions = [(judge(index, each.text, surface=Surface.MENTION).decided.decision, each.expect) for each in questions]
    return sum(isinstance(found, Answered) and found.match.entry_id in expect for found, expect in decisions)


def judgement(folder: Path, lexicon: Lexicon, encode: Encode | None) -> None:
    """Print what guards, typed corrections and the parts of words in other scripts are worth."""
    for mode, encoder in (("by words", None), ("by meaning", encode)):
        if mode == "by words" or encoder is not None:
            print(f"\n{mode}")
            for name in GUARDED:
                guards(folder, name, lexicon, encoder)
    print()
    if encode is not None:
        for name in TYPED:
            corrections(folder, name, lexicon, encode)
    scripts(lexicon)


def main() -> None:
    """Print a table for each mode."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the labelled sets in data/ and the pages in seeds/")
    parser.add_argument("--judgement", action="store_true", help="count what guards, corrections and scripts are worth")
    given = parser.parse_args()
    settings = load_settings()
    lexicon, encode = load_lexicon(settings), load_encoder(settings)
    if given.judgement:
        judgement(given.folder, lexicon, None if encode is None else remembering(encode))
        return
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
