"""Cut Markdown text at its titles: headings, bold questions, numbered questions, and lines that begin with `Q:`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, NamedTuple

from markdown_it.token import Token

from bot.formats.containers import fenced
from bot.formats.furniture import is_part_title
from bot.formats.inlines import PARSER, inline_tokens, plain
from bot.formats.leads import Lead, first_paragraph, is_item, item_lines, lead_of
from bot.formats.marks import (
    after_answer_label,
    after_question_label,
    asks,
    has_number,
    is_marked_question,
    letters_of,
)
from bot.formats.titles import BOLD_LEVEL, PageLine, Passage, Piece, Style, Title

_LONGEST = 300
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class PageHabits:
    """How a page sets its questions apart, as far as it is not by headings."""

    labels: bool
    lettered: str
    numbers: bool
    bold: bool


def habits_of(texts: Sequence[str]) -> PageHabits:
    """Return the habits of a page, whose lines are given without those of code."""
    answers = any(after_answer_label(line) is not None for line in texts)
    asked = [words for line in texts if (words := after_question_label(line)) is not None]
    sure = len(asked)
    lettered = letters_of(texts) if answers else ""
    bold = [lead for line in texts if (lead := lead_of(line)) and after_question_label(line) is None]
    unlabelled = sum(is_marked_question(plain(lead.title)) and not lead.rest for lead in bold)
    leads = [plain(lead.title) for lead in map(lead_of, texts) if lead and not lead.rest]
    bare = sure >= _SEVERAL and not unlabelled and all(is_marked_question(plain(words)) for words in asked)
    return PageHabits(
        labels=(answers and (bool(lettered) or sure >= max(1, unlabelled))) or bare,
        lettered=lettered,
        numbers=sum(map(has_number, leads)) >= _SEVERAL,
        bold=any(map(is_marked_question, leads)),
    )


def split_at_titles(lines: Sequence[PageLine], habits: PageHabits, *, level: int = 0) -> Iterator[Piece]:
    """Yield the titles in a text and the text between them; `level` is added to theirs."""
    source = "\n".join(line.text for line in lines)
    tokens = PARSER.parse(source)
    statements = _statements(lines, tokens, habits)
    end = 0
    for at, token in enumerate(tokens):
        if token.level or not token.map or token.nesting < 0:
            continue
        start, stop = token.map
        yield from _blank(lines[end:start])
        yield from _Block(lines[start:stop], habits, level, states=start in statements).pieces(
            token, tokens[at + 1 :] if at + 1 < len(tokens) else []
        )
        end = stop
    # What no token covers defines references.


class _Mark(NamedTuple):
    """A heading, bold question (`?`) or other bold line of a page, and whether an answer may stand below it."""

    start: int
    kind: Literal["#", "?", "."]
    answered: bool = False


def _statements(lines: Sequence[PageLine], tokens: Sequence[Token], habits: PageHabits) -> frozenset[int]:
    """Return where a bold line that does not ask is a question all the same, as "Lost keys" among bold questions.

    It stands alone between two of them: several below one question are the parts of its answer.
    """
    if habits.labels or habits.numbers or not habits.bold:
        return frozenset()
    marks = [_Mark(-1, "#"), *_marks(lines, tokens, habits), _Mark(len(lines), "#")]
    asking = sum(mark.kind == "?" and mark.answered for mark in marks)
    found = [
        mark.start
        for before, mark, after in zip(marks, marks[1:], marks[2:], strict=False)
        if mark.kind == "." and mark.answered and before.kind == "?" and before.answered and after.kind != "."
    ]
    return frozenset(found) if asking >= _SEVERAL and asking > len(found) else frozenset()


def _marks(lines: Sequence[PageLine], tokens: Sequence[Token], habits: PageHabits) -> Iterator[_Mark]:
    blocks = [(token.type, token.map) for token in tokens if token.level == 0 and token.map and token.nesting >= 0]
    following = [*(kind for kind, _ in blocks[1:]), "heading_open"]
    for (kind, (start, stop)), next_kind in zip(blocks, following, strict=False):
        if kind == "heading_open":
            yield _Mark(start, "#")
        lead = lead_of("\n".join(line.text for line in lines[start:stop])) if kind == "paragraph_open" else None
        asking = lead is not None and _Block(lines[start:stop], habits, 0).is_question(lead)
        if lead is not None and (lead.own_line or asking):
            answered = bool(lead.rest) or next_kind != "heading_open"
            yield _Mark(start, "?" if asking else ".", answered and (asking or not is_part_title(plain(lead.title))))


def _blank(lines: Sequence[PageLine]) -> Iterator[Piece]:
    blank = tuple(PageLine(line.number, "") for line in lines[:1])
    if blank:
        yield Passage(blank)


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one block."""

    lines: Sequence[PageLine]
    habits: PageHabits
    level: int
    states: bool = False
    """Whether a bold line at its beginning is a question though it does not ask."""

    def pieces(self, token: Token, following: Sequence[Token]) -> Iterator[Piece]:
        """Yield the titles in the block and its text."""
        if token.type == "heading_open":
            yield self._title(int(token.tag[1]), plain(following[0].content), Style.HEADING)
        elif token.type in {"fence", "code_block", "html_block", "table_open", "blockquote_open", "hr"}:
            yield Passage(tuple(self.lines))
        elif self.habits.labels and any(self._label(line.text) is not None for line in self.lines):
            yield from self._labelled()
        elif token.type == "paragraph_open":
            yield from self._paragraph()
        else:
            yield from self._list(following)

    def _title(self, level: int, text: str, style: Style, *, lines: Sequence[PageLine] = ()) -> Title:
        written = "\n".join(line.text for line in (lines or self.lines))
        number = (lines or self.lines)[0].number
        return Title(line=number, level=level + self.level, text=text, style=style, written=written)

    def _label(self, line: str) -> str | None:
        return after_question_label(line, lettered=self.habits.lettered)

    def _labelled(self) -> Iterator[Piece]:
        """Yield what stands behind each label; a question goes on up to its answer."""
        code = fenced(line.text for line in self.lines)
        run: list[PageLine] = []
        question: list[PageLine] = []
        for line, inside in zip(self.lines, code, strict=True):
            begins = not inside and self._label(line.text) is not None
            if begins:
                yield from self._question(question)
                yield Passage(tuple(run))
                question, run = [line], []
            elif question and line.text.strip() and after_answer_label(line.text) is None:
                question.append(line)
            else:
                yield from self._question(question)
                question = []
                run.append(line)
        yield from self._question(question)
        yield Passage(tuple(run))

    def _question(self, lines: Sequence[PageLine]) -> Iterator[Piece]:
        if lines:
            first = self._label(lines[0].text) or ""
            words = plain(" ".join([first, *(line.text.strip() for line in lines[1:])]))
            yield self._title(BOLD_LEVEL, words, Style.LABEL, lines=lines)

    def _paragraph(self) -> Iterator[Piece]:
        if len(self.lines) > 1 and self.lines[1].text.startswith(": ") and not self.habits.labels:
            yield self._title(BOLD_LEVEL, plain(self.lines[0].text), Style.BOLD, lines=self.lines[:1])
            texts = [line.text.removeprefix(":").strip() for line in self.lines[1:]]
            yield Passage(tuple(PageLine(line.number, text) for line, text in zip(self.lines[1:], texts, strict=True)))
            return
        lead = lead_of("\n".join(line.text for line in self.lines))
        if lead is None or not (self.states or self.is_question(lead)):
            yield Passage(tuple(self.lines))
            return
        title = self._title(BOLD_LEVEL, plain(lead.title), Style.BOLD, lines=self.lines[:1])
        yield Title(line=title.line, level=title.level, text=title.text, style=title.style, written=f"**{lead.title}**")
        yield from self._rest(lead.rest)

    def _rest(self, rest: str) -> Iterator[Piece]:
        if rest:
            number = self.lines[-1].number - rest.count("\n")
            yield Passage(tuple(PageLine(number + at, line) for at, line in enumerate(rest.split("\n"))))

    def is_question(self, lead: Lead) -> bool:
        """Return whether what a paragraph has in bold is a question."""
        words = plain(lead.title)
        if self.habits.labels:
            return False
        if is_marked_question(words):
            return True
        if not lead.own_line:
            return False
        return (self.habits.numbers and has_number(words)) or (
            self.habits.bold and not self.habits.numbers and asks(words) and not words.endswith((":", "."))
        )

    def _list(self, following: Sequence[Token]) -> Iterator[Piece]:
        """Yield the items of a list of questions, or the list as it is."""
        items = list(self._items(following))
        questions = [self._item_question(item) for item in items]
        found = [each for each in questions if each is not None]
        answered = sum(bool(answer) for _, answer in found)
        if 2 * answered > len(items) and answered >= _SEVERAL:
            # Among questions, one that does not ask is one if its answer stands below it.
            found = [each or self._statement(item) for item, each in zip(items, questions, strict=True)]
        if len(found) < len(items) or not (answered or len(items) == 1) or self._is_stressed(items):
            yield Passage(tuple(self.lines))
            return
        for item, (title, answer) in zip(items, found, strict=True):
            yield self._title(BOLD_LEVEL, plain(title), Style.BOLD, lines=item[:1])
            yield Passage(tuple(answer))

    def _items(self, following: Sequence[Token]) -> Iterator[Sequence[PageLine]]:
        for token in takewhile(lambda each: each.level > 0, following):
            if token.type == "list_item_open" and token.level == 1 and token.map:
                base = token.map[0] - self._offset(following)
                yield self.lines[base : token.map[1] - self._offset(following)]

    @staticmethod
    def _offset(following: Sequence[Token]) -> int:
        """Return the line on which the list begins, counted as its tokens do."""
        return next((token.map[0] for token in following if token.map), 0)

    def _is_stressed(self, items: Sequence[Sequence[PageLine]]) -> bool:
        lead = lead_of(item_lines(items[0])[0].text) if self.habits.bold and len(items) == 1 else None
        return lead is not None and not lead.own_line

    @staticmethod
    def _statement(item: Sequence[PageLine]) -> tuple[str, list[PageLine]]:
        """Return the first paragraph of an item and what stands below it."""
        paragraph, others = first_paragraph(item_lines(item))
        return " ".join(line.text for line in paragraph), list(others)

    def _item_question(self, item: Sequence[PageLine]) -> tuple[str, list[PageLine]] | None:
        """Return the question of an item and the lines of its answer, None when it is no question."""
        if not item or self.habits.labels or not is_item(item[0].text):
            return None
        paragraph, others = first_paragraph(item_lines(item))
        lead = lead_of("\n".join(line.text for line in paragraph))
        if lead is not None and (self.is_question(lead) or (lead.own_line and asks(plain(lead.title)))):
            answer = [PageLine(paragraph[-1].number, text) for text in lead.rest.split("\n")] if lead.rest else []
            return lead.title, [*answer, *others]
        words = plain(paragraph[0].text)
        links = any(token.type == "link_open" for token in inline_tokens(paragraph[0].text)[:1])
        if is_marked_question(words) and not links and len(words) <= _LONGEST:
            return paragraph[0].text, [*paragraph[1:], *others]
        return None
