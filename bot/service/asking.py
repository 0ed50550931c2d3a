"""Answer questions, each message once, and log what became of them."""

from dataclasses import dataclass

from bot.core.deciding import Verdict
from bot.core.index import Query
from bot.core.matching import Ranking
from bot.core.models import Audience, Decision, Question, Surface
from bot.core.replies import Reply
from bot.service import Clock
from bot.service.knowledge import Knowledge
from bot.store import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Hold a decision and everything that led to it; `text` is what may be kept of the question, if anything."""

    text: str | None
    ranking: Ranking
    verdict: Verdict
    reply: Reply | None
    content_version: int
    scorer_version: str

    @property
    def query(self) -> Query:
        """Return the question as it was matched."""
        return self.ranking.query


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold what became of a message; one that came before has its earlier decision, and neither reply nor verdict."""

    question_id: str
    decision: Decision
    reply: Reply | None = None
    verdict: Verdict | None = None
    repeated: bool = False


class AskService:
    """Answer questions."""

    def __init__(
        self, *, database: Database, knowledge: Knowledge, clock: Clock, author_key: bytes | None = None
    ) -> None:
        self._database = database
        self._knowledge = knowledge
        self._clock = clock
        self._author_key = author_key

    async def ask(self, question: Question) -> Asked:
        """Decide about a message and log it."""
        raise NotImplementedError

    async def explain(self, text: str, *, audience: Audience, surface: Surface) -> Explanation:
        """Return what would become of a text, and why; nothing is logged."""
        raise NotImplementedError

    async def choose(self, entry_id: str, *, audience: Audience) -> Reply | None:
        """Return the answer that somebody chose, None when this audience has no such entry (any more)."""
        raise NotImplementedError
