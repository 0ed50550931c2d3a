"""Measure how long commands take from their start to their end, beside an earlier commit in the same run.

    python -m bench.start [--against COMMIT] [--times 5]
    python -m bench.start --phrases 10000 100000

Each command is a process of its own, on a store with the FAQ that ships with the bot; both commits take turns, and the
medians and their ratio are printed. The first run of each is left out: it writes compiled files. The time of a
processor is printed beside that of the clock, which others who use the machine make longer.

With `--phrases` a process of its own opens a made-up store of that size and answers one question: printed is the time
from its start to the answer, and its memory then. The vectors of the store are made up, too: to encode so many texts
takes minutes, and to load vectors takes as long whatever they are.
"""

import argparse
import asyncio
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import numpy as np

from bench.made_up import made_up
from bot.bootstrap import open_app
from bot.config import Settings
from bot.core.models import MessageRef, Origin, Question, Surface
from bot.core.searching.entry_texts import texts_of
from bot.core.searching.vectors import Model
from bot.encoder.encoder import digest_of
from bot.store import migration
from bot.store.entries import begin_change
from bot.store.entry_changes import save_entries
from bot.store.records import Draft
from bot.store.vectors import Encoded, save_vectors

ROOT = Path(__file__).parents[1]
DIMENSIONS = 384
AT_ONCE = 1_000
COMMANDS = (("--version",), ("--help",), ("faq", "list"), ("ask", "how do i reset my password"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", metavar="COMMIT")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--phrases", type=int, nargs="+", help="sizes of stores from which one question is answered")
    parser.add_argument("--answer", metavar="URL", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.answer:
        asyncio.run(answer_one(given.answer))
        return
    if given.phrases:
        print("phrases", "from exec to the answer", "of a processor", "memory", sep="\t")
        for size in given.phrases:
            with tempfile.TemporaryDirectory() as folder:
                asyncio.run(fill(f"sqlite:///{folder}/faq.db", size))
                began = time.perf_counter()
                told = _python(ROOT, "-m", "bench.start", "--answer", f"sqlite:///{folder}/faq.db").stdout.split()
                print(
                    size, f"{time.perf_counter() - began:.2f} s", f"{told[0]} s", f"{told[1]} MB", sep="\t", flush=True
                )
        return
    with tempfile.TemporaryDirectory() as folder, _trees(given.against, Path(folder)) as trees:
        stores = {tree: Path(folder) / f"{number}.db" for number, tree in enumerate(trees)}
        for tree, store in stores.items():
            _run(tree, store, ("faq", "import", "--pack"))
        print("command", "here", *([given.against, "ratio"] if given.against else []), sep="\t")
        for command in COMMANDS:
            turns = [[_run(*each, command) for each in stores.items()] for _ in range(given.times + 1)]
            for name, at in (("", 0), ("of a processor", 1)):
                medians = [median(one[at] for one in taken) for taken in zip(*turns[1:], strict=True)]
                ratio = [f"{medians[0] / medians[1]:.2f}"] if len(medians) > 1 else []
                print(" ".join(command) if not at else name, *(f"{each:.2f} s" for each in medians), *ratio, sep="\t")


async def fill(url: str, phrases: int) -> None:
    """Make a store with so many phrasings and a vector for each of its texts."""
    chance = np.random.default_rng(7)
    await migration.upgrade(url)
    settings = Settings(database_url=url)
    entries = made_up(phrases, random.Random(7))  # noqa: S311  # a fixed seed is the point
    async with open_app(settings) as app:
        for at in range(0, len(entries), AT_ONCE):
            some = entries[at : at + AT_ONCE]
            async with app.database.transaction() as tx:
                change = await begin_change(tx, actor="bench", at=datetime.now(UTC))
                await save_entries(tx, [Draft(entry=entry, origin=Origin.IMPORT) for entry in some], change=change)
                texts = [(entry.id, text) for entry in some for text in dict.fromkeys(texts_of(entry))]
                vectors = chance.standard_normal((len(texts), DIMENSIONS)).astype(np.float32)
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
                encoded = [Encoded(*each, vector) for each, vector in zip(texts, vectors, strict=True)]
                if settings.model_dir is not None:
                    await save_vectors(tx, encoded, role=Model.ENGLISH, model=digest_of(settings.model_dir))


async def answer_one(url: str) -> None:
    """Answer one question, and print the processor time since the start, and the memory."""
    ref = MessageRef(platform="bench", message_id="1")
    question = Question(text="how do i reset my password", ref=ref, author_id="U1", surface=Surface.MENTION)
    async with open_app(Settings(database_url=url)) as app:
        await app.ask.ask(question)
        print(f"{time.process_time():.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:.0f}", flush=True)
        os._exit(0)  # what is loaded beside is not waited for


@contextmanager
def _trees(commit: str | None, folder: Path) -> Iterator[list[Path]]:
    if commit is None:
        yield [ROOT]
        return
    other = folder / "other"
    subprocess.run(["git", "worktree", "add", "--detach", "--quiet", str(other), commit], cwd=ROOT, check=True)  # noqa: S603, S607  # our own repository
    try:
        yield [ROOT, other]
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", str(other)], cwd=ROOT, check=True)  # noqa: S603, S607  # as above


def _run(tree: Path, store: Path, command: Sequence[str]) -> tuple[float, float]:
    """Return the seconds that a command takes by the clock, and of a processor."""
    began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    _python(tree, "-m", "bot", "--database", f"sqlite:///{store}", *command)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - began, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


def _python(tree: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    variables = {name: value for name, value in os.environ.items() if not name.startswith("FAQBOT_")}
    variables["PYTHONPATH"] = str(tree)
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=tree, env=variables, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603  # our own


if __name__ == "__main__":
    main()
