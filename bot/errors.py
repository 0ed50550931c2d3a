"""Name what can go wrong; errors carry ids and facts, and become words once, at the edge."""

from dataclasses import dataclass


class FaqbotError(Exception):
    """Stand above every error that this project raises on purpose."""


@dataclass(frozen=True)
class Problem:
    """Locate one fault in what somebody gave us: what, where, and what to do about it."""

    where: str
    what: str
    remedy: str
    line: int | None = None
    field: str | None = None


@dataclass(eq=False)
class InvalidInputError(FaqbotError):
    """Say that files were refused, with every problem found in them."""

    problems: tuple[Problem, ...]


@dataclass(eq=False)
class BrokenOffError(FaqbotError):
    """Say that a person broke off where something was to be typed, so that nothing may be written."""


@dataclass(eq=False)
class EntryNotFoundError(FaqbotError):
    """Say that no entry has this id."""

    entry_id: str


@dataclass(eq=False)
class PhraseTakenError(FaqbotError):
    """Say that a phrasing already belongs to another entry, which keeps it when it is retired."""

    phrase: str
    entry_id: str
    retired: bool = False


@dataclass(eq=False)
class EntryUnfitError(FaqbotError):
    """Say that an entry cannot answer a question, since its audience or its status keeps it from those who asked."""

    entry_id: str
    question_id: str
    field: str
    value: str


@dataclass(eq=False)
class EntryExistsError(FaqbotError):
    """Say that an id is already in use."""

    entry_id: str


@dataclass(eq=False)
class EntryFieldError(FaqbotError):
    """Say that a field of an entry has a value that cannot be stored."""

    field: str
    value: str
    expected: str


@dataclass(eq=False)
class ChannelFieldError(FaqbotError):
    """Say that a setting of a channel cannot have this value."""

    field: str
    value: str
    expected: str


@dataclass(eq=False)
class NothingToGradeError(FaqbotError):
    """Say that there is nothing to grade about a question: it was none, or its text or its candidates are gone."""

    question_id: str


@dataclass(eq=False)
class QuestionNotFoundError(FaqbotError):
    """Say that the log has no such question."""

    question_id: str


@dataclass(eq=False)
class DatabaseUnreachableError(FaqbotError):
    """Say that the database did not answer; `place` never holds a password."""

    place: str
    reason: str


@dataclass(eq=False)
class DatabaseAwayError(DatabaseUnreachableError):
    """Say that the database does not answer for now; what is asked of it later may well succeed."""


@dataclass(eq=False)
class DatabaseBusyError(DatabaseAwayError):
    """Say that the database is there, and that others kept it for too long: a lock, or all connections to it."""


@dataclass(eq=False)
class SpoolError(FaqbotError):
    """Say that the spool cannot keep what came in: where, why, and what to do about it."""

    where: str
    what: str
    remedy: str


@dataclass(eq=False)
class ErasureUnfinishedError(FaqbotError):
    """Say that something was removed, and that a file of the database may still have it."""

    file: str


@dataclass(eq=False)
class DatabaseFullError(FaqbotError):
    """Say that the disk under the database has no room left."""

    place: str


@dataclass(eq=False)
class DatabaseTooNewError(FaqbotError):
    """Say that the database has a revision that this version does not know."""

    place: str
    revision: str


@dataclass(eq=False)
class DatabaseOutdatedError(FaqbotError):
    """Say that the database must be migrated before it can be used."""

    place: str
    current: str | None
    wanted: str


@dataclass(eq=False)
class UnsupportedDatabaseError(FaqbotError):
    """Say that a URL names a kind of database that the bot cannot use."""

    url: str
    reason: str


@dataclass(eq=False)
class SettingsError(FaqbotError):
    """Say that a setting has a wrong value; `got` is left out where it may hold a secret."""

    variable: str
    expected: str
    got: str | None = None


@dataclass(eq=False)
class UnknownSettingError(FaqbotError):
    """Say that a variable names no setting, and which one comes nearest."""

    variable: str
    nearest: str


@dataclass(eq=False)
class NoEntriesError(FaqbotError):
    """Say that there is nothing to answer from."""

    place: str


@dataclass(eq=False)
class EncoderError(FaqbotError):
    """Say that a sentence encoder cannot be used: where, why, and what to do about it."""

    where: str
    what: str
    remedy: str


@dataclass(eq=False)
class ModelInstallError(FaqbotError):
    """Say that a model was not installed, and that nothing has changed: where it failed, why, and what to do."""

    where: str
    what: str
    remedy: str


@dataclass(eq=False)
class WorkspaceNameError(FaqbotError):
    """Say that a workspace cannot have this name."""

    workspace: str


@dataclass(eq=False)
class WorkspaceNeededError(FaqbotError):
    """Say that a setting leads to a database for each workspace, and that none was named."""

    variable: str


@dataclass(eq=False)
class WorkspaceNotFoundError(FaqbotError):
    """Say that a workspace has no database yet."""

    workspace: str
    place: str


@dataclass(eq=False)
class ItemNotFoundError(FaqbotError):
    """Say that the review has no item with this id, nor one that holds the question with this id."""

    item_id: str


@dataclass(eq=False)
class ItemClosedError(FaqbotError):
    """Say that a review item is closed, how, and by whom."""

    item_id: str
    status: str
    actor: str


@dataclass(eq=False)
class ItemOpenError(FaqbotError):
    """Say that a review item is open, and cannot be opened again."""

    item_id: str


@dataclass(eq=False)
class ItemChangedError(FaqbotError):
    """Say that a review item is not any more what a moderator saw: who did what meanwhile."""

    item_id: str
    action: str
    actor: str


@dataclass(eq=False)
class ItemsUnlikeError(FaqbotError):
    """Say that two review items cannot become one."""

    item_id: str
    other_id: str
    reason: str


@dataclass(eq=False)
class ItemPartError(FaqbotError):
    """Say that a part of a review item cannot be told from the rest: a question is not in it, or all are meant."""

    item_id: str
    question_id: str | None


@dataclass(eq=False)
class NothingToRevertError(FaqbotError):
    """Say that nothing was done to a review item that could be taken back, or that what was done cannot be."""

    item_id: str
    reason: str


@dataclass(eq=False)
class SuggestionNotFoundError(FaqbotError):
    """Say that no open suggestion has this id."""

    suggestion_id: str


@dataclass(eq=False)
class TokenRefusedError(FaqbotError):
    """Say that a platform does not take a token, which setting holds it, and the platform's word for why."""

    setting: str
    reason: str


@dataclass(eq=False)
class ScopesMissingError(FaqbotError):
    """Say which permissions an app lacks on its platform."""

    platform: str
    scopes: tuple[str, ...]


@dataclass(eq=False)
class PlatformUnreachableError(FaqbotError):
    """Say that a platform did not answer at this address."""

    place: str
    reason: str


@dataclass(eq=False)
class PlatformRefusedError(FaqbotError):
    """Say that a platform does not let the bot in: why, and what to do about it."""

    platform: str
    reason: str
    remedy: str


@dataclass(eq=False)
class ServersUnclearError(FaqbotError):
    """Say that the bot is in several servers of a platform, and that nothing tells which of them to serve."""

    servers: tuple[int, ...]
