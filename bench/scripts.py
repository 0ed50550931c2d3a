"""Print how questions in other scripts are answered, by the words alone and with the sentence encoder.

    python -m bench.scripts [tests/questions/scripts]

Each folder in there holds `faqs.jsonl` and `queries.jsonl` of one language.
"""

import argparse
from pathlib import Path

from bot.bootstrap import load_encoder, load_lexicon, load_multilingual
from bot.config import load_settings
from bot.core.deciding.judgement import judge
from bot.core.models import Answered, Surface
from bot.core.searching.entry_index import EntryIndex
from bot.formats.labelled import Labelled, read_faqs, read_questions

FOLDER = Path(__file__).parent.parent / "tests" / "questions" / "scripts"


def counted(index: EntryIndex, questions: list[Labelled]) -> str:
    """Return how many come first rightly, are answered rightly and wrongly, and have no answer and get none."""
    first = right = wrong = left = 0
    for question in questions:
        judgement = judge(index, question.text, surface=Surface.MENTION)
        matches = judgement.ranking.matches
        is_right = bool(matches) and matches[0].entry_id in question.expect
        is_answered = isinstance(judgement.decided.decision, Answered)
        first += is_right
        right += is_answered and is_right
        wrong += is_answered and not is_right
        left += not is_answered and not question.expect
    return f"{first:6}{right:9}{wrong:7}{left:6}"


def main() -> None:
    """Print a line for each language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    given, settings = parser.parse_args(), load_settings()
    lexicon, encode, many = load_lexicon(settings), load_encoder(settings), load_multilingual(settings)
    for folder in sorted(given.folder.iterdir()):
        faqs, queries = folder / "faqs.jsonl", folder / "queries.jsonl"
        entries = read_faqs(str(faqs), faqs.read_bytes())
        questions = read_questions(str(queries), queries.read_bytes(), known=frozenset(entry.id for entry in entries))
        print(
            f"{folder.name}: {len(questions)} questions, {sum(bool(each.expect) for each in questions)} with an answer"
        )
        print(f"  {'':18} first  rightly  wrong  left")
        print(f"  {'words':18}{counted(EntryIndex(lexicon, entries), questions)}")
        if encode is not None:
            print(f"  {'with the encoder':18}{counted(EntryIndex(lexicon, entries, encode), questions)}", flush=True)
        if many is not None:
            index = EntryIndex(lexicon, entries, encode, multilingual=many)
            print(f"  {'multilingual':18}{counted(index, questions)}", flush=True)


if __name__ == "__main__":
    main()
