"""Measure how long commands take from their start to their end, beside an earlier commit in the same run.

    python -m bench.start [--against COMMIT] [--times 5]

Each command is a process of its own, on a store with the FAQ that ships with the bot; both commits take turns, and the
medians and their ratio are printed. The first run of each is left out: it writes compiled files.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
COMMANDS = (("--version",), ("--help",), ("faq", "list"), ("ask", "how do i reset my password"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", metavar="COMMIT")
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, _trees(given.against, Path(folder)) as trees:
        stores = {tree: Path(folder) / f"{number}.db" for number, tree in enumerate(trees)}
        for tree, store in stores.items():
            _run(tree, store, ("faq", "import", "--pack"))
        print("command", "here", *([given.against, "ratio"] if given.against else []), sep="\t")
        for command in COMMANDS:
            turns = [[_run(*each, command) for each in stores.items()] for _ in range(given.times + 1)]
            medians = [median(taken) for taken in zip(*turns[1:], strict=True)]
            ratio = [f"{medians[0] / medians[1]:.2f}"] if len(medians) > 1 else []
            print(" ".join(command), *(f"{each:.2f} s" for each in medians), *ratio, sep="\t")


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


def _run(tree: Path, store: Path, command: Sequence[str]) -> float:
    """Return the seconds that a command takes."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("FAQBOT_")}
    began = time.perf_counter()
    subprocess.run(  # noqa: S603  # our own command line
        [sys.executable, "-m", "bot", "--database", f"sqlite:///{store}", *command],
        cwd=tree,
        env=variables,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
