"""Write entries: every change leaves the earlier version and a line in the audit log.

A phrasing belongs to one entry per audience and locale.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from bot.core.models import Audience, Entry, Origin
from bot.core.searching.text import normalise
from bot.core.wording.refusals import words_of
from bot.errors import EntryFieldError, PhraseTakenError
from bot.store import audit
from bot.store.database import Transaction, chunks
from bot.store.entries import as_json, columns_of, read
from bot.store.records import AuditRecord, Change, Draft, Phrase, StoredEntry
from bot.store.tables import AnswerRow, EntryRevisionRow, EntryRow, PhraseRow
from bot.store.vectors import drop_unsaid

# PostgreSQL indexes at most some 2,700 bytes.
LONGEST_PHRASE = 500


async def save_entry(tx: Transaction, draft: Draft, *, change: Change) -> StoredEntry:
    """Insert or update one entry."""
    return (await save_entries(tx, [draft], change=change))[0]


async def save_entries(tx: Transaction, drafts: Sequence[Draft], *, change: Change) -> tuple[StoredEntry, ...]:
    """Insert or update entries, as `save_each` does, and return them all."""
    return tuple([stored async for stored in save_each(tx, drafts, change=change)])


async def save_each(tx: Transaction, drafts: Sequence[Draft], *, change: Change) -> AsyncIterator[StoredEntry]:
    """Insert or update entries, and yield each as it is stored; phrasings may move between them.

    A phrasing that is left out is removed, and one that says the same as an earlier phrasing of its entry is
    left out. One that belongs to another entry is refused, and then the transaction has to be given up.
    Some are written at a time: what is written of a hundred thousand entries need not be in memory at once.
    """
    before: dict[str, StoredEntry] = {}
    for some in chunks(drafts):  # all phrasings are free before any is given away
        old = await _stored(tx, some)
        await _write_entries(tx, some, old, change)
        await tx.execute(delete(PhraseRow).where(PhraseRow.entry_id.in_(list(old))))
        await tx.execute(delete(AnswerRow).where(AnswerRow.entry_id.in_(list(old))))
        before |= old
    for some in chunks(drafts):
        await _add_phrases(tx, [_phrased(draft, before.get(draft.entry.id), change) for draft in some])
        await _add_answers(tx, [draft.entry for draft in some])
        after = await _stored(tx, some)
        await drop_unsaid(tx, [stored.entry for stored in after.values()])
        await audit.append_all(tx, [_recorded(tx, before.get(name), stored, change) for name, stored in after.items()])
        for draft in some:
            yield after[draft.entry.id]


def _phrased(draft: Draft, old: StoredEntry | None, change: Change) -> "Phrased":
    if draft.released:
        return Phrased(draft.entry, ())
    return phrases_of(
        draft.entry,
        known=() if old is None else old.phrases,
        origin=draft.origin,
        approved_by=None if draft.origin is Origin.IMPORT else change.actor,
    )


async def _stored(tx: Transaction, drafts: Sequence[Draft]) -> dict[str, StoredEntry]:
    stored = await read(tx, EntryRow.id.in_([draft.entry.id for draft in drafts]), audience=Audience.INTERNAL)
    return {one.entry.id: one for one in stored}


async def _write_entries(
    tx: Transaction, drafts: Sequence[Draft], before: Mapping[str, StoredEntry], change: Change
) -> None:
    added, changed = [], []
    for draft in drafts:
        old = before.get(draft.entry.id)
        columns = _columns(draft, old, change)
        if old is None:
            added.append(columns | {"version": 1, "created_at": change.at})
        else:
            changed.append(columns | {"version": old.version + 1})
    if added:
        await tx.execute(insert(EntryRow), added)
    if changed:
        await tx.execute(update(EntryRow), changed)


def _columns(draft: Draft, old: StoredEntry | None, change: Change) -> dict[str, Any]:
    imported = draft.imported if draft.imported or not old else old.imported
    columns = columns_of(draft.entry, imported)
    return columns | {"content_version": change.content_version, "updated_at": change.at}


def _recorded(tx: Transaction, old: StoredEntry | None, new: StoredEntry, change: Change) -> AuditRecord:
    """Return what the log has about a change, and add the earlier version to the revisions."""
    before, after = None, as_json(new)
    if old is not None:
        whole = as_json(old)
        tx.add(_revision(old, whole, change))
        different = [name for name in after if whole[name] != after[name]]
        before, after = {name: whole[name] for name in different}, {name: after[name] for name in different}
    return AuditRecord(
        actor=change.actor,
        action="add" if old is None else "change",
        object=f"entry:{new.entry.id}",
        at=change.at,
        reason=change.reason,
        before=before,
        after=after,
    )


def _revision(old: StoredEntry, content: dict[str, Any], change: Change) -> EntryRevisionRow:
    return EntryRevisionRow(
        entry_id=old.entry.id,
        version=old.version,
        content=content,
        replaced_by=change.actor,
        replaced_at=change.at,
        reason=change.reason,
    )


@dataclass(frozen=True, slots=True)
class Phrased:
    """An entry with its phrases as they are to be stored, the question first."""

    entry: Entry
    phrases: tuple[Phrase, ...]


def phrases_of(entry: Entry, *, known: Sequence[Phrase], origin: Origin, approved_by: str | None) -> Phrased:
    """Return an entry with its phrases: known ones keep their origin, and what says the same is there once."""
    by_words = {phrase.normalised: phrase for phrase in known}
    phrases: dict[tuple[str, str], Phrase] = {}
    for locale, text in with_locales(entry):
        words = normalise(text)
        if not 0 < len(words) <= LONGEST_PHRASE:
            field = "aliases" if phrases else "question"
            raise EntryFieldError(field, text, words_of(LONGEST_PHRASE))
        old = by_words.get(words)
        made = (old.origin, old.approved_by) if old else (origin, approved_by)
        phrase = Phrase(text=text, normalised=words, origin=made[0], locale=locale, approved_by=made[1])
        phrases.setdefault((words, locale), phrase)
    return Phrased(entry, tuple(phrases.values()))


def with_locales(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the phrasings of an entry, each with its locale, its question first."""
    yield from ((entry.locale, text) for text in entry.phrasings)
    yield from ((one.locale or entry.locale, text) for one in entry.answers for text in one.phrasings)


