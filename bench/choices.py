"""Have askers take choices, make phrasings of what two of them took, and print what that gains.

    python -m bench.choices ../shared

Half of the questions of a set, at random, are asked by two people each. Where the bot offers choices, each person takes
the right one with a chance of 0.9 if it is listed, and else any of them half of the time. What both took is a phrasing
from then on, unless it differs from the entry. The other half is asked before and after.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from bench.sets import labelled, remembering
from bot.bootstrap import load_encoder, load_lexicon
from bot.config import load_settings
from bot.core.deciding.differences import comparison_of
from bot.core.deciding.judgement import judge
from bot.core.models import Answered, Suggested, Surface
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Encode
from bot.formats.labelled import Labelled

SEED = 7
SETS = ("banking77/k1", "banking77/k5", "banking77_oos/k5", "opertus_faq/k1", "opertus_faq/k5", "seeds")
TAKES_RIGHT, TAKES_ANY = 0.9, 0.5
MOST = 400


def taken(offered: Sequence[str], expect: frozenset[str], random: Random) -> str | None:
    """Return what a person takes of the choices, if anything."""
    right = [one for one in offered if one in expect]
    if right and random.random() < TAKES_RIGHT:
        return right[0]
    return random.choice(offered) if not right and random.random() < TAKES_ANY else None


def learn(index: EntryIndex, asked: Sequence[Labelled], random: Random) -> tuple[int, int]:
    """Add what two people took to the entries; return how many phrasings that makes, and how many are right."""
    added = right = 0
    for question in asked:
        decision = judge(index, question.text, surface=Surface.MENTION).decided.decision
        if not isinstance(decision, Suggested):
            continue
        offered = [match.entry_id for match in decision.matches]
        first, second = (taken(offered, question.expect, random) for _ in range(2))
        if first is None or first != second:
            continue
        entry = index.entry(first)
        if comparison_of(index, question.text).differences(entry):
            continue
        index.put(replace(entry, aliases=(*entry.aliases, question.text)))
        added, right = added + 1, right + (first in question.expect)
    return added, right


def measured(index: EntryIndex, asked: Sequence[Labelled]) -> tuple[float, float, float]:
    """Return the shares of right first places, right answers and wrong ones, the first of those with an answer."""
    first = right = wrong = 0
    for question in asked:
        judgement = judge(index, question.text, surface=Surface.MENTION)
        matches, decision = judgement.ranking.matches, judgement.decided.decision
        first += bool(matches) and matches[0].entry_id in question.expect
        if isinstance(decision, Answered):
            right += decision.match.entry_id in question.expect
            wrong += decision.match.entry_id not in question.expect
    answerable = sum(bool(question.expect) for question in asked)
    return first / answerable, right / answerable, wrong / len(asked)


def show(folder: Path, name: str, lexicon: Lexicon, encode: Encode | None) -> None:
    """Print a line for a set."""
    random = Random(SEED)  # noqa: S311  # a fixed seed is the point
    entries, questions = labelled(folder, name)
    random.shuffle(questions)
    asked, held = questions[: len(questions) // 2][:MOST], questions[len(questions) // 2 :][:MOST]
    index = EntryIndex(lexicon, entries, encode)
    before = measured(index, held)
    added, right = learn(index, asked, random)
    after = measured(index, held)
    shares = "  ".join(f"{was:6.1%} -> {now:6.1%}" for was, now in zip(before, after, strict=True))
    print(f"{name:18} {shares}   {added:4} phrasings, {right} right, of {len(asked)} questions")


def main() -> None:
    """Print the tables of both modes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the labelled sets in data/ and the pages in seeds/")
    folder: Path = parser.parse_args().folder
    settings = load_settings()
    lexicon, encode = load_lexicon(settings), load_encoder(settings)
    for mode, with_encoder in (("by words", None), ("by meaning", encode)):
        if mode == "by words" or encode is not None:
            print(f"{mode}, seed {SEED}\n{'':18} right first       answered rightly  answered wrongly")
            for name in SETS:
                show(folder, name, lexicon, None if with_encoder is None else remembering(with_encoder))


if __name__ == "__main__":
    main()
