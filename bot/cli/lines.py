"""Read lines that a person types."""

import sys

from bot.errors import BrokenOffError


def read_line(prompt: str) -> str:
    """Return what was typed after a prompt, without spaces around it.

    Only Enter ends a line. `input` also takes half a line that Ctrl-D was pressed in, less its last letter.

    Raises:
        BrokenOffError: it was broken off, with Ctrl-C or Ctrl-D.
    """
    line = ""
    try:
        sys.stdout.write(prompt)
        sys.stdout.flush()
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        pass  # the line is not ended, which is told below
    if not line.endswith("\n"):
        sys.stdout.write("\n")  # leave the line of the prompt
        raise BrokenOffError
    return line.strip()
