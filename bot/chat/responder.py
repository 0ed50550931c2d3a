"""Answer messages, follow their edits, and take up what a crash left: the same on each platform."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from functools import partial

from cachetools import TTLCache

from bot.chat.access import is_turned_away
from bot.chat.apps import Apps, Stores
from bot.chat.delivering import deliver_due
from bot.chat.following import Following
from bot.chat.messenger import AskedPlace, Messenger, speaking_to
from bot.chat.naming import follow_words, name_threads, named_after
from bot.chat.outages import Meanwhile
from bot.chat.posting import put, take_back
from bot.chat.tasks import Turns, Waits, awaited, comes
from bot.core.manners import ChannelSettings, Course, as_set, course, is_silenced
from bot.core.models import IgnoreReason, MessageRef, Mode, Question, Surface
from bot.core.wording.languages import speaking, spoken
from bot.core.wording.replies import Reply, worded
from bot.errors import DatabaseAwayError
from bot.service.app import App
from bot.service.claims import Spool
from bot.service.conversations import Receipt, Unfinished
from bot.service.deliveries import FOR_GOOD, NotSent, Sent
from bot.service.limits import Joined
from bot.service.questions import Asked, as_logged

_log = logging.getLogger(__name__)
# Seconds that a database may take to log a question before it is answered without.
LONGEST_WAIT = 3.0
# More questions at once would wait for each other in the database, as if it were away, and be decided twice for it.
_AT_ONCE = 8
# So long somebody who asked is taken to be looking.
_FRESH = timedelta(seconds=20)
# So long, and of so many messages, it is known how they read now: an edit may come before its message is on the log.
_EDITED_FOR, _MOST_EDITS = timedelta(minutes=15), 1_000


class Responder:
    """Answer on one platform; a reply is sent once, by the holder of its lease, and found again after a crash."""

    def __init__(self, apps: Apps, messenger: Messenger, spool: Spool) -> None:
        self._apps = apps
        self._stores = Stores(apps)
        self._messenger = messenger
        self._waits = Waits()
        self._reading = Turns()
        self._edits: TTLCache[tuple[str, str], Question] = TTLCache(_MOST_EDITS, _EDITED_FOR.total_seconds())
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._meanwhile = Meanwhile(messenger, spool)
        self.following = Following(messenger)

    def reading(self, place: MessageRef) -> AbstractAsyncContextManager[None]:
        """Return a lock to hold while a message is read: its edits and its deletion wait for that, in order."""
        return self._reading.of(_key(place))

    def heard(self, place: MessageRef) -> None:
        """Store that a person wrote, so that the bot stays silent where they reply to somebody."""
        if place.thread_id is not None:
            self._waits.note((place.workspace_id, place.channel_id, place.thread_id))

    async def is_known(self, place: MessageRef) -> bool:
        """Return whether a message is on the log; if its reply is not sent, that is seen to elsewhere."""
        async with self._apps.use(place.workspace_id) as app:
            return await app.conversations.is_known(place)

    async def known(self, places: Sequence[MessageRef], *, but: IgnoreReason | None = None) -> frozenset[MessageRef]:
        """Return those of some messages that are on the log, `but` not those ignored for a reason."""
        found: set[MessageRef] = set()
        for workspace_id in {place.workspace_id for place in places}:
            async with self._apps.use(workspace_id) as app:
                here = [place for place in places if place.workspace_id == workspace_id]
                found |= await app.conversations.known(here, but=but)
        return frozenset(found)

    async def settled(self, places: Sequence[MessageRef]) -> frozenset[MessageRef]:
        """Return those of some messages that are on the log, and of which no moderator is still to be notified."""
        return await self.known(places, but=IgnoreReason.SECRET)

    async def said(self, platform: str, workspace_id: str, message_ids: Sequence[str]) -> frozenset[str]:
        """Return those of some messages that the bot itself wrote, as far as it is known."""
        if not message_ids:
            return frozenset()
        async with self._apps.use(workspace_id) as app:
            return await app.conversations.said(platform, workspace_id, message_ids)

    async def receive(self, question: Question, settings: ChannelSettings) -> None:
        """Answer a message as the channel is set.

        While the database is away, what can be said without it is said, and the error raised: try again later.
        """
        if course(settings.mode, question.surface) is Course.SILENT:
            return
        question = as_set(question, settings)
        wait = timedelta(seconds=settings.wait_seconds if question.surface is Surface.AMBIENT else 0)
        thread = (question.ref.workspace_id, question.ref.channel_id, question.ref.thread_id or question.ref.message_id)
        with self._waits.listening(thread) as heard:
            async with (
                self._apps.use(question.ref.workspace_id) as app,
                speaking_to(self._messenger, question, settings),
            ):
                if await is_turned_away(app, self._messenger, question):
                    return
                back = await self.following.take(app, question)
                asked = back or await self._ask(app, question, settings, wait)
                await self._rewrite(app, asked.joined, settings)
                question = as_logged(question, asked)
                said = (
                    await self._meanwhile.said(question, asked.question_id) if asked.reply or asked.repeated else None
                )
                if said is not None:
                    await self._go_on(app, question, asked, said, settings)
                elif asked.repeated:
                    await self._resume(app, question, asked.question_id, asked.reply, asked.sent_message_id)
                elif asked.reply is not None and wait and await self._is_helped(question.ref, heard, wait):
                    await app.conversations.withdraw(asked.question_id)
                elif asked.reply is not None:
                    await self._send(app, question, worded(asked.reply, settings), asked.question_id)
                elif asked.told is not None:
                    await self._messenger.hint(question, asked.told)
        newer = self._edits.get(_key(question.ref))
        if newer is not None and newer.text != question.text:  # it was edited before it was on the log
            await self.edited(newer, settings)

    async def edited(self, question: Question, settings: ChannelSettings) -> None:
        """Decide again about a message whose words changed, and change the reply."""
        self._edits[_key(question.ref)] = question
        question = as_set(question, settings)
        async with self._apps.use(question.ref.workspace_id) as app, speaking_to(self._messenger, question, settings):
            asked = await app.ask.edited(question)
            if asked is not None and asked.joined is not None:
                await self._rewrite(app, asked.joined, settings)
            elif asked is not None:
                reply = None if asked.reply is None else worded(asked.reply, settings)
                place = as_logged(question, asked)
                await self._change(app, place, asked.question_id, reply, asked.sent_message_id, settings.mode)
            await name_threads(self._messenger, await named_after(app, self._messenger, question.ref))

    async def reworded(self, place: MessageRef, words: str) -> None:
        """Change what somebody asked by pointing at a message as that message changes."""
        async with self._apps.use(place.workspace_id) as app:
            await follow_words(app, self._messenger, place, words)

    async def deleted(self, place: MessageRef) -> None:
        """Delete the reply to a message that was deleted, and erase its text."""
        async with self.reading(place):
            pass  # what its words were taken for is erased with it
        async with self._apps.use(place.workspace_id) as app:
            settings = await app.channels.behaviour(place.channel)
            with speaking(settings.locale):
                await self._rewrite(app, await app.ask.part_deleted(place), settings)
            named = await named_after(app, self._messenger, place)
            await app.privacy.delete_message(place, actor=place.platform)
            # Read after that: what is sent from now on is unwanted, and who died over this has left the reply there.
            known = await app.conversations.why(place, own=False)
            if known is not None and known.sent_message_id is not None:
                await take_back(self._messenger, known.question.ref, known.sent_message_id)
            with speaking(settings.locale):
                await name_threads(self._messenger, named, gone=True)

    async def make_way(self, app: App, unfinished: Unfinished | None) -> None:
        """Delete or mark a reply to a question that a helper answered."""
        if unfinished is None:
            return
        place, sent = unfinished.question, unfinished.sent_message_id
        if unfinished.reply is None and sent is None:
            there = await self._messenger.find(place.ref, place.id)
            sent = there.message_id if isinstance(there, Sent) else None
        await self._resume(app, place, place.id, unfinished.reply, sent)

    async def recover(self) -> None:
        """Send the replies that were not confirmed; an error of one does not hold up the others."""
        await self._stores.each(self._recover)

    async def recover_from(self, processes: Collection[str]) -> None:
        """Send the replies that were leased to processes which have ended."""
        for workspace_id in self._apps.stores():
            async with self._apps.use(workspace_id) as app:
                left = await app.conversations.end_leases(self._messenger.platform, processes)
            if left:
                _log.info("reply.leases_ended", extra={"replies": left})
        await self.recover()

    async def deliver(self) -> None:
        """Send what came later and is due."""
        await self._stores.each(partial(deliver_due, self._messenger))

    async def _recover(self, app: App) -> None:
        while found := await app.conversations.unfinished(self._messenger.platform):
            steps = [self._resume(app, one.question, one.question.id, one.reply, one.sent_message_id) for one in found]
            ends = await asyncio.gather(*steps, return_exceptions=True)
            for one, end in zip(found, ends, strict=True):
                if isinstance(end, BaseException):
                    _log.error("reply.resume_failed", extra={"question_id": one.question.id}, exc_info=end)

    async def _ask(self, app: App, question: Question, settings: ChannelSettings, wait: timedelta) -> Asked:
        """Decide about a message; while the database lets that wait, what can be said without it is said."""
        asking: asyncio.Future[Asked] | None = None
        try:
            async with self._turns:
                asking = awaited(app.ask.ask(question, wait=wait, written=self._messenger.written_at), name="ask")
                await asyncio.wait({asking}, timeout=LONGEST_WAIT)
                away = asking.done() and isinstance(asking.exception(), DatabaseAwayError)
                if away or not asking.done():
                    await self._meanwhile.answer(app, question, lambda reply: worded(reply, settings))
            return await asking
        finally:
            if asking is not None:
                asking.cancel()

    async def _go_on(
        self, app: App, question: Question, asked: Asked, said: Sent | NotSent, settings: ChannelSettings
    ) -> None:
        """Continue from an answer that was sent while the database was away: it is the reply, and gets its buttons."""
        alone = asked.repeated or question.surface is Surface.COMMAND  # nothing more is to be said about it
        if isinstance(said, NotSent) or alone or asked.reply is None:
            await self._keep(app, question, asked.question_id, said)
        else:
            reply = worded(asked.reply, settings)
            await self._send(app, question, reply, asked.question_id, sent=said.message_id)

    async def _is_helped(self, place: MessageRef, heard: asyncio.Event, wait: timedelta) -> bool:
        """Wait for a person to answer first; of one that another process heard the platform knows."""
        return await comes(heard, within=wait) or await self._messenger.is_helped(place)

    async def _resume(
        self, app: App, place: AskedPlace, question_id: str, reply: Reply | None, sent: str | None
    ) -> None:
        """Resume a reply that another process began: it may be posted already."""
        if reply is not None or sent is not None:
            await self._messenger.tidy(place.ref)
        if reply is not None and sent is None:
            there = await self._messenger.find(place.ref, question_id)
            if there is not None:
                await self._keep(app, place, question_id, there)
                return
            unasked = place.surface is Surface.AMBIENT and not reply.approved
            if unasked and await self._messenger.is_helped(place.ref):
                await app.conversations.withdraw(question_id)
                return
        settings = await app.channels.behaviour(place.ref.channel)
        with speaking(settings.locale, spoken()):  # as the words of the reply are
            await self._change(app, place, question_id, reply, sent, settings.mode)

    async def _change(  # noqa: PLR0913, PLR0917  # what was said, and what is to be said where
        self, app: App, place: AskedPlace, question_id: str, reply: Reply | None, sent: str | None, mode: Mode
    ) -> None:
        if reply is not None and sent is None and is_silenced(mode, place.surface, approved=reply.approved):
            await app.conversations.refused(question_id)
        elif reply is not None:
            await self._send(app, place, reply, question_id, sent=sent)
        elif sent is not None:
            await take_back(self._messenger, place.ref, sent)
            await app.helpers.taken_back(question_id)

    async def _rewrite(self, app: App, joined: Joined | None, settings: ChannelSettings) -> None:
        """Replace what was said to a question by what was decided about it again."""
        if joined is not None and joined.is_changed:
            reply = None if joined.reply is None else worded(joined.reply, settings)
            await self._change(app, joined.question, joined.question.id, reply, joined.sent_message_id, settings.mode)

    async def _send(
        self, app: App, place: AskedPlace, reply: Reply, question_id: str, *, sent: str | None = None
    ) -> None:
        reply = await app.solved.beside(reply, question_id)
        # Who wrote a while ago is not looking: to show that the bot is at work would only delay the next reply.
        shown = self._is_fresh(place)
        if shown:
            await self._messenger.think(place.ref, thinking=True)
        try:
            outcome = await put(self._messenger, place, reply, question_id, sent)
        finally:
            if shown:
                await self._messenger.think(place.ref, thinking=False)
        await self._keep(app, place, question_id, outcome)

    def _is_fresh(self, place: AskedPlace) -> bool:
        written_at = self._messenger.written_at(place.ref)
        return written_at is None or datetime.now(UTC) - written_at < _FRESH

    async def _keep(self, app: App, place: AskedPlace, question_id: str, outcome: Sent | NotSent) -> None:
        """Store the outcome of a reply; one that was not sent is retried in a later round, unless that is useless."""
        if isinstance(outcome, NotSent):
            _log.warning("reply.failed", extra={"question_id": question_id, "fault": outcome.fault})
            if outcome.fault in FOR_GOOD:
                await app.conversations.refused(question_id)
            else:
                await app.conversations.postpone(question_id, outcome.wait)
        elif await app.conversations.sent(question_id, outcome.message_id) is Receipt.UNWANTED:
            await take_back(self._messenger, place.ref, outcome.message_id)


def _key(place: MessageRef) -> tuple[str, str]:
    return place.workspace_id, place.message_id
