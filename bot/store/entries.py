"""Read entries, their categories, and the version of the content: nothing that the audience may not read."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, and_, func, not_, or_, select, update
from sqlalchemy.orm import defer

from bot.core.fields import fields_of
from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Source, Status
from bot.errors import EntryNotFoundError
from bot.store.database import Transaction, chunks
from bot.store.records import Change, EntryChanges, EntryFilter, Imported, Phrase, StoredEntry
from bot.store.tables import AnswerRow, EntryRow, MetaRow, PhraseRow


async def count_categories(tx: Transaction) -> Mapping[str | None, int]:
    """Return how many entries of any status each category has; None is that of entries without one."""
    query = select(EntryRow.category, func.count()).group_by(EntryRow.category)
    return {name: count for name, count in await tx.execute(query)}  # noqa: C416  # rows are no pairs to mypy


EVERY_ENTRY = EntryFilter()
PUBLISHED = (Status.PUBLISHED,)
# Of 100 for the same id; a slip or two of the keys leaves more than this.
_SIMILAR = 75
_MOST_SIMILAR = 3


async def load_entries(
    tx: Transaction, *, audience: Audience, since: int = 0, statuses: Iterable[Status] = PUBLISHED
) -> EntryChanges:
    """Return the entries of these statuses that changed after a content version, and the ids of those now gone.

    An id counts as gone when the entry changed and cannot be read any more: it was retired, say, or became
    internal. An id can be gone that this audience never saw.
    """
    # Asked first: what changes in between is then loaded again next time, and never missed.
    version = await content_version(tx)
    changed = EntryRow.content_version > since
    wanted = and_(_visible(audience), EntryRow.status.in_(statuses))
    entries = await read(tx, changed, wanted, audience=audience)
    gone = select(EntryRow.id).where(changed, not_(wanted)).order_by(EntryRow.id)
    removed = tuple(await tx.scalars(gone)) if since else ()
    return EntryChanges(content_version=version, entries=entries, removed=removed)


async def answerable(tx: Transaction, entry_ids: Iterable[str], *, audience: Audience) -> Mapping[str, Entry]:
    """Return those of the entries that this audience is answered from, by their ids."""
    found = await read(
        tx, EntryRow.id.in_(entry_ids), EntryRow.status.in_(PUBLISHED), _visible(audience), audience=audience
    )
    return {stored.entry.id: stored.entry for stored in found}


async def get_entry(tx: Transaction, entry_id: str, *, audience: Audience) -> StoredEntry:
    """Return one entry of any status; what the audience may not see does not exist for it."""
    found = await read(tx, EntryRow.id == entry_id, _visible(audience), audience=audience)
    if not found:
        raise EntryNotFoundError(entry_id, await _similar(tx, entry_id, audience))
    return found[0]


async def _similar(tx: Transaction, entry_id: str, audience: Audience) -> tuple[str, ...]:
    """Return the ids that somebody may have meant, the likeliest first."""
    ids = (await tx.scalars(select(EntryRow.id).where(_visible(audience)))).all()
    found = process.extract(entry_id.casefold(), ids, scorer=fuzz.ratio, limit=_MOST_SIMILAR, score_cutoff=_SIMILAR)
    return tuple(name for name, _, _ in found)


async def every_entry(tx: Transaction) -> AsyncIterator[StoredEntry]:
    """Yield all entries, some read at a time: the rows of a hundred thousand take more memory than what they say."""
    for some in chunks((await tx.scalars(select(EntryRow.id).order_by(EntryRow.id))).all()):
        for stored in await read(tx, EntryRow.id.in_(some), audience=Audience.INTERNAL):
            yield stored


async def entries_after(tx: Transaction, version: int) -> tuple[StoredEntry, ...]:
    """Return the entries of any status that changed after a content version, sorted by id."""
    return await read(tx, EntryRow.content_version > version, audience=Audience.INTERNAL)


async def list_entries(
    tx: Transaction, *, audience: Audience, wanted: EntryFilter = EVERY_ENTRY
) -> tuple[StoredEntry, ...]:
    """Return the entries that a filter lets through, sorted by id."""
    return await read(tx, _visible(audience), *_conditions(wanted), audience=audience)


async def added_between(tx: Transaction, since: datetime, until: datetime) -> tuple[str, ...]:
    """Return the published entries for everybody that were added from a time until before another, the oldest first."""
    wanted = (EntryRow.audience == Audience.PUBLIC, EntryRow.status == Status.PUBLISHED)
    added = select(EntryRow.id).where(*wanted, EntryRow.created_at >= since, EntryRow.created_at < until)
    return tuple(await tx.scalars(added.order_by(EntryRow.created_at, EntryRow.id)))


async def read(tx: Transaction, *conditions: ColumnElement[bool], audience: Audience) -> tuple[StoredEntry, ...]:
    """Return the entries that meet all conditions, sorted by id, with their phrases."""
    entries = select(EntryRow).where(*conditions)
    if audience is not Audience.INTERNAL:
        entries = entries.options(defer(EntryRow.staff_note, raiseload=True))
    rows = (await tx.scalars(entries)).all()
    phrases, answers = await _phrases(tx, conditions), await _answers(tx, conditions)
    found = [
        stored_entry(row, tuple(phrases[row.id]), _local_answers(answers[row.id], phrases[row.id]), audience=audience)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda stored: stored.entry.id))


async def _phrases(tx: Transaction, conditions: Iterable[ColumnElement[bool]]) -> defaultdict[str, list[Phrase]]:
    columns = (PhraseRow.text, PhraseRow.normalised, PhraseRow.origin, PhraseRow.locale, PhraseRow.approved_by)
    query = select(PhraseRow.entry_id, *columns).join(EntryRow).where(*conditions)
    phrases: defaultdict[str, list[Phrase]] = defaultdict(list)
    for entry_id, text, normalised, origin, locale, by in await tx.execute(
        query.order_by(PhraseRow.entry_id, PhraseRow.position)
    ):
        phrase = Phrase(text=text, normalised=normalised, origin=origin, locale=locale, approved_by=by)
        phrases[entry_id].append(phrase)
    return phrases


async def _answers(tx: Transaction, conditions: Iterable[ColumnElement[bool]]) -> defaultdict[str, list[LocalAnswer]]:
    columns = (AnswerRow.answer, AnswerRow.locale, AnswerRow.region, AnswerRow.question)
    query = select(AnswerRow.entry_id, *columns).join(EntryRow).where(*conditions)
    answers: defaultdict[str, list[LocalAnswer]] = defaultdict(list)
    for entry_id, answer, locale, region, question in await tx.execute(
        query.order_by(AnswerRow.entry_id, AnswerRow.position)
    ):
        answers[entry_id].append(LocalAnswer(answer=answer, locale=locale, region=region, question=question))
    return answers


def _local_answers(answers: Iterable[LocalAnswer], phrases: Sequence[Phrase]) -> tuple[LocalAnswer, ...]:
    """Return the further answers of an entry, the first of each locale with its phrasings."""
    seen: set[str | None] = {None}
    found = []
    for one in answers:
        texts = () if one.locale in seen else (each.text for each in phrases if each.locale == one.locale)
        found.append(replace(one, aliases=tuple(text for text in texts if text != one.question)))
        seen.add(one.locale)
    return tuple(found)


def _visible(audience: Audience) -> ColumnElement[bool]:
    return EntryRow.audience.in_([meant_for for meant_for in Audience if audience.sees(meant_for)])


def _conditions(wanted: EntryFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.categories is not None:
        yield EntryRow.category.in_(wanted.categories)
    if wanted.status is not None:
        yield EntryRow.status == wanted.status
    if wanted.audience is not None:
        yield EntryRow.audience == wanted.audience
    if wanted.holds_on is not None:
        yield or_(EntryRow.valid_until.is_(None), EntryRow.valid_until >= wanted.holds_on)
    if wanted.text is not None:
        phrased = select(PhraseRow.entry_id).where(PhraseRow.text.icontains(wanted.text, autoescape=True))
        answered = select(AnswerRow.entry_id).where(AnswerRow.answer.icontains(wanted.text, autoescape=True))
        own = EntryRow.answer.icontains(wanted.text, autoescape=True)
        yield or_(EntryRow.id.in_(phrased), EntryRow.id.in_(answered), own)


def columns_of(entry: Entry, imported: Imported | None) -> dict[str, Any]:
    """Return the columns that an entry fills, its phrasings aside."""
    columns = fields_of(entry)
    del columns["aliases"], columns["answers"], columns["source"]
    columns["never"] = list(entry.never)
    columns |= {f"source_{name}": value for name, value in fields_of(entry.source).items()}
    return columns | {
        "import_source": None if imported is None else imported.source,
        "import_digest": None if imported is None else imported.digest,
        "passages": [] if imported is None else list(imported.passages),
    }


def stored_entry(
    row: EntryRow, phrases: tuple[Phrase, ...], answers: tuple[LocalAnswer, ...], *, audience: Audience
) -> StoredEntry:
    """Return what this audience may read of an entry that it may see."""
    return StoredEntry(
        entry=_entry(row, phrases, answers, row.staff_note if audience is Audience.INTERNAL else None),
        phrases=phrases,
        version=row.version,
        content_version=row.content_version,
        updated_at=row.updated_at,
        imported=_imported(row),
    )


def _entry(
    row: EntryRow, phrases: tuple[Phrase, ...], answers: tuple[LocalAnswer, ...], staff_note: str | None
) -> Entry:
    return Entry(
        id=row.id,
        question=row.question,
        answer=row.answer,
        aliases=tuple(phrase.text for phrase in phrases[1:] if phrase.locale == row.locale),
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
        answers=answers,
        threshold=row.threshold,
        never=tuple(row.never),
        hours=row.hours,
        channels=row.channels,
        cooldown=row.cooldown,
    )


def _imported(row: EntryRow) -> Imported | None:
    if row.import_digest is None:
        return None
    return Imported(digest=row.import_digest, source=row.import_source, passages=tuple(row.passages))


def as_json(stored: StoredEntry) -> dict[str, Any]:
    """Return all that can change about an entry, as plain lists and dicts."""
    content = _plain(fields_of(stored.entry))
    del content["id"], content["aliases"]
    content["answers"] = [_plain(fields_of(one)) for one in stored.entry.answers]
    content["source"] = _plain(fields_of(stored.entry.source))
    content["phrases"] = [fields_of(phrase) for phrase in stored.phrases]
    content["imported"] = None if stored.imported is None else fields_of(stored.imported)
    return content


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _as_json(value) for name, value in fields.items()}


def _as_json(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


async def content_version(tx: Transaction) -> int:
    """Return the number of the last change of what can be answered."""
    return (await tx.scalars(select(MetaRow.content_version))).one()


async def lock_content(tx: Transaction) -> None:
    """Wait for everybody who is changing the content, and make the next one wait for this transaction."""
    await tx.execute(select(MetaRow.id).with_for_update())


async def begin_change(tx: Transaction, *, actor: str, at: datetime, reason: str | None = None) -> Change:
    """Return the leave to change entries, under a new content version, and with the content locked."""
    step = update(MetaRow).values(content_version=MetaRow.content_version + 1).returning(MetaRow.content_version)
    version = (await tx.scalars(step)).one()
    return Change(actor=actor, at=at, reason=reason, content_version=version)
