"""Show that a channel is left alone for as long as Slack wants, and no other one."""

from datetime import timedelta

from bot.adapters.slack.quiet import Quiet


def test_a_channel_is_left_alone_until_its_time_is_over() -> None:
    now = 100.0
    quiet = Quiet(clock=lambda: now)
    quiet.keep("C1", timedelta(seconds=30))

    now = 120.0
    assert (quiet.left("C1"), quiet.left("C2")) == (timedelta(seconds=10), timedelta())
    now = 130.0
    assert quiet.left("C1") == timedelta()


def test_the_last_word_counts() -> None:
    quiet = Quiet(clock=lambda: 0.0)
    for seconds in (30, 5):
        quiet.keep("C1", timedelta(seconds=seconds))

    assert quiet.left("C1") == timedelta(seconds=5)
