"""Join what one person writes within seconds to one question, limit replies, and repeat no answer.

Limits:

- The log counts: all processes go by the same number, also after a restart. Of two questions that two processes decide
  at the same moment one too many may be answered.
- What nobody but the asker sees, and a warning of a secret, is not counted and not kept back.
- A channel may have limits of its own, and a time that goes by between two answers that nobody asked for.
- Kept back is the reply alone: the question is decided, logged, and where it lacks an answer in the review.
- Who gets no reply is told so once, in private where the platform can.

Messages in a row:

- The first message is answered at once. What follows is decided together with it, and changes its reply.
- Each message is claimed by itself, and is on the log as a part of the first one. All that is done in the transaction
  that claims it: what a process leaves that dies over it, the next one does, as after an edit.
- An answer stays where what follows asks nothing by itself and makes nothing of it: "lunch?" takes nothing back.
- What has an answer by itself and none together with what was said before is another question, and stands alone.
- Who wants a person is not kept waiting with the question before: that stands alone.
- Greetings and thanks, what is long, and what comes after many parts are not joined.
- Who edits or deletes a part changes the question.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.core.deciding.decision import is_worth_replacing, says_same
from bot.core.manners import Manners
from bot.core.models import (
    Answered,
    Ignored,
    IgnoreReason,
    MessageRef,
    Question,
    Surface,
)
from bot.core.searching.text import MAX_CHARACTERS
from bot.core.talk.said_back import SaidBack, said_back
from bot.core.wording.replies import Reply, ReplyKind, repeated
from bot.service import Clock
from bot.service.explanations import Explanation, Explanations, for_region
from bot.service.knowledge import Known
from bot.service.privacy import Person, Pseudonyms
from bot.service.replies import is_worth_holding, move_in_review, replace_reply
from bot.service.review_queue import ReviewQueue
from bot.store import Database, Transaction
from bot.store.conversations import Conversation, conversation, is_settled, note_edit, note_heard
from bot.store.database import Alone
from bot.store.limits import (
    PUBLIC,
    Burst,
    Count,
    cooldown_of,
    erase_parts,
    last_burst,
    limited_since,
    note_part,
    part_at,
    replies_since,
    spoke_unasked,
    was_given_in_channel,
)
from bot.store.questions import get_question, record_decision
from bot.store.queue import lock_review
from bot.store.records import LoggedQuestion, ReplyState

_MINUTE = timedelta(minutes=1)
# Who was told that the limit is reached is not told again for so long.
_TOLD = timedelta(minutes=10)
# So many people are told in a channel in a minute; where a crowd writes, notices are more of the same.
_MOST_NOTICES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The reply that may be sent; one that is kept back is `held`, or `limited`, and `told` tells its asker."""

    reply: Reply | None
    limited: bool = False
    told: bool = False
    held: bool = False


async def allowed(  # noqa: PLR0913  # what a reply is and who asked for it
    tx: Transaction,
    manners: Manners,
    reply: Reply | None,
    question: Question,
    *,
    question_id: str | None,
    author: str,
    at: datetime,
) -> Allowed:
    """Return what may be sent of a reply; a question that is not on the log yet has no id."""
    if reply is None or reply.kind is ReplyKind.WARNING or not (question.held or question.surface in PUBLIC):
        return Allowed(reply=reply)
    channel, manners = question.ref.channel, manners.at(question.pace)
    if (
        manners.limited
        and not question.held
        and _is_over(manners, await replies_since(tx, channel, author, since=at - _MINUTE))
    ):
        mine = await limited_since(tx, channel, author, since=at - _TOLD)
        lately = await limited_since(tx, channel, author, since=at - _MINUTE)
        return Allowed(reply=None, limited=True, told=not mine.author and lately.channel < _MOST_NOTICES)
    is_unasked = question.surface is Surface.AMBIENT and not question.held
    if is_unasked and manners.cooldown and await spoke_unasked(tx, channel, since=at - manners.cooldown):
        return Allowed(reply=None)
    said = await _unrepeated(tx, manners, reply, question, question_id=question_id, author=author, at=at)
    return Allowed(reply=None, held=is_worth_holding(said)) if question.held else Allowed(reply=said)