async def _add_answers(tx: Transaction, entries: Sequence[Entry]) -> None:
    rows = [
        {
            "entry_id": entry.id,
            "position": position,
            "locale": one.locale,
            "region": one.region,
            "question": one.question,
            "answer": one.answer,
        }
        for entry in entries
        for position, one in enumerate(entry.answers)
    ]
    if rows:
        await tx.execute(insert(AnswerRow), rows)


async def _add_phrases(tx: Transaction, phrased: Sequence[Phrased]) -> None:
    """Add the phrases of entries that have none; raise for the first one that another entry has."""
    await _refuse_taken(tx, phrased)
    for few in chunks(phrased):
        rows = [_phrase_row(one.entry, position, phrase) for one in few for position, phrase in enumerate(one.phrases)]
        if rows:
            await tx.execute(insert(PhraseRow), rows)


def _phrase_row(entry: Entry, position: int, phrase: Phrase) -> dict[str, Any]:
    return {
        "entry_id": entry.id,
        "position": position,
        "text": phrase.text,
        "normalised": phrase.normalised,
        "audience": entry.audience,
        "locale": phrase.locale,
        "origin": phrase.origin,
        "approved_by": phrase.approved_by,
    }


async def release_phrases(tx: Transaction, entry_id: str) -> None:
    """Release the phrasings of a retired entry to others; its history keeps them."""
    await tx.execute(delete(PhraseRow).where(PhraseRow.entry_id == entry_id))


async def _refuse_taken(tx: Transaction, phrased: Sequence[Phrased]) -> None:
    """Raise an error for a phrase that is taken; since the content is locked, nobody can take one after this look."""
    owners: dict[tuple[str, Audience, str], str] = {}
    texts: dict[str, str] = {}
    for one in phrased:
        for phrase in one.phrases:
            owner = owners.setdefault((phrase.normalised, one.entry.audience, phrase.locale), one.entry.id)
            if owner != one.entry.id:
                raise PhraseTakenError(phrase.text, owner)
            texts[phrase.normalised] = phrase.text
    for some in chunks(list(texts)):
        columns = (PhraseRow.normalised, PhraseRow.audience, PhraseRow.locale, PhraseRow.entry_id)
        taken = await tx.execute(select(*columns).where(PhraseRow.normalised.in_(some)))
        for words, audience, locale, owner in taken:
            if (words, audience, locale) in owners:
                raise PhraseTakenError(texts[words], owner)
