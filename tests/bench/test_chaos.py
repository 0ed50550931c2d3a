"""The chaos run passes at a small size, ends what it started, and would see what is lost or comes twice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.chaos.counts import Counts, counted
from bench.chaos.moderator import answer_to
from bench.chaos.plan import Asked, Said, key_of
from bench.chaos.processes import ROOT
from bench.chaos.slack_web import history
from bench.chaos.stores import binaries
from tests.loopback.slack.workspace import BOT_USER, Message, Workspace

RUN = (sys.executable, "-m", "bench.chaos", "--short", "--database")
ASKED = Asked("slack", "C1", "17.1", "U1", at=100.0, topic=0)
KEY = key_of(ASKED)
REPLY = Said(101.0, "I have no answer to that yet.")
LATER = Said(105.0, f"<@U1> here it is: {answer_to(0)}")


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_nothing_is_lost_and_nothing_comes_twice(database: str, tmp_path: Path) -> None:
    if database == "postgres" and not _has_postgres():
        pytest.skip("no PostgreSQL server")
    done = subprocess.run(  # noqa: S603  # our own benchmark
        [*RUN, database, "--folder", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing lost, nothing twice" in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_all_that_it_started_ends_with_it(tmp_path: Path) -> None:
    command = [*RUN, "sqlite", "--folder", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:  # noqa: S603  # as above
        assert run.stdout is not None
        assert any("connected" in line for line in run.stdout)
        assert _processes_in(tmp_path)
        run.send_signal(signal.SIGINT)
        assert run.wait() == 130
    assert _processes_in(tmp_path) == []


def test_one_reply_and_one_later_answer_are_right() -> None:
    assert [*_counted([REPLY, LATER]).wrong()] == []


@pytest.mark.parametrize(
    ("said", "logged", "wrong"),
    [
        ([REPLY, LATER], 0, "1 not logged, such as slack/C1/17.1"),
        ([REPLY, LATER], 2, "1 logged more than once, such as slack/C1/17.1"),
        ([LATER], 1, "1 not answered, such as slack/C1/17.1"),
        ([REPLY, REPLY, LATER], 1, "1 answered more than once, such as slack/C1/17.1"),
        ([REPLY], 1, "1 not told the later answer, such as slack/C1/17.1"),
        ([REPLY, LATER, LATER], 1, "1 told a later answer twice, such as slack/C1/17.1"),
    ],
)
def test_what_is_lost_or_comes_twice_is_named(said: list[Said], logged: int, wrong: str) -> None:
    assert [*_counted(said, logged).wrong()] == [wrong]


def test_others_who_are_told_twice_are_counted() -> None:
    counts = counted([ASKED], {"slack": {"17.1": [REPLY, LATER, LATER]}}, {KEY: [1]}, {0: []})
    assert [*counts.wrong()] == ["1 others were told a later answer twice"]


def test_the_history_of_a_channel_is_paged_and_leaves_out_threads() -> None:
    space = Workspace()
    channel = space.channel("ask")
    said = [space.add(Message(channel.id, f"{number}.0", "U1", "?")) for number in (1, 2, 3)]
    space.add(Message(channel.id, "4.0", BOT_USER, "!", thread_ts=said[0].ts))

    first = history(space, {"channel": channel.id, "limit": 2})
    rest = history(space, {"channel": channel.id, "limit": 2, "cursor": first["response_metadata"]["next_cursor"]})
    later = history(space, {"channel": channel.id, "oldest": "2.0"})

    assert [one["ts"] for one in first["messages"]] == ["3.0", "2.0"]
    assert ([one["ts"] for one in rest["messages"]], rest["has_more"]) == (["1.0"], False)
    assert [one["ts"] for one in later["messages"]] == ["3.0"]


def _counted(said: list[Said], logged: int = 1) -> Counts:
    return counted([ASKED], {"slack": {"17.1": said}}, {KEY: [*range(logged)]}, {0: [ASKED]})


def _has_postgres() -> bool:
    try:
        return (binaries() / "initdb").exists() or bool(os.environ.get("CI"))
    except ImportError:
        return bool(os.environ.get("CI"))


def _processes_in(folder: Path) -> list[int]:
    """Return the processes whose working directory is in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve().is_relative_to(folder):
                found.append(int(process.name))
        except OSError:  # it has just ended
            continue
    return found
