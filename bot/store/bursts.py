"""Store which messages one person wrote in a row, as parts of the question that the first of them asks."""

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from sqlalchemy import func, select, update

from bot.core.models import MessageRef, Surface
from bot.store.database import Transaction
from bot.store.privacy import message
from bot.store.questions import change_question, in_channel, ref_of
from bot.store.records import from_question_id, to_question_id
from bot.store.tables import QuestionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """The question that somebody asked last in a place, how many parts it has, and the last message of it."""

    question_id: str
    surface: Surface
    parts: int
    last: MessageRef
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BurstPart:
    """A message that is a part of a question."""

    id: str
    question_id: str
    text: str | None


async def lock_author(tx: Transaction, author: str) -> None:
    """Lock what an author writes until the end of the transaction; in a file transactions come in turn anyway."""
    if tx.get_bind().dialect.name == "postgresql":
        await tx.execute(select(func.pg_advisory_xact_lock(crc32(author.encode()))))


async def last_burst(tx: Transaction, ref: MessageRef, author: str, *, shadow: bool) -> Burst | None:
    """Return what an author asked last where a message stands, apart from that message."""
    here = (
        QuestionRow.author == author,
        *in_channel(ref.channel),
        QuestionRow.thread_id.is_not_distinct_from(ref.thread_id),
        QuestionRow.message_id != ref.message_id,
        QuestionRow.shadow.is_(shadow),
    )
    last = (await tx.scalars(select(QuestionRow).where(*here).order_by(QuestionRow.id.desc()).limit(1))).one_or_none()
    if last is None or last.deleted_at is not None:
        return None
    first = last if last.part_of is None else await tx.get(QuestionRow, last.part_of)
    if first is None:
        return None
    parts = await tx.scalars(select(func.count()).where(QuestionRow.part_of == first.id))
    return Burst(
        question_id=to_question_id(first.id),
        surface=first.surface,
        parts=parts.one(),
        last=ref_of(last),
        last_at=last.asked_at,
    )


async def note_part(tx: Transaction, part_id: str, question_id: str) -> None:
    """Store that a message is a part of a question."""
    await change_question(tx, part_id, {"part_of": from_question_id(question_id)})


async def part_at(tx: Transaction, ref: MessageRef) -> BurstPart | None:
    """Return the part of a question that a message is, None where it is none."""
    row = await message(tx, ref)
    if row is None or row.part_of is None:
        return None
    return BurstPart(id=to_question_id(row.id), question_id=to_question_id(row.part_of), text=row.text)


async def erase_parts(tx: Transaction, question_id: str) -> None:
    """Erase the text of the parts of a question."""
    parts = update(QuestionRow).where(QuestionRow.part_of == from_question_id(question_id))
    await tx.execute(parts.values(text=None, normalised=None))
