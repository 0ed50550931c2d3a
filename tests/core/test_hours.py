"""Hours of the week: how they are written, what they include, when they begin."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.hours import HOURS_LIMIT, TimeOfWeek, read_hours, read_time_of_week

BERLIN = "Mon-Fri 09:00-17:00, Sat 10:00-14:00 Europe/Berlin"


def at(text: str) -> datetime:
    """Return a time of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (BERLIN, BERLIN),
        ("mon-fri 9:00 - 17:00", "Mon-Fri 09:00-17:00 UTC"),
        ("Sun 22:00-06:00 America/New_York", "Sun 22:00-06:00 America/New_York"),
        ("08:00-20:00 Asia/Tokyo", "Mon-Sun 08:00-20:00 Asia/Tokyo"),
        ("00:00-24:00", "Mon-Sun 00:00-24:00 UTC"),
        ("Sat-Mon 10:00-12:00 Etc/GMT+3", "Sat-Mon 10:00-12:00 Etc/GMT+3"),
    ],
)
def test_hours_are_written_as_they_were_read(written: str, read: str) -> None:
    hours = read_hours(written)

    assert str(hours) == read
    assert read_hours(read) == hours


@pytest.mark.parametrize(
    "written",
    [
        "",
        ",",
        "always",
        "Mon",
        "Mon 9-17",
        "Mon 09:00",
        "Mon 09:00-09:00",
        "Mon 24:00-06:00",
        "Mon 09:00-24:30",
        "Mon 09:60-10:00",
        "Mon-Fri-Sun 09:00-10:00",
        "Mon 09:00-10:00,",
        "Mon 09:00-10:00 Europe/Nowhere",
        "Mon 09:00-10:00 Europe",
        "Mon 09:00-10:00 ../../etc/passwd",
        "Mon 09:00-10:00 Europe/Berlin UTC",
        "Lundi 09:00-10:00",
        ", ".join(["Mon 09:00-10:00"] * HOURS_LIMIT),
    ],
)
def test_what_cannot_be_read_are_no_hours(written: str) -> None:
    assert read_hours(written) is None


@pytest.mark.parametrize(
    ("written", "moment", "included"),
    [
        (BERLIN, "2026-11-30 08:00", True),  # a Monday, nine in Berlin
        (BERLIN, "2026-11-30 07:59", False),
        (BERLIN, "2026-11-30 16:00", False),
        (BERLIN, "2026-07-06 07:00", True),  # in summer
        (BERLIN, "2026-11-28 12:59", True),
        (BERLIN, "2026-11-29 12:00", False),
        ("Sun 22:00-06:00", "2026-11-30 05:59", True),  # goes on from Sunday into Monday
        ("Sun 22:00-06:00", "2026-11-29 05:59", False),
        ("Sat-Mon 10:00-12:00", "2026-11-29 10:00", True),
        ("Sat-Mon 10:00-12:00", "2026-12-01 10:00", False),
        ("00:00-24:00", "2026-11-29 23:59", True),
        ("Sun 02:15-02:45 Europe/Berlin", "2026-03-29 01:30", True),  # these minutes are left out that night
        ("Sun 02:30-03:30 Europe/Berlin", "2026-03-29 01:15", True),  # and of these the first half
        ("Sun 02:30-03:30 Europe/Berlin", "2026-03-29 01:30", False),
        ("Sun 02:00-03:00 Europe/Berlin", "2026-03-29 01:00", False),
        ("Sun 02:15-02:45 Europe/Berlin", "2026-10-25 00:20", True),  # these are there twice
        ("Sun 02:15-02:45 Europe/Berlin", "2026-10-25 00:50", False),
        ("Sun 02:15-02:45 Europe/Berlin", "2026-10-25 01:20", True),
        ("Sun 02:15-02:45 Europe/Berlin", "2026-10-25 01:50", False),
        ("Sat 22:00-02:30 Europe/Berlin", "2026-10-25 01:20", True),
        ("Sat 22:00-02:30 Europe/Berlin", "2026-10-25 01:40", False),
    ],
)
def test_what_hours_include(written: str, moment: str, *, included: bool) -> None:
    hours = read_hours(written)

    assert hours is not None
    assert hours.include(at(moment)) is included


