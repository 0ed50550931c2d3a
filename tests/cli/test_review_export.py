"""Cells for a spreadsheet run nothing there."""

import csv
import io
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.review import as_csv
from bot.core.models import Audience, ItemKind, ItemStatus
from bot.core.review import ReviewItem

UNSEEN = st.text(st.sampled_from("\n\r\t\v\f \u00a0\u2028\u3000\u200b\ufeff\u200e\x00\x1f"), max_size=3)
SIGNS = st.sampled_from("=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b")  # also full-width and small


def exported(text: str) -> str:
    """Return what stands in the cell of the question when a spreadsheet has read the table."""
    item = ReviewItem(
        id="R1",
        number=1,
        kind=ItemKind.UNANSWERED,
        audience=Audience.PUBLIC,
        status=ItemStatus.OPEN,
        version=1,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        text=text,
        entry_question=text,
        assignee=text,
    )
    (line,) = csv.DictReader(io.StringIO(as_csv([item]), newline=""))
    assert line["assigned to"] == line["question"]
    return line["question"]


@given(UNSEEN, SIGNS, st.text(st.characters(exclude_categories=["Cs"])))
def test_no_cell_begins_like_a_formula(before: str, sign: str, rest: str) -> None:
    assert exported(before + sign + rest) == f"'{before}{sign}{rest}"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_other_cell_is_as_it_was(text: str) -> None:
    cell = exported(text)
    seen = [sign for sign in cell if unicodedata.category(sign) not in {"Cc", "Cf"} and not sign.isspace()]
    assert cell.removeprefix("'") == text.removeprefix("'")
    assert not seen or unicodedata.normalize("NFKC", seen[0])[0] not in "=+-@"


@pytest.mark.parametrize("text", ["wd fee?", "a = b", " two\n= words", "١٢", "'quoted'", "(-1)", ""])
def test_what_is_no_formula_stays(text: str) -> None:
    assert exported(text) == text
