"""Define an item of the review, the same from the store to the screen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus, Match, MessageRef, Rating
from bot.core.searching.groups import representative
from bot.core.searching.text import STOP_WORDS, normalise, tokens

# Of an item that was asked about for months, the last questions say what it is about.
LAST_ASKED = 50
# What is about an entry and no question.
ABOUT_ENTRIES = (ItemKind.EXPIRED, ItemKind.DUE, ItemKind.OVERTAKEN, ItemKind.FLAWED)


class Progress(StrEnum):
    """How far a question has come, for its asker."""

    ANSWERED = "answered"
    OFFERED = "offered"
    WAITING = "waiting"
    ANSWERED_LATER = "answered_later"
    CLOSED = "closed"


class Consent(StrEnum):
    """What somebody says when they are asked whether their words may become public FAQ: these words, all, or none."""

    YES = "yes"
    ALWAYS = "always"
    NO = "no"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedAnswer:
    """An answer that somebody suggests, which may have solved the question, and be in words that are not to publish."""

    author: str
    text: str
    solves: bool = False
    consented: bool = True


@dataclass(frozen=True, kw_only=True)
class ReviewItem:
    """An item that waits for a moderator, or was resolved by one.

    `questions` are the last ones, in the order in which they came; `count` and `askers` count all. `entry_id` is the
    entry that the item is about: the answer that was rated badly, that has a date, the `day`, or in which a check
    found something, the `finding`. Who acts on an item names the `version` that they saw. `text` is the wording that
    stands for the questions, see `text_of`.
    """

    id: str
    number: int
    kind: ItemKind
    audience: Audience
    status: ItemStatus
    version: int
    text: str
    created_at: datetime
    questions: tuple[ItemQuestion, ...] = ()
    count: int = 0
    askers: int = 0
    platforms: tuple[str, ...] = ()
    first_asked: datetime | None = None
    last_asked: datetime | None = None
    nearest: tuple[Match, ...] = ()
    suggested: tuple[SuggestedAnswer, ...] = ()
    entry_id: str | None = None
    entry_question: str | None = None
    day: date | None = None
    finding: str | None = None
    assignee: str | None = None
    snoozed_until: datetime | None = None
    resolution: ItemResolution | None = None

    @property
    def is_open(self) -> bool:
        """Return whether somebody may still resolve it."""
        return self.status in {ItemStatus.OPEN, ItemStatus.SNOOZED}

    @cached_property
    def wordings(self) -> tuple[str, ...]:
        """Return what was asked, each wording once, the one that stands for all first, then those most often asked."""
        said = [(normalise(question.text), question.text) for question in self.questions]
        asked, latest = Counter(words for words, _ in said), dict(said)
        first = normalise(self.text) if self.questions else None
        latest |= {} if first is None else {first: self.text}
        order = sorted(latest, key=lambda words: (words != first, -asked[words]))
        return tuple(latest[words] for words in order if words)

    def unquoted(self) -> "ReviewItem":
        """Return the item without a word of those who asked."""
        questions = tuple(replace(one, text="", rating_reason=None) for one in self.questions)
        return replace(self, questions=questions, suggested=(), text="" if questions else self.text)


def text_of(questions: Sequence[ItemQuestion], *, entry_question: str | None) -> str:
    """Return the wording that stands for the last questions; of an entry that expired, its question."""
    wordings = [question.text for question in questions[-LAST_ASKED:]]
    return representative(wordings) if wordings else entry_question or ""


class HeldStatus(StrEnum):
    """The state of a reply that is held: it waits for a moderator, or what became of it."""

    WAITING = "waiting"
    SENT = "sent"
    EDITED = "edited"
    DROPPED = "dropped"
    EXPIRED = "expired"
    HELPED = "helped"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReply:
    """A reply that waits for a moderator in place of being sent.

    `text` is what was asked, `answer` what would be said to it, and `matches` are the entries that this gives or
    offers. Who acts on it names the `version` that they saw.
    """

    question_id: str
    ref: MessageRef
    audience: Audience
    asked_at: datetime
    status: HeldStatus
    version: int
    waits_until: datetime | None = None
    text: str = ""
    answer: str = ""
    matches: tuple[Match, ...] = ()
    actor: str | None = None
    at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Return whether it still waits."""
        return self.status is HeldStatus.WAITING


@dataclass(frozen=True, slots=True)
class HeldPage:
    """Some of the replies that wait for a moderator, the longest first, and how many there are in all."""

    replies: tuple[HeldReply, ...] = ()
    total: int = 0


NO_DRAFTS = HeldPage()


# Of so many of its words a suggestion that was rewritten has left some trace in the answer.
_LEAST_WORDS = 0.5


def uses_words(answer: str, suggested: str) -> bool:
    """Return whether an answer has at least half of the words that say something in a suggestion."""
    words = {word for word in tokens(suggested) if word not in STOP_WORDS}
    return bool(words) and len(words & set(tokens(answer))) >= _LEAST_WORDS * len(words)
