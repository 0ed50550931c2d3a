"""Make records of the questions that were found in a page, and tell what is wrong with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from bot.core.fields import ANSWER_LIMIT, QUESTION_LIMIT
from bot.core.models import Source, Status
from bot.errors import Problem
from bot.formats.reader import FaqFile
from bot.formats.records import Document, Doubtful, Record

_DRAFT_REMEDY = "end it with a question mark if it is a question"
_ANSWER_REMEDY = "write the answer below it, or take it out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question with its answer in Markdown; in `doubt` is why it may be none, and empty when it surely is one."""

    line: int
    question: str
    answer: str
    category: str | None = None
    aliases: tuple[str, ...] = ()
    locale: str | None = None
    source: Source = field(default_factory=Source)
    status: Status | None = None
    valid_until: date | None = None
    doubt: str = ""
    remedy: str = _DRAFT_REMEDY


def document_of(file: FaqFile, pairs: Iterable[Pair]) -> Document:
    """Return the records of a file, those in doubt, and the problems of what is too long."""
    records: list[Record] = []
    doubtful: list[Doubtful] = []
    problems: list[Problem] = []
    for pair in pairs:
        faults = list(_faults(file, pair))
        if faults:
            problems += faults
        elif not pair.answer.strip():
            problem = file.problem("this question has no answer", _ANSWER_REMEDY, line=pair.line, field="answer")
            doubtful.append(Doubtful(problem=problem))
        elif pair.doubt:
            problem = file.problem(f"'{pair.question}': {pair.doubt}", pair.remedy, line=pair.line)
            doubtful.append(Doubtful(problem=problem, record=_record(file, pair)))
        else:
            records.append(_record(file, pair))
    return Document(records=tuple(records), doubtful=tuple(doubtful), problems=tuple(problems))


def _faults(file: FaqFile, pair: Pair) -> Iterator[Problem]:
    for name, text, limit in (("question", pair.question, QUESTION_LIMIT), ("answer", pair.answer, ANSWER_LIMIT)):
        if len(text) > limit:
            what = f"the {name} has {len(text):,} characters, more than {limit:,}"
            yield file.problem(what, "shorten it", line=pair.line, field=name)


def _record(file: FaqFile, pair: Pair) -> Record:
    aliases = tuple(alias for alias in pair.aliases if alias and len(alias) <= QUESTION_LIMIT)
    return Record(
        question=pair.question,
        passages=(pair.answer,),
        aliases=aliases,
        category=pair.category,
        locale=pair.locale,
        source=pair.source,
        status=pair.status,
        valid_until=pair.valid_until,
        file=file.name,
        line=pair.line,
    )
