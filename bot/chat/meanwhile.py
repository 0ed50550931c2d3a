"""Answer while the database is away, by what was known when it was last heard, and take that into account afterwards.

- Only what was asked of the bot is answered, with an answer or a warning: all else waits for the log.
- A message that another process of ours may have answered is looked up on the platform first. Where two answered at the
  same moment, the first answer stays and the other one goes.
- When the log is back, the answer gets what there is to press, and counts as the reply to the question.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.chat.intake import spooled_of
from bot.chat.messenger import Messenger
from bot.core.models import MessageRef, Question, Surface
from bot.core.wording.replies import Reply
from bot.service.app import App
from bot.service.claims import Spool, SpooledKind
from bot.service.deliveries import NotSent, Sent

# What comes later than this after it was written may have come to another process before.
_PROMPT = timedelta(seconds=5)
# So long after the database was away in this process, others may still hold what they said meanwhile.
_AFTERMATH = timedelta(seconds=30)
Look = Callable[[], float]


class Meanwhile:
    """Remember what was said while the database was away: on disk for what is spooled, else as long as this lives."""

    def __init__(self, messenger: Messenger, spool: Spool, *, clock: Look = time.monotonic) -> None:
        self._messenger = messenger
        self._spool = spool
        self._clock = clock
        self._said: dict[tuple[str, ...], str] = {}
        self._away_until = 0.0

    async def answer(self, app: App, question: Question, word: Callable[[Reply], Reply]) -> None:
        """Answer a question whose log is away, if that can be done without; `word` puts it as the channel wants it."""
        self._away_until = self._clock() + _AFTERMATH.total_seconds()
        if question.surface is Surface.AMBIENT or question.shadow or _key(question.ref) in self._said:
            return
        reply = app.ask.meanwhile(question)
        if reply is None or isinstance(there := await self._messenger.find(question.ref, None), NotSent):
            return
        self._note(question.ref, "")
        if there is None:
            there = await self._post(question, word(reply))
        if there is not None:
            self._note(question.ref, there.message_id)

    async def said(self, question: Question, question_id: str) -> Sent | NotSent | None:
        """Return what was said to a question, here or by another process, if the platform tells."""
        said = self._said.pop(_key(question.ref), None)
        if said is None:
            said = self._spool.said(spooled_of(SpooledKind.WRITTEN, question.ref))
        if said is None and not self._may_be_there(question):
            return None
        return Sent(said) if said else await self._messenger.find(question.ref, question_id)

    async def _post(self, question: Question, reply: Reply) -> Sent | None:
        outcome = await self._messenger.post(question, reply, None)
        if isinstance(outcome, NotSent):
            return None
        first = await self._messenger.find(question.ref, None)
        if isinstance(first, Sent) and first != outcome:
            await self._messenger.delete(question.ref, outcome.message_id)
            return first
        return outcome

    def _may_be_there(self, question: Question) -> bool:
        written_at = self._messenger.written_at(question.ref)
        late = written_at is not None and datetime.now(UTC) - written_at > _PROMPT
        return late or self._clock() < self._away_until

    def _note(self, question: MessageRef, message_id: str) -> None:
        self._said[_key(question)] = message_id
        self._spool.note_said(spooled_of(SpooledKind.WRITTEN, question), message_id)


def _key(place: MessageRef) -> tuple[str, ...]:
    return place.workspace_id, place.channel_id, place.message_id
