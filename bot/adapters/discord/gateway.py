"""Keep events that are malformed, or told twice, from doing harm."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any

import discord

_log = logging.getLogger(__name__)
_INTERACTION = "INTERACTION_CREATE"
# So many interactions come in far more than the seconds within which Discord tells one twice.
_REMEMBERED = 10_000
Parse = Callable[[Any], None]


class Recent:
    """Remember the last ids."""

    def __init__(self, *, most: int = _REMEMBERED) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._most = most

    def is_new(self, each: str) -> bool:
        """Tell whether an id comes for the first time, and remember it."""
        if each in self._ids:
            return False
        self._ids[each] = None
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)
        return True


def guard_events(client: discord.Client) -> None:
    """Have a client survive events that it cannot read, and take each interaction once."""
    parsers: dict[str, Parse] = client._connection.parsers  # noqa: SLF001  # the library has no other way in
    for name, parse in list(parsers.items()):
        parsers[name] = partial(_survive, name, parse)
    parsers[_INTERACTION] = partial(_take_once, Recent(), parsers[_INTERACTION])


def _survive(name: str, parse: Parse, event: Any) -> None:  # noqa: ANN401  # whatever JSON can hold
    """Read an event; one that cannot be read is lost, and all others are not."""
    try:
        parse(event)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        _log.warning("An event could not be read", extra={"event_name": name, "fault": type(error).__name__})


def _take_once(seen: Recent, parse: Parse, event: Any) -> None:  # noqa: ANN401  # as above
    known = event.get("id") if isinstance(event, dict) else None
    if known is None or seen.is_new(str(known)):
        parse(event)
