"""Log an outage in one line; a traceback is for unexpected errors."""

import logging
from datetime import timedelta

import discord

from bot.adapters.discord.calls import FAULTS, trouble

_OUTAGES = (*FAULTS, discord.GatewayNotFound, discord.ConnectionClosed)
# The library tries again by itself, and shows a traceback each time.
_LOGGERS = ("discord.client", "discord.gateway", "discord.shard")


def is_outage(fault: BaseException | None) -> bool:
    """Return whether a fault is that of the network or of Discord, and no mistake in the program."""
    return isinstance(fault, _OUTAGES)


def reason_of(fault: BaseException) -> str:
    """Return a fault in one line."""
    return f"{type(fault).__name__}: {fault}".splitlines()[0].removesuffix(": ")


def wait_wanted(fault: BaseException | None) -> timedelta:
    """Return how long Discord wants to be left alone after a fault."""
    return trouble(fault).wait if isinstance(fault, FAULTS) else timedelta()


class InOneLine(logging.Filter):
    """Replace the traceback of an outage by its reason."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True, replacing the traceback of an outage by its reason."""
        fault = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if fault is not None and is_outage(fault):
            record.exc_info = None
            record.reason = reason_of(fault)
        return True


_IN_ONE_LINE = InOneLine()


def shorten_tracebacks() -> None:
    """Filter the library's tracebacks of outages."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_IN_ONE_LINE)  # a second time changes nothing
