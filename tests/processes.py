"""Run the tasks of a `children` module in processes of their own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def child(children: ModuleType, task: str, url: str) -> Iterator[subprocess.Popen[str]]:
    """Yield a process that has come to its word and waits for ours; it is gone at the end."""
    command = [sys.executable, "-W", "error", "-m", children.__name__, task, url]
    with subprocess.Popen(  # noqa: S603  # our own interpreter
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            assert first == "ready\n", process.communicate()[1]
            yield process
        finally:
            process.kill()


def at_once(children: ModuleType, task: str, url: str, *, processes: int = 2) -> list[Any]:
    """Return what came out of several processes that do the same at the same time."""
    with ExitStack() as stack:
        started = [stack.enter_context(child(children, task, url)) for _ in range(processes)]
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        outputs = [process.communicate() for process in started]
    assert [stderr for _, stderr in outputs] == [""] * processes
    return [json.loads(stdout) for stdout, _ in outputs]
