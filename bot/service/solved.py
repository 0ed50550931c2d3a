"""Offer solved questions of the same channel that are like one which the FAQ has no answer to."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from cachetools import LRUCache

from bot.core.models import Question, Unanswered
from bot.core.searching.groups import Meaning
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.past import PastQuestion, is_post, most_alike
from bot.core.searching.vectors import Encode, Model
from bot.core.wording.replies import NOTHING_FITS, Reply, ReplyKind
from bot.service.background import Background
from bot.service.explanations import Explanation
from bot.service.meanings import QuestionMeanings
from bot.store import Database
from bot.store.past import solved_beside, solved_in
from bot.store.vectors import digest

MOST_OFFERED = 2
# So many are encoded while somebody waits for the reply, and together with others later; so many vectors are kept.
_FEW, _KEPT = 32, 1_024


class SolvedQuestions:
    """Find solved questions by their words, and by their meaning where there is an encoder; none is ever an answer.

    Vectors are kept in memory alone. Those of titles that are compared for the first time are made beside the work, but
    for a few, and these titles go by their words until then.
    """

    def __init__(
        self, database: Database, lexicon: Lexicon, encoders: Mapping[Model, Encode], *, background: Background
    ) -> None:
        self._database = database
        self._lexicon = lexicon
        self._meanings = QuestionMeanings(lexicon, encoders)
        self._background = background
        self._kept: LRUCache[bytes, Meaning] = LRUCache(_KEPT)

    async def beside(self, reply: Reply, question_id: str) -> Reply:
        """Return a reply; where nothing fits, with solved questions that are like the one on the log."""
        if reply.kind is not ReplyKind.NOTHING_FITS or reply.solved:
            return reply
        async with self._database.snapshot() as tx:
            found = await solved_beside(tx, question_id)
        return reply if found is None else replace(reply, solved=await self._alike(*found))

    async def under_post(self, question: Question, found: Explanation) -> Explanation:
        """Return what was decided; under a post in a forum that has no answer, with solved ones like it if any are.

        A post asks everybody for help, so that this is said unasked, while a message in a channel gets nothing.
        """
        is_unanswered = found.reply is None and isinstance(found.decided.decision, Unanswered)
        if not is_post(question.ref) or not is_unanswered or found.text is None:
            return found
        async with self._database.snapshot() as tx:
            past = await solved_in(tx, question.ref, audience=question.audience)
        alike = await self._alike(PastQuestion(ref=question.ref, text=found.text), past)
        reply = Reply(kind=ReplyKind.NOTHING_FITS, text=str(NOTHING_FITS), solved=alike)
        return replace(found, reply=reply) if alike else found

    async def _alike(self, asked: PastQuestion, past: Sequence[PastQuestion]) -> tuple[PastQuestion, ...]:
        if not past:
            return ()
        meanings = await self._known(asked.title, [one.title for one in past])
        # In a thread, since long posts take their time and others are answered meanwhile.
        alike = partial(most_alike, self._lexicon, asked, past, most=MOST_OFFERED, meanings=meanings)
        return await asyncio.to_thread(alike)

    async def _known(self, asked: str, titles: Sequence[str]) -> dict[str, Meaning]:
        """Return the meanings of a title and of others, as far as they are known by now."""
        if not self._meanings:
            return {}
        new = [title for title in dict.fromkeys((asked, *titles)) if digest(title) not in self._kept]
        await self._learn(new[:_FEW])
        if len(new) > _FEW:
            self._background.start(self._learn_all(new[_FEW:]))
        found = ((title, self._kept.get(digest(title))) for title in (asked, *titles))
        return {title: meaning for title, meaning in found if meaning is not None}

    async def _learn_all(self, titles: Sequence[str]) -> None:
        for start in range(0, len(titles), _FEW):
            await self._learn(titles[start : start + _FEW])

    async def _learn(self, titles: Sequence[str]) -> None:
        for title, meaning in zip(titles, await self._meanings.of(titles), strict=True):
            if meaning is not None:
                self._kept[digest(title)] = meaning
