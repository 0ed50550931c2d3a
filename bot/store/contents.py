"""Turn entries into what columns hold, and back."""

from dataclasses import asdict
from datetime import date
from typing import Any

from bot.core.models import Audience, Entry, Source
from bot.store.records import Imported, Phrase, StoredEntry
from bot.store.tables import EntryRow


def columns_of(entry: Entry, imported: Imported | None) -> dict[str, Any]:
    """Return the columns that an entry fills, its phrasings aside."""
    columns = asdict(entry)
    del columns["aliases"]
    columns |= {f"source_{name}": value for name, value in columns.pop("source").items()}
    return columns | {
        "import_source": None if imported is None else imported.source,
        "import_digest": None if imported is None else imported.digest,
        "passages": [] if imported is None else list(imported.passages),
    }


def stored_entry(row: EntryRow, phrases: tuple[Phrase, ...], *, audience: Audience) -> StoredEntry:
    """Return what this audience may read of an entry that it may see."""
    return StoredEntry(
        entry=_entry(row, phrases, row.staff_note if audience is Audience.INTERNAL else None),
        phrases=phrases,
        version=row.version,
        content_version=row.content_version,
        updated_at=row.updated_at,
        imported=_imported(row),
    )


def _entry(row: EntryRow, phrases: tuple[Phrase, ...], staff_note: str | None) -> Entry:
    return Entry(
        id=row.id,
        question=row.question,
        answer=row.answer,
        aliases=tuple(phrase.text for phrase in phrases[1:]),
        staff_note=staff_note,
        audience=row.audience,
        category=row.category,
        region=row.region,
        locale=row.locale,
        status=row.status,
        source=Source(
            title=row.source_title,
            url=row.source_url,
            published=row.source_published,
            updated=row.source_updated,
            views=row.source_views,
        ),
        owner=row.owner,
        review_by=row.review_by,
        valid_until=row.valid_until,
    )


def _imported(row: EntryRow) -> Imported | None:
    if row.import_digest is None:
        return None
    return Imported(digest=row.import_digest, source=row.import_source, passages=tuple(row.passages))


def as_json(stored: StoredEntry) -> dict[str, Any]:
    """Return all that can change about an entry, as plain lists and dicts."""
    content = {name: _plain(value) for name, value in asdict(stored.entry).items()}
    del content["id"], content["aliases"]
    content["phrases"] = [asdict(phrase) for phrase in stored.phrases]
    content["imported"] = None if stored.imported is None else asdict(stored.imported)
    return content


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case dict():
            return {name: _plain(item) for name, item in value.items()}
        case _:
            return value
