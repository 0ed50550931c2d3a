"""`faqbot stats` and `faqbot digest`."""

import json
import sys
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.commands import Commands

GAP = "do you sell umbrellas?"
STAFF = "where do our parrots sleep?"


@pytest.fixture
def asked(faqbot: Commands, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Return the commands on a log of some questions, one of them asked by three people, and one among staff."""
    faqbot("ask", "wd fee")
    faqbot("ask", "hello")
    faqbot("ask", STAFF, "--audience", "internal")
    for name in ("bob", "cleo", "ann"):
        monkeypatch.setenv("LOGNAME", name)
        faqbot("ask", GAP)
    return faqbot


@pytest.mark.slow
def test_the_tables_tell_what_was_asked_and_what_is_missing(asked: Commands) -> None:
    result = asked("stats")
    lines = [" ".join(line.split()) for line in result.out.splitlines()]
    assert (result.code, result.err) == (0, "")
    assert lines[0] == "QUESTIONS PER DAY COUNT SHARE"
    assert lines[1] == f"asked {'▁' * 29}█ 4 100 %"
    assert lines[2] == f"answered {'▁' * 29}█ 1 25 %"
    assert "ignored 1 that held no question" in lines
    assert "people 3" in lines
    assert "none 4 25 % 0 % 75 % - -" in lines
    assert "do you sell umbrellas? 3 3" in lines
    assert "withdrawal-fees 12,345 1" in lines
    assert "2 of 3 entries were not asked for:" in lines
    assert "parrots" not in result.out


@pytest.mark.slow
def test_staff_see_their_own_questions_too(asked: Commands) -> None:
    told = json.loads(asked("stats", "--json", "--audience", "internal").out)
    assert told["total"]["counts"]["asked"] == 5
    assert [gap["text"] for gap in told["gaps"]] == [GAP, None]
    assert "staff-approvals" in told["never_asked"]


@pytest.mark.slow
def test_the_figures_are_printed_as_json(asked: Commands) -> None:
    told = json.loads(asked("stats", "--since", "2d", "--json").out)
    assert told["total"]["counts"]["unanswered"] == 3
    assert [day["counts"]["asked"] for day in told["days"]] == [0, 4]
    assert told["days"][-1]["day"] == told["until"][:10]
    assert told["gaps"] == [{"text": GAP, "count": 3, "askers": 3}]


@pytest.mark.slow
def test_many_days_share_a_bar(asked: Commands) -> None:
    first = datetime.now(UTC).date() - timedelta(days=99)
    lines = asked("stats", "--since", str(first)).out.splitlines()
    assert "PER 7 DAYS" in lines[0]
    assert f"{'▁' * 14}█" in lines[1]


def test_an_empty_log_has_figures_too(empty: Commands) -> None:
    result = empty("stats")
    assert (result.code, result.err) == (0, "")
    assert "asked" in result.out


@pytest.mark.slow
@pytest.mark.skipif(find_spec("matplotlib") is None, reason="matplotlib is not installed")
@pytest.mark.parametrize("since", ["1d", "30d", "400d"])
def test_charts_are_drawn_beside_the_tables(asked: Commands, folder: Path, since: str) -> None:
    result = asked("stats", "--since", since, "--png", "charts.png")
    assert (result.code, result.err) == (0, "")
    assert "umbrellas" in result.out
    assert (folder / "charts.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
@pytest.mark.skipif(find_spec("matplotlib") is None, reason="matplotlib is not installed")
def test_charts_of_nothing_are_drawn(empty: Commands, folder: Path) -> None:
    assert empty("stats", "--png", "charts.png").code == 0
    assert (folder / "charts.png").exists()
    assert empty("stats", "--png", "missing/charts.png").err.startswith("faqbot: missing/charts.png: no such file")


def test_charts_without_the_extra_are_one_line(empty: Commands, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name == "bot.cli.charts" or name.startswith("matplotlib.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = empty("stats", "--png", "charts.png")
    assert (result.code, result.out) == (2, "")
    assert result.err == 'faqbot: --png: matplotlib is not installed; run in the checkout: pip install ".[charts]"\n'
    assert not (folder / "charts.png").exists()


def test_a_time_that_is_none_is_refused(empty: Commands) -> None:
    result = empty("stats", "--since", "yesterday")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("faqbot: --since: 'yesterday' is no time; give days")


@pytest.mark.slow
def test_a_digest_tells_a_week_in_a_few_lines(asked: Commands) -> None:
    told = asked("digest").out
    assert "- 4 questions from 3 people, after a week without any.\n" in told
    assert "  1. “do you sell umbrellas?” (3 people)\n" in told
    assert "parrots" not in told
    found = json.loads(asked("digest", "--json", "--audience", "internal").out)
    assert (found["week"]["total"]["counts"]["asked"], found["before"]["asked"]) == (5, 0)
