"""Define for whom an entry is read, and what they get of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.core.availability import are_channels, are_hours
from bot.core.local_answers import LocalAnswer, language_of
from bot.core.models import Audience, ChannelRef, Entry


class Withheld(StrEnum):
    """Why a reader is not given an entry that they may read: its last day, hours, channels, or category."""

    ENDED = "ended"
    HOURS = "hours"
    CHANNELS = "channels"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads in a place, and on which day; without one no entry has ended.

    `locale` is that of the person, or of the place, or the language that they write, if it is known, and `region` where
    they are; it is empty where that is none that answers are for. Who `may_choose` can be asked for it. To one who is
    `hedged` what has ended is given with a warning; it is withheld otherwise. Hours of entries count with a time `at`
    which they are read, and channels with a `place`. With `topics`, which are categories, no others count. Answers of
    `cautioned` categories say that staff never write first.
    """

    audience: Audience = Audience.PUBLIC
    locale: str | None = None
    region: str | None = None
    may_choose: bool = False
    today: date | None = None
    hedged: bool = False
    at: datetime | None = None
    place: ChannelRef | None = None
    topics: frozenset[str] = frozenset()
    cautioned: frozenset[str] = frozenset()

    def entry(self, entry: Entry | None) -> Entry | None:
        """Return what this reader gets of an entry: nothing, or a copy with what they may read, in their language."""
        visible = None if entry is None or self.lacks(entry) else entry.seen_by(self.audience)
        return None if visible is None else _read_as(visible, self.answer(visible))

    def answer(self, entry: Entry) -> LocalAnswer:
        """Return the answer for this reader: of their region, else of any, in their language; the plain one first."""
        plain, *further = answers_of(entry)
        return max((plain, *further), key=lambda one: (self._nearness(one, plain=one is plain), self._fit(one)))

    def lacks(self, entry: Entry) -> bool:
        """Return whether an entry is withheld from everybody who reads then and there."""
        return self.withholds(entry) is not None

    def withholds(self, entry: Entry) -> Withheld | None:
        """Return why an entry is withheld from everybody who reads then and there, None where it is not."""
        if not self.hedged and self.has_ended(entry):
            return Withheld.ENDED
        if self.place is not None and entry.channels is not None and not are_channels(entry.channels, self.place):
            return Withheld.CHANNELS
        if self.at is not None and entry.hours is not None and not are_hours(entry.hours, self.at):
            return Withheld.HOURS
        if self.topics and (entry.category or "").casefold() not in self.topics:
            return Withheld.TOPIC
        return None

    def has_ended(self, entry: Entry) -> bool:
        """Return whether the last day is over on which an entry holds."""
        return self.today is not None and entry.valid_until is not None and entry.valid_until < self.today

    def understands(self, locale: str) -> bool:
        """Return whether a locale is in the language of this reader, or theirs is not known."""
        return self.locale is None or language_of(self.locale) == language_of(locale)

    def is_in(self, region: str | None) -> bool:
        """Return whether this reader is known to be in a region."""
        return region is not None and self.region is not None and region.casefold() == self.region.casefold()

    def _nearness(self, one: LocalAnswer, *, plain: bool) -> int:
        if self.is_in(one.region):
            return 2
        return 1 if plain or one.region is None else 0

    def _fit(self, one: LocalAnswer) -> int:
        if self.locale is None or one.locale is None:
            return 1
        if one.locale == self.locale:
            return 3
        return 2 if self.understands(one.locale) else 0


def answers_of(entry: Entry) -> tuple[LocalAnswer, ...]:
    """Return the answers of an entry, the plain one first."""
    plain = LocalAnswer(answer=entry.answer, locale=entry.locale, region=entry.region, question=entry.question)
    return (plain, *entry.answers)


def regions_of(entry: Entry) -> tuple[str, ...]:
    """Return the regions whose answers differ, each once; there are none where the answer is the same everywhere."""
    if all(one.region is None for one in entry.answers):
        return ()
    found = {one.region.casefold(): one.region for one in reversed(answers_of(entry)) if one.region is not None}
    return tuple(reversed(found.values()))


def _read_as(entry: Entry, one: LocalAnswer) -> Entry:
    """Return an entry as it reads with one of its answers."""
    return replace(
        entry,
        question=one.question or entry.question,
        answer=one.answer,
        locale=one.locale or entry.locale,
        region=one.region,
    )


ANYBODY = Reader()
"""Reads what is public, on no day in particular."""
