"""Leave alone who is not to be answered unasked."""

from typing import NamedTuple

from bot.core.manners import OptOut
from bot.core.models import Ignored, IgnoreReason, Question, Surface
from bot.service import Clock
from bot.service.privacy import Person, Pseudonyms
from bot.service.replies import change_words
from bot.store import Database
from bot.store.behaviour import Current, current_for
from bot.store.privacy import NOBODY
from bot.store.questions import claim
from bot.store.records import ClaimedQuestion, Outcome

NOT_HEARD = Ignored(IgnoreReason.OPTED_OUT)
_OUTCOME = Outcome(decision=NOT_HEARD, text=None, normalised=None, scorer_version="", content_version=0)


class Unheard(NamedTuple):
    """What was claimed of somebody who is not to be answered unasked, and what was read besides that is wanted next."""

    claimed: ClaimedQuestion | None = None
    newest: Current | None = None


async def unheard(database: Database, names: Pseudonyms, clock: Clock, question: Question) -> Unheard:
    """Claim what somebody wrote to others who is not to be answered unasked.

    Neither what it says nor who wrote it is kept.
    """
    if question.surface is not Surface.AMBIENT:
        return Unheard()
    async with database.reading_alone() as tx:
        author = await names.of(tx, Person(question.ref.platform, question.author_id))
        newest, extent = await current_for(tx, author)
    if extent is not OptOut.UNASKED:
        return Unheard(newest=newest)
    async with database.transaction() as tx:
        return Unheard(await claim(tx, question, author=NOBODY, at=clock(), outcome=_OUTCOME))


async def erase_words(database: Database, question: Question) -> None:
    """Erase what is kept of a message that was edited, and whose author is not to be answered unasked by now."""
    async with database.transaction() as tx:
        await change_words(tx, question.ref, _OUTCOME)
    database.start_erasure()
