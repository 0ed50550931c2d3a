"""Leave alone who is not to be answered unasked."""

from bot.core.manners import OptOut
from bot.core.models import Ignored, IgnoreReason, Question, Surface
from bot.service import Clock
from bot.service.privacy import Person, Pseudonyms
from bot.service.replies import change_words
from bot.store import Database
from bot.store.privacy import NOBODY
from bot.store.questions import claim
from bot.store.records import ClaimedQuestion, Outcome
from bot.store.wishes import opted_out

NOT_HEARD = Ignored(IgnoreReason.OPTED_OUT)
_OUTCOME = Outcome(decision=NOT_HEARD, text=None, normalised=None, scorer_version="", content_version=0)


async def unheard(database: Database, names: Pseudonyms, clock: Clock, question: Question) -> ClaimedQuestion | None:
    """Claim what somebody wrote to others who is not to be answered unasked; None for all else.

    Neither what it says nor who wrote it is kept.
    """
    if question.surface is not Surface.AMBIENT:
        return None
    async with database.reading_alone() as tx:
        author = await names.of(tx, Person(question.ref.platform, question.author_id))
        if await opted_out(tx, author) is not OptOut.UNASKED:
            return None
    async with database.transaction() as tx:
        return await claim(tx, question, author=NOBODY, at=clock(), outcome=_OUTCOME)


async def erase_words(database: Database, question: Question) -> None:
    """Erase what is kept of a message that was edited, and whose author is not to be answered unasked by now."""
    async with database.transaction() as tx:
        await change_words(tx, question.ref, _OUTCOME)
    database.start_erasure()
