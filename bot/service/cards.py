"""Show review items to moderators where they talk: one message each, brought up to date when the item changes."""

from dataclasses import dataclass

from bot.core.models import ChannelRef
from bot.core.wording.cards import Card, Near, Outcome, Wording
from bot.core.wording.links import message_link
from bot.service import Clock
from bot.store import Database
from bot.store.cards import put_card, stale_cards
from bot.store.items import get_item
from bot.store.review import Item, ItemQuestion

# What a sweep shows at once: platforms take about one message a second in a channel.
AT_ONCE = 10
_NEAREST = 5
_WORDINGS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCard:
    """A card to show, and the message that it replaces; without one it is new."""

    card: Card
    message_id: str | None
    version: int


class CardService:
    """List the items whose cards are outdated, and store which were shown."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def due(self, board: ChannelRef, *, limit: int = AT_ONCE) -> tuple[DueCard, ...]:
        """Return some open items that a channel does not show yet, and some that it shows as they were."""
        async with self._database.snapshot() as tx:
            found = await stale_cards(tx, board, at=self._clock(), limit=limit)
        return tuple(DueCard(card=card_of(one.item), message_id=one.message_id, version=one.version) for one in found)

    async def shown(self, board: ChannelRef, due: DueCard, message_id: str) -> None:
        """Store that a message shows an item as it was when the card was due."""
        async with self._database.transaction() as tx:
            item = await get_item(tx, due.card.id, at=self._clock())
            await put_card(tx, board, item.number, message_id=message_id, version=due.version)


def card_of(item: Item) -> Card:
    """Return what moderators see of an item."""
    done = item.resolution
    return Card(
        id=item.id,
        version=item.version,
        kind=item.kind,
        audience=item.audience,
        status=item.status,
        text=item.text,
        count=item.count,
        askers=item.askers,
        platforms=item.platforms,
        first_asked=item.first_asked,
        last_asked=item.last_asked,
        nearest=tuple(Near(match.entry_id, match.phrase, match.confidence) for match in item.nearest[:_NEAREST]),
        wordings=_wordings(item),
        entry_id=item.entry_id,
        assignee=item.assignee,
        snoozed_until=item.snoozed_until,
        outcome=None
        if done is None
        else Outcome(
            actor=done.actor,
            at=done.at,
            entry_id=done.entry_id,
            reason=done.reason,
            note=done.note,
            merged_into=done.merged_into,
        ),
    )


def _wordings(item: Item) -> tuple[Wording, ...]:
    """Return the last messages, newest first, each wording once."""
    latest = {
        question.text: Wording(question.text, _link_to(question), question.ref.workspace_id)
        for question in item.questions
    }
    return tuple(list(latest.values())[::-1][:_WORDINGS])


def _link_to(question: ItemQuestion) -> str | None:
    return message_link(
        platform=question.ref.platform,
        workspace_id=question.ref.workspace_id,
        channel_id=question.ref.channel_id,
        message_id=question.ref.message_id,
        thread_id=question.ref.thread_id,
    )
