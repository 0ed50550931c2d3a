"""Parse hours of the week, such as `Mon-Fri 09:00-17:00, Sat 10:00-14:00 Europe/Berlin`, and times of it.

A time of the week is a day and a time, such as `Mon 08:00 Europe/Berlin`. Of hours:

- A part has a day or a range of days, and a range of times; `24:00` ends a day.
- A range of times that ends before it begins goes on into the next day.
- The time zone stands last, as the IANA database names it; without one it is UTC.
- Times are those of a clock on the wall there: what daylight saving time leaves out counts as the time after it, and
  hours that come twice count twice. A time of the week comes once, the first time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS_LIMIT = 200
HOURS_EXAMPLE = "Mon-Fri 09:00-17:00 Europe/Berlin"
TIME_EXAMPLE = "Mon 09:00 Europe/Berlin"
_DAY = "|".join(DAYS)
_TIME = r"([01]?[0-9]|2[0-4]):([0-5][0-9])"
_SPAN = re.compile(rf"(?:({_DAY})(?:\s*-\s*({_DAY}))?\s+)?{_TIME}\s*-\s*{_TIME}", re.IGNORECASE)
_MOMENT = re.compile(rf"({_DAY})\s+{_TIME}(?:\s+(\S+))?", re.IGNORECASE)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]*")
_MINUTES = 24 * 60
_WEEK = len(DAYS)
_UTC = "UTC"


class _Span(NamedTuple):
    """Days of the week from 0 on, and minutes of a day; `end` is beyond the day where it goes on into the next."""

    first: int
    last: int
    start: int
    end: int

    @property
    def days(self) -> Iterator[int]:
        """Return the days; a range may go over the end of a week."""
        return (day % _WEEK for day in range(self.first, self.last + (_WEEK if self.last < self.first else 0) + 1))

    def __str__(self) -> str:
        days = DAYS[self.first] if self.first == self.last else f"{DAYS[self.first]}-{DAYS[self.last]}"
        end = self.end if self.end <= _MINUTES else self.end - _MINUTES
        return f"{days} {_clock(self.start)}-{_clock(end)}"


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of the week in a time zone."""

    spans: tuple[_Span, ...]
    zone: str

    def __str__(self) -> str:
        return f"{', '.join(map(str, self.spans))} {self.zone}"

    def include(self, at: datetime) -> bool:
        """Return whether an aware time is within these hours."""
        return self._are_shown(at) or any(start <= at < end for start, end in self._around(at, days=0))

    def next_after(self, at: datetime) -> datetime:
        """Return when these hours begin next after an aware time, in their own time zone."""
        starts = [start for start, _ in self._around(at, days=2 * _WEEK) if start > at and self.include(start)]
        return min(starts).astimezone(ZoneInfo(self.zone))

    def _are_shown(self, at: datetime) -> bool:
        """Return whether the clock on the wall shows a time within these hours, for the first time or the second."""
        wall = at.astimezone(ZoneInfo(self.zone))
        minute, before = 60 * wall.hour + wall.minute, (wall.weekday() - 1) % _WEEK
        return any(
            (wall.weekday() in span.days and span.start <= minute < span.end)
            or (before in span.days and minute + _MINUTES < span.end)
            for span in self.spans
        )

    def _around(self, at: datetime, *, days: int) -> Iterator[tuple[datetime, datetime]]:
        """Yield the beginnings and ends from the day before a time to so many days after it."""
        zone = ZoneInfo(self.zone)
        midnight = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        for distance in range(-1, days + 1):
            day = midnight + timedelta(days=distance)
            for span in self.spans:
                if day.weekday() in span.days:
                    yield _moment(day, span.start), _moment(day, span.end)


@dataclass(frozen=True, slots=True)
class TimeOfWeek:
    """A time of one day of the week, 0 being Monday, by the clock on the wall of a time zone."""

    day: int
    minutes: int
    zone: str

    def __str__(self) -> str:
        return f"{DAYS[self.day]} {_clock(self.minutes)} {self.zone}"

    def last_before(self, at: datetime) -> datetime:
        """Return when it was this time last, in UTC: at an aware time, or before it."""
        midnight = at.astimezone(ZoneInfo(self.zone)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        nearest = midnight - timedelta(days=(midnight.weekday() - self.day) % _WEEK)
        moment = _moment(nearest, self.minutes)
        return moment if moment <= at else _moment(nearest - timedelta(days=_WEEK), self.minutes)

    def first_before(self, at: datetime) -> datetime:
        """Return when it was this time last, on the first such day of a month: at an aware time, or before it."""
        moment = self.last_before(at)
        while moment.astimezone(ZoneInfo(self.zone)).day > _WEEK:
            moment = self.last_before(moment - timedelta(days=_WEEK - 1))
        return moment


def read_time_of_week(written: str) -> TimeOfWeek | None:
    """Return the time of the week that somebody wrote, None where it cannot be read."""
    found = _MOMENT.fullmatch(written.strip()) if len(written) <= HOURS_LIMIT else None
    if found is None:
        return None
    day, hour, minute, zone = found.groups(_UTC)
    minutes = 60 * int(hour) + int(minute)
    return TimeOfWeek(DAYS.index(day.capitalize()), minutes, zone) if minutes < _MINUTES and _is_zone(zone) else None


def read_hours(written: str) -> Hours | None:
    """Return the hours that somebody wrote, None where they cannot be read."""
    if len(written) > HOURS_LIMIT:
        return None
    parts = [part.strip() for part in written.split(",")]
    *_, last = parts[-1].rsplit(maxsplit=1) or [""]
    zone = last if _ZONE.fullmatch(last) else _UTC
    parts[-1] = parts[-1].removesuffix(last).rstrip() if zone is last else parts[-1]
    spans = [_span(part) for part in parts]
    read = tuple(span for span in spans if span is not None)
    return Hours(read, zone) if len(read) == len(spans) and _is_zone(zone) else None


def _span(part: str) -> _Span | None:
    found = _SPAN.fullmatch(part)
    if found is None:
        return None
    first, last, *numbers = found.groups()
    from_hour, from_minute, to_hour, to_minute = map(int, numbers)
    start, end = 60 * from_hour + from_minute, 60 * to_hour + to_minute
    if start >= _MINUTES or end > _MINUTES or start == end:
        return None
    begins = 0 if first is None else DAYS.index(first.capitalize())
    ends = _WEEK - 1 if first is None else begins if last is None else DAYS.index(last.capitalize())
    return _Span(begins, ends, start, end if end > start else end + _MINUTES)


def _is_zone(name: str) -> bool:
    if not _ZONE.fullmatch(name):
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not there; a path out of the database; a folder of it
        return False
    return True


def _moment(day: datetime, minutes: int) -> datetime:
    """Return when the clock on the wall shows so many minutes after the midnight of a day."""
    return (day + timedelta(minutes=minutes)).astimezone(UTC)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
