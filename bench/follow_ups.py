"""Count how many follow-ups are understood by the question before them, and how many changes of topic are left alone.

    python -m bench.follow_ups          # by words and meaning
    FAQBOT_MODEL_DIR=off python -m bench.follow_ups

The questions are those of `tests/questions/follow_ups`, over the FAQ that ships, without those whose entry it lacks.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bot.bootstrap import load_encoder, load_lexicon
from bot.config import load_settings
from bot.core.deciding.judgement import judge
from bot.core.models import Answered, Decision, Entry, Surface, offered_by
from bot.core.searching.entry_index import EntryIndex
from bot.core.talk.said_back import in_context, is_better, may_follow
from bot.formats.collecting import collect
from bot.formats.reading import read

ROOT = Path(__file__).resolve().parents[1]
SETS = ROOT / "tests" / "questions" / "follow_ups"


class Case(NamedTuple):
    """What was asked, what follows, and the entry that is right for it, if there is one."""

    asked: str
    text: str
    expect: str | None


@dataclass(slots=True)
class Counts:
    """How many were asked, answered rightly, shown the right entry, answered wrongly, and decided by the context."""

    all: int = 0
    right: int = 0
    shown: int = 0
    wrong: int = 0
    by_context: int = 0


def cases(name: str, index: EntryIndex) -> Iterator[Case]:
    """Yield the cases of a set whose entries are there."""
    for line in (SETS / f"{name}.jsonl").read_text("utf-8").splitlines():
        case = Case(**json.loads(line))
        if case.expect is None or case.expect in index:
            yield case


def decided(index: EntryIndex, case: Case) -> tuple[Decision, bool]:
    """Return what is decided about what follows, and whether by what was asked before."""
    alone = _decide(index, case.text)
    if isinstance(alone, Answered) or not may_follow(case.text):
        return alone, False
    together = _decide(index, in_context(case.text, case.asked))
    better = is_better(alone, together, before=_decide(index, case.asked))
    return (together, True) if better else (alone, False)


def counted(index: EntryIndex, name: str, *, alone: bool = False) -> Counts:
    """Return the counts of a set; `alone` decides without context."""
    counts = Counts()
    for case in cases(name, index):
        decision, by_context = (_decide(index, case.text), False) if alone else decided(index, case)
        ids = [match.entry_id for match in offered_by(decision)]
        is_right = isinstance(decision, Answered) and ids == [case.expect]
        counts.all += 1
        counts.right += is_right
        counts.shown += case.expect in ids
        counts.wrong += isinstance(decision, Answered) and not is_right
        counts.by_context += by_context
    return counts


def pack_entries() -> list[Entry]:
    """Return the entries of the FAQ that ships."""
    documents = [read(path.name, path.read_bytes()) for path in sorted((ROOT / "faq_data").glob("*.yaml"))]
    return [draft.entry for draft in collect(documents).entries]


def pack_index() -> EntryIndex:
    """Return the index of the FAQ that ships, as the settings have it searched."""
    settings = load_settings()
    return EntryIndex(load_lexicon(settings), pack_entries(), load_encoder(settings))


def _decide(index: EntryIndex, text: str) -> Decision:
    return judge(index, text, surface=Surface.MENTION).decided.decision


def main() -> None:
    """Print the counts."""
    index = pack_index()
    for name in ("follow_ups", "topic_changes"):
        print(f"{name}, each alone: {counted(index, name, alone=True)}")
        print(f"{name}, in context: {counted(index, name)}")


if __name__ == "__main__":
    main()
