"""Define the values that all layers speak in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self

from bot.core.local_answers import LocalAnswer
from bot.core.pace import Pace


class Audience(StrEnum):
    """Who may read a thing: everybody, or staff only."""

    PUBLIC = "public"
    INTERNAL = "internal"

    def sees(self, other: "Audience") -> bool:
        """Return whether somebody of this audience may read what is meant for the other."""
        return self is Audience.INTERNAL or other is Audience.PUBLIC


class Status(StrEnum):
    """The state of an entry; only published ones are answered from."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Origin(StrEnum):
    """Where a phrasing came from."""

    IMPORT = "import"
    MODERATOR = "moderator"
    SUGGESTION = "suggestion"


class Surface(StrEnum):
    """How a question reached the bot."""

    AMBIENT = "ambient"
    MENTION = "mention"
    COMMAND = "command"
    DIRECT = "direct"
    SHORTCUT = "shortcut"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Point to the article that an entry was taken from."""

    title: str | None = None
    url: str | None = None
    published: date | None = None
    updated: date | None = None
    views: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One answer with all its phrasings; `answers` are for other locales and regions. `cooldown` is in minutes."""

    id: str
    question: str
    answer: str
    aliases: tuple[str, ...] = ()
    staff_note: str | None = None
    audience: Audience = Audience.PUBLIC
    category: str | None = None
    region: str | None = None
    locale: str = "en"
    status: Status = Status.PUBLISHED
    source: Source = field(default_factory=Source)
    owner: str | None = None
    review_by: date | None = None
    valid_until: date | None = None
    answers: tuple[LocalAnswer, ...] = ()
    threshold: float | None = None
    never: tuple[str, ...] = ()
    hours: str | None = None
    channels: str | None = None
    cooldown: int | None = None

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Return the question and its aliases, the question first."""
        return (self.question, *self.aliases)

    @property
    def every_phrasing(self) -> tuple[str, ...]:
        """Return the phrasings of all locales, the question first."""
        return (*self.phrasings, *[text for one in self.answers for text in one.phrasings])

    def seen_by(self, audience: Audience) -> Self | None:
        """Return what this audience may read of the entry: nothing, or a copy without the staff note."""
        if not audience.sees(self.audience):
            return None
        return self if audience is Audience.INTERNAL else replace(self, staff_note=None)


@dataclass(frozen=True, slots=True, order=True)
class ChannelRef:
    """Name a channel of a platform."""

    platform: str
    workspace_id: str
    channel_id: str

    def __str__(self) -> str:
        return f"{self.platform}/{self.workspace_id}/{self.channel_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRef:
    """Name a message of a platform, by where it stands; `thread_id` is None for one that is in no thread.

    What replies to one in no thread begins one there, or stands `beside` it in the channel.
    """

    platform: str
    workspace_id: str = ""
    channel_id: str = ""
    thread_id: str | None = None
    message_id: str
    beside: bool = field(default=False, compare=False)

    @property
    def channel(self) -> ChannelRef:
        """Return the channel that the message is in."""
        return ChannelRef(self.platform, self.workspace_id, self.channel_id)


Permalink = Callable[[MessageRef], str | None]
"""Returns the address of a message, None where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person wrote, and where; `audience` is who can read the place, never who the author is.

    One in the `shadow` is decided and logged like any other, and gets no reply; that of one that is `held` waits for a
    moderator. An `unaddressed` one is for the bot by where it stands alone, and has to ask. `locale` and `region` are
    those of the author, or of the place, if known. With `topics`, categories in small letters, no others are answered.
    Who `may_ask` is answered there, at the `pace` of the channel. The words are those of a `source` it points at.
    """

    text: str
    ref: MessageRef
    author_id: str
    surface: Surface
    audience: Audience = Audience.PUBLIC
    shadow: bool = False
    held: bool = False
    unaddressed: bool = False
    locale: str | None = None
    region: str | None = None
    topics: frozenset[str] = frozenset()
    may_ask: bool = True
    pace: Pace | None = None
    source: Self | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One scored entry: `confidence` is the calibrated probability, 0 to 1, that it is the right one."""

    entry_id: str
    phrase: str
    confidence: float
    features: Mapping[str, float] = field(default_factory=dict)


class IgnoreReason(StrEnum):
    """Why a message is neither answered nor logged as a gap."""

    NO_CONTENT = "no_content"
    GREETING = "greeting"
    THANKS = "thanks"
    PART = "part"
    STATEMENT = "statement"
    TOO_LONG = "too_long"
    WAIT = "wait"
    CHOICE = "choice"
    NOT_HELPED = "not_helped"
    HUMAN = "human"
    OPTED_OUT = "opted_out"
    SECRET = "secret"  # noqa: S105  # the name of a reason, not a secret


@dataclass(frozen=True, slots=True)
class Answered:
    """Decide to answer with the first match."""

    match: Match


@dataclass(frozen=True, slots=True)
class Suggested:
    """Decide to offer these matches as choices, likeliest first."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Decide that nothing fits: the question is logged for review."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """Decide that there was no question."""

    reason: IgnoreReason


Decision = Answered | Suggested | Unanswered | Ignored


class DecisionKind(StrEnum):
    """Name the four decisions."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    UNANSWERED = "unanswered"
    IGNORED = "ignored"


_KINDS: Mapping[type, DecisionKind] = dict(zip((Answered, Suggested, Unanswered, Ignored), DecisionKind, strict=True))


def kind_of(decision: Decision) -> DecisionKind:
    """Return the name of a decision."""
    return _KINDS[type(decision)]


def offered_by(decision: Decision) -> tuple[Match, ...]:
    """Return the matches that a decision shows to the person who asked."""
    if isinstance(decision, Answered):
        return (decision.match,)
    return decision.matches if isinstance(decision, Suggested) else ()


class Rating(StrEnum):
    """What a person thinks of an answer: it helped, or it was not what they asked."""

    HELPFUL = "helpful"
    WRONG = "wrong"


class Grade(StrEnum):
    """What a moderator thinks of a decision."""

    RIGHT = "right"
    WRONG = "wrong"


class ItemKind(StrEnum):
    """What brought an item into the review: questions, like choices, or a date, newer source or flaw of an entry."""

    UNANSWERED = "unanswered"
    RATED = "rated"
    EXPIRED = "expired"
    CHOSEN = "chosen"
    DUE = "due"
    OVERTAKEN = "overtaken"
    FLAWED = "flawed"


class ItemStatus(StrEnum):
    """The state of a review item; a snoozed one is open again when its time has come."""

    OPEN = "open"
    SNOOZED = "snoozed"
    ANSWERED = "answered"
    LINKED = "linked"
    DISMISSED = "dismissed"
    MERGED = "merged"


class DismissReason(StrEnum):
    """Why a review item needs no answer."""

    OFF_TOPIC = "off-topic"
    ACCOUNT_SPECIFIC = "account-specific"
    SPAM = "spam"
    DUPLICATE = "duplicate"
    OTHER = "other"


class Mode(StrEnum):
    """What the bot does in a channel; in the shadow it decides and logs, and of drafts it asks moderators first."""

    OFF = "off"
    MENTION = "mention"
    AMBIENT = "ambient"
    SHADOW = "shadow"
    DRAFT = "draft"
