"""Run commands of the bot: in this process, or in one of its own."""

import asyncio
import os
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.cli.app import main

FillOnce: TypeAlias = Callable[[str, Callable[[], object]], None]
ROOT = Path(__file__).parents[2]
SECONDS = 50


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


def environment(**variables: str) -> dict[str, str]:
    """Return an environment without settings, in which the bot is found, prints plain UTF-8 and goes by words."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FAQBOT_", "PYTHON"))}
    ours = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONWARNINGS": "error", "FAQBOT_MODEL_DIR": "off"}
    return {**kept, **ours, **variables}


def spawn(*arguments: str | bytes, cwd: Path, given: bytes = b"", variables: dict[str, str] | None = None) -> Result:
    """Run `python -m bot` in a process of its own, with these bytes on its standard input."""
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        env=environment(**(variables or {})),
        input=given,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@asynccontextmanager
async def started(*arguments: str, cwd: Path, variables: dict[str, str]) -> AsyncIterator[Process]:
    """Run `python -m bot` in a process of its own as long as the block lasts."""
    command = (sys.executable, "-m", "bot", *arguments)
    env = environment(**variables)
    running = await asyncio.create_subprocess_exec(*command, cwd=cwd, env=env, stdout=PIPE, stderr=PIPE)
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


class Commands:
    """Run commands on one database, or on the one of the settings, in this process, which is quicker."""

    def __init__(self, capture: pytest.CaptureFixture[str], database: str = "") -> None:
        self._capture = capture
        self.database = database

    def __call__(self, *arguments: str) -> Result:
        """Run one command."""
        self._capture.readouterr()
        with pytest.raises(SystemExit) as end:
            main([*(["--database", self.database] if self.database else []), *arguments])
        out, err = self._capture.readouterr()
        return Result(int(end.value.code or 0), out, err)
