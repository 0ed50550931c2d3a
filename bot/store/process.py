"""Name this process, so that others can tell what it leased once it has ended."""

from secrets import token_hex

PROCESS = token_hex(8)
"""What no other process is called."""
