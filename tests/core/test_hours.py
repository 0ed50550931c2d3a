"""Hours of the week: how they are written, what they include, when they begin."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

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
    ],
)
def test_when_hours_begin_next(written: str, moment: str, begins: str) -> None:
    hours = read_hours(written)

    assert hours is not None
    assert hours.next_after(at(moment)) == at(begins)
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