async def _unrepeated(  # noqa: PLR0913  # as above
    tx: Transaction,
    manners: Manners,
    reply: Reply,
    question: Question,
    *,
    question_id: str | None,
    author: str,
    at: datetime,
) -> Reply | None:
    """Return a reply, or what to say where the channel has its answer already.

    - What nobody asked for is not repeated in the channel at all; an entry may have a time of its own for that.
    - Who asks again what they were told there gets a pointer; somebody else gets the answer, in a thread of theirs.
    - Within a thread that is what was said there that counts, see `unrepeated`.
    """
    is_answer = reply.kind is ReplyKind.ANSWER and reply.entry_id is not None
    if not is_answer or question.ref.thread_id or question.surface is Surface.DIRECT:
        return reply
    unasked = question.surface is Surface.AMBIENT
    own = await cooldown_of(tx, reply.entry_id or "") if unasked else None
    within = manners.unrepeated_for if own is None else own
    if not within:
        return reply
    given = await was_given_in_channel(
        tx,
        question.ref.channel,
        reply.entry_id or "",
        before=question_id,
        since=at - within,
        author=None if unasked else author,
    )
    if not given:
        return reply
    return None if unasked else repeated(reply)


def _is_over(manners: Manners, count: Count) -> bool:
    return (
        0 < manners.per_author <= count.author
        or 0 < manners.per_channel <= count.channel
        or 0 < manners.per_workspace <= count.workspace
    )


MOST_PARTS = 10
Written = Callable[[MessageRef], datetime | None]
"""Returns when a message was written, None where its id does not tell."""


class Joined(NamedTuple):
    """The question that a message is a part of, and what is to be said to it now, where that `is_changed`.

    The reply takes the place of the message that was sent; without a reply, that message is to go.
    """

    question: LoggedQuestion
    reply: Reply | None = None
    sent_message_id: str | None = None
    is_changed: bool = False


