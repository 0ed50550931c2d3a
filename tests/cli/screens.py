"""Run the bot at a terminal of its own, and type into it."""

import os
import pty
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.cli.commands import environment

END = "\x04"
INTERRUPT = "\x03"
ESCAPE = "\x1b"
LEFT = f"{ESCAPE}[D"
PATIENCE = 20.0
# After so many seconds an interrupt was lost, and not only slow.
_LOST = 4.0
# The terminal must control the process, else an interrupt that is typed reaches nobody.
_START = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"


def at_terminal(*arguments: str, cwd: Path, typed: Sequence[str], prompt: str = "you> ") -> tuple[int, str]:
    """Run the bot, type a text at each prompt, and return the exit code and all that was on the screen."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", _START, sys.executable, "-m", "bot", *arguments]
    with (
        subprocess.Popen(  # noqa: S603  # our own interpreter
            command,
            cwd=cwd,
            env=environment(TERM="dumb"),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        ) as process,
        ExitStack() as undo,
    ):
        undo.callback(process.kill)
        os.close(theirs)
        screen = ""
        for prompts, text in enumerate(typed, start=1):
            while screen.count(prompt) < prompts and (part := _read(ours)):
                screen += part
            os.write(ours, text.encode())
        while part := _read(ours, again=INTERRUPT if typed[-1] == INTERRUPT else ""):
            screen += part
        os.close(ours)
        undo.pop_all()
    return process.returncode, screen.replace("\r\n", "\n")


def _read(terminal: int, *, again: str = "") -> str:
    """Return what is new on the screen, nothing when the process is gone.

    An interrupt is typed again when nothing happens: one that comes just before the prompt waits for a key is lost.
    """
    while again and not select.select([terminal], [], [], _LOST)[0]:
        os.write(terminal, again.encode())
    try:
        return os.read(terminal, 4096).decode(errors="replace")
    except OSError:
        return ""


def _read_soon(terminal: int, screen: str, last: str) -> str:
    """Return what is new on the screen; an interrupt is typed again, as `_read` says."""
    tries = round(PATIENCE / _LOST) if last == INTERRUPT else 1
    for _ in range(tries):
        if select.select([terminal], [], [], PATIENCE / tries)[0]:
            return _read(terminal)
        if last == INTERRUPT:
            os.write(terminal, last.encode())
    pytest.fail(f"nothing comes after: {screen}")


def driven(
    *arguments: str, cwd: Path, steps: Sequence[tuple[str, str]], variables: Mapping[str, str] = MappingProxyType({})
) -> tuple[int, str]:
    """Run the bot, wait for each text in turn and type what belongs to it; return the exit code and the screen.

    What is left to type when the process ends stays untyped.
    """
    ours, theirs = pty.openpty()
    with (
        subprocess.Popen(  # noqa: S603  # our own interpreter
            [sys.executable, "-c", _START, sys.executable, "-m", "bot", *arguments],
            cwd=cwd,
            env=environment(TERM="dumb", **variables),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        ) as process,
        ExitStack() as undo,
    ):
        undo.callback(process.kill)
        os.close(theirs)
        screen, at, last = "", 0, ""
        for awaited, typed in steps:
            while awaited not in screen[at:] and (part := _read_soon(ours, screen, last)):
                screen += part
            if awaited not in screen[at:]:
                break
            at = screen.index(awaited, at) + len(awaited)
            os.write(ours, typed.encode())
            last = typed
        while part := _read(ours, again=INTERRUPT if last == INTERRUPT else ""):
            screen += part
        os.close(ours)
        undo.pop_all()
    return process.returncode, screen.replace("\r\n", "\n")
