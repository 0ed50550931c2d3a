"""Define what the store says of review items."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus, Match, MessageRef, Rating
from bot.core.searching.groups import representative
from bot.core.searching.text import normalise

MOST_ITEMS = 50
# Of an item that was asked about for months, the last questions say what it is about.
LAST_ASKED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFilter:
    """Which items are wanted, and from which position on; without a status, those of any."""

    status: ItemStatus | None = ItemStatus.OPEN
    kind: ItemKind | None = None
    audience: Audience | None = None
    platform: str | None = None
    assignee: str | None = None
    first: int = 0
    limit: int = MOST_ITEMS


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemQuestion:
    """A question of an item; `author` is a keyed hash, `rating` what that person thinks of the answer."""

    id: str
    ref: MessageRef
    author: str
    asked_at: datetime
    text: str
    answered_with: str | None = None
    rating: Rating | None = None
    rating_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResolution:
    """How, by whom and when an item was closed."""

    actor: str
    at: datetime
    entry_id: str | None = None
    reason: DismissReason | None = None
    note: str | None = None
    merged_into: str | None = None


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item that waits for a moderator, or was resolved by one.

    `questions` are the last ones, in the order in which they came; `count` and `askers` count all. `entry_id` is the
    entry that the item is about: the answer that was rated badly, or expired. Who acts on an item names the `version`
    that they saw.
    """

    id: str
    number: int
    kind: ItemKind
    audience: Audience
    status: ItemStatus
    version: int
    created_at: datetime
    questions: tuple[ItemQuestion, ...] = ()
    count: int = 0
    askers: int = 0
    platforms: tuple[str, ...] = ()
    first_asked: datetime | None = None
    nearest: tuple[Match, ...] = ()
    entry_id: str | None = None
    entry_question: str | None = None
    assignee: str | None = None
    snoozed_until: datetime | None = None
    resolution: ItemResolution | None = None

    @property
    def is_open(self) -> bool:
        """Return whether somebody may still resolve it."""
        return self.status in {ItemStatus.OPEN, ItemStatus.SNOOZED}

    @cached_property
    def text(self) -> str:
        """Return the wording that stands for the last questions; of an entry that expired, its question."""
        wordings = [question.text for question in self.questions[-LAST_ASKED:]]
        return representative(wordings) if wordings else self.entry_question or ""

    @cached_property
    def wordings(self) -> tuple[str, ...]:
        """Return what was asked, each wording once, the one that stands for all first, then those most often asked."""
        said = [(normalise(question.text), question.text) for question in self.questions]
        asked, latest = Counter(words for words, _ in said), dict(said)
        first = normalise(self.text) if self.questions else None
        latest |= {} if first is None else {first: self.text}
        order = sorted(latest, key=lambda words: (words != first, -asked[words]))
        return tuple(latest[words] for words in order if words)

    @property
    def last_asked(self) -> datetime | None:
        """Return when it was asked last, None for an item that holds no question."""
        return self.questions[-1].asked_at if self.questions else None

    def unquoted(self) -> "Item":
        """Return the item without a word of those who asked."""
        return replace(self, questions=tuple(replace(one, text="", rating_reason=None) for one in self.questions))


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some items of a list, and how many there are in all."""

    items: tuple[Item, ...]
    total: int
