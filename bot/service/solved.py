"""Offer solved questions of the same channel that are like one which the FAQ has no answer to."""

import asyncio
from dataclasses import replace

from bot.core.models import Audience, Question, Unanswered
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.past import PastQuestion, is_post, most_alike
from bot.core.wording.replies import NOTHING_FITS, Reply, ReplyKind
from bot.service.explanations import Explanation
from bot.store import Database
from bot.store.past import solved_in
from bot.store.questions import get_question

MOST_OFFERED = 2


class SolvedQuestions:
    """Find solved questions by their words; none is ever an answer."""

    def __init__(self, database: Database, lexicon: Lexicon) -> None:
        self._database = database
        self._lexicon = lexicon

    async def beside(self, reply: Reply, question_id: str) -> Reply:
        """Return a reply; where nothing fits, with solved questions that are like the one on the log."""
        if reply.kind is not ReplyKind.NOTHING_FITS or reply.solved:
            return reply
        async with self._database.snapshot() as tx:
            asked = await get_question(tx, question_id)
        text = None if asked.outcome is None else asked.outcome.text
        if text is None:
            return reply
        return replace(reply, solved=await self._alike(PastQuestion(ref=asked.ref, text=text), asked.audience))

    async def under_post(self, question: Question, found: Explanation) -> Explanation:
        """Return what was decided; under a post in a forum that has no answer, with solved ones like it if any are.

        A post asks everybody for help, so that this is said unasked, while a message in a channel gets nothing.
        """
        is_unanswered = found.reply is None and isinstance(found.decided.decision, Unanswered)
        if not is_post(question.ref) or not is_unanswered or found.text is None:
            return found
        past = await self._alike(PastQuestion(ref=question.ref, text=found.text), question.audience)
        reply = Reply(kind=ReplyKind.NOTHING_FITS, text=str(NOTHING_FITS), solved=past)
        return replace(found, reply=reply) if past else found

    async def _alike(self, asked: PastQuestion, audience: Audience) -> tuple[PastQuestion, ...]:
        async with self._database.snapshot() as tx:
            past = await solved_in(tx, asked.ref, audience=audience)
        # In a thread, since long posts take their time and others are answered meanwhile.
        return await asyncio.to_thread(most_alike, self._lexicon, asked, past, most=MOST_OFFERED) if past else ()
