"""Write review items as a table for a spreadsheet."""

import csv
from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from unicodedata import category, normalize

from bot.core.review import ReviewItem

_HEADER = (
    "id", "status", "kind", "audience", "question", "also asked", "asked", "people", "platforms", "first asked",
    "last asked", "nearest entry", "confidence", "about entry", "assigned to", "resolved by", "resolved at",
    "answered by", "reason",
)  # fmt: skip
# A spreadsheet takes what begins so for a formula, and a formula can send away what the sheet holds.
_FORMULA = frozenset("=+-@")
_UNSEEN = frozenset({"Cc", "Cf"})


def as_csv(items: Iterable[ReviewItem]) -> str:
    """Return items as CSV, one line each, with no cell that a spreadsheet would run."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    writer.writerows([_harmless(cell) for cell in _row(item)] for item in items)
    return out.getvalue()


def _row(item: ReviewItem) -> list[str]:
    done, nearest = item.resolution, item.nearest[0] if item.nearest else None
    return [
        item.id,
        item.status,
        item.kind,
        item.audience,
        item.text,
        " / ".join(item.wordings[1:]),
        str(item.count),
        str(item.askers),
        ", ".join(item.platforms),
        _time(item.first_asked),
        _time(item.last_asked),
        nearest.entry_id if nearest else "",
        f"{nearest.confidence:.3f}" if nearest else "",
        item.entry_id or "",
        item.assignee or "",
        done.actor if done else "",
        _time(done.at) if done else "",
        (done.entry_id or "") if done else "",
        (done.reason or "") if done else "",
    ]


def _time(at: datetime | None) -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M:%S}"


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"\t", "\r", "\n"} or _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    """Return whether a cell begins with a sign of a formula, in any width, even behind white space that may be cut."""
    first = next((sign for sign in cell if not sign.isspace() and category(sign) not in _UNSEEN), "")
    return normalize("NFKC", first) in _FORMULA
