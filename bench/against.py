"""Compare this checkout with a commit of it: questions in turn, so that a noisy machine is noisy for both."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.measuring import Task

ROOT = Path(__file__).parents[1]
# What of an entry counts for the ranking.
FIELDS = ("id", "question", "aliases", "answer", "category")
IN_TURN = 20
WARM_UP = 5
HEAD = f"{'':12}{'p50 ms':>9}{'mean ms':>9}{'built s':>9}{'held MB':>9}{'right first':>13}"


@dataclass
class Side:
    """What was measured of one checkout: processor time in seconds, memory in megabytes."""

    built: float
    held: float
    times: list[float] = field(default_factory=list)
    right: int = 0

    @property
    def figures(self) -> tuple[float, float, float, float]:
        """Return the median and the mean of a question, the time to build, and what was held."""
        return 1000 * median(self.times), 1000 * sum(self.times) / len(self.times), self.built, self.held


def write_task(task: Task, path: Path) -> None:
    """Write a task in a form that a checkout of any age reads."""
    entries = [{name: getattr(entry, name) for name in FIELDS} for entry in task.entries]
    questions = [(question.text, sorted(question.expect)) for question in task.questions]
    path.write_text(json.dumps({"entries": entries, "questions": questions}), "utf-8")


@contextmanager
def checkout(commit: str) -> Iterator[Path]:
    """Check a commit out beside this checkout, for as long as it takes."""
    with TemporaryDirectory() as folder:
        place = Path(folder, "old")
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(place), commit], check=True)  # noqa: S603  # our own
        try:
            yield place
        finally:
            subprocess.run([*git, "remove", "--force", str(place)], check=True)  # noqa: S603  # our own


def compare(task: Path, old: Path, *, questions: int, runs: int) -> Iterator[tuple[Side, Side]]:
    """Measure the old and this checkout so many times, each time in fresh processes."""
    for _ in range(runs):
        with ExitStack() as stack:
            processes = [stack.enter_context(_started(place, task)) for place in (old, ROOT)]
            sides = [Side(**_read(process)) for process in processes]
            for first in range(0, questions, IN_TURN):
                for process, side in zip(processes, sides, strict=True):
                    told = _asked(process, first, min(first + IN_TURN, questions))
                    side.times += told["times"][WARM_UP if not first else 0 :]
                    side.right += told["right"]
            yield sides[0], sides[1]


def tell(commit: str, runs: Sequence[tuple[Side, Side]], *, questions: int) -> None:
    """Print the medians of the runs, and the medians of their ratios."""
    print(HEAD)
    for at, name in enumerate((commit[:10], "this one")):
        each = [run[at] for run in runs]
        p50, mean, built, held = (median(values) for values in zip(*(side.figures for side in each), strict=True))
        right = each[0].right / questions
        print(f"{name:12}{p50:9.3f}{mean:9.3f}{built:9.2f}{held:9.0f}{right:13.1%}", flush=True)
    pairs = ((new.figures, old.figures) for old, new in runs)
    ratios = zip(*([mine / theirs for mine, theirs in zip(*pair, strict=True)] for pair in pairs), strict=True)
    print(f"{'ratio':12}" + "".join(f"{median(ratio):9.2f}" for ratio in ratios), flush=True)


@contextmanager
def _started(place: Path, task: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-P", str(ROOT / "bench" / "side.py"), str(task)]
    surroundings = {**os.environ, "PYTHONPATH": str(place)}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=place, env=surroundings, **pipes) as process:  # noqa: S603  # our own
        try:
            yield process
        finally:
            process.terminate()


def _read(process: "subprocess.Popen[str]") -> dict[str, Any]:
    line = process.stdout.readline() if process.stdout else ""
    told: dict[str, Any] = json.loads(line or sys.exit("one of the two sides ended: what it said is above"))
    return told


def _asked(process: "subprocess.Popen[str]", first: int, last: int) -> dict[str, Any]:
    print(first, last, file=process.stdin, flush=True)
    return _read(process)
