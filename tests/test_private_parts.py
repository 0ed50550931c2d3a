"""CONTRIBUTING.md lists where private parts of libraries are used, and each of these libraries has an upper bound."""

import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE[PAGE.index("| Library |") :].partition("\n\n")[0].splitlines()[2:]
]
OURS = {"bot/core/searching/entry_index.py"}
"""Files in which one object of ours reaches into another of its own class."""


def bounds() -> Iterator[str]:
    """Yield the libraries that we need, as the table writes them: with their upper bound, or without one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for needed in chain(project["dependencies"], *project["optional-dependencies"].values()):
        name, _, rest = needed.partition(">=")
        yield f"{name.partition('[')[0]} <{rest.partition(',<')[2]}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[2]))
def test_each_names_a_bound_a_file_and_tests(row: list[str]) -> None:
    assert row[0] in set(bounds())
    files = re.findall(r"`([^`]+\.py)`", f"{row[2]} {row[3]}")
    assert len(files) >= 2
    assert [name for name in files if not (ROOT / name).is_file()] == []


def test_whatever_the_linter_excuses_is_listed() -> None:
    sources = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py")}
    reaching = {name for name, source in sources.items() if "SLF001" in source}
    assert reaching - OURS <= {row[2].strip("`") for row in ROWS}
