"""Answer while the database is away, and find what was written while the connection to the platform was.

While the database is away:

- Only what was asked of the bot is answered, with an answer or a warning: all else waits for the log.
- A message that another process of ours may have answered is looked up on the platform first. Where two answered at the
  same moment, the first answer stays and the other one goes.
- When the log is back, the answer gets what there is to press, and counts as the reply to the question.

Messages that no event told of are found by reading places back from their newest message:

- While a connection lives, all that is written comes as an event, and is on disk before the platform is told so.
- What was written before the connection was there is read back, to where everything was handled the last time.
- Until all of that is read, no later time counts: a process that is killed while it reads leaves the same to the next.
"""

import time
from collections.abc import AsyncIterable, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from cachetools import FIFOCache

from bot.chat.intake import spooled_of
from bot.chat.messenger import Messenger
from bot.chat.posting import take_back
from bot.core.models import MessageRef, Question, Surface
from bot.core.wording.replies import Reply, ReplyKind
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
        if reply is not None and question.held and reply.kind is not ReplyKind.WARNING:
            return
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
            await take_back(self._messenger, question.ref, outcome.message_id)
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


# So many come in far more than the seconds within which a platform sends one twice.
_LIMIT = 10_000


class Recent:
    """Store the last ids."""

    def __init__(self, *, limit: int = _LIMIT) -> None:
        self._ids: FIFOCache[str, None] = FIFOCache(limit)

    def is_new(self, each: str) -> bool:
        """Return whether an id comes for the first time, and store it."""
        if each in self._ids:
            return False
        self._ids[each] = None
        return True


MOST_MESSAGES = 500
"""So many messages of a place are read back; what is older is left, however many were missed."""
LONGEST = timedelta(hours=1)
"""How far back a platform is asked: older questions have found their answer elsewhere, or nobody waits for one."""
MARGIN = timedelta(minutes=2)
"""So long a connection may be dead before anybody notices; events of that time may be lost too."""
BEAT = timedelta(seconds=10)
"""So often it is kept that a connection lives."""

T = TypeVar("T")


class Heard:
    """Store up to when all messages of one connection are handled."""

    def __init__(self, spool: Spool, name: str, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._spool = spool
        self._name = name
        self._clock = clock
        self._readings = 0
        self._is_whole = False

    def lost(self) -> None:
        """Store that messages do not come as events, or did not for a while."""
        self._is_whole = False
        self._readings += 1

    async def beat(self) -> None:
        """Store that the connection lives; that counts once all from before it is read."""
        if self._is_whole:
            self._spool.note_heard(self._name, self._clock())

    def reading(self) -> "BacklogReading":
        """Return a reading of all that may have been missed, with one part to be ended: finding out which there are."""
        now, known = self._clock(), self._spool.heard(self._name)
        since = now - LONGEST if known is None else max(known - MARGIN, now - LONGEST)
        number = self._readings

        def end() -> None:
            if number == self._readings:  # else the connection was lost again meanwhile
                self._is_whole = True
                self._spool.note_heard(self._name, now)

        return BacklogReading(since, now, end)


class BacklogReading:
    """Count the parts of a reading that are not ended; when none is left, nothing of it was missed."""

    def __init__(self, since: datetime, until: datetime, end: Callable[[], None]) -> None:
        self.since = since
        self.until = until
        self._end = end
        self._parts = 1

    def begin_part(self) -> None:
        """Count a part more."""
        self._parts += 1

    def end_part(self) -> None:
        """Count a part less: it is read, or given up by name."""
        self._parts -= 1
        if not self._parts:
            self._end()


async def missed(
    newest_first: AsyncIterable[T],
    *,
    unknown: Callable[[Sequence[T]], Awaitable[Sequence[T]]],
    is_live: Callable[[T], bool] = lambda _: False,
    most: int = MOST_MESSAGES,
) -> Sequence[T]:
    """Return the messages of a place that are not on the log, oldest first.

    `unknown` returns those of some messages that are not on the log, in order. It is asked once for a place, since a
    start after a crash reads back many messages, and most of them are there.
    `is_live` are messages that came as events since the connection is back: they are handled already.
    """
    found: list[T] = []
    read = 0
    async for message in newest_first:
        if read >= most:
            break
        read += 1
        if not is_live(message):
            found.append(message)
    return (await unknown(found))[::-1]
