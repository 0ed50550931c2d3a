"""Set how the bot behaves in each channel."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any

from cachetools import LRUCache

from bot.core.fields import COOLDOWN_LIMIT, read_value
from bot.core.hours import read_time_of_week
from bot.core.manners import (
    ASKERS_LIMIT,
    LONGEST_WAIT,
    MOST_A_MINUTE,
    MOST_STALE_DAYS,
    NO_ANSWER_LIMIT,
    TOPICS_LIMIT,
    ChannelSettings,
    ReplyPlace,
)
from bot.core.models import ChannelRef, Mode
from bot.core.wording import refusals
from bot.core.wording.cards import without_drafts
from bot.core.wording.expected import OF_CHANNEL
from bot.core.wording.languages import is_language
from bot.errors import ChannelFieldError, DatabaseAwayError
from bot.service import Clock
from bot.store import Database, audit
from bot.store.behaviour import Channel, behaviour, channels, lock_behaviour, save_behaviour
from bot.store.records import AuditRecord

_REMEMBERED = 10_000
# Of a role on Discord, or of a user group on Slack.
_ID = re.compile(r"[1-9][0-9]{0,19}|S[A-Z0-9]{1,30}")
_MODE = "mode"


class Channels:
    """Read and change channel settings; changes count with the next message, in every process."""

    def __init__(self, *, database: Database, clock: Clock, reviewed: Collection[str] = ()) -> None:
        self._database = database
        self._clock = clock
        self._reviewed = reviewed
        self._last: LRUCache[ChannelRef, ChannelSettings] = LRUCache(_REMEMBERED)

    async def behaviour(self, place: ChannelRef) -> ChannelSettings:
        """Return how the bot behaves in a channel; it is off where nobody has set it.

        While the database is away that is as it last was, for a channel that was asked about before.
        """
        try:
            async with self._database.reading_alone() as tx:
                found = await behaviour(tx, place)
        except DatabaseAwayError:
            if (last := self._last.get(place)) is None:
                raise
            return last
        self._last[place] = found
        return found

    async def list(self) -> tuple[Channel, ...]:
        """Return the channels that somebody has set, sorted by their names."""
        async with self._database.snapshot() as tx:
            return await channels(tx)

    async def set(self, place: ChannelRef, changes: Mapping[str, str | None], *, actor: str) -> ChannelSettings:
        """Change settings, named as in `ChannelSettings` and written as a person types them; None is the default.

        Drafts need a review channel of the platform, where moderators find them.
        """
        values = {name: _checked(name, written) for name, written in changes.items()}
        if values.get(_MODE) is Mode.DRAFT and place.platform not in self._reviewed:
            raise ChannelFieldError(_MODE, Mode.DRAFT, without_drafts(place.platform))
        at = self._clock()
        async with self._database.transaction() as tx:
            before = await lock_behaviour(tx, place, at=at)
            after = replace(before, **values)
            if after != before:
                await save_behaviour(tx, place, after, at=at)
                await audit.append(tx, _record(place, before, after, actor=actor, at=at))
            return after


def _record(place: ChannelRef, before: ChannelSettings, after: ChannelSettings, **by: Any) -> AuditRecord:  # noqa: ANN401  # who and when
    earlier, later = asdict(before), asdict(after)
    changed = [name for name in later if later[name] != earlier[name]]
    return AuditRecord(
        action="set",
        object=f"channel:{place}",
        before={name: earlier[name] for name in changed},
        after={name: later[name] for name in changed},
        **by,
    )


def _checked(name: str, written: str | None) -> Any:  # noqa: ANN401  # each setting has a type of its own
    """Return the value of a setting, or refuse it."""
    if name not in _READ:
        raise ChannelFieldError(name, written or "", refusals.one_setting_of(_READ))
    if written is None:
        return getattr(ChannelSettings(), name)
    value = _READ[name](written.strip())
    if value is None:
        raise ChannelFieldError(name, written, str(OF_CHANNEL[name]))
    return value


def _mode(written: str) -> Mode | None:
    return Mode(written) if written in list(Mode) else None


def _reply(written: str) -> ReplyPlace | None:
    return ReplyPlace(written) if written in list(ReplyPlace) else None


def _locale(written: str) -> str | None:
    locale: str | None = read_value("locale", written)
    return locale if locale is not None and is_language(locale) else None


def _no_answer(written: str) -> str | None:
    text: str | None = read_value("answer", written)
    return text if text is not None and len(text) <= NO_ANSWER_LIMIT else None


def _id(written: str) -> str | None:
    return written if _ID.fullmatch(written) else None


def _ids(written: str) -> str | None:
    ids = tuple(dict.fromkeys(re.split(r"[\s,]+", written.strip(" \t\n,"))))
    return ", ".join(ids) if all(map(_ID.fullmatch, ids)) and len(ids) <= ASKERS_LIMIT else None


def _time_of_week(written: str) -> str | None:
    found = read_time_of_week(written)
    return None if found is None else str(found)


def _topics(written: str) -> str | None:
    names = [read_value("category", name) for name in written.split(",") if name.strip()]
    return ", ".join(names) if names and None not in names and len(written) <= TOPICS_LIMIT else None


def _number(most: int) -> Callable[[str], int | None]:
    """Return what reads a whole number up to `most`."""

    def read(written: str) -> int | None:
        short = written.isascii() and written.isdecimal() and len(written) <= len(str(most))
        return int(written) if short and int(written) <= most else None

    return read


_READ: Mapping[str, Callable[[str], Any]] = MappingProxyType({
    "mode": _mode,
    "audience": lambda written: read_value("audience", written),
    "locale": _locale,
    "no_answer": _no_answer,
    "wait_seconds": _number(LONGEST_WAIT),
    "on_call": _id,
    "on_call_hours": lambda written: read_value("hours", written),
    "topics": _topics,
    "reply": _reply,
    "askers": _ids,
    "cooldown": _number(COOLDOWN_LIMIT),
    "repeat_minutes": _number(COOLDOWN_LIMIT),
    "replies_per_minute": _number(MOST_A_MINUTE),
    "news": _time_of_week,
    "stale_days": _number(MOST_STALE_DAYS),
})  # fmt: skip
