"""Read everything that a process of the bot would have in its log, at the level at which it says most."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.log import configure

PARTS = ("", "bot", "alembic")
"""Names the loggers whose levels are set."""


@contextmanager
def at_debug() -> Iterator[io.StringIO]:
    """Log as `FAQBOT_LOG_LEVEL=debug` does, and yield what comes of it."""
    root = logging.getLogger()
    handlers, levels = root.handlers[:], [logging.getLogger(name).level for name in PARTS]
    stream = io.StringIO()
    configure(log_format="json", log_level="debug", stream=stream)
    try:
        yield stream
    finally:
        root.handlers[:] = handlers
        for name, level in zip(PARTS, levels, strict=True):
            logging.getLogger(name).setLevel(level)
        structlog.reset_defaults()