@pytest.mark.parametrize(
    ("written", "moment", "begins"),
    [
        (BERLIN, "2026-11-27 16:00", "2026-11-28 09:00"),
        (BERLIN, "2026-11-28 13:00", "2026-11-30 08:00"),
        (BERLIN, "2026-11-30 08:00", "2026-12-01 08:00"),
        ("Wed 09:00-10:00", "2026-11-25 09:00", "2026-12-02 09:00"),
        ("Sun 22:00-06:00", "2026-11-30 03:00", "2026-12-06 22:00"),
        ("Sun 09:00-10:00 Europe/Berlin", "2026-10-24 12:00", "2026-10-25 08:00"),  # the clocks went back
        ("Sun 02:00-03:00 Europe/Berlin", "2026-03-28 12:00", "2026-04-05 00:00"),  # that night there is no such hour
        ("Sun 02:00-03:00 Europe/Berlin", "2026-10-24 12:00", "2026-10-25 00:00"),
    ],
)
def test_when_hours_begin_next(written: str, moment: str, begins: str) -> None:
    hours = read_hours(written)

    assert hours is not None
    assert hours.next_after(at(moment)).astimezone(UTC) == at(begins)
    assert hours.next_after(at(moment)).tzinfo == ZoneInfo(hours.zone)


@pytest.mark.parametrize(
    ("written", "moment", "last"),
    [
        ("Mon 08:00", "2026-11-30 08:00", "2026-11-30 08:00"),
        ("Mon 08:00", "2026-11-30 07:59", "2026-11-23 08:00"),
        ("mon 8:00 Europe/Berlin", "2026-11-30 07:00", "2026-11-30 07:00"),
        ("Fri 16:30 America/New_York", "2026-11-30 12:00", "2026-11-27 21:30"),
        ("Sun 00:30 Pacific/Auckland", "2026-11-28 11:29", "2026-11-21 11:30"),  # Sunday begins there on our Saturday
        ("Sun 08:00 Europe/Berlin", "2026-10-25 06:59", "2026-10-18 06:00"),  # the clocks went back in between
    ],
)
def test_when_a_time_of_the_week_was_last(written: str, moment: str, last: str) -> None:
    time = read_time_of_week(written)

    assert time is not None
    assert time.last_before(at(moment)) == at(last)
    assert read_time_of_week(str(time)) == time


@pytest.mark.parametrize(
    "written", ["", "Mon", "08:00", "Mon 24:00", "Mon 8", "Mon-Fri 08:00", "Mon 08:00 Nowhere", "Mon 08:00 UTC UTC"]
)
def test_what_cannot_be_read_is_no_time_of_the_week(written: str) -> None:
    assert read_time_of_week(written) is None


@pytest.mark.parametrize("zone", ["Europe//Berlin", "../etc", "Europe/Nowhere"])
def test_a_time_of_the_week_in_no_time_zone_is_none(zone: str) -> None:
    assert read_time_of_week(f"Mon 09:00 {zone}") is None


@pytest.mark.parametrize(
    ("at", "first"),
    [
        ("2026-03-02T08:00", "2026-03-02T08:00"),
        ("2026-03-02T07:59", "2026-02-02T08:00"),
        ("2026-03-31T12:00", "2026-03-02T08:00"),
        ("2026-06-01T07:00", "2026-06-01T07:00"),
    ],
)
def test_a_time_comes_on_the_first_such_day_of_a_month(at: str, first: str) -> None:
    """It is nine in Berlin, in winter and in summer."""
    moment = TimeOfWeek(0, 9 * 60, "Europe/Berlin")
    assert moment.first_before(datetime.fromisoformat(f"{at}+00:00")) == datetime.fromisoformat(f"{first}+00:00")


@given(
    zone=st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
    day=st.integers(0, 6),
    minutes=st.integers(0, 24 * 60 - 1),
    start=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # as it asks
)
def test_a_time_of_the_week_comes_once_a_week_in_each_time_zone(
    zone: str, day: int, minutes: int, start: datetime
) -> None:
    due = TimeOfWeek(day, minutes, zone)
    for before in (due.last_before, due.first_before):
        times = [before(start + timedelta(hours=hours)) for hours in range(0, 24 * 9, 3)]
        assert times == sorted(times)
        assert all(before(each) == each for each in times)
        assert times[-1] <= start + timedelta(days=9)
        assert len(set(times)) <= 3
    weeks = sorted({due.last_before(start + timedelta(days=days)) for days in range(0, 21, 2)})
    assert all(
        timedelta(days=6, hours=20) < later - earlier < timedelta(days=7, hours=4) for earlier, later in pairwise(weeks)
    )
