"""Show how fast the bot learns from its moderators, beside a bot made of rapidfuzz alone.

    python -m bench.learning ../shared/data/banking77/kall --png learning.png
    FAQBOT_MODEL_DIR=off python -m bench.learning ../shared/data/banking77/kall   # by the words alone

The folder holds `faqs.jsonl`. Each bot starts with one phrasing of every entry. The other phrasings come in as
questions, in one random order for both; whatever is not answered, a moderator links to its true entry, and that is a
review. Nobody notices a wrong answer. After every hundred reviews both are asked the questions that were held back,
which neither ever learns.

The rapidfuzz bot takes the phrasing with the best `token_sort_ratio` and answers from a threshold on. That is set again
each time, with the labels of the questions held back: as low as it can be with as many wrong answers as ours, which is
better than anybody could set it in practice. Where that very number cannot be had, it may give more of them.

Our weights were fitted on other files of banking77, among other sets.
"""

import argparse
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from bench.learning_curve import Step, draw
from bot.bootstrap import load_encoder, load_lexicon
from bot.config import load_settings
from bot.core.deciding.judgement import judge
from bot.core.models import Answered, Entry, Surface
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.text import normalise
from bot.core.searching.vectors import Encode
from bot.formats.labelled import read_faqs

SEED, EVERY = 11, 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the entry that it means."""

    text: str
    expect: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What both bots start with, what comes in, and what they are measured on."""

    entries: Sequence[Entry]
    stream: Sequence[Asked]
    held: Sequence[Asked]


class Ours:
    """Answer as this bot does when it was mentioned."""

    def __init__(self, entries: Sequence[Entry], lexicon: Lexicon, encode: Encode | None) -> None:
        self._index = EntryIndex(lexicon, entries, encode)

    def ask(self, text: str) -> str | None:
        """Return the entry that answers, None when there are choices or nothing."""
        decision = judge(self._index, text, surface=Surface.MENTION).decided.decision
        return decision.match.entry_id if isinstance(decision, Answered) else None

    def learn(self, asked: Asked) -> None:
        """Make the question a phrasing of its entry."""
        entry = self._index.entry(asked.expect)
        self._index.put(replace(entry, aliases=(*entry.aliases, asked.text)))


class Fuzzy:
    """Answer with the phrasing that is most alike by `token_sort_ratio`, from a threshold on."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.threshold = 0.0
        self._texts = [normalise(entry.question) for entry in entries]
        self._owners = [entry.id for entry in entries]

    def best(self, text: str) -> tuple[str, float]:
        """Return the entry whose phrasing is most alike, and how much so, 0 to 100."""
        _, score, at = process.extract(normalise(text), self._texts, scorer=fuzz.token_sort_ratio, limit=1)[0]
        return self._owners[at], score

    def ask(self, text: str) -> str | None:
        """Return the entry that answers, if one does."""
        entry_id, score = self.best(text)
        return entry_id if score >= self.threshold else None

    def learn(self, asked: Asked) -> None:
        """Make the question a phrasing of its entry."""
        self._texts.append(normalise(asked.text))
        self._owners.append(asked.expect)


def plan(entries: Sequence[Entry], *, held: int, seed: int = SEED) -> Plan:
    """Return what comes in and what is held back, at random; the first phrasing of an entry is where it starts."""
    chance = random.Random(seed)  # noqa: S311  # a fixed seed is the point
    asked = [Asked(text, entry.id) for entry in entries for text in dict.fromkeys(entry.aliases)]
    chance.shuffle(asked)
    return Plan([replace(entry, aliases=()) for entry in entries], asked[held:], asked[:held])


def learn(bot: Ours | Fuzzy, stream: Iterable[Asked], measure: Callable[[int], Step], *, reviews: int) -> list[Step]:
    """Ask and teach a bot, and measure it at the start and after every hundred reviews."""
    steps, done = [measure(0)], 0
    for asked in stream:
        if done == reviews:
            break
        if bot.ask(asked.text) is None:
            bot.learn(asked)
            done += 1
            if done % EVERY == 0:
                steps.append(measure(done))
    return steps


def measured(bot: Ours | Fuzzy, held: Sequence[Asked], *, reviews: int) -> Step:
    """Return the shares of the questions held back that a bot answers rightly and wrongly."""
    given = [(bot.ask(asked.text), asked.expect) for asked in held]
    right = sum(answer == expect for answer, expect in given)
    wrong = sum(answer is not None and answer != expect for answer, expect in given)
    return Step(reviews, right / len(held), wrong / len(held))


def tuned_threshold(scores: Sequence[float], right: Sequence[bool], *, wrong: int) -> float:
    """Return the lowest threshold with so many wrong answers, or with the next higher number that one leads to."""
    levels = np.unique(scores)
    at_least = np.asarray(scores)[None, :] >= levels[:, None]
    wrongs = (at_least & ~np.asarray(right)[None, :]).sum(axis=1)
    reached = wrongs[wrongs >= wrong]
    return float(levels[wrongs == reached.min()].min()) if len(reached) else 0.0


def tuned(bot: Fuzzy, held: Sequence[Asked], *, like: Step) -> Step:
    """Set the threshold of the rapidfuzz bot so that it errs as often as ours did, and measure it."""
    best = [bot.best(asked.text) for asked in held]
    right = [found == asked.expect for (found, _), asked in zip(best, held, strict=True)]
    bot.threshold = tuned_threshold([score for _, score in best], right, wrong=round(like.wrong * len(held)))
    return measured(bot, held, reviews=like.reviews)


def compare(what: Plan, lexicon: Lexicon, encode: Encode | None, *, reviews: int) -> tuple[list[Step], list[Step]]:
    """Return the steps of our bot, and those of the rapidfuzz bot after the same numbers of reviews."""
    bot = Ours(what.entries, lexicon, encode)
    ours = learn(bot, what.stream, lambda done: measured(bot, what.held, reviews=done), reviews=reviews)
    rival = Fuzzy(what.entries)
    at = {step.reviews: step for step in ours}
    reached = ours[-1].reviews
    return ours, learn(rival, what.stream, lambda done: tuned(rival, what.held, like=at[done]), reviews=reached)


def show(ours: Sequence[Step], theirs: Sequence[Step], *, held: int) -> None:
    """Print both as a table."""
    print(f"Of {held:,} questions held back, in per cent: answered rightly and wrongly")
    print(f"{'':8}{'faqbot':>16}{'rapidfuzz':>18}")
    print(f"{'reviews':8}{'rightly':>8}{'wrongly':>8}{'rightly':>10}{'wrongly':>8}")
    for one, other in zip(ours, theirs, strict=True):
        print(f"{one.reviews:<8,}{one.right:>8.1%}{one.wrong:>8.1%}{other.right:>10.1%}{other.wrong:>8.1%}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Teach both bots and print what they make of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder of the labelled set")
    parser.add_argument("--reviews", type=int, default=1_000)
    parser.add_argument("--held", type=int, default=1_000, help="questions to measure on")
    parser.add_argument("--png", type=Path, metavar="FILE", help="draw the table as well")
    options = parser.parse_args(arguments)
    path, settings = options.folder / "faqs.jsonl", load_settings()
    what = plan(read_faqs(path.name, path.read_bytes()), held=options.held)
    ours, theirs = compare(what, load_lexicon(settings), load_encoder(settings), reviews=options.reviews)
    show(ours, theirs, held=len(what.held))
    if options.png:
        draw(ours, theirs, options.png)


if __name__ == "__main__":
    main()
