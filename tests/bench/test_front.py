"""The benchmarks of the platforms ask the bot in a process of its own, and tell how it did."""

from collections.abc import Callable

import pytest

from bench import discord, slack
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
    assert 0 < told["start MB"] <= told["end MB"]