class Bursts:
    """Join messages to the question that they go on with."""

    def __init__(
        self, *, database: Database, queue: ReviewQueue, explanations: Explanations, manners: Manners, names: Pseudonyms
    ) -> None:
        self._database = database
        self._queue = queue
        self._explanations = explanations
        self._manners = manners
        self._names = names

    async def before(
        self, tx: Transaction | Alone, question: Question, author: str, *, written: Written, at: datetime
    ) -> Burst | None:
        """Return what a message follows closely, None where it stands alone."""
        within = self._manners.in_a_row
        if not within or question.surface not in PUBLIC:
            return None
        found = await last_burst(tx, question.ref, author, shadow=question.shadow)
        if found is None or found.surface not in PUBLIC:
            return None
        mine, last = written(question.ref), written(found.last)
        gap = at - found.last_at if mine is None or last is None else mine - last
        return found if abs(gap) <= within else None

    async def goes_on(self, question: Question, *, written: Written, at: datetime) -> bool:
        """Return whether somebody goes on writing what they asked the bot a moment ago."""
        if not self._manners.in_a_row:
            return False
        async with self._database.reading_alone() as tx:
            author = await self._names.of(tx, Person(question.ref.platform, question.author_id))
            burst = await self.before(tx, question, author, written=written, at=at)
        return burst is not None and burst.surface is Surface.MENTION

    async def join(  # noqa: PLR0913  # what is joined to what
        self,
        tx: Transaction,
        burst: Burst,
        question: Question,
        known: Known,
        alone: Explanation,
        *,
        part_id: str,
        author: str,
        at: datetime,
    ) -> Joined | None:
        """Make a message that was claimed a part of a question; None where it does not belong there."""
        text = alone.text
        if burst.parts >= MOST_PARTS or text is None or isinstance(alone.decided.decision, Ignored):
            return None
        if said_back(text) is SaidBack.HUMAN or alone.source is not None:
            return None
        await lock_review(tx)
        asked = await conversation(tx, burst.question_id)
        before = None if asked.outcome.source is not None else asked.outcome.text
        if asked.deleted_at is not None or before is None or len(before) + len(text) >= MAX_CHARACTERS:
            return None
        surface = Surface.MENTION if asked.question.surface is Surface.MENTION else question.surface
        is_said = text in before.splitlines()
        found = alone if is_said else self._explanations.together(known, question, f"{before}\n{text}", surface)
        if isinstance(alone.decided.decision, Answered) and not isinstance(found.decided.decision, Answered):
            return None
        await record_decision(tx, part_id, replace(alone.outcome, decision=Ignored(IgnoreReason.PART)))
        await note_part(tx, part_id, burst.question_id)
        is_worth_it = is_worth_replacing(asked.outcome.decision, found.decided.decision, alone.decided.decision)
        if is_said or not is_worth_it or await is_settled(tx, asked):
            return Joined(asked.question)
        granted = await for_region(tx, found, author)
        whole = replace(question, surface=surface, ref=asked.question.ref)
        if asked.reply_state is None and not (question.shadow or question.held):
            may = await allowed(tx, self._manners, granted, whole, question_id=asked.question.id, author=author, at=at)
            granted = may.reply
        return await self._decide_again(tx, asked, replace(found, reply=granted), whole, at=at)

    async def change(
        self, tx: Transaction, question: Question, known: Known, now: Explanation | None, *, at: datetime
    ) -> Joined | None:
        """Decide again about a question of which a part was edited, or deleted; None where the message is no part."""
        part = await part_at(tx, question.ref)
        if part is None:
            return None
        await lock_review(tx)
        asked = await conversation(tx, part.question_id)
        if now is not None:
            await record_decision(tx, part.id, replace(now.outcome, decision=Ignored(IgnoreReason.PART)))
        after = "" if now is None or now.source is not None else now.text or ""
        lines = f"\n{asked.outcome.text or ''}\n"
        is_in = bool(part.text) and f"\n{part.text}\n" in lines
        if asked.deleted_at is not None or not is_in or part.text == after:
            return Joined(asked.question)
        text = lines.replace(f"\n{part.text}\n", f"\n{after}\n" if after else "\n", 1).strip("\n")
        found = self._explanations.together(known, question, text, asked.question.surface)
        found = replace(found, reply=await for_region(tx, found, asked.question.author))
        return await self._decide_again(tx, asked, found, replace(question, surface=asked.question.surface), at=at)

    async def deleted(self, ref: MessageRef, *, clock: Clock) -> Joined | None:
        """Decide again about a question of which a part was deleted; None where the message was none."""
        async with self._database.snapshot() as tx:
            part = await part_at(tx, ref)
            whole = None if part is None else await get_question(tx, part.question_id)
        if whole is None:
            return None
        question = Question(text="", ref=ref, author_id="", surface=whole.surface, audience=whole.audience)
        known = await self._explanations.known(question)
        async with self._database.transaction() as tx:
            return await self.change(tx, question, known, None, at=clock())

    async def _decide_again(
        self, tx: Transaction, asked: Conversation, found: Explanation, whole: Question, *, at: datetime
    ) -> Joined:
        question, outcome, surface = asked.question, found.outcome, whole.surface
        await record_decision(tx, question.id, outcome)
        await note_heard(tx, question.id)
        await note_edit(tx, question.id, surface=surface, audience=question.audience, at=asked.edited_at)
        await move_in_review(tx, self._queue, asked, outcome, at=at)
        if outcome.text is None:  # together they are a secret, which none of them is
            await erase_parts(tx, question.id)
        if asked.reply_state is ReplyState.SENT and says_same(asked.outcome.decision, outcome.decision):
            return Joined(question)
        new = await replace_reply(tx, asked, found.reply, at=at, held_for=self._manners.holding(whole))
        return Joined(replace(question, surface=surface), *new, is_changed=True)
