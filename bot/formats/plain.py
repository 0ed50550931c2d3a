"""Read plain text with questions and answers, set apart by blank lines.

A question is a paragraph of one line; the paragraph behind it is its answer. A further paragraph belongs to the
answer too when it has several lines, or several sentences and no question mark at its end; any other line is the
next question. Two questions in a row, the first of which would have no answer, are reported.

A header may stand first: a title line and a list of categories. The list is a paragraph of several lines, none of
which ends like a sentence. The title is a line that does not end like a sentence either, and is followed by the list
or by a line that ends in a question mark. A line that repeats one of the categories later on is a heading: the
questions below it are of that category. Where none is repeated, the order and the words of the questions tell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bot.core.checking.categories import categories_of
from bot.core.fields import ANSWER_LIMIT, QUESTION_LIMIT
from bot.errors import Problem
from bot.formats.marks import plain_title
from bot.formats.records import Document, Format, Record

_CLOSING = "[\"'\u2019\u201d)\\]]*"
_ASKING = "?\uff1f\u061f"  # Latin, Chinese and Arabic
_QUESTION_END = re.compile(rf"[{_ASKING}]{_CLOSING}(?: \([^()]*\))?$")
_SENTENCE_END = re.compile(rf"[.!{_ASKING}\u2026\u3002\uff01]{_CLOSING}$")
_NEXT_SENTENCE = re.compile(rf"\w{{2}}[.!?\u2026]{_CLOSING} +[\"'(\u2018\u201c]?[A-Z]")
_SEVERAL = 2
_NUMBER = re.compile(r"([0-9]{1,3})[.)] ")
_BULLET = re.compile(r"(?:[-*\u2022\u2013]|[0-9]{1,2}[.)]) ")


class _Paragraph(NamedTuple):
    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def asks(self) -> bool:
        """Return whether this can only be a question."""
        return len(self.lines) == 1 and _QUESTION_END.search(self.text) is not None

    @property
    def may_ask(self) -> bool:
        """Return whether this may be a question, when none is open."""
        several = _NEXT_SENTENCE.search(self.text) or _BULLET.match(self.text)
        return self.asks or (len(self.lines) == 1 and not several)

    @property
    def is_label(self) -> bool:
        """Return whether no line ends like a sentence."""
        return not any(_SENTENCE_END.search(line) for line in self.lines)


@dataclass(slots=True)
class _Pair:
    question: _Paragraph
    category: str | None
    answer: list[_Paragraph] = field(default_factory=list)


def read_plain(name: str, text: str) -> Document:
    """Return the questions that have an answer, and the problems of the others."""
    paragraphs = _apart(list(_paragraphs(text)))
    length, categories = _header(paragraphs)
    pairs, problems = _pairs(name, paragraphs[length:], frozenset(name.casefold() for name in categories))
    if categories and not any(pair.category for pair in pairs):
        named = categories_of([pair.question.text for pair in pairs], categories)
        pairs = [replace(pair, category=category) for pair, category in zip(pairs, named, strict=True)]
    if not pairs and not problems:
        remedy = "write each question on one line, a blank line, and its answer"
        problems.append(Problem(where=name, what="there is no question in the file", remedy=remedy, line=1))
    faults = {pair.question.line: tuple(_faults(name, pair)) for pair in pairs}
    problems.extend(problem for found in faults.values() for problem in found)
    records = tuple(_record(name, pair) for pair in pairs if not faults[pair.question.line])
    return Document(records=records, problems=tuple(problems), categories=categories)


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """Yield the runs of lines that have something on them."""
    open_lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            open_lines.append(line.strip())
        elif open_lines:
            yield _Paragraph(number - len(open_lines), tuple(open_lines))
            open_lines = []


def _apart(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """Return the paragraphs, each question apart from an answer directly below it, where all stand like that."""
    glued = [each for each in paragraphs if len(each.lines) > 1 and _QUESTION_END.search(each.lines[0])]
    if len(glued) < _SEVERAL or any(each.asks for each in paragraphs):
        return paragraphs
    parts: list[_Paragraph] = []
    for each in paragraphs:
        if each in glued:
            parts += (_Paragraph(each.line, each.lines[:1]), _Paragraph(each.line + 1, each.lines[1:]))
        else:
            parts.append(each)
    return parts


def _header(paragraphs: Sequence[_Paragraph]) -> tuple[int, tuple[str, ...]]:
    """Return how many paragraphs the header has, and the categories in it, in their order."""
    first, second = (*paragraphs[:2], None, None)[:2]
    if first is None or not first.is_label:
        return 0, ()
    if len(first.lines) > 1:
        return 1, first.lines
    if second is not None and second.is_label and len(second.lines) > 1:
        return 2, second.lines
    return int(second is not None and second.asks), ()


def _pairs(
    name: str, paragraphs: Sequence[_Paragraph], categories: frozenset[str]
) -> tuple[list[_Pair], list[Problem]]:
    """Return the questions with the paragraphs behind them."""
    pairs: list[_Pair] = []
    problems: list[Problem] = []
    category, expecting = None, True
    numbered = _numbered(paragraphs)
    for paragraph in paragraphs:
        if paragraph.text.casefold() in categories:
            category, expecting = paragraph.text, True
        elif numbered and paragraph.line not in numbered:
            if pairs:  # or else it introduces the questions
                pairs[-1].answer.append(paragraph)
        elif numbered or paragraph.asks or (paragraph.may_ask and (expecting or pairs[-1].answer)):
            pairs.append(_Pair(paragraph, category))
            expecting = False
        elif expecting:
            what = "a question of one line is expected here"
            problems.append(
                Problem(
                    where=name, what=what, remedy="put the question above, on a line of its own", line=paragraph.line
                )
            )
        else:
            pairs[-1].answer.append(paragraph)
    return pairs, problems


def _numbered(paragraphs: Sequence[_Paragraph]) -> frozenset[int]:
    """Return the lines of the paragraphs that are numbered from 1 on, where most of these ask; then others do not."""
    found: list[_Paragraph] = []
    for each in paragraphs:
        number = _NUMBER.match(each.text) if len(each.lines) == 1 else None
        if number and int(number[1]) == len(found) + 1:
            found.append(each)
    asking = sum(each.asks for each in found)
    return frozenset(each.line for each in found) if asking >= _SEVERAL and asking * 2 > len(found) else frozenset()


def _faults(name: str, pair: _Pair) -> Iterator[Problem]:
    line = pair.question.line
    if not pair.answer:
        remedy = "write the answer below it; if it is part of the answer above, take out the blank line between them"
        yield Problem(where=name, what="this question has no answer", remedy=remedy, line=line, field="answer")
    for field_name, text, limit in (
        ("question", pair.question.text, QUESTION_LIMIT),
        ("answer", _answer(pair), ANSWER_LIMIT),
    ):
        if len(text) > limit:
            what = f"the {field_name} has {len(text):,} characters, more than {limit:,}"
            yield Problem(where=name, what=what, remedy="shorten it", line=line, field=field_name)


def _answer(pair: _Pair) -> str:
    return "\n\n".join(paragraph.text for paragraph in pair.answer)


def _record(name: str, pair: _Pair) -> Record:
    question = pair.question
    return Record(
        question=plain_title(question.text),
        passages=(_answer(pair),),
        category=pair.category,
        file=name,
        line=question.line,
    )


FORMAT = Format(
    name="text",
    suffixes=(".txt",),
    summary="A question on one line, a blank line, its answer; text from a document or a wiki.",
    example="""\
How do I change my e-mail address?

Open Profile > Security > Email and choose Change.

What are the fees?

0.1 % of each trade.
""",
    recognises=lambda _: False,  # text of any kind looks like this
    read=lambda file: read_plain(file.name, file.text),
)
