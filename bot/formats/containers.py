"""Cut Markdown at what folds and frames text: `<details>`, admonitions and tabs of MkDocs, Docusaurus and VuePress."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.formats.inlines import plain
from bot.formats.marks import after_answer_label, after_question_label, is_marked_question
from bot.formats.markup import fragment_to_markdown
from bot.formats.titles import FOLD_LEVEL, End, PageLine, Passage, Piece, Style, Title

_DEPTH_LIMIT = 20
_FENCE = re.compile(r"\s*(?:>\s*)*(`{3,}|~{3,})")
_TAG = re.compile(r"(</?(?:details|summary)(?:\s[^<>]*)?>)", re.IGNORECASE)
CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_INDENTED = re.compile(r"(?P<mark>!!!|\?\?\?\+?|===[!+]?)\s+(?P<kind>[\w -]*?)\s*(?:\"(?P<title>.*)\")?\s*$")
_FENCED = re.compile(
    r"(?P<indent>\s*)(?P<colons>:{3,})\s*(?P<kind>[\w-]+)\s*(?:\[(?P<bracket>[^\]]*)\]|(?P<title>[^{}]*))?(?:\{.*\})?\s*$"
)
_SLASHED = re.compile(r"(?P<slashes>/{3,})\s*(?P<kind>[a-z][\w-]*)\s*(?:\|\s*(?P<title>.*?))?\s*$")
_OPTION = re.compile(r"(?: {4}|\t)[\w-]+:(?:\s|$)")
_UNTITLED = frozenset({"html", "caption", "figure-caption", "table-caption", "define"})
_HEADING = re.compile(r"\s{0,3}<h(?P<level>[1-6])(?:\s[^<>]*)?>(?P<title>.*?)</h(?P=level)\s*>\s*$", re.IGNORECASE)
_COMPONENT = re.compile(
    r"\s*<(?P<end>/)?(?:Accordion|AccordionItem|Expandable|FAQItem|FaqItem|Collapsible)"
    r"(?:(?(end)|[^<>]*?\s(?:title|question|label|header)=(?P<mark>[\"'])(?P<title>.*?)(?P=mark)[^<>]*))>\s*$"
)
_TAB_HEADING = re.compile(r"#{1,6}[ ]+\[([^\[\]]+)\]\(#tab/[^()]*\)[ ]*$")
_CALLOUT = re.compile(r"\[!(?P<kind>\w+)\][-+]?[ ]+(?P<title>\S.*)$")
_QUOTED = re.compile(r" {0,3}> ?")
_CLOSED = re.compile(r"\s*:{3,}\s*$")
_TAB_ITEM = re.compile(r"\s*<TabItem\b[^>]*?\blabel=[\"'{]+([^\"'}]*)[\"'}]+[^>]*>\s*$")
_QUESTION_KINDS = frozenset({"question", "faq", "help"})
_INDENT = 4


def fenced(lines: Iterable[str]) -> Iterator[bool]:
    """Yield for each line whether it is within a block of code between fences, or is one of them."""
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        if fence:
            yield True
            if found and found[1].startswith(fence) and not line[found.end() :].strip():
                fence = ""
        else:
            # Behind the backticks of a fence no other stands: that is code in a line.
            opens = found is not None and ("`" not in line[found.end() :] or found[1][0] == "~")
            fence = found[1] if found and opens else ""
            yield opens


def as_markdown(lines: Sequence[PageLine]) -> list[PageLine]:
    """Return the lines with headings of HTML as headings, and without the quote marks around questions and answers."""
    written = list(_with_headings(lines))
    code = list(fenced(line.text for line in written))
    kept: list[PageLine] = []
    for quoted, group in groupby(
        zip(written, code, strict=True), key=lambda each: not each[1] and _QUOTED.match(each[0].text) is not None
    ):
        run = [line for line, _ in group]
        bare = [PageLine(line.number, _QUOTED.sub("", line.text, count=1)) for line in run] if quoted else []
        kept += (_callout(bare) or (_apart(bare) if _is_dialogue(bare, kept) else run)) if bare else run
    return kept


def _callout(quoted: Sequence[PageLine]) -> list[PageLine]:
    """Return a quote that is headed as a question, as Obsidian folds them, as a fold of MkDocs; nothing for another."""
    head = _CALLOUT.match(quoted[0].text)
    if head is None or not (head["kind"].lower() in _QUESTION_KINDS or is_marked_question(head["title"])):
        return []
    body = [PageLine(line.number, f"    {line.text}") for line in quoted[1:]]
    return _apart([PageLine(quoted[0].number, f'??? question "{head["title"].strip()}"'), *body])


def _with_headings(lines: Sequence[PageLine]) -> Iterator[PageLine]:
    for line, inside in zip(lines, fenced(line.text for line in lines), strict=True):
        if not inside and (tab := _TAB_HEADING.match(line.text)):
            yield PageLine(line.number, f"**{tab[1].strip()}**")
            continue
        heading = None if inside else _HEADING.match(line.text)
        words = plain(fragment_to_markdown(heading["title"])) if heading else ""
        yield from (
            _apart([PageLine(line.number, f"{'#' * int(heading['level'])} {words}")]) if heading and words else [line]
        )


def _apart(lines: Sequence[PageLine]) -> list[PageLine]:
    return [PageLine(lines[0].number, ""), *lines, PageLine(lines[-1].number, "")]


def _is_dialogue(quoted: Sequence[PageLine], above: Sequence[PageLine]) -> bool:
    """Return whether a quote has a question and its answer, or the answer to the question that stands above it."""
    asked = any(after_question_label(line.text) is not None for line in quoted)
    answered = [after_answer_label(line.text) is not None for line in quoted if line.text.strip()]
    before = next((line.text for line in reversed(above) if line.text.strip()), "")
    return any(answered) and (asked or (answered[0] and after_question_label(before) is not None))


def cut(lines: Sequence[PageLine]) -> Iterator[Piece]:
    """Yield the text and the folds of a page in order; folds within folds are text."""
    parts = list(_with_tags(_with_frames(lines, 0)))
    opened = sum(line.tag == "details" for line in parts)
    nested = opened <= sum(line.tag == "/details" for line in parts)
    run: list[PageLine] = []
    at = 0
    while at < len(parts):
        if parts[at].tag != "details":
            run.append(parts[at])
            at += 1
            continue
        end = _closing(parts, at, nested=nested)
        yield Passage(tuple(_untagged(run)))
        yield from _fold(parts[at], parts[at + 1 : end])
        run, at = [], end + (end < len(parts) and parts[end].tag == "/details")
    yield Passage(tuple(_untagged(run)))


def _closing(parts: Sequence[PageLine], start: int, *, nested: bool) -> int:
    """Return where the fold that begins here ends: where one was not closed, the next one begins."""
    depth = 1
    for at in range(start + 1, len(parts)):
        if parts[at].tag == "details":
            if not nested:
                return at
            depth += 1
        depth -= parts[at].tag == "/details"
        if depth == 0:
            return at
    return len(parts)


def _fold(opening: PageLine, inner: Sequence[PageLine]) -> Iterator[Piece]:
    summary, rest = _summary(inner)
    written = plain(fragment_to_markdown(summary).replace("\n", " ")) or "Details"
    body = _untagged(rest)
    yield Title(line=opening.number, level=FOLD_LEVEL, text=written, style=Style.FOLD, written=f"**{written}**")
    yield Passage(tuple(_dedented(body)))
    yield End()


def _summary(inner: Sequence[PageLine]) -> tuple[str, list[PageLine]]:
    """Return the summary of a fold and what follows it."""
    tags = [line.tag for line in inner]
    if "summary" not in tags:
        return "", list(inner)
    start = tags.index("summary")
    end = next((at for at in range(start, len(tags)) if tags[at] == "/summary"), start + 1)
    written = " ".join(re.sub(r"^\s*#{1,6}\s+", "", line.text) for line in inner[start + 1 : end])
    return written, [*inner[:start], *inner[end + 1 :]]


def _untagged(lines: Sequence[PageLine]) -> list[PageLine]:
    """Return lines of text; folds among them become a bold line and what is in them."""
    text: list[PageLine] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.tag == "summary":
            end = next((n for n in range(at, len(lines)) if lines[n].tag == "/summary"), at + 1)
            words = plain(" ".join(part.text for part in lines[at + 1 : end]))
            text += [PageLine(line.number, ""), PageLine(line.number, f"**{words}**"), PageLine(line.number, "")]
            at = end
        elif not line.tag:
            text.append(line)
        elif line.tag.endswith("details"):
            text.append(PageLine(line.number, ""))
        at += 1
    return text


def _with_tags(lines: Iterable[PageLine]) -> Iterator[PageLine]:
    """Yield the lines with the tags of folds on lines of their own."""
    lines = list(lines)
    for line, inside in zip(lines, fenced(line.text for line in lines), strict=True):
        folded = None if inside or line.tag else _COMPONENT.match(line.text)
        if folded:
            tags = ("/details",) if folded["end"] else ("details", "summary", "", "/summary")
            yield from (PageLine(line.number, "" if tag else folded["title"] or "", tag) for tag in tags)
            continue
        if inside or line.tag or not _TAG.search(CODE_SPAN.sub("", line.text)):
            yield line
            continue
        for part in _TAG.split(line.text):
            if _TAG.fullmatch(part):
                yield PageLine(line.number, "", part.strip("<>").split()[0].lower())
            elif part.strip():
                yield PageLine(line.number, part)


def _with_frames(lines: Sequence[PageLine], depth: int) -> Iterator[PageLine]:
    """Yield the lines with admonitions and tabs as text below a bold line, and with those that ask as folds."""
    code = list(fenced(line.text for line in lines))
    at = 0
    while at < len(lines):
        line = lines[at]
        indented = None if code[at] else _INDENTED.match(line.text)
        framed = None if code[at] else _FENCED.match(line.text)
        slashed = None if code[at] else _SLASHED.match(line.text)
        if indented and (indented["title"] or indented["kind"]):
            end = _indented_end(lines, at)
            folds = indented["mark"].startswith("???")
            frame = _Frame(indented["kind"].strip(), indented["title"] or "", folds=folds, number=line.number)
            yield from _framed(frame, _dedented(lines[at + 1 : end]), depth)
            at = end
        elif framed:
            end = _framed_end(lines, code, at)
            title = framed["bracket"] or framed["title"] or ""
            frame = _Frame(framed["kind"], title, number=line.number, indent=framed["indent"])
            yield from _framed(frame, lines[at + 1 : end], depth)
            at = end + 1
        elif slashed:
            end = _slashed_end(lines, code, at, slashed["slashes"])
            options = next((n for n in range(at + 1, end) if not _OPTION.match(lines[n].text)), end)
            title = "" if slashed["kind"] in _UNTITLED else slashed["title"] or ""
            yield from _framed(_Frame(slashed["kind"], title, number=line.number), lines[options:end], depth)
            at = end + 1
        else:
            tab = None if code[at] else _TAB_ITEM.match(line.text)
            yield PageLine(line.number, f"**{tab[1]}**") if tab else line
            at += 1


def _indented_end(lines: Sequence[PageLine], start: int) -> int:
    end = start + 1
    for at in range(start + 1, len(lines)):
        if lines[at].text.startswith(" " * _INDENT) or lines[at].text.startswith("\t"):
            end = at + 1
        elif lines[at].text.strip():
            break
    return end


def _framed_end(lines: Sequence[PageLine], code: Sequence[bool], start: int) -> int:
    depth = 1
    for at in range(start + 1, len(lines)):
        if not code[at]:
            closes = _CLOSED.match(lines[at].text) is not None
            depth += -1 if closes else _FENCED.match(lines[at].text) is not None
        if depth == 0:
            return at
    return len(lines)


def _slashed_end(lines: Sequence[PageLine], code: Sequence[bool], start: int, slashes: str) -> int:
    closing = (at for at in range(start + 1, len(lines)) if not code[at] and lines[at].text.strip() == slashes)
    return next(closing, len(lines))


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the first line of a frame says of it, and its number."""

    kind: str
    title: str
    number: int
    folds: bool = False
    indent: str = ""


