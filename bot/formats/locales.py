"""Detect the language of records that do not name it, by the text of their file."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core.searching.languages import language_of_page
from bot.formats.records import Document, Doubtful, Record

_SAMPLE = 20_000
_NO_WORDS = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|<[^<>\s]*>|\]\([^()]*\)|https?://\S+", re.DOTALL)


def with_locales(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return the documents with a language on each record, as far as their texts settle it.

    The language is that of a whole file, or, where that says too little, of most other files.
    """
    documents = tuple(documents)
    found = [_language(_unknown(document)) for document in documents]
    counts = Counter(name for name in found if name is not None)
    usual = max(counts, key=lambda name: (counts[name], name)) if counts else None
    return tuple(_with(document, name or usual) for document, name in zip(documents, found, strict=True))


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
