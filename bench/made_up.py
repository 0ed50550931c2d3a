"""Make up FAQs of any size that grow as real ones do, and questions about them.

Each entry has a topic of four words, a question and four aliases that each say two or three of them among words of
the pack that ships with the bot, and an answer of thirty words. Words of a topic are drawn from an endless list of
invented words by a law like Zipf's: a few are in thousands of phrasings, most in a handful, and twice the phrasings
bring half as many words again, as in collections of real questions. `pack_only` draws all words from the pack, a few
hundred in all: the worst case, for then every word is in thousands of phrasings and tells nothing.
"""

import random
from functools import cache

from bot.core.models import Entry
from bot.core.searching.text import normalise
from bot.formats import collect
from bot.formats.reading import read
from bot.resources import resource

ALIASES = 5
TOPIC, ANSWER = 4, 26
# The law of the invented words: of rank r and rarer with probability (1 + r / FLAT) ** -TAIL.
FLAT, TAIL, RAREST = 50, 0.5, 10**8
_SYLLABLES = [first + then for first in (*"bcdfghklmnprstvwz", "br", "st", "tr") for then in "aeio"]
_ENDINGS = ("", "n", "r", "s", "ting", "ment", "ly")


@cache
def pack_words() -> list[str]:
    """Return every word of the pack's phrasings, as often as it occurs."""
    documents = [read(path.name, path.read_bytes()) for path in sorted(resource("faq_data").glob("*.yaml"))]
    entries = [draft.entry for draft in collect(documents).entries]
    return [word for entry in entries for text in entry.phrasings for word in normalise(text).split()]


def invented(rank: int) -> str:
    """Return the invented word of a rank: two or more syllables and an ending, different for each rank."""
    rank, ending = divmod(rank, len(_ENDINGS))
    rank += len(_SYLLABLES)
    syllables = []
    while rank:
        rank, place = divmod(rank, len(_SYLLABLES))
        syllables.append(_SYLLABLES[place])
    return "".join(syllables) + _ENDINGS[ending]


def made_up(count: int, chance: random.Random, *, pack_only: bool = False) -> list[Entry]:
    """Return entries with so many phrasings in all."""
    known = pack_words()

    def rare() -> str:
        if pack_only:
            return chance.choice(known)
        return invented(int(FLAT * ((1 - chance.random()) ** (-1 / TAIL) - 1)) % RAREST)

    def phrasing(topic: list[str]) -> str:
        words = chance.sample(topic, chance.randint(2, 3)) + chance.choices(known, k=chance.randint(3, 7))
        chance.shuffle(words)
        return " ".join(words)

    entries = []
    for at in range(0, count, ALIASES):
        topic = [rare() for _ in range(TOPIC)]
        question, *aliases = (phrasing(topic) for _ in range(min(ALIASES, count - at)))
        answer = topic + [rare() if chance.random() < 1 / 4 else chance.choice(known) for _ in range(ANSWER)]
        entries.append(Entry(id=f"made-up-{at}", question=question, aliases=tuple(aliases), answer=" ".join(answer)))
    return entries


def asked_about(entry: Entry, chance: random.Random) -> str:
    """Return a phrasing of an entry with a word left out and a letter mistyped."""
    words = chance.choice(entry.phrasings).split()
    words.pop(chance.randrange(len(words)))
    text = " ".join(words)
    at = chance.randrange(len(text))
    return f"{text[:at]}x{text[at + 1 :]}"
