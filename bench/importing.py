"""Measure the import of a large table into an SQLite file: time of a processor, and the most memory that it took.

    python -m bench.importing [--rows 100000]

The rows are made up, each with a question, an answer, two aliases and one of forty categories. The same file is
imported twice, by processes of their own: into an empty store, and once more when all of it is there. The index and the
vectors, which follow, are not in it.
"""

import argparse
import asyncio
import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.bootstrap import open_app
from bot.cli.imports import handed_over, read_paths
from bot.config import Settings
from bot.formats import Collected, collect
from bot.service.app import App
from bot.service.imports import ImportReport

STEPS = ("started", "read", "imported")


def rows(count: int) -> Iterator[Sequence[str]]:
    """Yield the names of the columns and so many rows."""
    yield "question", "answer", "category", "aliases"
    for number in range(count):
        device, room, house = f"{number * 7919 % 10_000_019:07}", number % 977, number // 977
        yield (
            f"How do I set up device {device} in room {room} of house {house}?",
            f"Open **Settings > Devices > {device}** and choose room {room}. It takes {number % 50} minutes.",
            f"Category {number % 40}",
            f"device {device} setup|room {room} device {device}",
        )


def _collected(path: Path) -> Collected:
    return collect(handed_over(list(read_paths([path]))))


async def bring(app: App, path: Path) -> ImportReport:
    """Import a file as the command does, and print what each step took."""
    _tell("started")
    collected = _collected(path)
    _tell("read")
    report = await app.imports.import_collected(collected, actor="bench")
    _tell("imported")
    return report


def _tell(step: str) -> None:
    print(f"{step} {time.process_time():.1f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:.0f}")


async def _import(path: Path, url: str) -> None:
    async with open_app(Settings(database_url=url, model_dir=None)) as app:
        report = await bring(app, path)
    print(f"new {len(report.new)} {len(report.unchanged)}")


def measure(path: Path, url: str) -> list[tuple[str, float, float]]:
    """Return the seconds and megabytes until each step of an import in a process of its own, and its counts."""
    command = [sys.executable, "-m", "bench.importing", "--one", str(path), url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # ourselves
    found = (line.split() for line in done.stdout.splitlines())
    return [(step, float(seconds), float(megabytes)) for step, seconds, megabytes in found]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--one", nargs=2, metavar=("FILE", "URL"), help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.one:
        asyncio.run(_import(Path(given.one[0]), given.one[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        path, url = Path(folder, "faq.csv"), f"sqlite:///{folder}/faq.db"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows(given.rows))
        print(f"{given.rows:,} rows, {path.stat().st_size / 1e6:.0f} MB\n")
        print(f"{'':24}{'seconds of a processor':>24}{'most memory, MB':>18}")
        for name in ("into an empty store", "once more"):
            *steps, (_, new, unchanged) = measure(path, url)
            print(f"{name}: {new:,.0f} new, {unchanged:,.0f} unchanged")
            for step, seconds, megabytes in steps:
                print(f"  {step:22}{seconds:24.1f}{megabytes:18.0f}")


if __name__ == "__main__":
    main()
