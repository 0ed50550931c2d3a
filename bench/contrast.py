"""Ask questions that look like an entry and mean something else, and print by kind what the bot makes of them.

    python -m bench.contrast ../shared          # by words alone, and by meaning where a model is there
    python -m bench.contrast ../shared --cost   # also what it costs: plain questions only offered

`data/pairs` holds the look-alikes over two FAQs. A question whose label is null must not be answered at all. Beside
them each entry of the other sets is withheld once, and its own phrasings are asked: kinds for which no list of words
was written. The cost is the share of questions whose right entry comes first, sure enough, and is only offered since
something differs.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bench.sets import labelled
from bot.bootstrap import load_encoder, load_lexicon
from bot.config import load_settings
from bot.core.deciding.decision import Guard
from bot.core.deciding.judgement import judge
from bot.core.models import Answered, Entry, Suggested, Surface, kind_of
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Encode
from bot.formats.labelled import read_faqs

PAIRS = ("pack", "seeds")
WITHHELD = ("banking77/k5", "opertus_faq/k5", "seeds")
COST = ("banking77/k5", "banking77_oos/k5", "opertus_faq/k5", "seeds")
PLAIN = "plain"
_PHRASINGS = 3


def pairs(folder: Path, name: str, lexicon: Lexicon, encode: Encode | None) -> Mapping[str, Counter[str]]:
    """Return for each kind of look-alike how many were answered rightly, wrongly, offered and left."""
    faqs, queries = folder / "data" / "pairs" / name / "faqs.jsonl", folder / "data" / "pairs" / name / "queries.jsonl"
    index = EntryIndex(lexicon, read_faqs(str(faqs), faqs.read_bytes()), encode)
    found: dict[str, Counter[str]] = {}
    for line in map(json.loads, queries.read_text("utf-8").splitlines()):
        label = line["expect"]
        expect = {label} if isinstance(label, str) else set(label or ())
        decision = judge(index, line["text"], surface=Surface.MENTION).decided.decision
        outcome = kind_of(decision).value
        if isinstance(decision, Answered):
            outcome = "right" if decision.match.entry_id in expect else "WRONG"
        found.setdefault(line["kind"], Counter())[outcome] += 1
    return found


def withheld(entries: Sequence[Entry], lexicon: Lexicon, encode: Encode | None) -> tuple[int, int]:
    """Return how many phrasings were asked without their entry, and how many of them were answered."""
    index = EntryIndex(lexicon, entries, encode)
    asked = answered = 0
    for entry in entries:
        index.drop(entry.id)
        for text in entry.phrasings[:_PHRASINGS]:
            asked += 1
            answered += isinstance(judge(index, text, surface=Surface.MENTION).decided.decision, Answered)
        index.put(entry)
    return asked, answered


def cost(folder: Path, name: str, lexicon: Lexicon, encode: Encode | None) -> tuple[int, int, int]:
    """Return how many questions have an answer, are answered rightly, and are only offered since something differs."""
    entries, questions = labelled(folder, name)
    index = EntryIndex(lexicon, entries, encode)
    right = offered = 0
    answerable = [question for question in questions if question.expect]
    for question in answerable:
        decided = judge(index, question.text, surface=Surface.MENTION).decided
        match decided.decision:
            case Answered(match):
                right += match.entry_id in question.expect
            case Suggested(matches):
                offered += decided.guards == (Guard.DIFFERS,) and matches[0].entry_id in question.expect
    return len(answerable), right, offered


def show(name: str, kinds: Mapping[str, Counter[str]]) -> None:
    """Print a table of kinds."""
    print(f"{name}")
    for kind, outcomes in sorted(kinds.items()):
        print(f"  {kind:20} {_listed(outcomes)}")
    alike = sum((outcomes for kind, outcomes in kinds.items() if not kind.startswith(PLAIN)), Counter[str]())
    plain = sum((outcomes for kind, outcomes in kinds.items() if kind.startswith(PLAIN)), Counter[str]())
    print(f"  {'all look-alikes':20} {_listed(alike)}")
    print(f"  {'all plain ones':20} {_listed(plain)}")


def _listed(outcomes: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(outcomes.items()))


def run(folder: Path, lexicon: Lexicon, encode: Encode | None, *, costs: bool, names: Iterable[str] = PAIRS) -> None:
    """Print all tables of a mode."""
    for name in names:
        show(name, pairs(folder, name, lexicon, encode))
    for name in WITHHELD:
        asked, answered = withheld(labelled(folder, name)[0], lexicon, encode)
        print(f"{name}: of {asked} phrasings without their entry {answered} answered ({answered / asked:.1%})")
    for name in COST if costs else ():
        answerable, right, offered = cost(folder, name, lexicon, encode)
        print(f"{name}: {right / answerable:.1%} answered rightly, {offered / answerable:.1%} only offered")


def main() -> None:
    """Print the tables of both modes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the labelled sets in data/ and the pages in seeds/")
    parser.add_argument("--cost", action="store_true", help="also ask the plain questions of the other sets")
    given = parser.parse_args()
    settings = load_settings()
    lexicon, encode = load_lexicon(settings), load_encoder(settings)
    for mode, with_encoder in (("by words", None), ("by meaning", encode)):
        if mode == "by words" or encode is not None:
            print(f"\n{mode}")
            run(given.folder, lexicon, with_encoder, costs=given.cost)


if __name__ == "__main__":
    main()
