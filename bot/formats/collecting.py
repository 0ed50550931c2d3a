"""Collect the records of several files: no id or phrasing twice, and each in the language of its text."""

import re
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bot.core.fields import ANSWER_LIMIT
from bot.core.models import Audience, Entry, Source, Status
from bot.core.searching.languages import language_of_page
from bot.errors import Problem
from bot.formats.records import DEFAULT_LOCALE, NO_SOURCE, CollectedEntry, Document, Doubtful, Record
from bot.formats.titles import assign_ids, normalise_key, repeated, title_key

_SAMPLE = 20_000
_ENDED = re.compile(r"[.!?)\]\"'\u201d\u2019*`>|:\u3002\uff01\uff1f]\Z")
_NO_WORDS = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|<[^<>\s]*>|\]\([^()]*\)|https?://\S+", re.DOTALL)


def with_locales(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return the documents with a language on each record, as far as their texts settle it.

    The language is that of a whole file, or, where that says too little, of its columns' names or of most other files.
    """
    documents = tuple(documents)
    found = [_language(_unknown(document)) for document in documents]
    counts = Counter(name for name in found if name is not None)
    usual = max(counts, key=lambda name: (counts[name], name)) if counts else None
    return tuple(
        _with(document, name or document.language or usual) for document, name in zip(documents, found, strict=True)
    )


def _unknown(document: Document) -> list[Record]:
    doubtful = (each.record for each in document.doubtful if each.record is not None)
    return [record for record in (*document.records, *doubtful) if record.locale is None and not record.answers]


def _language(records: Sequence[Record]) -> str | None:
    texts: list[str] = []
    size = 0
    for record in records:
        if size > _SAMPLE:
            break
        texts.append("\n".join((record.question, *record.passages))[:_SAMPLE])
        size += len(texts[-1])
    return language_of_page(_NO_WORDS.sub(" ", "\n".join(texts))) if texts else None


def _with(document: Document, locale: str | None) -> Document:
    if locale is None:
        return document
    records = tuple(_located(record, locale) for record in document.records)
    doubtful = tuple(
        Doubtful(problem=each.problem, record=each.record and _located(each.record, locale))
        for each in document.doubtful
    )
    return replace(document, records=records, doubtful=doubtful)


def _located(record: Record, locale: str) -> Record:
    return record if record.locale is not None or record.answers else replace(record, locale=locale)


def find_conflicts(drafts: Sequence[CollectedEntry]) -> Iterator[Problem]:
    """Yield each fault that only shows once all files are read."""
    yield from _shared_ids(drafts)
    yield from _shared_phrasings(drafts)
    yield from _wordless(drafts)
    yield from _too_long(drafts)


def _shared_ids(drafts: Iterable[CollectedEntry]) -> Iterator[Problem]:
    first: dict[str, CollectedEntry] = {}
    for draft in drafts:
        other = first.setdefault(draft.entry.id, draft)
        if other is not draft:
            what = f"the id '{draft.entry.id}' is already that of {other.place}"
            yield draft.problem("id", what, "give one of the two another id, or take one out")


def _shared_phrasings(drafts: Sequence[CollectedEntry]) -> Iterator[Problem]:
    """Yield phrasings on two entries; entries with one id are left out, they are reported as such."""
    first: dict[tuple[str, str, str], CollectedEntry] = {}
    shared = repeated(key for draft in drafts for _, _, key in _keyed(draft))
    for draft in drafts:
        for field, phrase, key in _keyed(draft):
            if hash(key) not in shared:
                continue
            other = first.setdefault(key, draft) if key[0] else draft
            if other.entry.id != draft.entry.id:
                what = f"'{phrase}' is already a phrasing of '{other.entry.id}' ({other.place})"
                yield draft.problem(field, what, "keep it on one of the two, or make them one entry")


def _keyed(draft: CollectedEntry) -> Iterator[tuple[str, str, tuple[str, str, str]]]:
    """Yield the phrasings, each with its field and with what no other entry may have."""
    for field, locale, phrase in _phrasings(draft):
        yield field, phrase, (normalise_key(phrase), draft.entry.audience, locale)


def _wordless(drafts: Iterable[CollectedEntry]) -> Iterator[Problem]:
    for draft in drafts:
        for field, _, phrase in _phrasings(draft):
            if not normalise_key(phrase):
                yield draft.problem(field, f"'{phrase}' has no letters or digits", "write it in words")


def _too_long(drafts: Iterable[CollectedEntry]) -> Iterator[Problem]:
    """Yield answers that only grew too long by merging; readers report those that came too long."""
    for draft in drafts:
        length = len(draft.entry.answer)
        if length > ANSWER_LIMIT:
            what = f"the answers under this title have {length:,} characters together, more than {ANSWER_LIMIT:,}"
            yield draft.problem("answer", what, "give one of the records another title")


def _phrasings(draft: CollectedEntry) -> Iterator[tuple[str, str, str]]:
    """Yield the phrasings, each with its field and its locale."""
    entry = draft.entry
    yield "question", entry.locale, entry.question
    yield from (("aliases", entry.locale, alias) for alias in entry.aliases)
    yield from (("answers", one.locale or entry.locale, text) for one in entry.answers for text in one.phrasings)


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Name the records, by file and line, that became one entry because their titles are the same."""

    id: str
    question: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """The entries of an import and everything that speaks against it."""

    entries: tuple[CollectedEntry, ...]
    problems: tuple[Problem, ...]
    merged: tuple[Merged, ...]
    named: frozenset[str] = frozenset()
    """The ids that the files name; others were made from titles."""


def collect(documents: Iterable[Document], *, audience: Audience = Audience.PUBLIC) -> Collected:
    """Return one draft for each id and each title, and all problems, those of the documents first.

    Records without an id whose titles are the same become one entry. `audience` is for records that name none.
    Files are taken in the order of their names, so that the order in which they are given changes nothing.
    """
    read = list(documents)
    records = sorted((r for d in read for r in d.records), key=lambda r: (r.file, r.line))
    problems = [problem for document in read for problem in document.problems]
    read.clear()
    groups = deque(_group(records))
    explicit = {record.id for record in records if record.id is not None}
    del records  # of a large table drafts and records are not all there at once
    ids = assign_ids({title_key(group[0].question) for group in groups if group[0].id is None}, taken=explicit)
    drafts: list[CollectedEntry] = []
    merged: list[Merged] = []
    while groups:
        group = groups.popleft()
        drafts.append(_draft(group, ids=ids, audience=audience))
        if len(group) > 1:
            merged.append(_merged(drafts[-1], group))
    problems += find_conflicts(drafts)
    return Collected(entries=tuple(drafts), problems=tuple(problems), merged=tuple(merged), named=frozenset(explicit))


def _group(records: Iterable[Record]) -> list[list[Record]]:
    """Return the records that become one entry together; what has an id of its own stays alone."""
    groups: dict[object, list[Record]] = {}
    for record in records:
        title = (title_key(record.question), record.audience, record.locale)
        groups.setdefault(title if record.id is None else id(record), []).append(record)
    return list(groups.values())


def _merged(draft: CollectedEntry, group: Sequence[Record]) -> Merged:
    return Merged(id=draft.entry.id, question=draft.entry.question, places=tuple(record.place for record in group))


def _draft(group: Sequence[Record], *, ids: dict[str, str], audience: Audience) -> CollectedEntry:
    """Return one entry for the group: the newest record speaks first, the text of all is kept."""
    ranked = sorted(group, key=lambda record: record.source.updated or date.min, reverse=True)
    newest = ranked[0]
    source = _merge_sources([record.source for record in ranked])
    passages = _distinct_passages(group, source.url)
    entry = Entry(
        id=newest.id or ids[title_key(newest.question)],
        question=newest.question,
        answer="\n\n".join(passages),
        aliases=_distinct_aliases(newest.question, (alias for record in group for alias in record.aliases)),
        staff_note=_first(record.staff_note for record in ranked),
        audience=newest.audience or audience,
        category=_shared(_first(record.category for record in ranked)),
        region=_first(record.region for record in ranked),
        locale=newest.locale or DEFAULT_LOCALE,
        status=_first(record.status for record in ranked) or Status.PUBLISHED,
        source=source,
        owner=_first(record.owner for record in ranked),
        review_by=_first(record.review_by for record in ranked),
        valid_until=_first(record.valid_until for record in ranked),
        answers=_first(record.answers or None for record in ranked) or (),
        threshold=_first(record.threshold for record in ranked),
        never=tuple(dict.fromkeys(text for record in ranked for text in record.never)),
        hours=_first(record.hours for record in ranked),
        channels=_first(record.channels for record in ranked),
        cooldown=_first(record.cooldown for record in ranked),
    )
    return CollectedEntry(
        entry=entry,
        file=group[0].file,
        line=group[0].line,
        excerpt=all(record.excerpt for record in group),
        passages=passages,
    )


def _shared(category: str | None) -> str | None:
    """Return a category as one text for all its entries."""
    return None if category is None else sys.intern(category)


def _merge_sources(newest_first: Sequence[Source]) -> Source:
    """Return the newest title, link and update with the earliest publication and the larger view count."""
    if all(source == NO_SOURCE for source in newest_first):
        return NO_SOURCE  # one for all: of most entries in a table nothing is known
    return Source(
        title=_first(source.title for source in newest_first),
        url=_first(source.url for source in newest_first),
        published=min((s.published for s in newest_first if s.published is not None), default=None),
        updated=newest_first[0].updated,
        views=max((s.views for s in newest_first if s.views is not None), default=None),
    )


def _distinct_passages(group: Sequence[Record], url: str | None) -> tuple[str, ...]:
    """Return the passages in order, each once; white space makes no difference. Excerpts that break off show it."""
    kept: dict[str, str] = {}
    for record in group:
        for passage in record.passages:
            kept.setdefault(" ".join(passage.split()), _marked(passage, url) if record.excerpt else passage)
    return tuple(kept.values())


def _marked(excerpt: str, url: str | None) -> str:
    """Return an excerpt with an ellipsis where it breaks off, which leads to the whole text where that is known."""
    text = excerpt.rstrip().removesuffix("...").removesuffix("\u2026")
    if text == excerpt.rstrip() and _ENDED.search(text):
        return excerpt
    mark = "\u2026" if url is None else f"[\u2026]({url})"
    return f"{text.rstrip()} {mark}"


def _distinct_aliases(question: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return the aliases in order, without those that say what the question or an earlier one says."""
    seen = {normalise_key(question)}
    kept = []
    for alias in aliases:
        key = normalise_key(alias)
        if key not in seen:
            seen.add(key)
            kept.append(alias)
    return tuple(kept)


def _first(values: Iterable[_T | None]) -> _T | None:
    """Return the first value that is there."""
    return next((value for value in values if value is not None), None)
