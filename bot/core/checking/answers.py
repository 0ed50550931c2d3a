"""Find answers that are empty, cut, unfinished, or point at what is not there."""

import re
from collections.abc import Iterator

from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, finding_in
from bot.core.fields import shown

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_LINKED = re.compile(r"\]\(|https?://|www\.")
_WORD = re.compile(r"\w")
_CUT_END = re.compile(
    r"(?:\.\.\.|\u2026|[,:;(\[{\u2013\u2014/&+-]|\b(?:and|or|the|a|an|to|of|with|for|by|in|on|at|if|your|our|is|are))\W*\Z",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?)\]\"'\u201d\u2019*`>|\u3002\uff01\uff1f]\s*\Z")
_THING = r"(?:button|link|image|picture|screenshot|video|banner|diagram|chart|icon|form|qr code)s?"
_PLACE = r"(?:below|above|underneath|to the (?:left|right)|on (?:the|this) (?:left|right|page|article))"
_POINTERS = (
    re.compile(rf"\b{_THING}\b[^.!?\n]{{0,20}}\b{_PLACE}\b", re.IGNORECASE),
    re.compile(rf"\b(?:shown|pictured|illustrated|seen) (?:{_PLACE}|in the {_THING})\b", re.IGNORECASE),
    re.compile(r"\b(?:see|in) the (?:image|picture|screenshot|video|diagram)s?\b", re.IGNORECASE),
    re.compile(r"(?<!\[)\b(?:click|tap|press|visit|see|learn more) here\b(?!\])", re.IGNORECASE),
    re.compile(r"\brefer to this (?:article|guide|page)\b", re.IGNORECASE),
)
_PLACEHOLDERS = (
    re.compile(r"\b(?:TODO|TBD|TBC|FIXME|XXX+)\b"),
    re.compile(r"\blorem ipsum\b", re.IGNORECASE),
    re.compile(r"\{\{[^{}\n]{0,60}\}\}|\$\{[^{}\n]{0,60}\}"),
    re.compile(r"[\[<{](?:insert|your|enter|add|name of)\b[^\]>}\n]{0,40}[\]>}](?!\()", re.IGNORECASE),
    re.compile(r"\bexample\.(?:com|org|net)\b", re.IGNORECASE),
)
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")


def in_answer(checked: Checked) -> Iterator[CheckFinding]:
    """Yield what is wrong with the texts of an entry, each kind once a field."""
    yield from _emptiness(checked)
    yield from _cut(checked)
    yield from _pointers(checked)
    yield from _repeated(checked)
    for field, text in texts(checked):
        yield from _placeholders(checked, field, text)
        yield from _unseen(checked, field, text)


def texts(checked: Checked) -> Iterator[tuple[str, str]]:
    """Yield the texts of an entry with the names of their fields."""
    entry = checked.entry
    yield "question", entry.question
    yield from (("aliases", alias) for alias in entry.aliases)
    yield "answer", entry.answer
    if entry.staff_note:
        yield "staff_note", entry.staff_note
    for one in entry.answers:
        yield from (("answers", text) for text in (*one.phrasings, one.answer))


def distinct_paragraphs(answer: str) -> str:
    """Return an answer with each paragraph of several words once; white space makes no difference."""
    kept: list[str] = []
    seen: set[str] = set()
    for paragraph in re.split(r"\n[ \t]*\n", answer):
        key = " ".join(paragraph.split())
        if key not in seen or not _is_passage(key):
            kept.append(paragraph)
        seen.add(key)
    return "\n\n".join(kept)


def without_unseen(text: str) -> str:
    """Return a text without characters that nobody sees and no language needs."""
    return _UNSEEN.sub("", text)


def _emptiness(checked: Checked) -> Iterator[CheckFinding]:
    answer = checked.entry.answer
    same = " ".join(answer.split()).casefold() == " ".join(checked.entry.question.split()).casefold()
    if not _WORD.search(answer) or same:
        what = "the answer only repeats the question" if same else "the answer has no words"
        yield finding_in(
            checked, Check.EMPTY, Severity.ERROR, field="answer", what=what, remedy="write one, or retire the entry"
        )


def _cut(checked: Checked) -> Iterator[CheckFinding]:
    answer = checked.entry.answer.rstrip()
    end = _CUT_END.search(answer)
    unclosed = answer.count("```") % 2 == 1
    if unclosed or (end and not _CLOSED.search(answer)) or answer.endswith(("...", "\u2026")):
        last = "a code block stays open" if unclosed else f"the answer ends with '{shown(answer[-30:])}'"
        severity = Severity.NOTE if checked.excerpt else Severity.WARNING
        remedy = "take the whole text from its source" if checked.excerpt else "write it to its end"
        yield finding_in(checked, Check.CUT, severity, field="answer", what=last, remedy=remedy)


def _pointers(checked: Checked) -> Iterator[CheckFinding]:
    text = _CODE.sub(" ", checked.entry.answer)
    for line in text.split("\n"):
        found = next((found for found in (each.search(line) for each in _POINTERS) if found), None)
        if found and not _LINKED.search(line[max(0, found.start() - 80) : found.end() + 200]):
            what = f"'{shown(found[0])}' points at what a message in a chat does not have"
            remedy = "write out the steps, or put the link there"
            yield finding_in(checked, Check.POINTER, Severity.WARNING, field="answer", what=what, remedy=remedy)
            return


def _repeated(checked: Checked) -> Iterator[CheckFinding]:
    answer = checked.entry.answer
    if distinct_paragraphs(answer) != "\n\n".join(re.split(r"\n[ \t]*\n", answer)):
        yield finding_in(
            checked,
            Check.REPEATED,
            Severity.WARNING,
            field="answer",
            what="a paragraph stands there more than once",
            remedy="keep it once",
            fixable=True,
        )


def _placeholders(checked: Checked, field: str, text: str) -> Iterator[CheckFinding]:
    found = next((found for found in (each.search(_CODE.sub(" ", text)) for each in _PLACEHOLDERS) if found), None)
    if found:
        what = f"'{shown(found[0])}' is a placeholder"
        yield finding_in(
            checked, Check.PLACEHOLDER, Severity.ERROR, field=field, what=what, remedy="write what belongs there"
        )


def _unseen(checked: Checked, field: str, text: str) -> Iterator[CheckFinding]:
    found = _UNSEEN.search(text)
    if found:
        what = f"the text holds U+{ord(found[0]):04X}, which nobody sees"
        yield finding_in(
            checked, Check.UNSEEN, Severity.NOTE, field=field, what=what, remedy="take it out", fixable=True
        )


def _is_passage(paragraph: str) -> bool:
    return len(paragraph.split()) > 2  # noqa: PLR2004  # "Or:" may well stand twice
