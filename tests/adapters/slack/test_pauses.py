"""Show that a channel is left alone for as long as Slack wants, and no other one."""

from datetime import timedelta

from bot.adapters.slack.sending import ChannelPauses


def test_a_channel_is_left_alone_until_its_time_is_over() -> None:
    now = 100.0
    pauses = ChannelPauses(clock=lambda: now)
    pauses.pause("C1", timedelta(seconds=30))

    now = 120.0
    assert (pauses.left("C1"), pauses.left("C2")) == (timedelta(seconds=10), timedelta())
    now = 130.0
    assert pauses.left("C1") == timedelta()


def test_the_last_word_counts() -> None:
    pauses = ChannelPauses(clock=lambda: 0.0)
    for seconds in (30, 5):
        pauses.pause("C1", timedelta(seconds=seconds))

    assert pauses.left("C1") == timedelta(seconds=5)
