"""Show what each mode makes of each way to reach the bot."""

import pytest

from bot.core.manners import Course, course, is_silenced
from bot.core.models import ChannelRef, Mode, Surface

COURSES = {
    Mode.OFF: {Surface.AMBIENT: "silent", Surface.MENTION: "silent", Surface.COMMAND: "silent"},
    Mode.MENTION: {Surface.AMBIENT: "silent", Surface.MENTION: "decide", Surface.COMMAND: "decide"},
    Mode.AMBIENT: {Surface.AMBIENT: "decide", Surface.MENTION: "decide", Surface.COMMAND: "decide"},
    Mode.SHADOW: {Surface.AMBIENT: "shadow", Surface.MENTION: "shadow", Surface.COMMAND: "decide"},
    Mode.DRAFT: {Surface.AMBIENT: "draft", Surface.MENTION: "draft", Surface.COMMAND: "decide"},
}


@pytest.mark.parametrize("mode", Mode)
def test_a_mode_says_what_is_done_about_messages(mode: Mode) -> None:
    assert {surface: course(mode, surface).value for surface in COURSES[mode]} == COURSES[mode]
    alike = Surface.MENTION if mode is Mode.DRAFT else Surface.COMMAND
    assert course(mode, Surface.SHORTCUT) is course(mode, alike)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("surface", [Surface.DIRECT, Surface.CONSOLE])
def test_who_writes_to_the_bot_alone_is_in_no_channel(mode: Mode, surface: Surface) -> None:
    assert course(mode, surface) is Course.DECIDE


def test_a_place_is_written_as_people_type_it() -> None:
    assert str(ChannelRef("slack", "T1", "C1")) == "slack/T1/C1"


@pytest.mark.parametrize(
    ("mode", "approved", "silenced"),
    [
        (Mode.OFF, False, True),
        (Mode.SHADOW, True, True),
        (Mode.DRAFT, False, True),
        (Mode.DRAFT, True, False),
        (Mode.MENTION, True, False),
        (Mode.AMBIENT, False, False),
    ],
)
def test_what_a_moderator_approved_is_said_where_the_bot_answers(mode: Mode, *, approved: bool, silenced: bool) -> None:
    assert is_silenced(mode, Surface.AMBIENT, approved=approved) is silenced
