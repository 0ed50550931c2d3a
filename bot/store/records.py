"""Define what the store takes and returns, and the ids by which people refer to it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.core.deciding.decision import Thresholds
from bot.core.models import Audience, Decision, Entry, ItemKind, ItemStatus, Match, MessageRef, Origin, Status, Surface
from bot.core.review import ReviewItem

# More digits do not fit into the column.
_QUESTION = re.compile(r"q([1-9][0-9]{0,8})", re.IGNORECASE)
_SUGGESTION = re.compile(r"s([1-9][0-9]{0,8})", re.IGNORECASE)
_ITEM = re.compile(r"r([1-9][0-9]{0,8})", re.IGNORECASE)

MOST_ITEMS = 50


def to_question_id(number: int) -> str:
    """Return the id of the question in this row."""
    return f"Q{number}"


def from_question_id(question_id: str) -> int | None:
    """Return the row of a question, None when its id cannot be one."""
    return _number(_QUESTION, question_id)


def to_item_id(number: int) -> str:
    """Return the id of the review item in this row."""
    return f"R{number}"


def from_item_id(item_id: str) -> int | None:
    """Return the row of a review item, None when its id cannot be one."""
    return _number(_ITEM, item_id)


def to_suggestion_id(number: int) -> str:
    """Return the id of the suggestion in this row."""
    return f"S{number}"


def from_suggestion_id(suggestion_id: str) -> int | None:
    """Return the row of a suggestion, None when its id cannot be one."""
    return _number(_SUGGESTION, suggestion_id)


def _number(pattern: re.Pattern[str], written: str) -> int | None:
    found = pattern.fullmatch(written)
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrasing of an entry, and how it came to be one."""

    text: str
    normalised: str
    origin: Origin
    locale: str
    approved_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Which record of which source an entry was last imported from, and the passages found there."""

    digest: str
    source: str | None = None
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry to be saved; phrasings it did not have before get this origin.

    Without `imported`, what is known of an earlier import stays. When `released`, its phrasings are free for others.
    """

    entry: Entry
    origin: Origin
    imported: Imported | None = None
    released: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry as it stands in the store; `phrases` has the question first, as in the entry."""

    entry: Entry
    phrases: tuple[Phrase, ...]
    version: int
    content_version: int
    updated_at: datetime
    imported: Imported | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """Which entries are wanted, of any of the `categories`; `text` is looked for in questions, aliases and answers.

    Those that hold on a day are those that have not ended before it.
    """

    categories: Collection[str] | None = None
    status: Status | None = None
    audience: Audience | None = None
    text: str | None = None
    holds_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChanges:
    """The changes after a content version: entries to index again, and ids to drop."""

    content_version: int
    entries: tuple[StoredEntry, ...]
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who changes the content, when and why, and the content version that it makes."""

    actor: str
    at: datetime
    content_version: int
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointedMessage:
    """The message that the words of a question stand in, where that is another one; `author` is a keyed hash."""

    message_id: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The outcome of a question; `text` is redacted, and None when nothing of it may be stored.

    It has a `source` where its author pointed at the message of somebody else, or another one of theirs.
    """

    decision: Decision
    text: str | None
    normalised: str | None
    scorer_version: str
    content_version: int
    candidates: tuple[Match, ...] = ()
    thresholds: Thresholds | None = None
    source: PointedMessage | None = None


class ReplyState(StrEnum):
    """Where the reply to a question is; without a state there was nothing to say.

    An outdated one is being sent while its question was edited. One that is held waits for a moderator. After the last
    five the bot says nothing more.
    """

    DUE = "due"
    OUTDATED = "outdated"
    SENT = "sent"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    REMOVED = "removed"
    LIMITED = "limited"
    DROPPED = "dropped"


SAID = (ReplyState.DUE, ReplyState.OUTDATED, ReplyState.SENT)
"""The states in which the bot says something, or has said it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """For how long a reply is leased to its sender, and whether it only points at an answer further up."""

    lease: timedelta
    points_above: bool = False


class DeliveryKind(StrEnum):
    """Whether a delivery is a later answer, or a correction of an earlier one."""

    ANSWER = "answer"
    CORRECTION = "correction"


class DeliveryStatus(StrEnum):
    """The state of a delivery."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedQuestion:
    """A question of the log; `author` is the keyed hash of who asked, `outcome` is None until decided."""

    id: str
    ref: MessageRef
    author: str
    surface: Surface
    audience: Audience
    asked_at: datetime
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedQuestion:
    """The id of a question, and its log when it was claimed before."""

    question_id: str
    earlier: LoggedQuestion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """Who did what to which object and why, and how it stood before and after."""

    actor: str
    action: str
    object: str
    at: datetime
    reason: str | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


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


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some items of a list, and how many there are in all."""

    items: tuple[ReviewItem, ...]
    total: int


class SuggestionStatus(StrEnum):
    """The state of a suggestion for a review item: taken as it stands, used for another answer, or not taken."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REWRITTEN = "rewritten"
    CLOSED = "closed"
