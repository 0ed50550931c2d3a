"""Read Markdown pages of questions and answers, and pages that are one entry each, as the tags of a bot are kept."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from bot.core.fields import LABEL_LIMIT, OF_ENTRY, OF_SOURCE, Unfit
from bot.core.models import Audience
from bot.formats.comments import without_comments
from bot.formats.containers import as_markdown, cut, fenced
from bot.formats.dialogue import has_labels
from bot.formats.found import Pair, answer_of, document_of, footnotes_of
from bot.formats.furniture import is_bare_faq_title, is_faq_title, is_furniture_title
from bot.formats.inlines import PARSER, References
from bot.formats.listing import has_records
from bot.formats.marks import is_marked_question, plain_title
from bot.formats.nodes import Page, split_front_matter
from bot.formats.outline import Found, questions_of, sole_heading
from bot.formats.page_tables import PageTable, joined, tables_of_markdown, without_lines
from bot.formats.records import Document, FaqFile, Format
from bot.formats.tables.names import meaning
from bot.formats.tables.values import audience_of, is_yes, render
from bot.formats.titles import INSIDE, PageLine, Passage, Piece, Title
from bot.formats.titling import habits_of, split_at_titles
from bot.formats.tree import Node, outline, whole_text

_NOTHING = "there is no question with an answer in this page"
_NOTHING_REMEDY = "write each question as a heading, such as '### How do I …?', and its answer below it"
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_BOLD_LINE = re.compile(r"^(?:\d+[.)] )?(?:\*{2,3}|_{2,3})[^\s*_].*?(?:\*\*|__):?[ ]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^\S.*\n(?:={3,}|-{3,})[ ]*$", re.MULTILINE)
_FOLD = re.compile(r"^\s*<details\b", re.MULTILINE | re.IGNORECASE)
_FILE_ORDER = re.compile(r"\A(?:\d{4}-\d\d-\d\d|0\d{1,2}|\d{1,3}(?=[._]\s*\D))[-_.\s]+(?=[^\W\d_])")
_SEVERAL = 2
_FIELDS = frozenset(
    {
        "question",
        "aliases",
        "category",
        "locale",
        "status",
        "active",
        "draft",
        "audience",
        "internal",
        "public",
        "valid_until",
    }
)
_ALIASES = ("aliases", "alias", "aliase", "keywords", "stichworte", "synonyms", "synonyme", "questions", "triggers")


@dataclass(frozen=True, slots=True)
class _Whole:
    """What all answers of a page share."""

    references: References
    footnotes: Mapping[str, str]


def read_markdown(file: FaqFile) -> Document:
    """Return the questions of a page; one that has none but a title, or none at all, may be an entry itself."""
    page = _with_known_names(split_front_matter(file.name, file.text))
    text = without_comments(page.text)
    shared = _Whole(_references(text), footnotes_of(text))
    tables = (
        []
        if _asks_itself(page)
        else [(table, lines) for each, lines in tables_of_markdown(text) if (table := each.entries)]
    )
    text = without_lines(text, [lines for _, lines in tables])
    root = outline(pieces_of([PageLine(number, line) for number, line in enumerate(text.split("\n"), start=1)]))
    pairs = [_with_fields(pair, page) for pair in _entries(file, page, root, shared)]
    document = joined([document_of(file, pairs), *(_table(file, page, table, shared) for table, _ in tables)])
    if document.records or document.doubtful or document.problems:
        return document
    return file.without_entries(_NOTHING, _NOTHING_REMEDY)


def _asks_itself(page: Page) -> bool:
    """Return whether a page is one entry by what stands at its top: a title that asks, or aliases."""
    return is_marked_question(_given_title(page)) or any(True for _ in _aliases(page))


def _table(file: FaqFile, page: Page, table: PageTable, shared: _Whole) -> Document:
    """Return the entries of a table, with what the top of the page says of all."""

    def cell(text: str) -> str:
        lines = render(text).split("\n")
        return answer_of(lines, references=shared.references, footnotes=shared.footnotes)

    document = table.read(file, cell, category=_category(file, page))
    of_page = _with_fields(Pair(line=1, question="", answer=""), page)
    records = (
        replace(
            record,
            locale=record.locale or of_page.locale,
            status=of_page.status or record.status,
            valid_until=record.valid_until or of_page.valid_until,
            source=record.source if record.source.url else of_page.source,
        )
        for record in document.records
    )
    return replace(document, records=tuple(records))


def _with_known_names(page: Page) -> Page:
    """Return a page with its fields also under the names that are looked for, such as `question` for `frage`."""
    known = ((use, value) for name, value in page.fields.items() if (use := meaning(name)) and not use.weak)
    named = {use.field: value for use, value in known if use.field in _FIELDS}
    return Page(named | dict(page.fields), page.text)


def pieces_of(lines: list[PageLine]) -> Iterator[Piece]:
    """Yield the titles of a Markdown text, those in its folds among them, and the text between them."""
    lines = as_markdown(lines)
    code = fenced(line.text for line in lines)
    habits = habits_of([line.text for line, inside in zip(lines, code, strict=True) if not inside])
    inside = False
    for piece in cut(lines):
        if isinstance(piece, Passage):
            yield from split_at_titles(piece.lines, habits, level=INSIDE if inside else 0)
            continue
        inside = isinstance(piece, Title)
        yield piece


def _references(text: str) -> References:
    env: dict[str, Any] = {}
    PARSER.parse(text, env)
    found = env.get("references", {})
    return {" ".join(name.split()).casefold(): (each["href"], each["title"]) for name, each in found.items()}


def _entries(file: FaqFile, page: Page, root: Node, shared: _Whole) -> Iterator[Pair]:
    """Yield the questions of a page, or the page as one question."""
    category = _category(file, page)
    found = list(questions_of(root, category=category))
    if _is_one_entry(file, page, root, found):
        yield from filter(None, [_page_as_entry(file, page, root, shared)])
        return
    for at, each in enumerate(found):
        answer = answer_of(
            each.body, references=shared.references, footnotes=shared.footnotes, last=at == len(found) - 1
        )
        yield Pair(
            line=each.line, question=each.question, answer=answer, category=each.category, doubt=each.doubt,
            aliases=each.aliases,
        )  # fmt: skip


def _is_one_entry(file: FaqFile, page: Page, root: Node, found: list[Found]) -> bool:
    """Return whether a page is one entry: its title is the question, and nothing below it asks."""
    title = sole_heading(root)
    others = [each for each in found if not each.doubt and not (title and title.title.line == each.line)]
    asking = [each.question for each in others if is_marked_question(each.question)]
    if asking:
        return file.folder is not None and _is_tag(page, root, asking)
    titled = isinstance(page.fields.get("title"), str) or any(name in page.fields for name in _ALIASES)
    return titled or (file.folder is not None and not others)


def _is_tag(page: Page, root: Node, asking: Sequence[str]) -> bool:
    """Return whether a file of a folder is one entry though headings in it ask.

    It has aliases, its title asks, or what asks in it makes no sense by itself, as "Why?" does not.
    """
    heading = sole_heading(root)
    name = _given_title(page) or (heading.text if heading else "")
    begins = root.has_text or (heading is not None and heading.has_text)
    if not name or is_faq_title(name) or not begins:
        return False
    alone = len(asking) == 1 and is_marked_question(name)
    return alone or any(True for _ in _aliases(page)) or all(map(_is_short, asking))


def _is_short(question: str) -> bool:
    return question.isascii() and len(question.split()) <= _SEVERAL


def _given_title(page: Page) -> str:
    given = page.fields.get("question") or page.fields.get("title")
    return plain_title(given) if isinstance(given, str) else ""


def _page_as_entry(file: FaqFile, page: Page, root: Node, shared: _Whole) -> Pair | None:
    heading = sole_heading(root)
    named = _given_title(page) or (heading.text if heading else "")
    by_name = " ".join(re.split(r"[-_\s]+", _FILE_ORDER.sub("", file.stem))).strip()
    question = named or by_name
    body = list(whole_text(root, title=heading))
    answer = answer_of(body, references=shared.references, footnotes=shared.footnotes, last=False)
    if not question or not answer:
        return None
    aliases = [*_aliases(page), *([by_name] if named and by_name else [])]
    about = file.stem.strip("_").casefold() in {"index", "readme"} or is_furniture_title(question)
    line = heading.title.line if heading and not _given_title(page) else 1
    return Pair(
        line=line, question=question, answer=answer, category=_category(file, page),
        aliases=tuple(alias for alias in aliases if alias.casefold() != question.casefold()),
        doubt="this page seems to be about the others" if about or is_bare_faq_title(question) else "",
    )  # fmt: skip


def _category(file: FaqFile, page: Page) -> str | None:
    given = page.fields.get("category") or page.fields.get("section") or page.fields.get("categories")
    named = given if isinstance(given, str) else given[0] if given else ""
    folder = PurePosixPath(file.folder or "").name
    return (named or " ".join(re.split(r"[-_]+", folder))).strip()[:LABEL_LIMIT] or None


def _aliases(page: Page) -> Iterator[str]:
    for name in _ALIASES:
        given = page.fields.get(name, ())
        words = re.split(r"[,;|]", given) if isinstance(given, str) else given
        # In Hugo, aliases are addresses that lead to the page.
        yield from (" ".join(word.split()) for word in words if word.strip() and not word.strip().startswith("/"))


def _with_fields(pair: Pair, page: Page) -> Pair:
    """Return a question with what the top of the page says of all."""
    locale = _field(page, OF_ENTRY, "locale", "locale", "lang", "language")
    source = replace(
        pair.source,
        url=_field(page, OF_SOURCE, "url", "url", "source", "canonical"),
        updated=_field(page, OF_SOURCE, "updated", "updated", "last_updated", "lastmod", "last_modified"),
    )
    status = _field(page, OF_ENTRY, "status", "status")
    if _says(page, "draft", yes=True) or _says(page, "active", yes=False) or _is_not_for_all(page):
        status = _field(Page({"status": "draft"}, ""), OF_ENTRY, "status", "status")
    valid_until = _field(page, OF_ENTRY, "valid_until", "valid_until", "expires", "expirydate")
    return replace(pair, locale=locale, source=source, status=status, valid_until=valid_until)


def _is_not_for_all(page: Page) -> bool:
    """Return whether a page is marked as internal, or as meant for readers that are not known."""
    audience = page.fields.get("audience")
    named = isinstance(audience, str) and audience_of(audience) is not Audience.PUBLIC
    return named or _says(page, "internal", yes=True) or _says(page, "public", yes=False)


def _says(page: Page, name: str, *, yes: bool) -> bool:
    given = page.fields.get(name)
    return isinstance(given, str) and is_yes(given) is yes


def _field(page: Page, rules: Mapping[str, Any], rule: str, *names: str) -> Any:  # noqa: ANN401  # each has its type
    """Return the first of some fields that its rule accepts."""
    for name in names:
        given = page.fields.get(name)
        value = rules[rule](given) if isinstance(given, str) else None
        if value is not None and not isinstance(value, Unfit):
            return value
    return None


def _recognises(file: FaqFile) -> bool:
    """Return whether a text that is not named so is Markdown: it has headings, bold lines or folds of it."""
    if file.suffix in FORMAT.suffixes:
        return True
    if file.suffix not in {".txt", ".text", ""} or has_records(file.text):
        return False
    lines = file.text.split("\n")
    prose = "\n".join(line for line, inside in zip(lines, fenced(lines), strict=True) if not inside)
    # Plain text underlines its sections too.
    underlined = 0 if has_labels(lines) else len(_UNDERLINED.findall(prose))
    headings = len(_HEADING.findall(prose)) + underlined
    return headings >= _SEVERAL or len(_BOLD_LINE.findall(prose)) >= _SEVERAL or _FOLD.search(prose) is not None


FORMAT = Format(
    name="markdown",
    suffixes=(".md", ".markdown", ".mdx", ".mdown", ".mkd"),
    summary="Headings, bold lines, numbers or folds that ask; headings above are categories. Or one file an entry.",
    example="""\
# Frequently asked questions

## Account

### How do I change my e-mail address?

Open **Profile > Security > Email** and choose **Change**.

**Q: Can I have two accounts?**
A: No, one is enough.
""",
    recognises=_recognises,
    read=read_markdown,
)
