"""Define what the store counts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.models import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The period and the audience that count: `since` is inside, `until` is not."""

    since: datetime
    until: datetime
    audience: Audience


class Dimension(StrEnum):
    """By what the figures are grouped; a day is one of UTC, a category that of the entry.

    The entry is that which a moderator linked, else the answer, else the first of the choices.
    """

    ALL = "all"
    DAY = "day"
    PLATFORM = "platform"
    CHANNEL = "channel"
    CATEGORY = "category"
    ENTRY = "entry"


# One value for each column that a dimension is told apart by.
Key = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many questions came in, by their outcome; `asked` leaves out what was ignored.

    `shadow` were decided without a word, and count nowhere else.
    """

    asked: int = 0
    answered: int = 0
    suggested: int = 0
    unanswered: int = 0
    ignored: int = 0
    shadow: int = 0
    askers: int = 0
    helpful: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """How many questions got an answer from a person, and the median of the seconds that it took."""

    count: int = 0
    median_seconds: float | None = None


NO_COUNTS, NOBODY_WAITED = Counts(), Waited()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Open questions that belong together; `text` is None where too few people asked to quote one of them."""

    text: str | None
    count: int
    askers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryUse:
    """How often an entry was asked for in the bot, and how often its source was viewed, where that is known.

    It was `shown` as the answer at once, was rated `helpful` or `wrong`, and `corrected` in so many threads.
    """

    id: str
    question: str
    asked: int
    views: int | None
    shown: int = 0
    helpful: int = 0
    wrong: int = 0
    corrected: int = 0

    @property
    def has_feedback(self) -> bool:
        """Return whether anybody rated it, or it was corrected."""
        return bool(self.helpful or self.wrong or self.corrected)
