"""Spoil labelled questions the way people do, and print what each way costs.

    python -m bench.robustness ../shared/data/banking77/k5 ../shared/data/opertus_faq/k5 [--questions 500]

A folder holds `faqs.jsonl` and `queries.jsonl`. Every question that has an answer is asked as it is and once for
each way to spoil it, with a fixed seed, by the words alone and with the sentence encoder; the table shows the share of
right first places, and what the spoiling costs in points.
"""

import argparse
import random
import string
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.bootstrap import load_encoder, load_lexicon
from bot.config import load_settings
from bot.core.deciding.ranking import rank
from bot.core.searching.entry_index import EntryIndex
from bot.formats.labelled import Labelled, read_faqs, read_questions

Spoil = Callable[[str, random.Random], str]

CHAT = {"you": "u", "your": "ur", "please": "pls", "thanks": "thx", "account": "acc", "because": "cuz", "are": "r"}
CHAT |= {"password": "pw", "transaction": "tx", "message": "msg", "with": "w/", "about": "abt", "to": "2", "for": "4"}
# Words of other languages that members put around English ones, and letters that only look Latin.
MIXED = ("bhai", "mera", "yaar", "kaise", "por favor", "amigo", "aap", "nahi", "hermano", "kya", "tolong", "gan")
LOOK_ALIKES = str.maketrans("aceopxy", "\u0430\u0441\u0435\u043e\u0440\u0445\u0443")
SHORTEST = 4  # shorter words are rarely mistyped, and then beyond repair


def edited(text: str, chance: random.Random, *, words: int = 1, edits: int = 1, ways: Sequence[Spoil] = ()) -> str:
    """Return the text with a letter missing, doubled, wrong or swapped in so many of its longer words."""
    parts = text.split()
    long = [at for at, part in enumerate(parts) if len(part) >= SHORTEST and part.isalpha()]
    for at in chance.sample(long, min(words, len(long))):
        for _ in range(edits):
            parts[at] = chance.choice(ways or (missing, doubled, wrong, swapped))(parts[at], chance)
    return " ".join(parts)


def missing(word: str, chance: random.Random) -> str:
    """Return the word without one letter, never the first."""
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def doubled(word: str, chance: random.Random) -> str:
    """Return the word with one letter twice."""
    at = chance.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def wrong(word: str, chance: random.Random) -> str:
    """Return the word with one letter replaced, never the first."""
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice(string.ascii_lowercase) + word[at + 1 :]


def swapped(word: str, chance: random.Random) -> str:
    """Return the word with two neighbouring letters swapped, never the first."""
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def without_punctuation(text: str, _chance: random.Random) -> str:
    """Return the text as somebody types who uses letters and blanks alone."""
    return text.translate(str.maketrans("", "", string.punctuation)).lower()


def in_chat_speak(text: str, _chance: random.Random) -> str:
    """Return the text with the usual short forms."""
    return " ".join(CHAT.get(word, word) for word in text.lower().split())


def mixed(text: str, chance: random.Random) -> str:
    """Return the text with three words of other languages put into it."""
    words = text.split()
    for word in chance.sample(MIXED, 3):
        words.insert(chance.randrange(len(words) + 1), word)
    return " ".join(words)


def every(text: str, way: Spoil, chance: random.Random) -> str:
    """Return the text with every longer word spoilt in one way."""
    return edited(text, chance, words=len(text), ways=(way,))


WAYS: Mapping[str, Spoil] = {
    "as it is": lambda text, _: text,
    "one word mistyped": edited,
    "two words mistyped": lambda text, chance: edited(text, chance, words=2),
    "every word mistyped": lambda text, chance: edited(text, chance, words=len(text)),
    "two edits in one word": lambda text, chance: edited(text, chance, edits=2),
    "every word, a letter missing": lambda text, chance: every(text, missing, chance),
    "every word, a letter doubled": lambda text, chance: every(text, doubled, chance),
    "no punctuation": without_punctuation,
    "all caps": lambda text, _: text.upper(),
    "chat speak": in_chat_speak,
    "words in any order": lambda text, chance: " ".join(chance.sample(text.split(), len(text.split()))),
    "code-mixed": mixed,
    "letters of another alphabet": lambda text, _: text.translate(LOOK_ALIKES),
    "talk around it": lambda text, _: f"hi guys sorry to bother you but {text} thanks a lot in advance!!",
}


def right_first(index: EntryIndex, questions: list[Labelled], spoil: Spoil) -> float:
    """Return the share of questions whose right entry comes first when they are spoilt."""
    chance = random.Random(3)  # noqa: S311  # a fixed seed is the point
    right = 0
    for question in questions:
        matches = rank(index, spoil(question.text, chance), limit=1).matches
        right += bool(matches) and matches[0].entry_id in question.expect
    return right / len(questions)


def tell(indexes: Mapping[str, EntryIndex], questions: list[Labelled]) -> None:
    """Print a line for each way to spoil questions, with a share and its cost for each index."""
    print(f"  {'':30}" + "".join(f"{name:>16}" for name in indexes))
    whole: dict[str, float] = {}
    for way, spoil in WAYS.items():
        shares = {name: right_first(index, questions, spoil) for name, index in indexes.items()}
        whole = whole or shares
        cells = (f"{share:8.1%} {100 * (share - whole[name]):+6.1f} " for name, share in shares.items())
        print(f"  {way:30}" + "".join(cells), flush=True)


def main() -> None:
    """Print a table for each folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", help="folders with faqs.jsonl and queries.jsonl")
    parser.add_argument("--questions", type=int, help="ask so many of them, evenly drawn")
    given, settings = parser.parse_args(), load_settings()
    lexicon, encode = load_lexicon(settings), load_encoder(settings)
    for folder in given.folders:
        entries = read_faqs(str(folder / "faqs.jsonl"), (folder / "faqs.jsonl").read_bytes())
        known = frozenset(entry.id for entry in entries)
        queries = folder / "queries.jsonl"
        questions = [each for each in read_questions(str(queries), queries.read_bytes(), known=known) if each.expect]
        questions = questions[:: max(1, len(questions) // (given.questions or len(questions)))]
        indexes = {"words": EntryIndex(lexicon, entries)}
        if encode is not None:
            indexes["with the encoder"] = EntryIndex(lexicon, entries, encode)
        print(f"{folder}: {len(questions)} questions")
        tell(indexes, questions)


if __name__ == "__main__":
    main()
