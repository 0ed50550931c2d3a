"""Show that the check for drift is silent until tables and migrations part."""

import pytest
from sqlalchemy import Column, Integer
from sqlalchemy import Table as AnyTable

from bot.store.tables import Table
from tests import drift


def test_no_drift_no_words(capfd: pytest.CaptureFixture[str]) -> None:
    assert drift.main() == 0
    assert capfd.readouterr() == ("", "")


def test_drift_is_told_in_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    extra = AnyTable("moods", Table.metadata, Column("id", Integer, primary_key=True))
    try:
        assert drift.main() == 1
    finally:
        Table.metadata.remove(extra)

    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "table moods" in err
