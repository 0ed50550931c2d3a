"""Read the days that a text names, and find what is over: dates of an entry, ended offers in its answer."""

import re
from collections.abc import Iterator
from datetime import date

from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, finding_in

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?P<year>20[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_DAYS = (
    re.compile(rf"\b{_YEAR}-(?P<number>[0-9]{{2}})-(?P<day>[0-9]{{2}})\b"),
    re.compile(rf"\b{_DAY} (?:of )?{_MONTH},? {_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}\b", re.IGNORECASE),
)
# What is past after its date; "since" and "as of" go on.
_ENDING = re.compile(
    r"\b(?:until|till|through|end(?:s|ed|ing)?|expir\w*|deadline|no later than|before|by|valid|clos(?:es|ing)|last day|"
    r"promo\w*|campaigns?|offers?|bonus\w*|discounts?|sale|competitions?|contests?|giveaways?|events?|maintenance|"
    r"scheduled|upcoming|soon|will)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(*\[])|\n+")


def days_in(text: str) -> list[tuple[date, str]]:
    """Return the days that are written out in a text, in order, each with how it is written."""
    found: dict[int, tuple[date, str]] = {}
    for pattern in _DAYS:
        for each in pattern.finditer(text):
            day = _day(each.groupdict())
            if day is not None:
                found[each.start()] = (day, each[0])
    return [found[start] for start in sorted(found)]


def in_days(checked: Checked, today: date) -> Iterator[CheckFinding]:
    """Yield what is over or overdue today."""
    entry = checked.entry
    if entry.valid_until is not None and entry.valid_until < today:
        what, remedy = f"the entry ended on {entry.valid_until}", "retire it, or set the day anew"
        yield finding_in(checked, Check.OVERDUE, Severity.WARNING, field="valid_until", what=what, remedy=remedy)
    if entry.review_by is not None and entry.review_by < today:
        owner = f" by {entry.owner}" if entry.owner else ""
        what, remedy = f"it was to be looked at{owner} by {entry.review_by}", "look at it, and set the next day"
        yield finding_in(checked, Check.OVERDUE, Severity.WARNING, field="review_by", what=what, remedy=remedy)
    for sentence in _SENTENCE.split(entry.answer):
        days = days_in(sentence)
        if days and max(day for day, _ in days) < today and _ENDING.search(sentence):
            what = f"'{max(days)[1]}' has passed, and the answer speaks of it as what is to come or ends"
            remedy = "take it out, or write what holds now"
            yield finding_in(checked, Check.ENDED, Severity.WARNING, field="answer", what=what, remedy=remedy)
            return


def _day(parts: dict[str, str]) -> date | None:
    month = int(parts["number"]) if "number" in parts else _month(parts["month"])
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))
