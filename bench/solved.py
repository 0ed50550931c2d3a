"""Count which solved questions are offered for new ones, by the words alone and with the sentence encoder.

    python -m bench.solved ../shared/data/banking77/kall

The folder holds `faqs.jsonl`. Of the intents that the limits of `bot/core/searching/groups.py` were not tuned on, every
other one has ten phrasings that were solved; twenty more of each intent are asked. An offer is right where it is of the
same intent, and there is none for an intent of which nothing was solved.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.grouping import Phrasing, halves, phrasings
from bot.bootstrap import load_encoder, load_lexicon
from bot.config import load_settings
from bot.core.models import MessageRef
from bot.core.searching.groups import Meaning
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.past import PastQuestion, most_alike
from bot.core.searching.text import normalise
from bot.core.searching.vectors import Encode
from bot.service.solved import MOST_OFFERED

SOLVED, ASKED, SEED = 10, 20, 1
_ROW = "| {name} | {right} of {like} | {wrong} | {other} of {unlike} |"


class Offers(NamedTuple):
    """How many questions were offered a right one, none but wrong ones, and one where there was nothing to offer."""

    like: int
    right: int
    wrong: int
    unlike: int
    other: int


def offers(given: Sequence[Phrasing], lexicon: Lexicon, encode: Encode | None) -> Offers:
    """Return what is offered of one half of the intents to questions of all of them."""
    by_intent, chance = defaultdict[str, list[str]](list), random.Random(SEED)  # noqa: S311  # a fixed seed is the point
    for each in given:
        by_intent[each.intent].append(each.text)
    past, asked = dict[str, str](), list[Phrasing]()
    for number, (intent, texts) in enumerate(sorted(by_intent.items())):
        some = chance.sample(texts, SOLVED + ASKED)
        past |= {} if number % 2 else dict.fromkeys(some[:SOLVED], intent)
        asked += [Phrasing(text, intent) for text in some[SOLVED:]]
    meanings = _meanings([*past, *(each.text for each in asked)], encode)
    there = [_question(text) for text in past]
    like = right = wrong = other = 0
    for each in asked:
        found = most_alike(lexicon, _question(each.text), there, most=MOST_OFFERED, meanings=meanings)
        intents = {past[one.text] for one in found}
        if each.intent not in past.values():
            other += bool(intents)
            continue
        like += 1
        right += each.intent in intents
        wrong += bool(intents) and each.intent not in intents
    return Offers(like, right, wrong, len(asked) - like, other)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    _, held_out = halves(phrasings(parser.parse_args().folder))
    settings = load_settings()
    lexicon, encode = load_lexicon(settings), load_encoder(settings)
    print("| by | right | wrong alone | where nothing was like it |")
    print("|---|---|---|---|")
    for name, used in {"words": None, "words and meaning": encode}.items():
        print(_ROW.format(name=name, **offers(held_out, lexicon, used)._asdict()))


def _question(text: str) -> PastQuestion:
    return PastQuestion(ref=MessageRef(platform="slack", message_id="m"), text=text)


def _meanings(texts: Sequence[str], encode: Encode | None) -> dict[str, Meaning]:
    vectors = None if encode is None else encode([normalise(text) for text in texts])
    return {} if vectors is None else {text: Meaning(vector) for text, vector in zip(texts, vectors, strict=True)}


if __name__ == "__main__":
    main()
