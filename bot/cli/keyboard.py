"""Read single keys, and notice Escape."""

import os
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

END = ("q", "\x04", "\0", "")
"""What ends a walk: q, Ctrl-D, what Linux makes of a Ctrl-D that was typed ahead, or nobody there any more."""
ESCAPE = "\x1b"
_MOST = 1024
_TENTHS = 1
"""How long the rest of a key may take that begins with Escape, as an arrow does."""


def read_key() -> str:
    """Return the next key without waiting for the end of a line, empty at the end of the input.

    What was typed ahead counts, where `click.getchar` would drop it.
    """
    with _single_keys() as terminal:
        return os.read(terminal, 1).decode(errors="ignore")


def read_first_key() -> str:
    """Return the next key as `read_key` does, and drop what was typed along with it.

    A key such as an arrow sends Escape and more, and is returned as all of that.
    """
    with _single_keys() as terminal:
        typed = os.read(terminal, _MOST).decode(errors="ignore")
    return typed if typed.startswith(ESCAPE) else typed[:1]


def drop_typed_ahead() -> None:
    """Drop what was typed and not read yet."""
    termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


@contextmanager
def escape_ends_lines() -> Iterator[int]:
    """Make Escape end a line as Enter does, as long as the block lasts; yield the descriptor of the terminal."""
    with _restored() as (terminal, attributes):
        attributes[6][termios.VEOL] = ESCAPE.encode()
        termios.tcsetattr(terminal, termios.TCSADRAIN, attributes)
        yield terminal


def skip_rest_of_key() -> bool:
    """Read the rest of a key that began with Escape; return whether there was any."""
    with _single_keys() as terminal:
        attributes = termios.tcgetattr(terminal)
        attributes[6][termios.VMIN], attributes[6][termios.VTIME] = 0, _TENTHS
        termios.tcsetattr(terminal, termios.TCSADRAIN, attributes)
        first = part = os.read(terminal, 1)
        if first in {b"[", b"O"}:  # up to a letter or ~
            part = os.read(terminal, 1)
            while part and not b"@" <= part <= b"~":
                part = os.read(terminal, 1)
        return bool(first)


@contextmanager
def _single_keys() -> Iterator[int]:
    with _restored() as (terminal, _):
        tty.setcbreak(terminal, termios.TCSADRAIN)
        yield terminal


@contextmanager
def _restored() -> Iterator[tuple[int, list[Any]]]:
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        yield terminal, termios.tcgetattr(terminal)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
