"""Find what is wrong in an answer by itself: cut, unfinished, bad links, secrets; and mend what needs no person."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, finding_in
from bot.core.fields import LINK_LIMIT, Unfit, link, shown
from bot.core.local_answers import language_of
from bot.core.models import Entry
from bot.core.redaction import FindingKind, redact
from bot.core.searching.languages import ENGLISH
from bot.core.searching.text import normalise

_TARGET = re.compile(r"\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)")
_BARE = re.compile(r"(?<![\w/@(])(?:[a-z][a-z0-9+-]{1,10}:/{1,3}|www\.)[^\s<>)\]\"'`*]+", re.IGNORECASE)
_ENDINGS = ".,;:!?"
_OTHER_SCHEMES = ("mailto:", "tel:")
_SCHEME = re.compile(r"[a-z][a-z0-9+-]{1,10}:|www\.", re.IGNORECASE)
_AS_ADDRESS = link(LINK_LIMIT)


def in_links(checked: Checked, domains: Collection[str]) -> Iterator[CheckFinding]:
    """Yield what is wrong with the links of an entry; those to other than the `domains` are shown as text."""
    for field, text in texts(checked):
        for address in dict.fromkeys(addresses(text)):
            yield from _faults(checked, field, address, domains)
    if checked.entry.source.url:
        yield from _faults(checked, "source.url", checked.entry.source.url, domains)


def addresses(text: str) -> list[str]:
    """Return the addresses in a text, those of Markdown links and bare ones, in order."""
    found = [(each.start(1), each[1]) for each in _TARGET.finditer(text)]
    found += [(each.start(), each[0].rstrip(_ENDINGS)) for each in _BARE.finditer(_TARGET.sub("]( ", text))]
    return [address for _, address in sorted(found)]


def encrypted(text: str, domains: Collection[str]) -> str:
    """Return a text whose links to these domains begin with `https://`."""
    for address in addresses(text):
        if _is_plain(address) and is_allowed(address, domains):
            text = text.replace(address, "https" + address[len("http") :])
    return text


def is_allowed(address: str, domains: Collection[str]) -> bool:
    """Return whether an address leads to one of these domains, or below."""
    host = (urlsplit(address).hostname or "").lower()
    return any(host == domain.lower() or host.endswith(f".{domain.lower()}") for domain in domains)


def _faults(checked: Checked, field: str, address: str, domains: Collection[str]) -> Iterator[CheckFinding]:
    if address.lower().startswith(_OTHER_SCHEMES):
        return
    fault = _malformed(address)
    if fault is not None:
        yield finding_in(checked, Check.LINK, Severity.ERROR, field=field, what=fault.what, remedy=fault.remedy)
        return
    allowed = is_allowed(_whole(address), domains)
    if not allowed:
        what = f"the bot shows the link to {shown(urlsplit(_whole(address)).hostname or address)} as text"
        remedy = "add the domain to FAQBOT_LINK_DOMAINS, or take the link out"
        yield finding_in(checked, Check.LINK, Severity.NOTE, field=field, what=what, remedy=remedy)
    if _is_plain(address):
        what, remedy = f"'{shown(address)}' is not encrypted", "begin it with https://"
        yield finding_in(checked, Check.LINK, Severity.WARNING, field=field, what=what, remedy=remedy, fixable=allowed)


def _malformed(address: str) -> Unfit | None:
    if not address:
        return Unfit("a link leads nowhere", "write its address, or take the link out")
    if not _SCHEME.match(address):
        what = f"'{shown(address)}' is an address within a site, which a chat does not know"
        return Unfit(what, "write it in full")
    accepted = _AS_ADDRESS(_whole(address))
    if isinstance(accepted, Unfit):
        return accepted
    host = (urlsplit(accepted).hostname or "").strip(".")
    if "." not in host or ".." in host:
        return Unfit(f"'{shown(address)}' is no address of a web page", "write it like https://help.your-site.com/page")
    return None


def _is_plain(address: str) -> bool:
    return address.lower().startswith("http://")


def _whole(address: str) -> str:
    return f"https://{address}" if address.lower().startswith("www.") else address


# Addresses and numbers of the house are what people ask an FAQ for.
_CONTACTS = frozenset({FindingKind.EMAIL, FindingKind.PHONE})


def in_secrets(checked: Checked) -> Iterator[CheckFinding]:
    """Yield the secrets in an entry, each kind once a text."""
    for field, text in texts(checked):
        for kind in dict.fromkeys(redact(text).found):
            if kind not in _CONTACTS:
                severity = Severity.WARNING if kind is FindingKind.CODE else Severity.ERROR
                what = f"the text holds what looks like a {kind}"
                remedy = "take it out, and change it where it counts"
                yield finding_in(checked, Check.SECRET, severity, field=field, what=what, remedy=remedy)


def mended(entry: Entry, domains: Collection[str]) -> Entry:
    """Return an entry without unseen characters and repeated paragraphs, its links to these domains encrypted."""

    def text(written: str) -> str:
        return encrypted(without_unseen(written), domains)

    url = entry.source.url
    return replace(
        entry,
        question=without_unseen(entry.question),
        aliases=tuple(without_unseen(alias) for alias in entry.aliases),
        answer=distinct_paragraphs(text(entry.answer)),
        staff_note=None if entry.staff_note is None else text(entry.staff_note),
        answers=tuple(
            replace(
                one,
                question=None if one.question is None else without_unseen(one.question),
                aliases=tuple(without_unseen(alias) for alias in one.aliases),
                answer=distinct_paragraphs(text(one.answer)),
            )
            for one in entry.answers
        ),
        source=replace(entry.source, url=None if url is None else encrypted(url, domains)),
    )


_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_LINKED = re.compile(r"\]\(|https?://|www\.")
_WORD = re.compile(r"\w")
_MARKS = r"\.\.\.|\u2026|[,:;(\[{\u2013\u2014/&+-]"
_CUT_MARK = re.compile(rf"(?:{_MARKS})\W*\Z")
_CUT_END = re.compile(
    rf"(?:{_MARKS}|\b(?:and|or|the|a|an|to|of|with|for|by|in|on|at|if|your|our|is|are|that|which|than|"
    r"as|from|into|because|when|where|who|be|was|were|will|must|should|may|called|named|its|their))\W*\Z",
    re.IGNORECASE,
)
# After a sentence with its stop, a second one in the line that has none, and is too long for a name or an address.
_UNENDED = re.compile(
    r"[^\W\d_]{2}[.!?][\"'\u201d\u2019)*]*\s+(?=[^\W\d_])(?![a-z])(?:[\w'\u2019*_,-]+\s+){3,}[\w'\u2019*_-]+\Z"
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
    yield from _excluded(checked)
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
    for field, named, one in checked.answers:
        question = one.question or checked.entry.question
        same = " ".join(one.answer.split()).casefold() == " ".join(question.split()).casefold()
        if not _WORD.search(one.answer) or same:
            what = f"{named}the answer only repeats the question" if same else f"{named}the answer has no words"
            remedy = "write one, or retire the entry" if field == "answer" else "write one, or take it out"
            yield finding_in(checked, Check.EMPTY, Severity.ERROR, field=field, what=what, remedy=remedy)


def _excluded(checked: Checked) -> Iterator[CheckFinding]:
    excluded = set(map(normalise, checked.entry.never))
    for text in checked.entry.every_phrasing:
        if normalise(text) in excluded:
            what = f"'{shown(text)}' is a phrasing, and the entry is never to answer it"
            remedy = "take it out of one of the two: faqbot faq alias or never, with --remove"
            yield finding_in(checked, Check.EXCLUDED, Severity.WARNING, field="never", what=what, remedy=remedy)


def _cut(checked: Checked) -> Iterator[CheckFinding]:
    for field, named, one in checked.answers:
        answer = one.answer.rstrip()
        is_english = language_of(one.locale or checked.entry.locale) == ENGLISH
        end = (_CUT_END if is_english else _CUT_MARK).search(answer)
        unclosed = answer.count("```") % 2 == 1
        is_cut = (
            unclosed
            or (end and not _CLOSED.search(answer))
            or answer.endswith(("...", "\u2026"))
            or "[\u2026](" in answer
        )
        if is_cut or _UNENDED.search(answer.split("\n")[-1]):
            last = "a code block stays open" if unclosed else f"the answer ends with '{shown(answer[-30:])}'"
            # Where nothing but a stop is missing, it may be no more than that.
            severity = Severity.WARNING if is_cut and not checked.excerpt else Severity.NOTE
            remedy = "take the whole text from its source" if checked.excerpt else "write it to its end"
            yield finding_in(checked, Check.CUT, severity, field=field, what=f"{named}{last}", remedy=remedy)


def _pointers(checked: Checked) -> Iterator[CheckFinding]:
    for field, named, one in checked.answers:
        found = next(filter(None, map(_pointer, _CODE.sub(" ", one.answer).split("\n"))), None)
        if found:
            what = f"{named}'{shown(found)}' points at what a message in a chat does not have"
            remedy = "write out the steps, or put the link there"
            yield finding_in(checked, Check.POINTER, Severity.WARNING, field=field, what=what, remedy=remedy)


def _pointer(line: str) -> str | None:
    """Return the words of a line that point at something without a link beside them."""
    found = next(filter(None, (each.search(line) for each in _POINTERS)), None)
    if found is None or _LINKED.search(line[max(0, found.start() - 80) : found.end() + 200]):
        return None
    return found[0]


def _repeated(checked: Checked) -> Iterator[CheckFinding]:
    for field, named, one in checked.answers:
        if distinct_paragraphs(one.answer) != "\n\n".join(re.split(r"\n[ \t]*\n", one.answer)):
            what, remedy = f"{named}a paragraph stands there more than once", "keep it once"
            yield finding_in(
                checked, Check.REPEATED, Severity.WARNING, field=field, what=what, remedy=remedy, fixable=True
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
