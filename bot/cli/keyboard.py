"""Read single keys, notice Escape, and read lines that a person types or edits."""

import os
import signal
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

import click

from bot.cli.terminal import note
from bot.errors import BrokenOffError

END = ("q", "\x04", "\0", "")
"""What ends a walk: q, Ctrl-D, what Linux makes of a Ctrl-D that was typed ahead, or nobody there any more."""
ESCAPE = "\x1b"
_MOST = 1024
_TENTHS = 1
"""How long the rest of a key may take that begins with Escape, as an arrow does."""

_LONGEST_LINE = 4096


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


def read_line(prompt: str) -> str:
    """Return what was typed after a prompt, without spaces around it.

    Only Enter ends a line. `input` also takes half a line that Ctrl-D was pressed in, less its last letter.

    Raises:
        BrokenOffError: it was broken off, with Ctrl-C, Ctrl-D or Escape.
    """
    line = ""
    with suppress(KeyboardInterrupt):  # the line is not ended then, which is told below
        line = _typed(prompt) if sys.stdin.isatty() else _given(prompt)
    if not line.endswith("\n"):
        sys.stdout.write("\n")  # leave the line of the prompt
        raise BrokenOffError
    return line.strip()


def _given(prompt: str) -> str:
    _show(prompt)
    return sys.stdin.readline()


def _typed(prompt: str) -> str:
    """Return what was typed up to Enter, or without one where it was broken off; an arrow or the like is skipped."""
    line = b""
    with escape_ends_lines() as terminal:
        _show(prompt)
        while part := os.read(terminal, _LONGEST_LINE):
            line += part
            if part.endswith(b"\n"):
                break
            if part.endswith(ESCAPE.encode()):
                line = line[: -len(ESCAPE)]
                if not skip_rest_of_key():
                    break
    return line.decode(errors="replace")


def _show(prompt: str) -> None:
    sys.stdout.write(prompt)
    sys.stdout.flush()


class Typist(Protocol):
    """Press keys and type lines, as the person at the terminal does."""

    def key(self) -> str:
        """Return the next key."""

    def drop_typed_ahead(self) -> None:
        """Drop what was typed before there was something to see."""

    def line(self, prompt: str) -> str:
        """Return what was typed after a prompt, without spaces around it, or raise `BrokenOffError`."""

    def edit(self, text: str) -> str | None:
        """Return what became of a text in an editor, None when it was left as it was, or raise `BrokenOffError`."""


class AtTerminal:
    """Read what a person does at the terminal."""

    def key(self) -> str:
        """Return the next key, without waiting for the end of a line."""
        try:
            return read_first_key()
        except KeyboardInterrupt:
            return "q"

    def drop_typed_ahead(self) -> None:
        """Drop the keys that were pressed before what comes was shown."""
        drop_typed_ahead()

    def line(self, prompt: str) -> str:
        """Return a line that was ended with Enter."""
        return read_line(prompt)

    def edit(self, text: str) -> str | None:
        """Return what the person made of a text in `$EDITOR`."""
        before = signal.signal(signal.SIGINT, lambda *_: None)  # as long as the editor is open, Ctrl-C is for it
        try:
            return click.edit(text, extension=".md")
        except click.ClickException as error:
            note(error.format_message())
            raise BrokenOffError from error
        finally:
            signal.signal(signal.SIGINT, before)
