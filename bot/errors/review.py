"""Name what stands against a change of a question or a review item."""

from dataclasses import dataclass
from enum import StrEnum

from bot.errors.families import ConflictError, NotFoundError


class Unlike(StrEnum):
    """Why two review items cannot become one."""

    SAME = "same"
    AUDIENCES = "audiences"


class Unrevertable(StrEnum):
    """Why an action on a review item cannot be reverted."""

    NOTHING_DONE = "nothing_done"
    ENTRY_CHANGED = "entry_changed"
    MOVED_ON = "moved_on"


@dataclass(eq=False)
class QuestionNotFoundError(NotFoundError):
    """The log has no such question."""

    question_id: str


@dataclass(eq=False)
class NothingToGradeError(ConflictError):
    """The question cannot be graded: it was none, or its text or its candidates are gone."""

    question_id: str


@dataclass(eq=False)
class HeldClosedError(ConflictError):
    """A reply that was held does not wait any more as somebody saw it: why, and by whom."""

    question_id: str
    status: str
    actor: str


@dataclass(eq=False)
class ItemNotFoundError(NotFoundError):
    """The review has no item with this id, nor one that holds the question with this id."""

    item_id: str


@dataclass(eq=False)
class ItemClosedError(ConflictError):
    """A review item is closed, how, and by whom."""

    item_id: str
    status: str
    actor: str


@dataclass(eq=False)
class ItemOpenError(ConflictError):
    """A review item is open, and cannot be opened again."""

    item_id: str


@dataclass(eq=False)
class ItemChangedError(ConflictError):
    """A review item has changed since a moderator saw it: who did what meanwhile."""

    item_id: str
    action: str
    actor: str


@dataclass(eq=False)
class ItemsUnlikeError(ConflictError):
    """Two review items cannot become one."""

    item_id: str
    other_id: str
    reason: Unlike


@dataclass(eq=False)
class ItemPartError(ConflictError):
    """A part of a review item cannot be split off: a question is not in it, or all are meant."""

    item_id: str
    question_id: str | None


@dataclass(eq=False)
class NothingToRevertError(ConflictError):
    """No action on a review item can be reverted; `other_id` is the entry or the item that stands against it."""

    item_id: str
    reason: Unrevertable
    other_id: str = ""
    status: str = ""


@dataclass(eq=False)
class ConsentMissingError(ConflictError):
    """A suggestion is in the words of somebody who has not agreed that they become public FAQ."""

    suggestion_id: str
    item_id: str
    author: str


@dataclass(eq=False)
class SuggestionNotFoundError(NotFoundError):
    """No open suggestion has this id."""

    suggestion_id: str
