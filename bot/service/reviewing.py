"""Let moderators close the questions that had no answer."""

from dataclasses import dataclass

from bot.service import Clock
from bot.store import Database
from bot.store.records import LoggedQuestion, StoredEntry, UnansweredGroup
from bot.store.unanswered import MOST_GROUPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Hold a question of the log, and the group that it is in as long as it is open."""

    question: LoggedQuestion
    group: UnansweredGroup | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Hold a group as it was when it was closed, and the entry that answers it now, if one does."""

    group: UnansweredGroup
    entry: StoredEntry | None = None


class ReviewService:
    """Review unanswered questions."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list(self, *, limit: int = MOST_GROUPS) -> tuple[UnansweredGroup, ...]:
        """Return the open questions, those that say the same as one, most distinct askers first."""
        raise NotImplementedError

    async def show(self, question_id: str) -> Review:
        """Return one question of the log, open or closed."""
        raise NotImplementedError

    async def answer(  # noqa: PLR0913  # the fields of the entry that a moderator may choose
        self,
        question_id: str,
        *,
        answer: str,
        actor: str,
        question: str | None = None,
        entry_id: str | None = None,
        category: str | None = None,
    ) -> Closed:
        """Make an entry out of a group, for the audience that asked."""
        raise NotImplementedError

    async def link(self, question_id: str, entry_id: str, *, actor: str, alias: str | None = None) -> Closed:
        """Make the wording of a group, or this alias in its place, a phrasing of an entry."""
        raise NotImplementedError

    async def dismiss(self, question_id: str, *, reason: str, actor: str) -> Closed:
        """Close a group without an answer."""
        raise NotImplementedError
