"""Print how questions in other languages are answered from an English FAQ, by each of the sentence encoders.

    python -m bench.languages [tests/questions/languages]

Each file holds the same questions in one language, about the entries that come with the bot.
"""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bench.scripts import counted
from bot.bootstrap import load_encoder, load_lexicon, load_multilingual
from bot.config import load_settings
from bot.core.models import Audience, Entry
from bot.core.searching.entry_index import EntryIndex
from bot.formats import collect
from bot.formats.labelled import read_questions
from bot.formats.reading import read
from bot.resources import resource

FOLDER = Path(__file__).parent.parent / "tests" / "questions" / "languages"


def pack() -> list[Entry]:
    """Return the public entries that come with the bot, as they are in English."""
    documents = [read(path.name, path.read_bytes()) for path in sorted(resource("faq_data").glob("*.yaml"))]
    entries = (draft.entry for draft in collect(documents).entries)
    return [replace(entry, answers=()) for entry in entries if entry.audience is Audience.PUBLIC]


def main() -> None:
    """Print a line for each language and index."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    given, settings, entries = parser.parse_args(), load_settings(), pack()
    lexicon, encode, multilingual = load_lexicon(settings), load_encoder(settings), load_multilingual(settings)
    indexes: Mapping[str, EntryIndex] = {
        "words": EntryIndex(lexicon, entries),
        "English encoder": EntryIndex(lexicon, entries, encode),
        "multilingual": EntryIndex(lexicon, entries, encode, multilingual=multilingual),
    }
    known = frozenset(entry.id for entry in entries)
    print(f"{'':12}{'':18} first  rightly  wrong  left")
    for path in sorted(given.folder.glob("*.jsonl")):
        questions = read_questions(str(path), path.read_bytes(), known=known)
        for name, index in indexes.items():
            print(f"{path.stem:12}{name:18}{counted(index, questions)}", flush=True)


if __name__ == "__main__":
    main()
