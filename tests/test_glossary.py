"""The glossary names types and tables that there are."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from bot.store.tables import Table

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (Path(__file__).parents[1] / "docs" / "glossary.md").read_text("utf-8").splitlines()
    if line.startswith("| **")
]
COLUMNS = {column.name for table in Table.metadata.tables.values() for column in table.columns}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_each_word_has_a_type_and_a_table(row: list[str]) -> None:
    types, tables = (re.findall(r"`([^`]+)`", cell) for cell in row[2:])
    for name in types:
        module, _, kind = name.rpartition(".")
        assert hasattr(import_module(module), kind), name
    assert types
    assert {name for name in tables if name.islower()} <= {*Table.metadata.tables, *COLUMNS}


def test_the_words_are_as_many_as_it_says() -> None:
    assert len(ROWS) == 15
