"""Ask two bots in turn, and compare them: a commit with this checkout, or one process with several.

The questions are asked in turns, so that a noisy machine is noisy for both, with so many under way at once: that gives
the processor time of the bot, of the database server, and what a question takes of statements, round trips and calls
of the platform. Then both are asked at steady rates, each a quarter above the one before, until 99 % of the answers are
no more within a quarter of a second, twice. Everything runs on the first two cores: the bots, the database, the
platform. Both have the encoder on, with the model that ships with this checkout.
"""

import argparse
import asyncio
import json
import os
import struct
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import psycopg

from bench.against import ROOT, checkout
from bench.front import Front, databases, flood, held, made_up_task, running, served, steady, used
from bench.limits import OFF
from bot.core.models import ChannelRef
from bot.formats.writing import write_yaml

FIRST, STEP, LIMIT = 16.0, 1.25, 0.25
_IDLE, _PATIENCE = 0.03, 240
_COUNTS = struct.Struct("3q")
COLUMNS = ("cpu s", "server s", "statem.", "trips", "transact.", "calls", "MB", "rate/s")


@dataclass
class Side:
    """One of the two that are compared: where its code is, as how many processes it runs, and what was measured."""

    name: str
    code: Path
    settings: Mapping[str, str]
    processes: int = 1
    folder: Path = ROOT
    url: str = ""
    pids: list[int] = field(default_factory=list)
    cpu: float = 0.0
    server: float = 0.0
    questions: int = 0
    rate: float = 0.0
    held: float = 0.0
    counts: list[float] = field(default_factory=list)

    def used(self) -> float:
        """Return the seconds of processor time that its processes took."""
        return sum(map(used, self.pids))


