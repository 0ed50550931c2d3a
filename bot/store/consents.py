"""Store whether people allow that their words become public FAQ."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from bot.core.models import Audience, MessageRef
from bot.core.review import Consent
from bot.store.database import Transaction, insert_into
from bot.store.records import SuggestionStatus, from_suggestion_id, to_suggestion_id
from bot.store.solutions import of_message, show_again
from bot.store.tables import ConsentRow, ReviewItemRow, SuggestionRow

# Who does not answer is not asked again for so long.
_PATIENCE = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRequest:
    """A suggestion whose author is to be asked whether their words may become public FAQ."""

    suggestion_id: str
    text: str


async def allows_always(tx: Transaction, author: str) -> bool:
    """Return whether somebody allows it for all that they write."""
    return await tx.scalar(select(ConsentRow.consent).where(ConsentRow.author == author)) is Consent.ALWAYS


async def to_ask(tx: Transaction, author: str, ref: MessageRef, *, at: datetime) -> ConsentRequest | None:
    """Return what to ask the author of a message that is suggested for an item everybody reads, and store that.

    Who has said no, or always, is not asked, and who has not answered yet is not for a week.
    """
    kept = (await tx.scalars(select(ConsentRow).where(ConsentRow.author == author))).one_or_none()
    if kept is not None:
        waits = kept.consent is None and kept.asked_at > at - _PATIENCE
        if waits or kept.consent in {Consent.NO, Consent.ALWAYS}:
            return None
    waiting = (SuggestionRow.status == SuggestionStatus.OPEN, ~SuggestionRow.consented)
    found = select(SuggestionRow.id, SuggestionRow.answer).join(ReviewItemRow)
    row = (
        await tx.execute(found.where(of_message(ref), *waiting, ReviewItemRow.audience == Audience.PUBLIC))
    ).one_or_none()
    if row is None or row.answer is None:
        return None
    await _put(tx, author, None, at=at)
    return ConsentRequest(suggestion_id=to_suggestion_id(row.id), text=row.answer)


async def put_consent(  # noqa: PLR0913  # who says what about which
    tx: Transaction, author: str, consent: Consent, *, suggestion_id: str, actor: str, at: datetime
) -> bool:
    """Store what an author answered about a suggestion, and what follows for theirs; return whether it is theirs.

    A yes is for all that they wrote for the item, always for everything, and a no takes back what they allowed.
    """
    mine = SuggestionRow.suggested_by == actor
    asked = select(SuggestionRow.item_id).where(SuggestionRow.id == from_suggestion_id(suggestion_id), mine)
    item = await tx.scalar(asked)
    if item is None:
        return False
    await _put(tx, author, consent, at=at)
    theirs = update(SuggestionRow).where(mine, SuggestionRow.message_id.is_not(None))
    if consent is Consent.YES:
        theirs = theirs.where(SuggestionRow.item_id == item)
    await tx.execute(theirs.values(consented=consent is not Consent.NO))
    await show_again(tx, mine)
    return True


async def _put(tx: Transaction, author: str, consent: Consent | None, *, at: datetime) -> None:
    values = {"consent": consent, "asked_at": at}
    step = insert_into(tx, ConsentRow).values(author=author, **values)
    await tx.execute(step.on_conflict_do_update(index_elements=["author"], set_=values))
