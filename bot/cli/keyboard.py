"""Read single keys."""

import os
import sys
import termios
import tty

END = ("q", "\x04", "\0", "")
"""What ends a walk: q, Ctrl-D, what Linux makes of a Ctrl-D that was typed ahead, or nobody there any more."""


def read_key() -> str:
    """Return the next key without waiting for the end of a line, empty at the end of the input.

    What was typed ahead counts, where `click.getchar` would drop it.
    """
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal, termios.TCSADRAIN)
    try:
        return os.read(terminal, 1).decode(errors="ignore")
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
