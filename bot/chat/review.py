"""Show the review in the moderators' channel: one message for each item, and a digest each week."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from bot.chat.apps import Apps
from bot.chat.messenger import CardMessenger
from bot.core.models import Audience, ChannelRef
from bot.core.review import HeldReply, ReviewItem
from bot.core.wording.languages import speaking
from bot.core.wording.replies import still_waits
from bot.service.app import App
from bot.service.deliveries import FOR_GOOD, Fault, NotSent, Sent
from bot.service.held import HeldReplyService, LeasedHeld
from bot.service.resolutions import changed_by, still_open
from bot.service.review import ReviewService
from bot.service.review_channel import LeasedCard
from bot.service.review_queue import Review, Reviewed

_log = logging.getLogger(__name__)
_MOST_PATIENCE = timedelta(seconds=30)
_MOST_REFUSED = 3


@asynccontextmanager
async def spoken_in(app: App, place: ChannelRef) -> AsyncIterator[None]:
    """Speak the language of a channel to all who read it: English where none is set."""
    with speaking((await app.channels.behaviour(place)).locale):
        yield


class _Refusals:
    """Count the cards that a platform refuses in a round: one holds up no other; of several it is the channel."""

    def __init__(self) -> None:
        self._count = 0

    def end_round(self, fault: Fault) -> bool:
        """Return whether a round ends with a card that was not shown for this reason."""
        self._count += 1
        return fault is not Fault.REFUSED or self._count == _MOST_REFUSED


class Board:
    """Show the items of the review and held replies in a channel, one message each."""

    def __init__(self, apps: Apps, messenger: CardMessenger, place: ChannelRef) -> None:
        self._apps = apps
        self._messenger = messenger
        self._place = place
        self._turn = asyncio.Lock()

    async def look(self) -> None:
        """Open items for the entries of which a date has come, and for what is wrong with entries."""
        async with self._apps.use(self._place.workspace_id) as app:
            await app.review.note_dates()
            await app.checks.note_flaws()

    async def show(self) -> None:
        """Refresh outdated cards: first those of held replies, which wait for less long."""
        async with self._turn, self._apps.use(self._place.workspace_id) as app, spoken_in(app, self._place):
            await self._show_held(app)
            await self._show_items(app)

    async def _show_items(self, app: App) -> None:
        refusals = _Refusals()
        for due in await app.cards.due(self._place):
            card = await app.cards.lease(self._place, due)
            if card is None:
                continue
            shown = await self._show(card)
            if isinstance(shown, NotSent):
                may_be_there = card.may_be_there or shown.fault is Fault.UNREACHABLE
                await app.cards.give_back(card, may_be_there=may_be_there)
                await _wait_after(shown, item_id=due.item.id)
                if refusals.end_round(shown.fault):
                    return
            else:
                await app.cards.shown(self._place, card, shown.message_id)

    async def _show_held(self, app: App) -> None:
        refusals = _Refusals()
        for question_id in await app.held.due(self._place):
            card = await app.held.lease(self._place, question_id)
            if card is None:
                continue
            shown = await self._show_one_held(card)
            if isinstance(shown, NotSent):
                may_be_there = card.may_be_there or shown.fault is Fault.UNREACHABLE
                await app.held.give_back(card, may_be_there=may_be_there)
                await _wait_after(shown, question_id=question_id)
                if refusals.end_round(shown.fault):
                    return
            else:
                await app.held.shown(card, None if shown is None else shown.message_id)

    async def _show_one_held(self, card: LeasedHeld) -> Sent | NotSent | None:
        """Show a held reply; one that is over and that nobody saw is not shown any more."""
        message_id = card.card_id
        if card.may_be_there and message_id is None:
            match await self._messenger.find_held(self._place, card.held):
                case Sent(there):
                    message_id = there
                case NotSent(fault) as trouble if fault not in FOR_GOOD:
                    return trouble
        if message_id is None and not card.held.is_open:
            return None
        return await self._messenger.show_held(self._place, card.held, message_id)

    async def _show(self, card: LeasedCard) -> Sent | NotSent:
        """Show a card, in place of one that a process posted before it died or lost its connection."""
        item, message_id = card.stale.item, card.stale.message_id
        if card.may_be_there:
            match await self._messenger.find_card(self._place, item):
                case Sent(there):
                    message_id = there
                case NotSent(fault) as trouble if fault not in FOR_GOOD:
                    return trouble
        return await self._messenger.show_card(self._place, item, message_id)


async def _wait_after(trouble: NotSent, **subject: str) -> None:
    _log.warning("review.card.failed", extra={**subject, "fault": trouble.fault})
    await asyncio.sleep(min(trouble.wait, _MOST_PATIENCE).total_seconds())


class Weekly:
    """Post a digest when it is due, of what those who read the channel may know."""

    def __init__(
        self,
        apps: Apps,
        place: ChannelRef,
        *,
        audience: Callable[[], Awaitable[Audience]],
        post: Callable[[str], Awaitable[Sent | NotSent]],
    ) -> None:
        self._apps = apps
        self._place = place
        self._audience = audience
        self._post = post

    async def tell(self) -> None:
        """Post this week's digest, unless it was."""
        async with self._apps.use(self._place.workspace_id) as app, spoken_in(app, self._place):
            text = await app.weekly.take(self._place, audience=await self._audience())
            if text is None:
                return
            match await self._post(text):
                case NotSent(fault):
                    _log.warning("digest.failed", extra={"fault": fault})
                    await app.weekly.give_back(self._place)


