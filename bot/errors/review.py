"""Name what stands against a change of a question or a review item."""

from dataclasses import dataclass

from bot.errors.families import ConflictError, NotFoundError


@dataclass(eq=False)
class QuestionNotFoundError(NotFoundError):
    """Say that the log has no such question."""

    question_id: str


@dataclass(eq=False)
class NothingToGradeError(ConflictError):
    """Say that there is nothing to grade about a question: it was none, or its text or its candidates are gone."""

    question_id: str


@dataclass(eq=False)
class ItemNotFoundError(NotFoundError):
    """Say that the review has no item with this id, nor one that holds the question with this id."""

    item_id: str


@dataclass(eq=False)
class ItemClosedError(ConflictError):
    """Say that a review item is closed, how, and by whom."""

    item_id: str
    status: str
    actor: str


@dataclass(eq=False)
class ItemOpenError(ConflictError):
    """Say that a review item is open, and cannot be opened again."""

    item_id: str


@dataclass(eq=False)
class ItemChangedError(ConflictError):
    """Say that a review item is not any more what a moderator saw: who did what meanwhile."""

    item_id: str
    action: str
    actor: str


@dataclass(eq=False)
class ItemsUnlikeError(ConflictError):
    """Say that two review items cannot become one."""

    item_id: str
    other_id: str
    reason: str


@dataclass(eq=False)
class ItemPartError(ConflictError):
    """Say that a part of a review item cannot be told from the rest: a question is not in it, or all are meant."""

    item_id: str
    question_id: str | None


@dataclass(eq=False)
class NothingToRevertError(ConflictError):
    """Say that nothing was done to a review item that could be taken back, or that what was done cannot be."""

    item_id: str
    reason: str


@dataclass(eq=False)
class SuggestionNotFoundError(NotFoundError):
    """Say that no open suggestion has this id."""

    suggestion_id: str
