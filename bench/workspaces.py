"""Serve many workspaces from one process: the memory that they take, and how long a question takes in each.

    python -m bench.workspaces [--workspaces 1000] [--phrases 200] [--held 100] [--questions 5000]

Each workspace has an SQLite file with so many made-up phrasings. Three processes serve them. Two ask one workspace
after the other, in two rounds: the first may hold all of them, the second as many as `--held` says, so that every
question comes too late. The third has the same limit, and asks at random: the nth workspace 1/n as often as the first.
A question goes the whole way, from the store into the log of the store.
"""

import argparse
import asyncio
import random
import resource
import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from uuid import uuid4

from bench.made_up import ALIASES, asked_about, made_up
from bot.bootstrap import open_workspaces
from bot.config import Settings, for_workspace
from bot.core.models import Entry, MessageRef, Origin, Question, Surface
from bot.service.app import App, Workspaces
from bot.store import Database, migration
from bot.store.entries import begin_change
from bot.store.entry_changes import save_entries
from bot.store.records import Draft

MEGABYTES = 2**20 if sys.platform == "darwin" else 2**10
Asked = tuple[int, str]


def settings_for(folder: Path, *, held: int = 1) -> Settings:
    """Return settings with a file for each workspace in a folder."""
    return Settings(database_url=f"sqlite:///{folder}/{{workspace}}.db", model_dir=None, open_workspaces=held)


async def fill(folder: Path, workspaces: Sequence[Sequence[Entry]]) -> None:
    """Make the file of each workspace."""
    settings = settings_for(folder)
    await migration.upgrade(for_workspace(settings, "empty").database_url)
    for number, entries in enumerate(workspaces):
        shutil.copyfile(folder / "empty.db", folder / f"{number}.db")
        database = Database(for_workspace(settings, str(number)).database_url)
        async with database.transaction() as tx:
            change = await begin_change(tx, actor="bench", at=datetime.now(UTC))
            drafts = [Draft(entry=entry, origin=Origin.IMPORT) for entry in entries]
            await save_entries(tx, drafts, change=change)
        await database.aclose()


async def ask(workspaces: Workspaces[App], workspace: int, text: str) -> float:
    """Ask one question and return how many milliseconds it took."""
    question = Question(
        text=text, ref=MessageRef(platform="bench", message_id=uuid4().hex), author_id="U1", surface=Surface.MENTION
    )
    began = time.perf_counter()
    async with workspaces.use(str(workspace)) as app:
        await app.ask.ask(question)
    return 1000 * (time.perf_counter() - began)


async def measure(folder: Path, *, held: int, rounds: Sequence[Sequence[Asked]]) -> None:
    """Ask all questions of each round in order, and print what it took."""
    async with open_workspaces(settings_for(folder, held=held)) as workspaces:
        before = peak()
        for asked in rounds:
            times = [await ask(workspaces, workspace, text) for workspace, text in asked]
            p99 = quantiles(times, n=100)[98]
            took = f"p50 {median(times):6.1f} ms   p99 {p99:6.1f} ms"
            print(
                f"{held:5} held   {len(times):6,} questions   {took}   {peak():5.0f} MB, {before:.0f} before",
                flush=True,
            )


def peak() -> float:
    """Return the most memory that this process had so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTES


def run(folder: Path, held: int, rounds: Sequence[Sequence[Asked]]) -> None:
    """Measure, with as many open files as the system allows: each open workspace has a few, and a thread."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    asyncio.run(measure(folder, held=held, rounds=rounds))


def main() -> None:
    """Make the files, and measure in three processes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspaces", type=int, default=1000)
    parser.add_argument("--phrases", type=int, default=200)
    parser.add_argument("--held", type=int, default=100)
    parser.add_argument("--questions", type=int, default=5000)
    given = parser.parse_args()
    chance = random.Random(7)  # noqa: S311  # a fixed seed is the point
    entries = made_up(given.workspaces * given.phrases, chance)
    size = given.phrases // ALIASES
    workspaces = [entries[at : at + size] for at in range(0, len(entries), size)]
    everybody = [(number, asked_about(each[0], chance)) for number, each in enumerate(workspaces)]
    weights = [1 / place for place in range(1, len(workspaces) + 1)]
    some = chance.choices(everybody, weights, k=given.questions)
    plans = (len(workspaces), (everybody, everybody)), (given.held, (everybody, everybody)), (given.held, (some,))
    with TemporaryDirectory(prefix="faqbot-bench-") as folder:
        asyncio.run(fill(Path(folder), workspaces))
        for held, rounds in plans:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
                process.submit(run, Path(folder), held, rounds).result()


if __name__ == "__main__":
    main()
