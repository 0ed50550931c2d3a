"""The benchmarks of the platforms ask the bot in a process of its own, and tell how it did."""

from collections.abc import Callable

import pytest

from bench import discord, rates, slack
from bench.front import COLUMNS, Front, main

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("front", "page"), [(slack.SlackFront, slack.__doc__), (discord.DiscordFront, discord.__doc__)]
)
def test_every_question_is_answered_and_timed(
    front: Callable[[], Front], page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(front, page, ["--entries", "20", "--questions", "40", "--rate", "20", "--only", "sqlite"])

    head, line = capsys.readouterr().out.splitlines()
    name, *figures = line.split()
    told = dict(zip(COLUMNS, map(float, figures), strict=True))
    assert head.split() == " ".join(COLUMNS).split()
    assert (name, told["answered"]) == ("sqlite", 80)
    assert 0 < told["p50 ms"] <= told["p99 ms"] < 60_000
    assert min(told["start MB"], told["end MB"]) > 0  # freed memory goes back to the system meanwhile


@pytest.mark.timeout(300)
def test_a_commit_and_this_checkout_are_asked_in_turn(capsys: pytest.CaptureFixture[str]) -> None:
    short = ["--entries", "20", "--questions", "40", "--turns", "2", "--seconds", "0", "--only", "sqlite"]
    main(slack.SlackFront, slack.__doc__ or "", ["--against", "HEAD", *short])

    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == ["sqlite", *" ".join(rates.COLUMNS).split()]
    for line in lines[:2]:
        told = dict(zip(rates.COLUMNS, map(float, line.split()[-len(rates.COLUMNS) :]), strict=True))
        assert told["cpu s"] > 0
        assert told["statem."] > told["transact."] >= 1
        assert told["calls"] >= 1
