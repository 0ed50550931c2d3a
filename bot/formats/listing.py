"""Read help-centre listing pages as they are copied from a browser, with the dates that they name.

Navigation lines stand first, then records without anything between them: a title line, a summary of one or more
lines, two dates, a view count. The count is glued to the year and the next title to the count, so that
`Updated on 24 Apr 202611,563How do I …` means 2026-04-24, 11,563 views, and the next title.

Where a title begins with a digit itself, grouped thousands settle where the count ends (`1,7692FA reset`), so does
white space, and `2FA` is known. What begins like no title (`20265-minute checks`) is reported. What cannot be known:
`202610ETH` is read as 10 views of the article before `ETH`, though it may be none and `10ETH`. Nor can a record whose
two dates are missing altogether be told from further lines of a summary.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.core.fields import ANSWER_LIMIT, QUESTION_LIMIT, VIEWS_LIMIT
from bot.core.models import Source
from bot.errors import Problem
from bot.formats.records import Document, FaqFile, Format, Record

DATE = r"(?:[0-9]{1,2} [A-Za-z]{3,9}\.? [0-9]{4}|[A-Za-z]{3,9}\.? [0-9]{1,2}, [0-9]{4})"
_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {name[:3]: number for number, name in enumerate(_NAMES, start=1)} | {
    name: number for number, name in enumerate(_NAMES, start=1)
}
_MONTHS["sept"] = _MONTHS["sep"]


def parse_date(written: str) -> date | None:
    """Return the date that matches `DATE`, None when the calendar has no such day or month."""
    month = re.sub("[^a-z]", "", written.lower())
    day, year = re.findall("[0-9]+", written)
    try:
        return date(int(year), _MONTHS.get(month, 0), int(day))
    except ValueError:
        return None


NAVIGATION = frozenset({"all", "faq", "announcements", "product documents"})

_GAP = r"[^\S\n]*"
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_DATES = re.compile(rf"Published on {_GAP}(?P<published>{DATE})\s*Updated on {_GAP}(?P<updated>{DATE})")
_MARK = re.compile(r"(?:Published|Updated) on\b")
_DATED_MARK = re.compile(rf"{_MARK.pattern} {_GAP}{DATE}")
_PAIR_OR_MARK = re.compile(rf"{_DATES.pattern}|(?P<stray>{_MARK.pattern})")
_VIEWS = re.compile(
    rf"(?P<glued>{_NUMBER})"
    rf"|{_GAP}(?P<apart>{_NUMBER})(?=\s|\Z)"
    rf"|\s*\n{_GAP}(?P<alone>{_NUMBER})(?={_GAP}(?:\n|\Z))"
)
_NO_TITLE = re.compile(r"[-/%.,:+)]|[a-z](?![A-Z])")
_TWO_FACTOR = re.compile(r"FA\b")
_LABEL = "Summary:"
_MARK_REMEDY = "write both dates behind the summary, like 'Published on 5 Sep 2023Updated on 24 Apr 2026'"


@dataclass(frozen=True, slots=True)
class _Page:
    """The text with the offsets at which its lines begin."""

    name: str
    text: str
    starts: tuple[int, ...]

    def line(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def problem(self, offset: int, what: str, remedy: str, *, field: str | None = None) -> Problem:
        return Problem(where=self.name, what=what, remedy=remedy, line=self.line(offset), field=field)


@dataclass(frozen=True, slots=True)
class _Views:
    """The digits behind a date, where they end, and whether some of them may be the title's."""

    digits: str
    end: int
    doubtful: bool = False


def looks_like_listing(text: str) -> bool:
    """Return whether a text has the dates of a listing page."""
    return _DATED_MARK.search(text) is not None


def has_records(text: str) -> bool:
    """Return whether both dates of a record stand somewhere in a text."""
    return _DATES.search(text) is not None


def read_listing(name: str, text: str) -> Document:
    """Return the sound records of a listing page, and the problems of the others."""
    page = _Page(name, text, (0, *(match.end() for match in re.finditer("\n", text))))
    records: list[Record] = []
    problems = list(_stray_marks(page))
    start = 0
    for dates in _DATES.finditer(text):
        views = _views(text, dates.end())
        faults, record = _record(page, start, dates, views)
        problems.extend(faults)
        records.extend([record] if record else [])
        start = views.end
    problems.extend(_leftover(page, start))
    return Document(records=tuple(records), problems=tuple(problems))


def _stray_marks(page: _Page) -> Iterator[Problem]:
    """Yield each mark that is not half of a pair: a record begins or ends there, and nobody can say where."""
    for match in _PAIR_OR_MARK.finditer(page.text):
        if match["stray"]:
            what = f"'{match['stray']}' stands without a date, or without the other date"
            yield page.problem(match.start(), what, f"{_MARK_REMEDY}; in running text, write it in lower case")