def _framed(frame: _Frame, inner: Sequence[PageLine], depth: int) -> Iterator[PageLine]:
    kind, number = frame.kind, frame.number
    words = frame.title.strip()
    body = list(_with_frames(inner, depth + 1)) if depth < _DEPTH_LIMIT else list(inner)
    folds = frame.folds or kind == "details"
    if words and folds and (is_marked_question(plain(words)) or kind in _QUESTION_KINDS):
        yield from (PageLine(number, "", "details"), PageLine(number, "", "summary"), PageLine(number, words))
        yield PageLine(number, "", "/summary")
        yield from body
        yield PageLine(number, "", "/details")
        return
    shown = words or (f"{kind.split()[0].capitalize()}:" if kind and kind not in _UNTITLED else "")
    yield PageLine(number, "")
    if shown:
        # A question above a hint is one of its own only where the kind of the frame says so: in a quote none is.
        quote = "> " if is_marked_question(plain(words)) and kind not in _QUESTION_KINDS else ""
        yield from (PageLine(number, f"{frame.indent}{quote}**{shown}**"), PageLine(number, ""))
    yield from body
    yield PageLine(body[-1].number if body else number, "")


def _dedented(lines: Sequence[PageLine]) -> list[PageLine]:
    texts = textwrap.dedent("\n".join(line.text.replace("\t", "    ") for line in lines)).split("\n")
    return [PageLine(line.number, text, line.tag) for line, text in zip(lines, texts, strict=True)] if lines else []
