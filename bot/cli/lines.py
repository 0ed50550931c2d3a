"""Read lines that a person types."""

import os
import sys
from contextlib import suppress

from bot.cli.keyboard import ESCAPE, escape_ends_lines, skip_rest_of_key
from bot.errors import BrokenOffError

_MOST = 4096


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
        while part := os.read(terminal, _MOST):
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
