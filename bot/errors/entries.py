"""Name what is wrong with entries, and with files of them."""

from dataclasses import dataclass

from bot.errors.families import ConflictError, InputError, NotFoundError


@dataclass(frozen=True)
class Problem:
    """Locate one fault in what somebody gave us: what, where, and what to do about it."""

    where: str
    what: str
    remedy: str
    line: int | None = None
    field: str | None = None


@dataclass(eq=False)
class InvalidInputError(InputError):
    """Files were refused, with every problem found in them."""

    problems: tuple[Problem, ...]


@dataclass(eq=False)
class EntryNotFoundError(NotFoundError):
    """No entry has this id; `similar` ids may be meant."""

    entry_id: str
    similar: tuple[str, ...] = ()


@dataclass(eq=False)
class VersionNotFoundError(NotFoundError):
    """An entry has no version of this number; its last one is `last`."""

    entry_id: str
    version: int
    last: int


@dataclass(eq=False)
class CategoryNotFoundError(NotFoundError):
    """No entry has this category; `similar` ones may be meant."""

    category: str
    similar: tuple[str, ...] = ()


@dataclass(eq=False)
class NoEntriesError(NotFoundError):
    """There is nothing to answer from."""

    place: str


@dataclass(eq=False)
class PhraseTakenError(ConflictError):
    """A phrasing already belongs to another entry, which keeps it when it is retired."""

    phrase: str
    entry_id: str
    retired: bool = False


@dataclass(eq=False)
class EntryUnfitError(ConflictError):
    """An entry cannot answer a question: its audience, its status or its last day keeps it from those who asked."""

    entry_id: str
    question_id: str
    field: str
    value: str


@dataclass(eq=False)
class EntryChangedError(ConflictError):
    """An entry has changed since a moderator saw it, and by whom, as far as the log still has that."""

    entry_id: str
    actor: str | None


@dataclass(eq=False)
class EntryUnchangedError(ConflictError):
    """A change would leave an entry as it is."""

    entry_id: str


@dataclass(eq=False)
class EntryExistsError(ConflictError):
    """An id is already in use."""

    entry_id: str


@dataclass(eq=False)
class EntryFieldError(InputError):
    """A field of an entry has a value that cannot be stored."""

    field: str
    value: str
    expected: str