class Reminders:
    """Remind moderators once of an item whose asker asked for a person, and waits."""

    def __init__(self, apps: Apps, place: ChannelRef, post: Callable[[str, str], Awaitable[Sent | NotSent]]) -> None:
        """Set what posts a text beside the message that shows an item, and mentions the people on call."""
        self._apps = apps
        self._place = place
        self._post = post

    async def remind(self) -> None:
        """Post what is due."""
        async with self._apps.use(self._place.workspace_id) as app, spoken_in(app, self._place):
            for waiting in await app.cards.take_waiting(self._place):
                match await self._post(waiting.card.message_id, still_waits(waiting.duration)):
                    case NotSent(fault):
                        _log.warning("review.reminder.failed", extra={"item": waiting.card.item, "fault": fault})
                        if fault not in FOR_GOOD:
                            await app.cards.give_waiting_back(waiting)


class HeldPress(StrEnum):
    """A button that decides about a held reply at once, without a dialog."""

    SEND = "send"
    DROP = "drop"


async def decide_held(
    held: HeldReplyService, press: HeldPress, question_id: str, *, actor: str, seen: int | None
) -> HeldReply:
    """Do what a moderator pressed, in the version of the reply that they saw."""
    decide = {HeldPress.SEND: held.send, HeldPress.DROP: held.drop}[press]
    return await decide(question_id, actor=actor, seen=seen)


class ItemPress(StrEnum):
    """A button that acts on an item at once, without a dialog."""

    ASSIGN = "assign"
    ACCEPT = "accept"
    REOPEN = "reopen"
    REVERT = "revert"


class _Act(Protocol):
    def __call__(self, item_id: str, *, actor: str, seen: int | None) -> Awaitable[Reviewed]: ...


async def act_on_item(
    review: ReviewService, press: ItemPress, item_id: str, *, actor: str, seen: int | None
) -> Reviewed:
    """Do what a moderator pressed, in the version of the item that they saw; an item is assigned to who presses."""
    if press is ItemPress.ASSIGN:
        return await review.assign(item_id, actor, actor=actor, seen=seen)
    acts: dict[ItemPress, _Act] = {
        ItemPress.ACCEPT: review.accept_choice,
        ItemPress.REOPEN: review.reopen,
        ItemPress.REVERT: review.revert,
    }
    return await acts[press](item_id, actor=actor, seen=seen)


def item_as_seen(review: Review, seen: int | None) -> ReviewItem:
    """Return an item that is open and that nobody acted on since its reader saw it; refuse any other."""
    item = review.item
    if seen not in {None, item.version}:
        raise changed_by(item, review.history)
    return still_open(item)
