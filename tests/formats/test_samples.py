"""Each form of FAQ file in several hands: the entries that are in it, and nothing else."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.imports import read_paths
from bot.core.models import Entry
from bot.formats import collect

SAMPLES = Path(__file__).parent / "samples"
EXPECTED = "expect.yaml"


def imported(name: str, place: Path) -> dict[str, Entry]:
    """Return the entries of a sample, a folder if there are several files in it."""
    shutil.copytree(SAMPLES / name, place, ignore=shutil.ignore_patterns(EXPECTED))
    files = [path for path in place.rglob("*") if path.is_file()]
    collected = collect(read_paths([place] if len(files) > 1 else files))
    assert collected.problems == ()
    return {each.entry.question: each.entry for each in collected.entries}


def value_of(entry: Entry, name: str) -> object:
    """Return a field as the expectation writes it."""
    value = getattr(entry, name)
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("name", sorted(folder.name for folder in SAMPLES.iterdir()))
def test_what_is_in_a_file_comes_in_and_nothing_else(name: str, tmp_path: Path) -> None:
    expected: list[dict[str, Any]] = yaml.safe_load((SAMPLES / name / EXPECTED).read_text("utf-8"))
    entries = imported(name, tmp_path / name)

    assert sorted(entries) == sorted(each["question"] for each in expected)
    for fields in expected:
        entry = entries[fields["question"]]
        assert {field: value_of(entry, field) for field in fields} == fields
