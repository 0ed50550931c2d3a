"""Store the vectors of entries' texts, as long as the texts exist: a start need not encode them again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from sqlalchemy import delete, select, tuple_

from bot.core.models import Audience, Entry
from bot.core.searching.entry_texts import texts_of
from bot.store.database import Transaction, chunks, insert_into
from bot.store.entries import read
from bot.store.tables import EntryRow, VectorRow

Vector = npt.NDArray[np.float32]
_KIND = np.dtype("<f2")  # an index compares them at this precision
_SIZE = 16


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text of an entry, and its vector."""

    entry_id: str
    text: str
    vector: Vector


def digest(text: str) -> bytes:
    """Return what a text is found by, without the text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()


async def load_vectors(
    tx: Transaction, *, model: str, entry_ids: Collection[str] | None = None
) -> Mapping[bytes, Vector]:
    """Return the vectors that a model gave the texts of these entries, or of all, by the digests of the texts."""
    query = select(VectorRow.text, VectorRow.vector).where(VectorRow.model == model)
    if entry_ids is None:
        found = (await tx.execute(query)).all()
    else:
        found = [
            row
            for some in chunks(list(entry_ids))
            for row in (await tx.execute(query.where(VectorRow.entry_id.in_(some)))).all()
        ]
    if not found:
        return {}
    vectors = np.frombuffer(b"".join(vector for _, vector in found), _KIND).astype(np.float32)
    return dict(zip((text for text, _ in found), vectors.reshape(len(found), -1), strict=True))


async def save_vectors(tx: Transaction, encoded: Sequence[Encoded], *, role: str, model: str) -> None:
    """Store vectors, replacing those of another model in the same role; the content has to be locked.

    What an entry does not say any more is left out: nobody would ever remove its vector.
    """
    said = await _said(tx, {one.entry_id for one in encoded})
    rows = [
        {
            "entry_id": one.entry_id,
            "text": key,
            "role": role,
            "model": model,
            "vector": one.vector.astype(_KIND).tobytes(),
        }
        for one in encoded
        if (key := digest(one.text)) in said.get(one.entry_id, frozenset())
    ]
    if rows:
        step = insert_into(tx, VectorRow)
        replaced = {"model": step.excluded.model, "vector": step.excluded.vector}
        await tx.execute(step.on_conflict_do_update(index_elements=["entry_id", "text", "role"], set_=replaced), rows)


async def drop_unsaid(tx: Transaction, entries: Sequence[Entry]) -> None:
    """Remove the vectors of what these entries do not say any more."""
    said = {entry.id: _digests(entry) for entry in entries}
    for some in chunks(list(said)):
        kept = await tx.execute(select(VectorRow.entry_id, VectorRow.text).where(VectorRow.entry_id.in_(some)))
        unsaid = [(entry_id, text) for entry_id, text in kept if text not in said[entry_id]]
        for few in chunks(unsaid):
            await tx.execute(delete(VectorRow).where(tuple_(VectorRow.entry_id, VectorRow.text).in_(few)))


async def drop_vectors(tx: Transaction, entry_id: str) -> None:
    """Remove all vectors of an entry."""
    await tx.execute(delete(VectorRow).where(VectorRow.entry_id == entry_id))


async def _said(tx: Transaction, entry_ids: Collection[str]) -> Mapping[str, frozenset[bytes]]:
    found: dict[str, frozenset[bytes]] = {}
    for some in chunks(sorted(entry_ids)):
        stored = await read(tx, EntryRow.id.in_(some), audience=Audience.INTERNAL)
        found |= {one.entry.id: _digests(one.entry) for one in stored}
    return found


def _digests(entry: Entry) -> frozenset[bytes]:
    return frozenset(map(digest, texts_of(entry)))
