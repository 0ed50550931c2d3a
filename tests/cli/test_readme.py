"""The README holds what it says of the command line."""

import hashlib
import re
from pathlib import Path

import pytest

from bot.cli.failures import ExitCode
from bot.resources import MODEL
from tests.cli.commands import Commands

README = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8")
SHORTENED = re.compile(r"…|│ … +│")


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 150


def test_its_exit_codes_are_those_of_the_bot() -> None:
    table = README[README.index("| Code |") :].partition("\n\n")[0]
    assert sorted(int(code) for code in re.findall(r"\| (\d+) (?=\|)", table)) == sorted(ExitCode)


def test_its_size_of_the_model_is_what_ships() -> None:
    size = sum((MODEL / name).stat().st_size for name in ("model.onnx", "tokenizer.json"))
    assert f"A sentence encoder of {size / 1e6:.0f} MB" in README


def test_the_table_beside_the_model_is_true() -> None:
    table = (MODEL / "README.md").read_text("utf-8")
    for name in ("model.onnx", "tokenizer.json"):
        content = (MODEL / name).read_bytes()
        assert f"| {name} | {len(content):,} | {hashlib.sha256(content).hexdigest()} |" in table


@pytest.mark.slow
def test_its_screen_is_what_the_demo_shows(capsys: pytest.CaptureFixture[str]) -> None:
    screen = README[README.index("```text\n") + 8 :].partition("```")[0]
    # The confidence moves with the matching.
    wanted = [re.sub(r"\(0\.\d\d\)", "(…)", line) for line in screen.splitlines() if not SHORTENED.fullmatch(line)]
    shown = iter(re.sub(r"\(0\.\d\d\)", "(…)", line) for line in Commands(capsys)("demo").out.splitlines())
    assert [line for line in wanted if line not in shown] == []
