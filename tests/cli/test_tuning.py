"""`faqbot tune`."""

import asyncio
import json
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.bootstrap import open_app
from bot.config import Settings
from bot.core.models import Surface
from bot.service.app import App
from tests.cli.commands import Commands
from tests.service.graded import log
from tests.service.samples import FEES, WEB
from tests.store.samples import saved


async def _fill(app: App, *, right: int, wrong: int, surface: Surface) -> None:
    await saved(app.database, FEES, WEB)
    for number in range(right + wrong):
        asked = await log(app, 0.66, surface=surface, platform=("slack", "discord")[number % 2])
        grade = app.grades.accept if number < right else app.grades.reject
        await grade(asked, actor="ann")


def fill(empty: Commands, *, right: int, wrong: int = 0, surface: Surface = Surface.MENTION) -> None:
    """Log and grade decisions, all of one confidence."""

    async def use() -> None:
        async with open_app(Settings(database_url=empty.database)) as app:
            await _fill(app, right=right, wrong=wrong, surface=surface)

    asyncio.run(use())


def lines(text: str) -> list[str]:
    """Return the lines with one space between words."""
    return [" ".join(line.split()) for line in text.splitlines()]


@pytest.mark.slow
def test_a_proposal_is_told_beside_what_counts_today(empty: Commands) -> None:
    fill(empty, right=60)
    result = empty("tune")
    told = lines(result.out)
    assert (result.code, result.err) == (0, "")
    assert "graded 60 decisions: 60 by faqbot grade" in told
    assert "ANSWER SUGGEST LEAD RIGHT PRECISION AT LEAST EXPECTED COVERAGE" in told
    assert "today 0.67 0.30 0.25 0/0 - - - 0.0 %" in told
    assert "proposed 0.66 0.30 0.25 60/60 100.0 % 95.7 % 96.0 % 100.0 %" in told
    assert "discord 0.67 0.30 0.25 0/0 - - - 0.0 %" in told
    assert f"0.66 100.0 % 95.7 % 96.0 % 100.0 % {'█' * 30} proposed" in told
    assert "0.67 - - - 0.0 % today" in told
    assert told[-1] == "Nothing has changed; apply the proposal with: faqbot tune --apply"


@pytest.mark.slow
def test_nothing_changes_before_it_is_applied(empty: Commands) -> None:
    fill(empty, right=60)
    for _ in range(2):
        assert "today 0.67 0.30 0.25 0/0 - - - 0.0 %" in lines(empty("tune").out)
    applied = empty("tune", "--apply")
    assert lines(applied.out)[-1] == "Applied: asked. It counts from the next question on."
    assert "thresholds  answer 0.66, suggest 0.3, ambiguity 0.25" in empty("ask", "how are you fees", "--why").out
    again = empty("tune", "--apply")
    assert "today 0.66 0.30 0.25 60/60 100.0 % 95.7 % 96.0 % 98.4 %" in lines(again.out)
    assert lines(again.out)[-1] == "There is nothing to apply."


@pytest.mark.slow
def test_a_reset_brings_the_built_in_thresholds_back(empty: Commands) -> None:
    assert empty("tune", "--reset").out == "The built-in thresholds count already.\n"
    fill(empty, right=60)
    empty("tune", "--apply")
    reset = empty("tune", "--reset")
    assert reset.out == "Reset: asked. The built-in thresholds count from the next question on.\n"
    assert "thresholds  answer 0.67, suggest 0.3, ambiguity 0.25" in empty("ask", "how are you fees", "--why").out
    refused = empty("tune", "--reset", "--apply")
    assert (refused.code, refused.err[:12]) == (2, "faqbot tune:")


@pytest.mark.slow
def test_too_few_and_too_bad_decisions_are_told_apart(empty: Commands) -> None:
    few = empty("tune").out
    assert few.count("graded    0 decisions") == 2
    assert "none: 10 graded decisions are needed, and there are 0;" in few
    fill(empty, right=60, wrong=20, surface=Surface.AMBIENT)
    bad = empty("tune", "--apply").out
    assert "none: at no threshold are 95 % of the answers likely right;" in bad
    assert bad.endswith("There is nothing to apply.\n")
    assert "Nothing has changed" in empty("tune", "--precision", "0.6").out


@pytest.mark.slow
def test_the_figures_are_printed_as_json(empty: Commands) -> None:
    fill(empty, right=60)
    asked, overheard = json.loads(empty("tune", "--json").out)
    assert (asked["group"], asked["graded"], asked["needed"], asked["applied"]) == ("asked", 60, 10, False)
    assert asked["said_by"] == {"grade": 60}
    assert asked["left_out"] == {"other_scorer": 0, "disputed": 0, "repeated": 0}
    assert (asked["proposed"]["answer"], asked["proposed"]["precision"]) == (0.66, 1.0)
    assert asked["today"]["precision"] is None
    assert [share["platform"] for share in asked["platforms"]] == ["discord", "slack"]
    assert len(asked["curve"]) == 80
    assert (overheard["proposed"], overheard["scorer"]) == (None, None)
    assert [one["applied"] for one in json.loads(empty("tune", "--json", "--apply").out)] == [True, False]


@pytest.mark.parametrize("precision", ["0.4", "1", "lots"])
def test_a_precision_that_makes_no_sense_is_refused(empty: Commands, precision: str) -> None:
    assert empty("tune", "--precision", precision).code == 2


@pytest.mark.slow
@pytest.mark.skipif(find_spec("matplotlib") is None, reason="matplotlib is not installed")
@pytest.mark.parametrize("right", [0, 60])
def test_curves_are_drawn_beside_the_tables(empty: Commands, folder: Path, right: int) -> None:
    fill(empty, right=right)
    result = empty("tune", "--png", "curves.png")
    assert (result.code, result.err) == (0, "")
    assert f"{right} decisions" in result.out
    assert (folder / "curves.png").read_bytes().startswith(b"\x89PNG")


def test_curves_without_the_extra_are_one_line(empty: Commands, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name == "bot.cli.charts" or name.startswith("matplotlib.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = empty("tune", "--png", "curves.png", "--apply")
    assert (result.code, result.out) == (2, "")
    assert result.err == 'faqbot: --png: matplotlib is not installed; run in the checkout: pip install ".[charts]"\n'
    assert not (folder / "curves.png").exists()
