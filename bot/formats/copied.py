# ruff: noqa: RUF001  # marks and words of other languages
"""Read pages of a help centre as they are copied from a browser, with all that stands around the article."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.core.fields import LABEL_LIMIT
from bot.formats.found import Pair, answer_of, document_of
from bot.formats.furniture import is_aside, is_faq_title, is_feedback, is_furniture, is_welcome
from bot.formats.marks import is_marked_question, plain_title
from bot.formats.navigation import is_byline, is_navigation
from bot.formats.records import Document, FaqFile, Format
from bot.formats.titles import PageLine, title_key

_TRAIL = re.compile(r"[^>›»/→|]{1,80}(?:\s+[>›»→/]\s+[^>›»/→|]{1,100}){1,6}[>›»]?")
_SEPARATOR = re.compile(r"\s+[>›»→/|]\s+")
_CONTENTS = re.compile(
    r"(?:on\s+this\s+page|in\s+this\s+(?:article|section)|table\s+of\s+contents|contents|inhalt|sommaire)\s*:?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!:;,]\s*$")
_STATEMENT = re.compile(r"[^\W_](?:[^.!?:;]|[.:](?=\S)){2,118}(?<![.!?:;,\u2026])")
_BUTTON = re.compile(r"(?<=[?\uff1f])\s+(?:print|drucken|imprimer|imprimir|stampa)$", re.IGNORECASE)
_PRINT = re.compile(r"\s+Print$")
_MODIFIED = re.compile(r"\s*Modified on\s*:")
_HEADER_REACH = 5
_SEVERAL = 2


@dataclass(slots=True)
class _Copy:
    """The lines of one page: those above the article, and those of it."""

    trail: list[str] = field(default_factory=list)
    lines: list[PageLine] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)
    """The titles that are listed beside an article, of which one may be its own."""

    @property
    def begun(self) -> bool:
        """Return whether there is more than a head: a name, or a sentence."""
        texts = (line.text.strip() for line in self.lines)
        return any(is_byline(text) or (_SENTENCE.search(text) and not _is_around(text)) for text in texts)


def _is_around(line: str) -> bool:
    """Return whether a line is navigation, or asks readers what they look for."""
    return is_navigation(line) or (is_welcome(line) and not is_faq_title(line))


def read_copied(file: FaqFile) -> Document:
    """Return the articles of the pages, without navigation, feedback and related articles."""
    pairs = [pair for copy in _copies(file.text.split("\n")) for pair in _pairs(copy)]
    document = document_of(file, pairs)
    if document.records or document.doubtful or document.problems:
        return document
    return file.without_entries("there is no article in this copy of a page", "copy its title and its text")


def _copies(lines: Iterable[str]) -> Iterator[_Copy]:
    """Yield the pages; one ends where readers are asked for feedback or are shown other articles."""
    current = _Copy()
    ended = beside = False
    for number, raw in enumerate(lines, start=1):
        line = raw.strip()
        trail = _trail(line)
        if trail or (ended and _is_start(line)):
            if ended or current.begun:
                yield current
            current, ended = _Copy(trail), False
        elif is_feedback(line) or is_aside(line):
            beside = not ended and not current.begun and not is_feedback(line)
            ended = not beside
        elif beside and line and title_key(line) not in current.beside:
            current.beside.add(title_key(line))
        elif not ended:
            beside = False
            current.lines.append(PageLine(number, raw.rstrip()))
    yield current


def _is_start(line: str) -> bool:
    return (
        re.fullmatch(
            r"skip\s+to\b.*|all\s+(?:collections|categories)|zum\s+(?:haupt)?inhalt\s+springen", line, re.IGNORECASE
        )
        is not None
    )


def _trail(line: str) -> list[str]:
    """Return the names on the way to a page, when a line has nothing but these."""
    if not _TRAIL.fullmatch(line) or _SENTENCE.search(line) or line.startswith(("http", "$")):
        return []
    names = [name.strip(" ›»>") for name in _SEPARATOR.split(line)]
    first = names[0]
    known = len(names) > _SEVERAL or is_navigation(first) or is_faq_title(first)
    return (
        names
        if known and all(name[:1].isupper() or not name[:1].isascii() or is_faq_title(name) for name in names)
        else []
    )


def _pairs(copy: _Copy) -> Iterator[Pair]:
    at = _title_at(copy)
    if at is None:
        return
    title = copy.lines[at]
    if at + 1 < len(copy.lines) and _MODIFIED.match(copy.lines[at + 1].text):  # so Freshdesk has its button beside it
        title = title._replace(text=_PRINT.sub("", title.text))
    category = _category(copy, at)
    body = _body(copy.lines, at)
    questions = [n for n in range(len(body)) if _stands_alone(body, n) and is_marked_question(body[n].text.strip())]
    if len(questions) >= _SEVERAL:
        questions = [n for n in range(questions[0], len(body)) if n in questions or _is_statement(body, n)]
    if len(questions) >= _SEVERAL and (is_faq_title(title.text) or not is_marked_question(title.text.strip())):
        name = None if is_faq_title(title.text) else plain_title(title.text)[:LABEL_LIMIT]
        for start, end in zip(questions, [*questions[1:], len(body)], strict=True):
            yield _pair(body[start], body[start + 1 : end], name or category)
        return
    yield _pair(title, body, category)


def _pair(title: PageLine, body: Sequence[PageLine], category: str | None) -> Pair:
    answer = answer_of([line.text for line in body], references={}, footnotes={})
    question = _BUTTON.sub("", plain_title(title.text))
    return Pair(line=title.number, question=question, answer=answer, category=category)


def _stands_alone(body: Sequence[PageLine], at: int) -> bool:
    return at == 0 or not body[at - 1].text.strip()


def _is_statement(body: Sequence[PageLine], at: int) -> bool:
    """Return whether a line among questions is one though it does not ask: it has no stop, and text below it."""
    text = body[at].text
    single = bool(text.strip()) and _stands_alone(body, at) and at + 1 < len(body) and not body[at + 1].text.strip()
    if not single or text[:1].isspace() or not _STATEMENT.fullmatch(text.strip()):
        return False
    following = next((line.text.strip() for line in body[at + 1 :] if line.text.strip()), "")
    return bool(following) and not is_marked_question(following)


def _title_at(copy: _Copy) -> int | None:
    """Return where the title stands: the name at the end of the trail, what stands there twice, or what comes first.

    Names of sections may stand above it: then it is alone on the last line of the head.
    """
    lines = [line.text.strip() for line in copy.lines]
    last = title_key(copy.trail[-1]) if copy.trail else ""
    head = _head(lines)
    named = [at for at in head if title_key(lines[at]) in ({last} if last else copy.beside)]
    if named:
        return named[0]
    keys = [title_key(lines[at]) for at in head]
    twice = [at for at, key in zip(head, keys, strict=True) if keys.count(key) >= _SEVERAL]
    asking = next((at for at in head if is_marked_question(lines[at])), None)
    if not twice and asking is not None and any(_is_apart(lines, at) for at in _questions(lines, asking + 1)):
        named = [at for at in head if at < asking and _is_apart(lines, at)]
        return named[-1] if named and _is_apart(lines, asking) else asking
    return twice[-1] if twice else asking if asking is not None else _alone(lines, head)


def _questions(lines: Sequence[str], start: int) -> Iterator[int]:
    return (at for at in range(start, len(lines)) if is_marked_question(lines[at]))


def _is_apart(lines: Sequence[str], at: int) -> bool:
    """Return whether a line has blank ones around it."""
    return not (lines[at - 1] if at else "") and not "".join(lines[at + 1 : at + 2])


def _alone(lines: Sequence[str], head: Sequence[int]) -> int | None:
    """Return the last line of a head that blank lines set apart from what is above it, or else its first one."""
    named = head[:-1] if len(head) > 1 and is_byline("".join(lines[head[-1] + 1 : head[-1] + 2])) else head
    apart = [at for at in named if _is_apart(lines, at)]
    return apart[-1] if apart else head[0] if head else None


def _head(lines: Sequence[str]) -> list[int]:
    """Return the lines that may be a title: those up to the first paragraph, without navigation and names."""
    found: list[int] = []
    for at, line in enumerate(lines):
        if not line or _is_around(line) or _CONTENTS.fullmatch(line):
            continue
        if is_byline(line) or _SENTENCE.search(line):
            if found:
                break
            continue
        found.append(at)
        if len(found) > _HEADER_REACH:
            break
    return found


def _category(copy: _Copy, at: int) -> str | None:
    """Return the last name on the way that is neither the title nor that of the whole help centre."""
    title = title_key(copy.lines[at].text)
    above = [line.text.strip() for line in copy.lines[:at] if line.text.strip()]
    end = next((n for n, line in enumerate(above) if _CONTENTS.fullmatch(line)), len(above))
    names = copy.trail or [line for line in above[:end] if not (_SENTENCE.search(line) or is_marked_question(line))]
    kept = [name for name in names if title_key(name) != title and not is_navigation(name) and not is_faq_title(name)]
    return (
        plain_title(kept[-1])[:LABEL_LIMIT]
        if kept and (len(kept) > 1 or kept[0] != names[0] or len(names) == 1)
        else None
    )


def _body(lines: Sequence[PageLine], title: int) -> list[PageLine]:
    """Return the lines of an article below its title, without bylines and contents."""
    key = title_key(lines[title].text)
    rest = list(lines[title + 1 :])
    last = max((at for at, line in enumerate(rest[:_HEADER_REACH]) if _is_byline(rest, at)), default=-1)
    rest = rest[last + 1 :]
    kept: list[PageLine] = []
    contents = False
    for line in rest:
        text = line.text.strip()
        if _CONTENTS.fullmatch(text):
            contents = True
        elif contents and text:
            continue
        elif not kept and (not text or title_key(text) == key or is_navigation(text)):
            contents = False
        elif not is_furniture(text):
            contents = False
            kept.append(line)
    return kept


def _is_byline(lines: Sequence[PageLine], at: int) -> bool:
    return is_byline(lines[at].text.strip())


def _recognises(file: FaqFile) -> bool:
    """Return whether a text has what only stands on pages of a help centre."""
    if file.suffix not in {".txt", ".text", ""}:
        return False
    lines = [line.strip() for line in file.text.split("\n")]
    feedback = any(map(is_feedback, lines))
    trail = any(_trail(line) for line in lines)
    asides = any(is_aside(line) for line in lines if line)
    start = any(_is_start(line) for line in lines)
    return feedback or sum((trail, asides, start)) >= _SEVERAL


FORMAT = Format(
    name="copied-page",
    suffixes=(),
    summary="Articles of a help centre, copied from a browser with what stands around them.",
    example="""\
Help Center > Account > E-mail
How do I change my e-mail address?
Updated 2 months ago

Open Profile > Security > Email and choose Change.

Was this article helpful?
Yes  No
""",
    recognises=_recognises,
    read=read_copied,
)
