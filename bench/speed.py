"""Time one question among many phrasings, beside rapidfuzz's exhaustive search in the same run.

    python -m bench.speed [--phrases 10000] [--questions 200]

The phrasings are made up from the words of the pack that ships with the bot, with a fixed seed; a question is one
of them with a word left out and a letter mistyped. `extractOne` compares the question with every phrasing by one
scorer, which is what people would use instead. Machines are noisy: read the ratios.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles

from rapidfuzz import fuzz, process

from bot.bootstrap import load_lexicon
from bot.config import load_settings
from bot.core.index import EntryIndex
from bot.core.matching import rank
from bot.core.models import Entry
from bot.core.text import normalise
from bot.formats import collect, read
from bot.resources import resource

ALIASES = 5


def pack_words() -> list[str]:
    """Return every word of the pack's phrasings, as often as it occurs."""
    documents = [read(path.name, path.read_bytes()) for path in sorted(resource("faq_data").glob("*.yaml"))]
    entries = [draft.entry for draft in collect(documents).entries]
    return [word for entry in entries for text in entry.phrasings for word in normalise(text).split()]


def made_up(count: int, chance: random.Random) -> list[Entry]:
    """Return entries with so many phrasings in all, each of four to twelve words."""
    words = pack_words()
    phrases = [" ".join(chance.choices(words, k=chance.randint(4, 12))) for _ in range(count)]
    return [
        Entry(id=str(at), question=phrases[at], aliases=tuple(phrases[at + 1 : at + ALIASES]), answer="Like this.")
        for at in range(0, count, ALIASES)
    ]


def asked_about(entry: Entry, chance: random.Random) -> str:
    """Return a phrasing of an entry with a word left out and a letter mistyped."""
    words = chance.choice(entry.phrasings).split()
    words.pop(chance.randrange(len(words)))
    text = " ".join(words)
    at = chance.randrange(len(text))
    return f"{text[:at]}x{text[at + 1 :]}"


def timed(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Return the milliseconds of each question."""
    times = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        times.append(1000 * (time.perf_counter() - began))
    return times


def main() -> None:
    """Build, ask everybody the same, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phrases", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=200)
    given = parser.parse_args()
    chance = random.Random(7)  # noqa: S311  # a fixed seed is the point
    entries = made_up(given.phrases, chance)
    questions = [asked_about(chance.choice(entries), chance) for _ in range(given.questions)]
    phrases = [normalise(text) for entry in entries for text in entry.phrasings]
    lexicon = load_lexicon(load_settings())
    began = time.perf_counter()
    index = EntryIndex(lexicon, entries)
    print(f"{len(phrases):,} phrasings indexed in {time.perf_counter() - began:.2f} s; {len(questions)} questions")
    rivals: dict[str, Callable[[str], object]] = {
        "faqbot": lambda text: rank(index, text),
        "rapidfuzz token_sort_ratio": lambda text: process.extractOne(text, phrases, scorer=fuzz.token_sort_ratio),
        "rapidfuzz WRatio": lambda text: process.extractOne(text, phrases, scorer=fuzz.WRatio),
    }
    times = {name: timed(ask, questions) for name, ask in rivals.items()}
    ours = median(times["faqbot"])
    for name, each in times.items():
        p99 = quantiles(each, n=100)[98]
        print(f"{name:28} p50 {median(each):7.2f} ms   p99 {p99:7.2f} ms   {median(each) / ours:5.1f} x")


if __name__ == "__main__":
    main()
