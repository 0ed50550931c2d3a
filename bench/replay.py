"""Time a replay: what a moderator waits before a change, with the questions of a log decided again.

    python -m bench.replay [--phrases 10000] [--questions 1000] [--changes 10] [--check]

A made-up FAQ with the entries of the labelled sets (see `bench/speed.py`) is kept in an SQLite file; as many different
questions about it go through the bot into the log. Then entries drawn at random get an alias, another answer or
another question, are retired, or are new. Timed is `ReplayService.replay`, from the entry to what changes, with the
index loaded; "build" is what loading it took. `--check` decides every question twice and prints what was missed. One
thread; the seed is fixed. Where others use the machine too, read the time of a processor, and the ratio at the end.
"""

import argparse
import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.made_up import asked_about
from bench.measuring import Asked
from bench.speed import SEED, task
from bot.bootstrap import open_app
from bot.config import Settings
from bot.core.deciding.replays import Replay, replay
from bot.core.models import Audience, Entry, MessageRef, Origin, Question, Status, Surface
from bot.service.app import App
from bot.store.entries import begin_change
from bot.store.entry_changes import save_entries
from bot.store.grades import last_questions
from bot.store.records import Draft

Make = Callable[[Entry, str], Entry]
KINDS: Mapping[str, Make] = {
    "alias": lambda entry, text: replace(entry, aliases=(*entry.aliases, text)),
    "answer": lambda entry, text: replace(entry, answer=f"{text}. {entry.answer}"),
    "question": lambda entry, text: replace(entry, question=text),
    "retired": lambda entry, _: replace(entry, status=Status.RETIRED),
    "new": lambda entry, text: Entry(id="new", question=text, answer=entry.answer),
}


async def fill(app: App, entries: Sequence[Entry], questions: Sequence[Asked]) -> float:
    """Store the entries, log the questions, and return how many seconds the index took to load."""
    async with app.database.transaction() as tx:
        change = await begin_change(tx, actor="bench", at=datetime.now(UTC))
        await save_entries(tx, [Draft(entry=entry, origin=Origin.IMPORT) for entry in entries], change=change)
    began = time.perf_counter()
    await app.knowledge.index(Audience.PUBLIC)
    took = time.perf_counter() - began
    for number, each in enumerate(questions):
        asked = Question(
            text=each.text,
            ref=MessageRef(platform="bench", message_id=str(number)),
            author_id="U1",
            surface=Surface.MENTION,
        )
        await app.ask.ask(asked)
    return took


class Times:
    """How many seconds each of several steps took on the clock, and of a processor."""

    def __init__(self) -> None:
        self.clock: list[float] = []
        self.processor: list[float] = []

    @contextmanager
    def one(self) -> Iterator[None]:
        """Time the block."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        self.clock.append(time.perf_counter() - clock)
        self.processor.append(time.process_time() - processor)

    def __str__(self) -> str:
        clock = f"median {median(self.clock):5.2f} s  worst {max(self.clock):5.2f} s"
        return f"{clock}  processor {median(self.processor):5.2f} s"


async def one_question(app: App, questions: Sequence[Asked]) -> float:
    """Return how many seconds of a processor it takes to decide about one of these questions."""
    times = Times()
    for each in questions[:200]:
        with times.one():
            await app.ask.explain(each.text, audience=Audience.PUBLIC, surface=Surface.MENTION)
    return median(times.processor)


async def missed(app: App, entry: Entry, found: Replay) -> int:
    """Return how many changes a replay did not tell that show when every question is decided twice."""
    async with app.database.snapshot() as tx:
        asked = await last_questions(tx, limit=found.asked)
    known = (await app.knowledge.index(Audience.PUBLIC)).entries.copy()
    changes = {entry.id: entry if entry.status is Status.PUBLISHED else None}
    everything = replay(known, changes, asked, every_one=len(asked))
    return sum(
        len({each.past.text for each in getattr(everything, kind)} - {each.past.text for each in getattr(found, kind)})
        for kind in ("changed", "lost", "won")
    )


async def measure(given: argparse.Namespace, folder: Path) -> None:
    """Measure, and print a line for each kind of change."""
    chance = random.Random(SEED)  # noqa: S311  # a fixed seed is the point
    what = task(given.phrases, questions=given.questions, data=given.data, pack_only=False)
    settings = Settings(database_url=f"sqlite:///{folder}/faq.db", model_dir=None, replay_questions=given.questions)
    async with open_app(settings) as app:
        built = await fill(app, what.entries, what.questions)
        one = await one_question(app, what.questions)
        print(f"{given.phrases:,} phrasings, build {built:.2f} s, one question {1000 * one:.2f} ms", flush=True)
        everything = Times()
        for kind, make in KINDS.items():
            changed = [
                make(entry, asked_about(chance.choice(what.entries), chance))
                for entry in chance.sample(what.entries, given.changes)
            ]
            await measure_kind(app, kind, changed, everything, check=given.check)
        print(f"{'all':10} {everything}", flush=True)
        share = median(everything.processor) / one / given.questions
        print(f"{given.questions:,} questions each time, each at the price of {share:.2f} decided once")


async def measure_kind(app: App, kind: str, changed: Sequence[Entry], everything: Times, *, check: bool) -> None:
    """Measure changes of one kind, and print a line."""
    times, told = Times(), Counter[str]()
    for entry in changed:
        with times.one():
            found = await app.replays.replay([entry])
        told.update(changed=len(found.changed), lost=len(found.lost), won=len(found.won))
        if check:
            told["missed"] += await missed(app, entry, found)
    everything.clock += times.clock
    everything.processor += times.processor
    counts = "  ".join(f"{name} {count}" for name, count in told.items())
    print(f"{kind:10} {times}   {counts}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure on a store of its own, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phrases", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=1_000)
    parser.add_argument("--changes", type=int, default=10, help="of each kind")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder of the labelled sets")
    parser.add_argument("--check", action="store_true", help="decide every question twice, and tell what was missed")
    given = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="faqbot-bench-") as folder:
        asyncio.run(measure(given, Path(folder)))


if __name__ == "__main__":
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    main()
