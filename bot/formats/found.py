"""Make answers and records of the questions that were found in a page, and report what is wrong with them."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.core.fields import ANSWER_LIMIT, QUESTION_LIMIT
from bot.core.models import Source, Status
from bot.errors import Problem
from bot.formats.containers import fenced
from bot.formats.furniture import is_badge, is_feedback, is_furniture
from bot.formats.inlines import References, resolved, with_markup_as_markdown
from bot.formats.marks import after_answer_label
from bot.formats.records import Document, Doubtful, FaqFile, Record

_RULE = re.compile(r" {0,3}(?:(?:-[ ]*){3,}|--[ ]*|(?:\*[ ]*){3,}|(?:_[ ]*){3,})$")
_FOOTNOTE_TEXT = re.compile(r" {0,3}\[\^([^\]\s]+)\]:\s*(.+)$")
_ABBREVIATION = re.compile(r" {0,3}\*\[[^\[\]]+\]:\s")
_ALERT = re.compile(r"^(\s*>\s*)\[!(\w+)\]\s*$", re.MULTILINE)
_BLANK = re.compile(r"\s*$| {0,3}(?:<br\s*/?>\s*)+$", re.IGNORECASE)
_CODE_INDENT = 4
_ENDLESS = 5 * ANSWER_LIMIT


def footnotes_of(text: str) -> dict[str, str]:
    """Return the footnotes of a page by their names."""
    found = (_FOOTNOTE_TEXT.match(line) for line in text.split("\n"))
    return {note[1]: note[2].strip() for note in found if note}


def answer_of(lines: Sequence[str], *, references: References, footnotes: Mapping[str, str], last: bool = False) -> str:
    """Return the Markdown of an answer; behind the `last` one of a page, what follows a rule is the page's foot."""
    if sum(map(len, lines)) > _ENDLESS:
        return "\n".join(lines).strip()  # too long in any case: it is refused as it stands
    body = [line for line in lines if not ((_FOOTNOTE_TEXT.match(line) and footnotes) or _ABBREVIATION.match(line))]
    body = _without_foot(_without_label(_trimmed(body)), last=last)
    text = _evenly_indented("\n".join(body).strip("\n"))
    text = "\n".join(_without_foot(with_markup_as_markdown(text).split("\n"), last=False))
    text = _ALERT.sub(lambda found: f"{found[1]}**{found[2].capitalize()}:**", text)
    text = "\n".join(_outside_code(text, references, footnotes))
    text = without_label(text) if body[:1] and body[0].lstrip().startswith("<") else text
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip("\n")


def _outside_code(text: str, references: References, footnotes: Mapping[str, str]) -> Iterator[str]:
    run: list[str] = []
    lines = text.split("\n")
    for line, inside in zip(lines, fenced(lines), strict=True):
        if not inside:
            run.append(line)
            continue
        if run:
            yield resolved("\n".join(run), references, footnotes)
            run = []
        yield line
    if run:
        yield resolved("\n".join(run), references, footnotes)


def _trimmed(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and _BLANK.match(kept[0]):
        kept.pop(0)
    while kept and _BLANK.match(kept[-1]):
        kept.pop()
    return kept


def _without_label(lines: list[str]) -> list[str]:
    if not lines:
        return lines
    rest = after_answer_label(lines[0])
    return lines if rest is None else _trimmed([rest, *lines[1:]])


def without_label(answer: str) -> str:
    """Return an answer without `A:` or a word like it at its beginning."""
    return "\n".join(_without_label(answer.split("\n")))


def _without_foot(lines: list[str], *, last: bool) -> list[str]:
    """Return the lines without rules, links to the top and questions for feedback at their end."""
    code = list(fenced(lines))
    rules = [
        at
        for at, line in enumerate(lines)
        if not code[at] and _RULE.match(line) and (at == 0 or not lines[at - 1].strip())
    ]
    if rules and last:
        lines = lines[: rules[-1]]
    feedback = next((at for at, line in enumerate(lines) if at and not code[at] and is_feedback(line)), len(lines))
    kept = _trimmed(lines[:feedback])
    while kept and not code[len(kept) - 1] and _is_foot(kept[-1]):
        kept = _trimmed(kept[:-1])
    return kept


def _is_foot(line: str) -> bool:
    return bool(_RULE.match(line)) or is_furniture(line) or is_badge(line)


def _evenly_indented(text: str) -> str:
    """Return the text without an indentation that all lines but the first have, less than that of code."""
    first, _, others = text.partition("\n")
    rest = textwrap.dedent(others)
    widths = [len(line) - len(line.lstrip(" ")) for line in others.split("\n") if line.strip()]
    first_is_item = re.match(r"\s*(?:[-*+]|\d+[.)])\s", first) is not None
    if not widths or min(widths) >= _CODE_INDENT or (first_is_item and min(widths)):
        return textwrap.dedent(text)
    return f"{first.strip() if min(widths) else first}\n{rest}"


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
