"""Store the phrasings of entries; each belongs to one entry per audience and locale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import delete, insert, select

from bot.core.models import Audience, Entry, Origin
from bot.core.searching.text import normalise
from bot.errors import EntryFieldError, PhraseTakenError
from bot.store.database import Transaction, chunks
from bot.store.records import Phrase
from bot.store.tables import PhraseRow

# PostgreSQL indexes at most some 2,700 bytes.
LONGEST_PHRASE = 500


@dataclass(frozen=True, slots=True)
class Phrased:
    """An entry with its phrases as they are to be stored, the question first."""

    entry: Entry
    phrases: tuple[Phrase, ...]


def phrases_of(entry: Entry, *, known: Sequence[Phrase], origin: Origin, approved_by: str | None) -> Phrased:
    """Return an entry with its phrases: known ones keep their origin, and what says the same is there once."""
    by_words = {phrase.normalised: phrase for phrase in known}
    phrases: dict[str, Phrase] = {}
    for text in entry.phrasings:
        words = normalise(text)
        if not 0 < len(words) <= LONGEST_PHRASE:
            field = "aliases" if phrases else "question"
            raise EntryFieldError(field, text, f"words, at most {LONGEST_PHRASE} characters of them")
        old = by_words.get(words)
        made = (old.origin, old.approved_by) if old else (origin, approved_by)
        phrases.setdefault(words, Phrase(text=text, normalised=words, origin=made[0], approved_by=made[1]))
    return Phrased(entry, tuple(phrases.values()))


async def replace_phrases(tx: Transaction, phrased: Sequence[Phrased]) -> None:
    """Replace the phrases of these entries; raise for the first one that another entry has."""
    for some in chunks([one.entry.id for one in phrased]):
        await tx.execute(delete(PhraseRow).where(PhraseRow.entry_id.in_(some)))
    await _refuse_taken(tx, phrased)
    rows = [
        {
            "entry_id": one.entry.id,
            "position": position,
            "text": phrase.text,
            "normalised": phrase.normalised,
            "audience": one.entry.audience,
            "locale": one.entry.locale,
            "origin": phrase.origin,
            "approved_by": phrase.approved_by,
        }
        for one in phrased
        for position, phrase in enumerate(one.phrases)
    ]
    if rows:
        await tx.execute(insert(PhraseRow), rows)


async def release_phrases(tx: Transaction, entry_id: str) -> None:
    """Release the phrasings of a retired entry to others; its history keeps them."""
    await tx.execute(delete(PhraseRow).where(PhraseRow.entry_id == entry_id))


async def _refuse_taken(tx: Transaction, phrased: Sequence[Phrased]) -> None:
    """Raise an error for a phrase that is taken; since the content is locked, nobody can take one after this look."""
    owners: dict[tuple[str, Audience, str], str] = {}
    texts: dict[str, str] = {}
    for one in phrased:
        for phrase in one.phrases:
            owner = owners.setdefault((phrase.normalised, one.entry.audience, one.entry.locale), one.entry.id)
            if owner != one.entry.id:
                raise PhraseTakenError(phrase.text, owner)
            texts[phrase.normalised] = phrase.text
    for some in chunks(list(texts)):
        columns = (PhraseRow.normalised, PhraseRow.audience, PhraseRow.locale, PhraseRow.entry_id)
        taken = await tx.execute(select(*columns).where(PhraseRow.normalised.in_(some)))
        for words, audience, locale, owner in taken:
            if (words, audience, locale) in owners:
                raise PhraseTakenError(texts[words], owner)
