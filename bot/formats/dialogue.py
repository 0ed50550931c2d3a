# ruff: noqa: RUF001  # typographic apostrophes
"""Read plain text in which questions begin with `Q:` and answers with `A:`, or words like these."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.core.fields import LABEL_LIMIT
from bot.formats.found import Pair, answer_of, document_of
from bot.formats.furniture import is_faq_title
from bot.formats.marks import after_answer_label, after_question_label, plain_title
from bot.formats.records import Document, FaqFile, Format
from bot.formats.titling import PageHabits, habits_of

_FRAMED = re.compile(r"\s*(?:[-=*#~_+]{2,}|#{1,6}|\[)\s*(?P<name>[^\s\-=*#~_+\[\]].*?)\s*(?:[-=*#~_+]{2,}|\])?\s*$")
_RULE = re.compile(r"\s*[-=*#~_+]{3,}\s*$")
_SECTION_LINE = re.compile(r"(?=.{2,60}$)(?:\w[\w'’.&/-]*(?:\s+|$)){1,6}(?<![.!])$|\w[^.!?]{1,58}:$")
_MARKUP = re.compile(r"\s*(?:\*(?!\s+\w)|[_#<`]|[-+] [*_])")


@dataclass(slots=True)
class _Open:
    """A question that is being read."""

    line: int
    category: str | None
    question: list[str]
    answer: list[str] | None = None
    aliases: list[str] = field(default_factory=list)

    @property
    def begun(self) -> bool:
        """Return whether its answer has begun."""
        return self.answer is not None


def read_dialogue(file: FaqFile) -> Document:
    """Return the questions that have an answer, and those in doubt."""
    lines = file.text.split("\n")
    found = list(_opened(lines, habits_of(lines)))
    pairs = [_pair(each, last=at == len(found) - 1) for at, each in enumerate(found)]
    return document_of(file, pairs)


def _opened(lines: Sequence[str], habits: PageHabits) -> Iterator[_Open]:
    """Yield the questions with the lines below them."""
    current: _Open | None = None
    category: str | None = None
    answers = any(after_answer_label(line) is not None for line in lines)
    for at, line in enumerate(lines):
        question = after_question_label(line, lettered=habits.lettered)
        answer = after_answer_label(line)
        if question is not None:
            if current and not current.begun and at and lines[at - 1].strip():
                current.aliases.append(question)
                continue
            if current:
                yield current
            current = _Open(at + 1, category, [question], answer=None if answers else [])
        elif current and answer is not None and not current.begun:
            current.answer = [answer]
        elif (name := _section(lines, at, habits, begun=current is None or current.begun)) is not None:
            if current:
                yield current
            current, category = None, name or None
        elif current:
            _add(current, line)
    if current:
        yield current


def _add(current: _Open, line: str) -> None:
    if current.answer is not None:
        if not _RULE.match(line):
            current.answer.append(line)
    elif line.strip():
        current.question.append(line.strip())


def _section(lines: Sequence[str], at: int, habits: PageHabits, *, begun: bool) -> str | None:
    """Return the category that a line names, empty for the title of a whole FAQ, None for a line that names none."""
    line = lines[at].strip()
    if (
        not line
        or not begun
        or lines[at][:1].isspace()
        or (at and lines[at - 1].strip() and not _RULE.match(lines[at - 1]))
    ):
        return None
    following = [each for each in lines[at + 1 :][:4] if each.strip() and not _RULE.match(each)]
    asked = bool(following) and after_question_label(following[0], lettered=habits.lettered) is not None
    framed = _FRAMED.match(line)
    if not asked or (framed is None and not _SECTION_LINE.match(line)):
        return None
    name = plain_title(framed["name"] if framed else line).rstrip(": ")
    return "" if is_faq_title(name) else name[:LABEL_LIMIT]


def _pair(found: _Open, *, last: bool) -> Pair:
    answer = answer_of(found.answer or [], references={}, footnotes={}, last=last)
    return Pair(
        line=found.line,
        question=plain_title(" ".join(" ".join(found.question).split())),
        answer=answer,
        category=found.category,
        aliases=tuple(plain_title(alias) for alias in found.aliases),
    )


def has_labels(lines: Iterable[str]) -> bool:
    """Return whether lines without Markdown at their beginning are labelled as questions and answers."""
    return habits_of([line for line in lines if not _MARKUP.match(line)]).labels


def _recognises(file: FaqFile) -> bool:
    return file.suffix in {".txt", ".text", ""} and has_labels(file.text.split("\n"))


FORMAT = Format(
    name="labelled-text",
    suffixes=(),
    summary="Text with Q: and A:, or words like Frage: and Antwort:, at the beginning of lines.",
    example="""\
Account

Q: How do I change my e-mail address?
A: Open Profile > Security > Email and choose Change.

   You need access to the old address.
""",
    recognises=_recognises,
    read=read_dialogue,
)
