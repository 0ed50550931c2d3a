"""Read rows into records, and say what is wrong with them or in doubt."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

from bot.core.fields import ALIAS, ALIAS_COUNT, OF_ENTRY, OF_SOURCE, Unfit, shown
from bot.core.models import Audience, Source, Status
from bot.errors import Problem
from bot.formats.marks import after_answer_label
from bot.formats.records import NO_SOURCE, Document, Doubtful, Record
from bot.formats.tables.header import DATES, Habits, habits_of, split
from bot.formats.tables.names import fold
from bot.formats.tables.rows import Raw, continued, joined
from bot.formats.tables.values import ANY, audience_of, clean_question, is_yes, read_day, read_locale, status_of
from bot.formats.titles import normalise_key, slug

Render = Callable[[str], str]

_NOTHING = frozenset({"-", "–", "—", "/", "n/a", "na", "none", "null", "nan", "nil", "undefined"})
_UNFINISHED = re.compile(
    r"(?:tbd|tba|todo|to do|to be defined|to be done|lorem ipsum.*|x{3,9}|\?+|\.{3,}|…)\.?", re.IGNORECASE | re.DOTALL
)
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|WERT!|BEZUG!|NV)")
_FORMULA = re.compile(r"[=+@][A-Z][A-Z.]*\(", re.IGNORECASE)
_WHOLE = re.compile(r"(\d+)\.0+")
_GROUPED = re.compile(r"\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+")
_LINK = re.compile(r"\[([^\[\]]+)\]\((\S+)\)")
_LINES = ("category", "region", "owner")
_SUMS = frozenset(
    map(
        fold,
        ("total", "totals", "sum", "count", "summe", "gesamt", "anzahl", "somme", "suma", "totale", "итого", "всего"),
    )
)


@dataclass
class _Reading:
    """What is read from a row so far, what is wrong with it, and what is in doubt."""

    raw: Raw
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    """What is left out of a record that is taken all the same."""

    def take(self, name: str, value: object) -> None:
        """Store a value unless a rule refused it."""
        if isinstance(value, Unfit):
            self.faults.append(self.raw.problem(value.what, value.remedy, field=name))
        elif value is not None:
            self.values[name] = value

    def doubt(self, what: str, remedy: str, *, field: str | None = None) -> None:
        """Note what keeps the record from being published."""
        self.doubts.append(self.raw.problem(what, remedy, field=field))


def build(
    raws: Iterable[Raw], render: Render, *, european: bool = False, by_answer: bool = False, sparse: bool = False
) -> Document:
    """Return the records of the rows; `by_answer` makes rows with one answer one entry, as exports of QnA Maker want.

    `render` turns the text of an answer into Markdown. Rows are `sparse` where they are objects that may leave out
    what is as usual.
    """
    left = deque(continued(raws))
    habits = habits_of(left, european=european, sparse=sparse)
    sound: list[Record] = []
    problems: list[Problem] = []
    doubtful: list[Doubtful] = []
    while left:  # so that of a large table rows and records are not all there at once
        reading = _read(left.popleft(), habits, render)
        problems += reading.faults
        doubtful += (Doubtful(problem=note) for note in reading.notes)
        if reading.doubts and not reading.faults:
            doubtful.append(_doubtful(reading))
        elif not reading.faults and _is_whole(reading):
            sound.append(_record(reading))
    records = tuple(joined(sound, by_answer=by_answer))
    return Document(records=records, problems=tuple(problems), doubtful=tuple(doubtful))


def _is_whole(reading: _Reading) -> bool:
    return "question" in reading.values and "answer" in reading.values


def _doubtful(reading: _Reading) -> Doubtful:
    """Return the first doubt, and the record if there is one; in doubt it is nobody's but the staff's."""
    return Doubtful(problem=reading.doubts[0], record=_record(reading) if _is_whole(reading) else None)


def _record(reading: _Reading) -> Record:
    values = dict(reading.values)
    of_source = {name.removeprefix("source."): values.pop(name) for name in list(values) if "." in name}
    source = Source(**of_source) if of_source else NO_SOURCE
    passages = (values.pop("answer"),)
    return Record(passages=passages, file=reading.raw.file, line=reading.raw.line, source=source, **values)


def _read(raw: Raw, habits: Habits, render: Render) -> _Reading:
    reading = _Reading(raw, faults=list(raw.faults))
    if raw.faults:
        return reading  # its values may stand in the wrong columns
    for what, remedy in raw.doubts:
        reading.doubt(what, remedy)
    _read_text(reading, habits, render)
    for name in DATES:
        _read_date(reading, name, order=habits.day_first.get(name))
    _read_short(reading)
    _read_status(reading, habits)
    _read_audience(reading, habits)
    return reading


def _read_text(reading: _Reading, habits: Habits, render: Render) -> None:
    raw = reading.raw
    questions = [clean_question(text) for value in raw.values.get("question", ()) for text in _asked(value)]
    if not questions:
        reading.doubt(
            "there is an answer without a question", "write the question, or take the row out", field="question"
        )
        return
    reading.take("question", OF_ENTRY["question"](questions[0]))
    parts = [part for value in raw.values.get("aliases", ()) for part in _parts(raw, value, habits)]
    _read_aliases(reading, [*questions[1:], *map(clean_question, parts)])
    _read_answer(reading, render)


def _asked(cell: str) -> list[str]:
    """Return the questions in a cell: several only where each line asks."""
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    return lines if len(lines) > 1 and all(line.endswith(("?", "\uff1f")) for line in lines) else [cell]


def _parts(raw: Raw, value: str, habits: Habits) -> list[str]:
    return [value] if "aliases" in raw.listed else split(value, habits.separators)


def _read_aliases(reading: _Reading, aliases: Sequence[str]) -> None:
    kept: list[str] = []
    for alias in aliases:
        value = ALIAS(alias) if normalise_key(alias) else None
        if isinstance(value, Unfit):
            reading.take("aliases", value)
        elif value is not None and value not in kept:
            kept.append(value)
    if len(kept) > ALIAS_COUNT:
        reading.take("aliases", Unfit(f"there are {len(kept):,} of them, more than {ALIAS_COUNT:,}", "take some out"))
    reading.values["aliases"] = tuple(kept)


def _read_answer(reading: _Reading, render: Render) -> None:
    texts = [value.strip() for value in reading.raw.values.get("answer", ())]
    if all(map(_is_number, texts)) and fold(reading.values.get("question", "")) in _SUMS:
        reading.doubt("this row seems to count the others", "take it out", field="answer")
    texts = [_unlabelled(text) for text in texts if text.casefold() not in _NOTHING]
    if not texts:
        reading.doubt("this question has no answer", "write one, or take the row out", field="answer")
        return
    faults = [fault for text in texts for fault in _unreadable(text)]
    for what, remedy in faults:
        reading.faults.append(reading.raw.problem(what, remedy, field="answer"))
    if any(_UNFINISHED.fullmatch(text) for text in texts):
        reading.doubt(f"'{shown(texts[0])}' is no answer yet", "write the answer", field="answer")
        return
    if not faults and not (answer := "\n\n".join(map(render, texts))).strip():
        reading.doubt("there are no words in this answer", "write it out, or take the row out", field="answer")
    elif not faults:
        reading.take("answer", OF_ENTRY["answer"](answer))
    if notes := reading.raw.values.get("staff_note"):
        reading.take("staff_note", OF_ENTRY["staff_note"]("\n\n".join(notes)))


def _is_number(text: str) -> bool:
    return _WHOLE.sub(r"\1", text).isdigit()


def _unlabelled(text: str) -> str:
    """Return an answer without `A:` in front."""
    first, line_end, rest = text.partition("\n")
    bare = after_answer_label(first)
    return text if bare is None or not (bare or rest.strip()) else f"{bare}{line_end}{rest}".strip()


def _unreadable(text: str) -> Iterator[tuple[str, str]]:
    if _ERROR.fullmatch(text):
        yield f"the cell holds the error {text} of a spreadsheet", "mend the formula and save the file again"
    elif _FORMULA.match(text):
        yield f"the cell holds the formula {shown(text)}", "put in its place what it shows"


def _read_date(reading: _Reading, name: str, *, order: bool | None) -> None:
    written = _given(reading, name)
    if written is None:
        return
    found = read_day(written, day_first=order)
    if isinstance(found, date):
        reading.take(name, found)
    elif read_day(written, day_first=True) or read_day(written, day_first=False):
        what, remedy = f"'{shown(written)}' may be two dates", "write it like 2026-04-24"
        if name.startswith("source."):
            reading.notes.append(reading.raw.problem(what, remedy, field=name))
        else:
            reading.doubt(what, remedy, field=name)
    else:
        reading.take(name, Unfit(f"'{shown(written)}' is no date", "write it like 2026-04-24"))


def _given(reading: _Reading, name: str) -> str | None:
    written = reading.raw.first(name)
    if written is None or written.strip().casefold() in _NOTHING:
        return None
    linked = _LINK.fullmatch(written.strip())
    return written.strip() if linked is None else linked[2 if name == "source.url" else 1]


def _read_short(reading: _Reading) -> None:
    for name in _LINES:
        if (written := _given(reading, name)) is not None:
            reading.take(name, OF_ENTRY[name](unescape(written)))
    for name, rule in (("source.url", OF_SOURCE["url"]), ("source.title", OF_SOURCE["title"])):
        if (written := _given(reading, name)) is not None:
            reading.take(name, rule(written))
    if (written := _given(reading, "source.views")) is not None:
        plain = re.sub(r"\D", "", written) if _GROUPED.fullmatch(written) else _WHOLE.sub(r"\1", written)
        reading.take("source.views", OF_SOURCE["views"](plain))
    reading.take("section", reading.raw.first("section"))
    if (written := _given(reading, "id")) is not None:
        reading.take("id", read_id(written))
    if (written := _given(reading, "locale")) is not None and fold(written) not in ANY:
        reading.take("locale", OF_ENTRY["locale"](read_locale(written) or written))


def read_id(written: str) -> str:
    """Return an id as it is written, or else made of that."""
    plain = _WHOLE.sub(r"\1", written.strip())
    return slug(plain) if isinstance(OF_ENTRY["id"](plain), Unfit) else plain


def _read_status(reading: _Reading, habits: Habits) -> None:
    """Read the status from all columns that speak of it: what is not published anywhere is not published."""
    known = _by_word if habits.numbered else status_of
    found = set(_said(reading, "status", known, "use published, draft or retired"))
    for name, (yes, no) in _FLAGS.items():
        found |= {yes if said else no for said in _said(reading, name, is_yes, "write yes or no")}
    if "active" in habits.flagged and "active" not in reading.raw.values:
        found.add(Status.DRAFT)
    status = next((each for each in (Status.RETIRED, Status.DRAFT, Status.PUBLISHED) if each in found), None)
    reading.take("status", status)


def _by_word(written: str) -> Status | None:
    return None if written.strip().isdigit() else status_of(written)


_FLAGS: Mapping[str, tuple[Status, Status]] = {
    "active": (Status.PUBLISHED, Status.DRAFT),
    "inactive": (Status.RETIRED, Status.PUBLISHED),
    "draft": (Status.DRAFT, Status.PUBLISHED),
}


def _said(reading: _Reading, name: str, read: Callable[[str], Any], remedy: str) -> Iterator[Any]:
    """Yield what the values of a column say, and doubt those that say nothing known."""
    for written in reading.raw.values.get(name, ()):
        said = read(written)
        if said is None:
            reading.doubt(f"'{shown(written.strip())}' is not known here", remedy, field=name)
        else:
            yield said


def _read_audience(reading: _Reading, habits: Habits) -> None:
    """Read the audience; what is internal anywhere is internal, and so is what is not known."""
    found = set(_said(reading, "audience", audience_of, "use public or internal"))
    if habits.internal_notes:
        notes = [note for note in reading.raw.values.get("internal", ()) if is_yes(note) is None]
        if notes:
            earlier = reading.values.get("staff_note")
            reading.take("staff_note", OF_ENTRY["staff_note"]("\n\n".join([*([earlier] if earlier else []), *notes])))
    else:
        internal = _said(reading, "internal", _yes_or_audience, "write yes or no")
        found |= {Audience.INTERNAL for said in internal if said}
    public = list(_said(reading, "public", is_yes, "write yes or no"))
    if False in public or ("public" in habits.flagged and not public) or reading.doubts:
        found.add(Audience.INTERNAL)
    reading.take("audience", Audience.INTERNAL if Audience.INTERNAL in found else next(iter(found), None))


def _yes_or_audience(written: str) -> bool | None:
    said, audience = is_yes(written), audience_of(written)
    return said if said is not None or audience is None else audience is Audience.INTERNAL