def compare(front: Callable[[], Front], given: argparse.Namespace, names: Sequence[str]) -> None:
    """Measure on each database, and print the table."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    with ExitStack() as stack:
        if given.against:
            old = stack.enter_context(checkout(given.against))
            # A bot that has no such limits refuses their settings.
            settings = OFF if "replies_per_author" in (old / "bot/config/general.py").read_text("utf-8") else {}
            sides = [Side(given.against[:10], old, settings), Side("this one", ROOT, OFF)]
        else:
            sides = [Side("1 process", ROOT, OFF), Side(f"{given.processes} processes", ROOT, OFF, given.processes)]
        for name in names:
            with TemporaryDirectory() as folder, ExitStack() as each:
                entries, questions = made_up_task(given)
                file = Path(folder, "entries.yaml")
                file.write_text(write_yaml(entries), "utf-8")
                measured = [Side(side.name, side.code, side.settings, side.processes) for side in sides]
                for at, side in enumerate(measured):
                    side.folder = Path(folder, str(at))
                    side.folder.mkdir()
                    side.url = each.enter_context(databases(name, str(side.folder)))
                asyncio.run(_measured(front, measured, questions, given, file))
                _tell(name, measured)


async def _measured(
    front: Callable[[], Front],
    sides: Sequence[Side],
    questions: Sequence[str],
    given: argparse.Namespace,
    file: Path,
) -> None:
    async with AsyncExitStack() as stack:
        fronts = [await stack.enter_async_context(_started(front(), side, file)) for side in sides]
        each = max(1, len(questions) // given.turns)
        counted = [[*_counted(side), one.calls] for side, one in zip(sides, fronts, strict=True)]
        for first in range(0, each * given.turns, each):
            for side, one in zip(sides, fronts, strict=True):
                before, server = side.used(), _used_by_server(side.url)
                await flood(one, questions[first : first + each], at_once=given.at_once)
                side.cpu += side.used() - before
                side.server += _used_by_server(side.url) - server
                side.questions += each
        for side, one, before_it in zip(sides, fronts, counted, strict=True):
            side.held = max(map(held, side.pids))
            now = [*_counted(side), one.calls]
            side.counts = [(mine - then) / side.questions for mine, then in zip(now, before_it, strict=True)]
        if given.seconds:
            await _climb(sides, fronts, questions, given.seconds)


@asynccontextmanager
async def _started(front: Front, side: Side, file: Path) -> AsyncIterator[Front]:
    """Fill the database of a side, and run its bot until it has nothing more to do but answer."""
    await asyncio.to_thread(_fill, side, file, front.places)  # the fronts of the sides before go on answering
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(served(front))
        for at in range(side.processes):
            more = {**side.settings, "FAQBOT_TEST_COUNTS": str(_new_counts(side, at))}
            started = running(front, side.url, str(side.folder), code=side.code, more=more)
            side.pids.append(await stack.enter_async_context(started))
        await flood(front, ["where do i find the settings of my account"] * 40, at_once=2)
        for _ in range(_PATIENCE):
            before = side.used()
            await asyncio.sleep(1)
            if side.used() - before < _IDLE * side.processes:
                break
        yield front


async def _climb(sides: Sequence[Side], fronts: Sequence[Front], questions: Sequence[str], seconds: float) -> None:
    """Find the highest rate of each side at which 99 % of the answers come in time."""
    tries = {side.name: 2 for side in sides}
    rate = FIRST
    while any(tries.values()):
        for side, front in zip(sides, fronts, strict=True):
            while tries[side.name]:
                some = [questions[at % len(questions)] for at in range(max(100, round(rate * seconds)))]
                p99 = quantiles(await steady(front, some, rate=rate), n=100)[98]
                if p99 < LIMIT:
                    side.rate = rate
                    break
                tries[side.name] -= 1
        rate *= STEP


def _fill(side: Side, file: Path, places: Sequence[ChannelRef]) -> None:
    """Fill a database with the commands of its bot, which know their own tables."""
    commands = [["db", "upgrade"], ["faq", "import", str(file)]]
    commands += [["channels", "set", str(place), "mode=mention"] for place in places]
    settings = {"FAQBOT_DATABASE_URL": side.url, "PYTHONPATH": str(side.code), "FAQBOT_LOG_LEVEL": "error"}
    subprocess.run(  # noqa: S603  # our own
        [sys.executable, "-P", str(ROOT / "bench" / "counting" / "commands.py")],
        input=json.dumps(commands),
        text=True,
        cwd=file.parent,
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _new_counts(side: Side, at: int) -> Path:
    path = _counts(side, at)
    path.write_bytes(_COUNTS.pack(0, 0, 0))
    return path


def _counts(side: Side, at: int) -> Path:
    return side.folder / f"{at}.counts"


def _counted(side: Side) -> list[int]:
    """Return how many statements, transactions and round trips the processes of a side counted."""
    counted = [_COUNTS.unpack(_counts(side, at).read_bytes()) for at in range(side.processes)]
    return [sum(each) for each in zip(*counted, strict=True)]


def _used_by_server(url: str) -> float:
    """Return the seconds of processor time that the server of a database took with all its processes; 0 for a file."""
    if url.startswith("sqlite"):
        return 0.0
    with psycopg.connect(url) as connection:
        status = Path(f"/proc/{connection.info.backend_pid}/status").read_text("ascii")
    server = next(line.split()[1] for line in status.splitlines() if line.startswith("PPid"))
    children = Path(f"/proc/{server}/task/{server}/children").read_text("ascii").split()
    fields = Path(f"/proc/{server}/stat").read_text("ascii").rpartition(")")[2].split()
    ended = (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return used(int(server)) + ended + sum(map(_used_if_there, children))


def _used_if_there(child: str) -> float:
    """Return the seconds of a process that may end meanwhile, as the one that was asked a moment ago does."""
    try:
        return used(int(child))
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def _tell(name: str, sides: Sequence[Side]) -> None:
    """Print what was measured: processor time for 1,000 questions, the counts for one."""
    print(f"{name:14}{''.join(f'{each:>11}' for each in COLUMNS)}")
    lines = [[side.cpu, side.server] for side in sides]
    for side, line in zip(sides, lines, strict=True):
        line[:] = [1000 * each / side.questions for each in line] + [*_in_order(side.counts), side.held, side.rate]
        print(f"{side.name:14}{''.join(f'{each:11.2f}' for each in line)}", flush=True)
    ratios = [mine / theirs if theirs else 0.0 for theirs, mine in zip(*lines, strict=True)]
    print(f"{'ratio':14}{''.join(f'{each:11.2f}' for each in ratios)}", flush=True)


def _in_order(counts: Sequence[float]) -> list[float]:
    statements, transactions, trips, calls = counts
    return [statements, trips, transactions, calls]
