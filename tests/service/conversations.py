"""Ask in threads and say what is in the review, for tests of what happens around an answer."""

from sqlalchemy import select

from bot.core.models import ChannelRef, ItemStatus, Question, Surface
from bot.service.app import App
from bot.service.privacy import Person
from bot.service.questions import Asked
from bot.store.conversations import Conversation, conversation
from bot.store.records import from_question_id
from bot.store.tables import QuestionRow, ReviewItemRow
from bot.store.threads import Thread
from tests.service.samples import question
from tests.store.samples import changed

ANN, BEN = Person("slack", "ann"), Person("slack", "ben")
HERE = Thread(channel=ChannelRef("slack", "T1", "C1"), thread_id="t1")
# Four of these words are in two entries, so that one is the answer to each and the other comes next.
FREEZE_WEB = "How do I freeze my account (web)?"
FREEZE = "how do I freeze my account"


def message(text: str, message_id: str = "m1", *, thread: str | None = None, **fields: object) -> Question:
    """Return what Ann asks."""
    return changed(question(text, message_id, author=ANN.user_id), thread_id=thread, **fields)


async def say(app: App, text: str, message_id: str = "m1", *, thread: str | None = None, **fields: object) -> Asked:
    """Have Ann ask, and the reply sent, if there is one."""
    asked = await app.ask.ask(message(text, message_id, thread=thread, **fields))
    if asked.reply is not None:
        await app.conversations.sent(asked.question_id, f"reply to {message_id}")
    return asked


async def ambient(app: App, text: str, message_id: str = "m1") -> Asked:
    """Have Ann say something to nobody in particular."""
    return await app.ask.ask(message(text, message_id, surface=Surface.AMBIENT))


async def state(app: App, question_id: str) -> Conversation:
    """Return what the log has around a question."""
    async with app.database.transaction() as tx:
        return await conversation(tx, question_id)


async def open_item(app: App, question_id: str) -> int | None:
    """Return the number of the open item that a question is in."""
    query = select(ReviewItemRow.id).join(QuestionRow, QuestionRow.review_item_id == ReviewItemRow.id)
    mine = (QuestionRow.id == from_question_id(question_id), ReviewItemRow.status == ItemStatus.OPEN)
    async with app.database.snapshot() as tx:
        return await tx.scalar(query.where(*mine))