def _views(text: str, offset: int) -> _Views:
    """Return the view count that follows the update, if there is one."""
    match = _VIEWS.match(text, offset)
    if match is None:
        return _Views("", offset)
    digits, end = match[match.lastgroup or 0], match.end()
    if match["glued"] and digits.endswith("2") and "," not in digits and _TWO_FACTOR.match(text, end):
        return _Views(digits[:-1], end - 1)
    return _Views(digits.replace(",", ""), end, bool(match["glued"] and _NO_TITLE.match(text, end)))


def _record(page: _Page, start: int, dates: re.Match[str], views: _Views) -> tuple[list[Problem], Record | None]:
    """Return the record between two offsets, or everything that is wrong with it."""
    at, title, summary = _split(page.text, start, dates.start())
    published, updated = (parse_date(dates[field]) for field in ("published", "updated"))
    problems = [*_text_faults(page, at, title, summary), *_date_faults(page, dates), *_view_faults(page, dates, views)]
    if problems or _MARK.search(page.text, start, dates.start()):
        return problems, None
    count = int(views.digits) if views.digits else None
    source = Source(title=title, published=published, updated=updated, views=count)
    return [], Record(
        question=title, passages=(summary,), file=page.name, line=page.line(at), source=source, excerpt=True
    )


def _split(text: str, start: int, end: int) -> tuple[int, str, str]:
    """Return where the title stands, the title, and the summary, with navigation lines before them left out."""
    at = start
    for line in text[start:end].split("\n"):
        # What is glued to a count is a title, even if it reads like the navigation.
        fresh = at == 0 or text[at - 1] == "\n"
        if line.strip() and not (fresh and line.strip().lower() in NAVIGATION):
            break
        at += len(line) + 1
    title, _, summary = text[at:end].partition("\n")
    return min(at, end), " ".join(title.split()), summary.strip().removeprefix(_LABEL).lstrip()


def _text_faults(page: _Page, at: int, title: str, summary: str) -> Iterator[Problem]:
    if not title or not summary:
        missing = "title and summary are" if not title else "the title or the summary is"
        yield page.problem(at, f"{missing} missing before these dates", "write the title on a line above the summary")
    for line in summary.split("\n"):
        if line.strip().lower() in NAVIGATION:
            what = f"the navigation line '{line.strip()}' stands within a record"
            yield page.problem(at, what, "take out the lines before the first title", field="summary")
    if len(title) > QUESTION_LIMIT:
        what = f"the title has {len(title):,} characters, more than {QUESTION_LIMIT:,}"
        yield page.problem(at, what, "put a line break behind the title", field="title")
    if len(summary) > ANSWER_LIMIT:
        what = f"the summary has {len(summary):,} characters, more than {ANSWER_LIMIT:,}"
        yield page.problem(at, what, "check whether dates are missing in between", field="summary")


def _date_faults(page: _Page, dates: re.Match[str]) -> Iterator[Problem]:
    for field in ("published", "updated"):
        if parse_date(dates[field]) is None:
            what = f"'{dates[field]}' is no date"
            yield page.problem(dates.start(field), what, "write it like 24 Apr 2026 or Apr 24, 2026", field=field)


def _view_faults(page: _Page, dates: re.Match[str], views: _Views) -> Iterator[Problem]:
    if views.doubtful:
        what = f"it cannot be told where the view count ends and the next title begins in '{_near(page.text, dates)}'"
        yield page.problem(dates.end(), what, "put a line break before the title", field="views")
    elif len(views.digits) > len(str(VIEWS_LIMIT)) or int(views.digits or 0) > VIEWS_LIMIT:
        what = f"'{_near(page.text, dates)}' is no view count"
        yield page.problem(dates.end(), what, f"write a number up to {VIEWS_LIMIT}", field="views")


def _near(text: str, dates: re.Match[str]) -> str:
    return text[dates.end() : dates.end() + 20].partition("\n")[0]


def _leftover(page: _Page, start: int) -> Iterator[Problem]:
    """Yield a problem when text follows the last record, unless a stray mark in it was reported already."""
    at, title, _ = _split(page.text, start, len(page.text))
    if title and not _MARK.search(page.text, start):
        yield page.problem(at, "no dates follow this text, so it is no record", f"take it out, or {_MARK_REMEDY}")


def _recognises(file: FaqFile) -> bool:
    return file.suffix == ".txt" and looks_like_listing(file.text)


FORMAT = Format(
    name="listing",
    suffixes=(),
    summary="Article lists of a help centre, copied from a browser: title, summary, dates, views.",
    example="""\
How do I reset my password?
Summary: Choose Forgot password on the login page.
Published on 5 Sep 2023Updated on 24 Apr 202611,563What are the fees?
0.1 % of each trade.
Published on 5 Sep 2023
Updated on Apr 24, 2026
1,204
""",
    recognises=_recognises,
    read=lambda file: read_listing(file.name, file.text),
)
