"""Measure one rival at one size, in a process of its own."""

import gc
import pickle
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.rivals import RIVALS
from bot.core.models import Entry

_STATM = Path("/proc/self/statm")
_KILOBYTE = 2**10 if sys.platform == "darwin" else 1
NEW_ALIAS = "zanzibar quokka turnip"
# Caches fill and lazy parts wake before the clock runs.
WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the kind of set it is from, and the entry that it means."""

    text: str
    kind: str
    expect: frozenset[str]


@dataclass(frozen=True, slots=True)
class Task:
    """What a size is measured with."""

    entries: Sequence[Entry]
    questions: Sequence[Asked]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured; times in seconds, memory in megabytes.

    `right` is for each kind of question the share of those asked whose right entry came first. `added` is the time
    from the addition of an alias until a question has found it, None where the question found another entry.
    """

    rival: str
    phrases: int
    built: float
    held: float
    peak: float
    times: Sequence[float]
    right: Mapping[str, float]
    added: float | None


def measure(rival: str, path: Path, *, seconds: float) -> Measured:
    """Load a pickled task, build the rival, and ask for so many seconds at most."""
    before = _held()
    task: Task = pickle.loads(path.read_bytes())  # noqa: S301  # written by this benchmark a moment ago
    began = time.perf_counter()
    ready = RIVALS[rival](task.entries)
    took = time.perf_counter() - began
    gc.collect()
    held = _held() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (_KILOBYTE * 1024) - before
    for question in task.questions[:WARM_UP]:
        ready.ask(question.text)
    times, right = _asked(ready.ask, task.questions, seconds)
    began = time.perf_counter()
    ready.add(task.entries[0], NEW_ALIAS)
    found = ready.ask(NEW_ALIAS) == task.entries[0].id
    added = time.perf_counter() - began if found else None
    phrases = sum(len(entry.phrasings) for entry in task.entries)
    return Measured(rival, phrases, took, held, peak, times, right, added)


def _asked(
    ask: Callable[[str], str | None], questions: Sequence[Asked], seconds: float
) -> tuple[list[float], dict[str, float]]:
    times: list[float] = []
    results: dict[str, list[bool]] = {}
    for question in questions:
        began = time.perf_counter()
        found = ask(question.text)
        times.append(time.perf_counter() - began)
        results.setdefault(question.kind, []).append(found in question.expect)
        if sum(times) > seconds:
            break
    return times, {kind: sum(each) / len(each) for kind, each in results.items()}


def _held() -> float:
    """Return the megabytes that this process holds now, or held at most where the system does not tell."""
    if _STATM.exists():
        return int(_STATM.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (_KILOBYTE * 1024)
