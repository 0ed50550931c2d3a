"""Find what was asked in the words of a message, and change it as that message changes."""

from dataclasses import replace

from bot.core.models import MessageRef
from bot.service.explanations import Explanations
from bot.service.knowledge import Knowledge, Validity
from bot.service.replies import change_words
from bot.store import Database
from bot.store.privacy import message, pointing_at
from bot.store.questions import logged_question, ref_of


class PointedAtService:
    """Follow the messages that somebody pointed at."""

    def __init__(self, *, database: Database, knowledge: Knowledge, validity: Validity) -> None:
        self._database = database
        self._explanations = Explanations(knowledge, validity)

    async def edited(self, ref: MessageRef, text: str) -> dict[MessageRef, str]:
        """Store what a message now says for those who pointed at it; return the words of each.

        What they were told stays.
        """
        async with self._database.snapshot() as tx:
            asked = [logged_question(row) for row in await pointing_at(tx, ref)]
        if not asked:
            return {}
        explained = [
            await self._explanations.explain(text, audience=each.audience, surface=each.surface) for each in asked
        ]
        async with self._database.transaction() as tx:
            for each, now in zip(asked, explained, strict=True):
                source = None if each.outcome is None else each.outcome.source
                await change_words(tx, each.ref, replace(now.outcome, source=source))
        self._database.start_erasure()
        words = [now.outcome.text or "" for now in explained]
        return dict(zip((each.ref for each in asked), words, strict=True))

    async def replied_to(self, ref: MessageRef) -> dict[MessageRef, str]:
        """Return the words of what was asked with a message, by its author or by pointing at it, and had a reply."""
        async with self._database.snapshot() as tx:
            own = await message(tx, ref)
            rows = [*([] if own is None else [own]), *await pointing_at(tx, ref)]
        return {ref_of(row): row.text or "" for row in rows if row.reply_state is not None}
