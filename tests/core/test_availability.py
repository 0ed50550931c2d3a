"""Show how hours and channels of entries are written, and what they come to."""

from datetime import datetime

import pytest

from bot.core.availability import are_channels, are_hours, read_channels
from bot.core.fields import OF_ENTRY, Unfit
from bot.core.models import ChannelRef


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("mon - fri 9:00-17:00 Europe/Berlin", "Mon-Fri 09:00-17:00 Europe/Berlin"),
        ("Mon-Fri 09:00-17:00, Sat 10:00-12:00", "Mon-Fri 09:00-17:00, Sat 10:00-12:00 UTC"),
        ("22:00-06:00", "Mon-Sun 22:00-06:00 UTC"),
    ],
)
def test_hours_have_a_usual_form(written: str, usual: str) -> None:
    assert OF_ENTRY["hours"](written) == usual
    assert OF_ENTRY["hours"](usual) == usual


@pytest.mark.parametrize("written", ["office hours", "Mon-Fri 09:00-17:00 Europe/Berln", "Mon-Fri 9-17", "Mon", ""])
def test_what_are_no_hours_is_refused(written: str) -> None:
    assert isinstance(OF_ENTRY["hours"](written), Unfit)


def test_hours_of_a_time_zone_that_this_machine_does_not_know_never_are() -> None:
    assert not are_hours("00:00-24:00 Mars/Olympus", datetime.fromisoformat("2026-03-02T08:00Z"))
    assert are_hours("00:00-24:00 UTC", datetime.fromisoformat("2026-03-02T08:00Z"))


def test_channels_are_named_as_in_their_settings() -> None:
    written = "slack/T1/C1,  discord/7  slack/T1/C1"
    assert read_channels(written) == ("slack/T1/C1", "discord/7")
    assert OF_ENTRY["channels"](written) == "slack/T1/C1, discord/7"
    here = {
        place: are_channels("slack/T1/C1, discord/7", ChannelRef(*place.split("/")))
        for place in ("slack/T1/C1", "slack/T1/C11", "slack/T2/C1", "discord/7/8", "discord/70/8")
    }
    assert here == {
        "slack/T1/C1": True,
        "slack/T1/C11": False,
        "slack/T2/C1": False,
        "discord/7/8": True,
        "discord/70/8": False,
    }
    assert are_channels("slack", ChannelRef("console", "", ""))


@pytest.mark.parametrize("written", ["#general", "slak/T1/C1", "slack/", "slack/T1/C1/9", "slack;discord", ","])
def test_what_names_no_channel_is_refused(written: str) -> None:
    assert isinstance(OF_ENTRY["channels"](written), Unfit)


@pytest.mark.parametrize("written", ["-1", "10081", "ten", "1.5"])
def test_what_is_no_cooldown_is_refused(written: str) -> None:
    assert isinstance(OF_ENTRY["cooldown"](written), Unfit)
