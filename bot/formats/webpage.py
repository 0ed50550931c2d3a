# ruff: noqa: RUF001  # marks between the names of a trail
"""Read web pages: questions that are marked up for search engines, or else headings, lists of terms and folds."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from bot.core.fields import LABEL_LIMIT, OF_ENTRY, Unfit
from bot.core.local_answers import language_of
from bot.core.searching.languages import language_of_page
from bot.formats.found import Pair, answer_of, document_of
from bot.formats.furniture import is_faq_title
from bot.formats.marked import Broken, Marked, marked_questions
from bot.formats.marks import is_marked_question, plain_title
from bot.formats.markup import TooDeep, parse
from bot.formats.outline import questions_of, title_of
from bot.formats.page_tables import joined, take_tables
from bot.formats.records import Document, Doubtful, FaqFile, Format
from bot.formats.titles import normalise_key, title_key
from bot.formats.tree import Node, outline, whole_text
from bot.formats.web_pieces import content_of, pieces_of_page
from bot.formats.web_words import words_of

_NOTHING = "there is no question with an answer in this page"
_NOTHING_REMEDY = "save the page that shows the answers, or copy its text into a file"
_DEEP_REMEDY = "take out what it is nested in, or copy the text of the page into a file"
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|main|article|section|div|dl|ul|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_WHOLE_PAGE = re.compile(r"\s*<!doctype\s+html[^>]*>\s*<html\b", re.IGNORECASE)
_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_BROKEN_OFF = "the page breaks off in or behind this answer"
_UNMARKED = "the page shows this question, and does not mark it up as it does others"
_UNMARKED_REMEDY = "mark it up too, or take it as a draft"
_SAMPLE = 20_000
_TRAIL = re.compile(r"breadcrumbs?", re.IGNORECASE)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_webpage(file: FaqFile) -> Document:
    """Return the questions of a web page."""
    root = parse(file.text)
    if isinstance(root, TooDeep):
        problem = file.problem("elements are nested more than 250 deep", _DEEP_REMEDY, line=root.line)
        return Document(problems=(problem,))
    if root is None:
        return file.without_entries(_NOTHING, _NOTHING_REMEDY)
    found = list(marked_questions(root))
    broken = [each for each in found if isinstance(each, Broken)]
    marked = _distinct([each for each in found if isinstance(each, Marked)])
    tables = [] if marked else [each.read(file, str, category=None) for each in take_tables(content_of(root))]
    shown = list(_shown(root))
    if shown and _breaks_off(file.text):
        shown[-1] = replace(shown[-1], doubt=_BROKEN_OFF, remedy="save the page again")
    pairs = _marked_pairs(marked, shown)
    known = {title_key(pair.question) for pair in pairs}
    others = [pair for pair in shown if title_key(pair.question) not in known]
    if broken or not any(each.answer for each in marked):
        pairs += others
    else:
        left = (pair for pair in others if _is_left_out(pair, marked))
        pairs += (replace(pair, doubt=_UNMARKED, remedy=_UNMARKED_REMEDY) for pair in left)
    document = _with_locale(root, joined([document_of(file, pairs), *tables]))
    if broken:
        document = replace(document, doubtful=(*document.doubtful, *(_unreadable(file, each) for each in broken)))
    if document.records or document.doubtful or document.problems:
        return document
    return file.without_entries(_NOTHING, _NOTHING_REMEDY)


def _is_left_out(pair: Pair, marked: list[Marked]) -> bool:
    """Return whether a page shows a question that it does not mark up with the others, in these or other words."""
    if pair.doubt or not is_marked_question(pair.question):
        return False
    words, answer = normalise_key(pair.question), normalise_key(pair.answer)
    texts = [normalise_key(f"{each.question}\n{each.answer}") for each in marked]
    return bool(answer) and not any(words in text or answer in text for text in texts)


def _breaks_off(text: str) -> bool:
    """Return whether the end of a page is missing, and so may be that of its last answer."""
    return _WHOLE_PAGE.match(text) is not None and _END.search(text) is None


def _distinct(marked: list[Marked]) -> list[Marked]:
    """Return each question once: some pages mark theirs in two ways."""
    seen: dict[str, Marked] = {}
    for each in marked:
        key = title_key(each.question)
        if each.question and (key not in seen or not seen[key].answer):
            seen[key] = each
    return list(seen.values())


def _unreadable(file: FaqFile, broken: Broken) -> Doubtful:
    what = "the questions in this script cannot be read: it is not JSON"
    return Doubtful(problem=file.problem(what, "mend the script", line=broken.line))


def _marked_pairs(marked: list[Marked], shown: list[Pair]) -> list[Pair]:
    """Return the questions that are marked up, with the categories, and answers left out, that the page shows."""
    pairs = {title_key(pair.question): pair for pair in shown}
    return [
        Pair(
            line=each.line,
            question=each.question,
            answer=each.answer or (pair.answer if pair else ""),
            category=pair.category if pair else None,
        )
        for each in marked
        for pair in [pairs.get(title_key(each.question))]
    ]


def _with_locale(root: HtmlElement, document: Document) -> Document:
    """Return the questions with the language of their text, or else the one that the page names."""
    doubtful = [each.record for each in document.doubtful if each.record]
    texts = ("\n".join((each.question, *each.passages)) for each in (*document.records, *doubtful))
    body = root.find("body")
    named = [each.get(name) for each in (root, body) if each is not None for name in ("lang", _XML_LANG)]
    language = language_of(next((name.strip().lower() for name in named if name), ""))
    if isinstance(OF_ENTRY["locale"](language), Unfit):
        language = ""
    locale = language_of_page("\n".join(texts)[:_SAMPLE]) or language or None
    return replace(
        document,
        records=tuple(replace(each, locale=each.locale or locale) for each in document.records),
        doubtful=tuple(
            replace(each, record=each.record and replace(each.record, locale=each.record.locale or locale))
            for each in document.doubtful
        ),
    )


def _trail_of(root: HtmlElement) -> list[str]:
    """Return the names on the way to a page, as it shows them."""
    for node in root.iter():
        if node.tag == "body":
            continue
        names = f"{node.get('class') or ''} {node.get('aria-label') or ''} {node.get('id') or ''}"
        if _TRAIL.search(names):
            items = list(node.iter("li")) or [child for child in node.iter("a", "span") if not len(child)]
            return [word for word in (words_of(item).strip(" ›»/>") for item in items) if word]
    return []


def _shown(root: HtmlElement) -> Iterator[Pair]:
    """Yield the questions that a page shows, or the page as one when it is an article."""
    content = content_of(root)
    tree = outline(pieces_of_page(content))
    trail = [plain_title(each) for each in _trail_of(root)]
    found = list(questions_of(tree))
    title = title_of(tree)
    sure = sum(not each.doubt for each in found)
    if title is not None and (not sure or (sure == 1 and title.has_text)) and _is_article(root, title, trail):
        yield from filter(None, [_article(title, trail)])
        return
    for at, each in enumerate(found):
        yield Pair(
            line=each.line, question=each.question, category=each.category, doubt=each.doubt, aliases=each.aliases,
            answer=answer_of(each.body, references={}, footnotes={}, last=at == len(found) - 1),
        )  # fmt: skip


def _is_article(root: HtmlElement, title: Node, trail: list[str]) -> bool:
    return not is_faq_title(title.text) and (bool(trail) or next(root.iter("article"), None) is not None)


def _article(title: Node, trail: list[str]) -> Pair | None:
    lines = list(whole_text(title))
    answer = answer_of(lines, references={}, footnotes={})
    names = [name for name in trail if title_key(name) != title_key(title.text) and not is_faq_title(name)]
    category = names[-1][:LABEL_LIMIT] if len(names) > (trail[:1] == names[:1]) else None
    return Pair(line=title.title.line, question=title.text, answer=answer, category=category) if answer else None


def _recognises(file: FaqFile) -> bool:
    pattern = _WHOLE_PAGE if file.suffix in {".md", ".markdown", ".mdx"} else _PAGE
    return pattern.match(file.text[:2000]) is not None


FORMAT = Format(
    name="html",
    suffixes=(".html", ".htm", ".xhtml"),
    summary="Web pages: schema.org FAQPage as JSON-LD or microdata, or else headings, dl, details; or an article.",
    example="""\
<h2>Account</h2>
<details>
  <summary>How do I change my e-mail address?</summary>
  <p>Open <b>Profile &gt; Security &gt; Email</b> and choose <b>Change</b>.</p>
</details>
""",
    recognises=_recognises,
    read=read_webpage,
)
