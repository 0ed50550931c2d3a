"""The way of a question that the docs describe leads through files and functions that there are."""

import re
from importlib import import_module
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[1] / "docs" / "matching.md").read_text("utf-8")
SECTION = PAGE.partition("## From a question to its reply\n")[2].partition("\n## ")[0]
STEPS = re.findall(r"^\d+\. `bot/([\w/]+)\.py`: (.+)$", SECTION, re.MULTILINE)


@pytest.mark.parametrize(("path", "step"), STEPS)
def test_each_step_is_there(path: str, step: str) -> None:
    names = re.findall(r"`([^`]+)`", step)
    assert names
    for name in names:
        found: object = import_module(f"bot.{path.replace('/', '.')}")
        for part in name.split("."):
            found = getattr(found, part)
        assert callable(found)


def test_there_are_ten() -> None:
    assert len(STEPS) == 10
