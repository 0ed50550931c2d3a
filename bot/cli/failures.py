"""Turn errors into words: one plain line on stderr, and an exit code of its own for each kind."""

import sys
import traceback
from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import NoReturn

from bot.cli.database import about_storage
from bot.cli.terminal import one_line
from bot.config import variable
from bot.core.wording.cards import held_state
from bot.core.wording.refusals import UNLIKE, not_reverted
from bot.errors import (
    BrokenOffError,
    CategoryNotFoundError,
    ChannelFieldError,
    ConflictError,
    ConsentMissingError,
    DatabaseFullError,
    DatabaseOutdatedError,
    DatabaseTooNewError,
    EncoderError,
    EntryChangedError,
    EntryExistsError,
    EntryFieldError,
    EntryNotFoundError,
    EntryUnchangedError,
    EntryUnfitError,
    ErasureUnfinishedError,
    FaqbotError,
    HeldClosedError,
    InputError,
    InvalidInputError,
    ItemChangedError,
    ItemClosedError,
    ItemNotFoundError,
    ItemOpenError,
    ItemPartError,
    ItemsUnlikeError,
    NoEntriesError,
    NotFoundError,
    NothingToGradeError,
    NothingToRevertError,
    PhraseTakenError,
    PlatformRefusedError,
    PlatformUnreachableError,
    Problem,
    QuestionNotFoundError,
    ScopesMissingError,
    ServersUnclearError,
    SettingsError,
    SetupError,
    SuggestionNotFoundError,
    TokenRefusedError,
    UnavailableError,
    UnknownSettingError,
    UnsupportedDatabaseError,
    VersionNotFoundError,
    WorkspaceNameError,
    WorkspaceNeededError,
    WorkspaceNotFoundError,
)

_MOST_IDS = 20


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    FAULT = 1
    INPUT = 2
    NOT_FOUND = 3
    CONFLICT = 4
    SETTINGS = 5
    UNREACHABLE = 6
    FULL = 7
    OUTDATED = 8
    TOO_NEW = 9
    MODEL = 10
    UNFINISHED = 11
    FOUND = 12
    INTERRUPTED = 130
    BROKEN_PIPE = 141


EXIT_CODES: Mapping[type[FaqbotError], ExitCode] = MappingProxyType(
    {
        NotFoundError: ExitCode.NOT_FOUND,
        ConflictError: ExitCode.CONFLICT,
        InputError: ExitCode.INPUT,
        SetupError: ExitCode.SETTINGS,
        UnavailableError: ExitCode.UNREACHABLE,
        BrokenOffError: ExitCode.INTERRUPTED,
        DatabaseFullError: ExitCode.FULL,
        DatabaseOutdatedError: ExitCode.OUTDATED,
        DatabaseTooNewError: ExitCode.TOO_NEW,
        EncoderError: ExitCode.MODEL,
        ErasureUnfinishedError: ExitCode.UNFINISHED,
    }
)
"""The code of each family, and of the errors that have one of their own."""


def exit_code(error: FaqbotError) -> ExitCode:
    """Return the code of an error, or else of the nearest family above it."""
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)


def tell(error: FaqbotError, *, debug: bool = False) -> ExitCode:
    """Print what went wrong, and where, and what to do about it; return the exit code."""
    if debug:
        traceback.print_exception(error)
    for line in words(error):
        sys.stderr.write(f"{one_line(line)}\n")
    return exit_code(error)


def tell_file_fault(error: OSError, *, debug: bool = False) -> ExitCode:
    """Print which file or folder could not be used, and why; return the exit code."""
    if debug:
        traceback.print_exception(error)
    reason = (error.strerror or type(error).__name__).lower()
    sys.stderr.write(f"faqbot: {one_line(str(error.filename))}: {reason}; check the path and who may use it\n")
    return ExitCode.INPUT


def tell_fault(kind: type[BaseException], trace: TracebackType | None) -> None:
    """Print one line about a fault of the program, without its message, which may quote what people wrote."""
    if issubclass(kind, KeyboardInterrupt):
        return
    frames = traceback.extract_tb(trace)
    place = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    line = f"faqbot: unexpected {kind.__name__}{place}; to see the traceback for a report: faqbot --debug …"
    sys.stderr.write(f"{line}\n")


def refuse(command: str, what: str, remedy: str) -> NoReturn:
    """Raise the error for options that make no sense together."""
    raise InvalidInputError((Problem(where=command, what=what, remedy=remedy),))


def located(problem: Problem) -> str:
    """Return a problem as `file:line: field: what; remedy`."""
    line = f":{problem.line}" if problem.line is not None else ""
    field = f"{problem.field}: " if problem.field is not None else ""
    return f"{problem.where}{line}: {field}{problem.what}; {problem.remedy}"


def words(error: FaqbotError) -> tuple[str, ...]:
    """Return the lines that tell a person about an error."""
    if isinstance(error, InvalidInputError):
        return tuple(map(located, error.problems))
    if isinstance(error, BrokenOffError):
        return ("faqbot: it was broken off, and nothing was changed; start it again to go on",)
    kinds = (
        _about_entries,
        _about_versions,
        _about_questions,
        _about_items,
        _about_settings,
        _about_platforms,
        about_storage,
        _about_workspaces,
    )
    about = next(filter(None, (kind(error) for kind in kinds)), None)
    return (f"faqbot: {about}",)


def _about_entries(error: FaqbotError) -> str | None:  # noqa: PLR0911  # one line for each error
    match error:
        case EntryNotFoundError(entry_id, similar):
            meant = f" (did you mean {' or '.join(similar)}?)" if similar else ""
            return f"no entry has the id '{entry_id}'{meant}; see all ids with: faqbot faq list"
        case EntryChangedError(entry_id, actor):
            by = "" if actor is None else f" by {_short(actor)}"
            again = f"look again: faqbot faq show {entry_id}"
            return f"'{entry_id}' was changed{by} meanwhile, and nothing was done; {again}"
        case EntryUnchangedError(entry_id):
            return f"'{entry_id}' is like that already; see it with: faqbot faq show {entry_id}"
        case EntryExistsError(entry_id):
            return f"the id '{entry_id}' is taken; choose another, or see that entry: faqbot faq show {entry_id}"
        case EntryFieldError(field, value, expected):
            return f"{field}: '{_short(value)}' cannot be stored; expected {expected}"
        case PhraseTakenError(phrase, entry_id, retired):
            owner = f"the retired entry '{entry_id}'" if retired else f"'{entry_id}'"
            return f"'{_short(phrase)}' is already a phrasing of {owner}; see it with: faqbot faq show {entry_id}"
        case NoEntriesError(place):
            own = "faqbot faq import --pack brings in the FAQ that ships with the bot, faqbot faq import PATH your own"
            return f"the database {place} has no entries to answer from; {own}"
    return None


def _about_versions(error: FaqbotError) -> str | None:
    match error:
        case VersionNotFoundError(entry_id, version, last):
            missing = "version before this one" if version < last == 1 else f"version {version}, its last is {last}"
            return f"'{entry_id}' has no {missing}; see them with: faqbot faq history {entry_id}"
        case CategoryNotFoundError(category, similar):
            meant = f" (did you mean {' or '.join(map(_short, similar))}?)" if similar else ""
            return f"no entry has the category '{_short(category)}'{meant}; see all with: faqbot faq category list"
    return None


def _about_questions(error: FaqbotError) -> str | None:
    match error:
        case EntryUnfitError(entry_id, question_id, field, value):
            return f"'{entry_id}' cannot answer {question_id}, since its {field} is {value}; choose another entry"
        case QuestionNotFoundError(question_id):
            return f"the log has no question '{question_id}'; see the open ones with: faqbot review list"
        case NothingToGradeError(question_id):
            return f"{question_id} cannot be graded: it was no question, or nothing is left of it; try another"
        case ConsentMissingError(suggestion_id, item_id, author):
            what = f"{suggestion_id} has the words of {author}, who has not agreed that they become public"
            return f"{what}; write the answer yourself: faqbot review answer {item_id} --answer TEXT"
        case HeldClosedError(question_id, status, actor):
            return f"the draft for {question_id} does not wait as it did: {held_state(status, actor)}"
    return None


def _about_items(error: FaqbotError) -> str | None:  # noqa: PLR0911  # one line for each error
    match error:
        case ItemNotFoundError(item_id):
            return f"the review has no item '{_short(item_id)}'; see the open ones with: faqbot review list"
        case ItemClosedError(item_id, status, actor):
            return f"{item_id} is not open, it was {status} by {actor}; see how: faqbot review show {item_id}"
        case ItemOpenError(item_id):
            return f"{item_id} is open; to take back what was done last: faqbot review revert {item_id}"
        case ItemChangedError(item_id, action, actor):
            again = f"look again: faqbot review show {item_id}"
            return f"{item_id} was {action} by {actor} meanwhile, and nothing was done; {again}"
        case ItemsUnlikeError(item_id, other_id, reason):
            return f"{item_id} cannot be merged into {other_id}, since {UNLIKE[reason]}; choose another item"
        case ItemPartError(item_id, None):
            return f"{item_id} cannot be split so, since it would be all or nothing; name some of its questions"
        case ItemPartError(item_id, question_id):
            return f"{question_id} is not in {item_id}; see its questions: faqbot review show {item_id}"
        case NothingToRevertError(item_id):
            return f"{item_id} stays as it is: {not_reverted(error)}"
        case SuggestionNotFoundError(suggestion_id):
            return f"no open suggestion is {_short(suggestion_id)}; see what is suggested: faqbot review show ITEM"
    return None


def _about_settings(error: FaqbotError) -> str | None:
    match error:
        case ChannelFieldError(field, value, expected):
            return f"{field}: '{_short(value)}' is no value for a channel; expected {expected}"
        case SettingsError(variable, expected, got):
            return f"{variable}: expected {expected}" + ("" if got is None else f", not '{_short(got)}'")
        case UnknownSettingError(variable, nearest):
            return f"{variable} is no setting; did you mean {nearest}?"
        case UnsupportedDatabaseError(url, reason):
            return f"database URL '{url}': {reason}"
        case EncoderError(where, what, remedy):
            return f"{where}: {what}; {remedy}"
    return None


def _about_platforms(error: FaqbotError) -> str | None:
    match error:
        case TokenRefusedError(setting, reason):
            return f"{variable(setting)} was refused: {reason}; take the token from the settings of your app again"
        case ScopesMissingError(platform, scopes):
            missing = f"the app in {platform.title()} lacks the scopes {', '.join(scopes)}"
            return f"{missing}; add them under OAuth & Permissions, and install the app again"
        case PlatformRefusedError(platform, reason, remedy):
            return f"{platform.title()} does not let the bot in: {reason}; {remedy}"
        case ServersUnclearError(servers):
            which = f"set {variable('discord_servers')} to the ids of those to serve, and have the bot leave the others"
            return f"the bot is in several servers on Discord, and none is named to be served: {_ids(servers)}; {which}"
        case PlatformUnreachableError(place, reason):
            return f"{place} does not answer: {reason}; check the network, and try again"
    return None


def _about_workspaces(error: FaqbotError) -> str | None:
    match error:
        case WorkspaceNameError(workspace):
            expected = "1 to 64 letters of a-z, digits, '-' and '_', a letter or digit first"
            return f"no workspace can be named '{_short(workspace)}'; expected {expected}"
        case WorkspaceNeededError(variable):
            return f"{variable} has a database for each workspace; name one with: faqbot --workspace NAME …"
        case WorkspaceNotFoundError(workspace, place):
            new = f"faqbot --workspace {workspace} db upgrade"
            return f"the workspace '{workspace}' has no database at {place}; make it with: {new}"
    return None


def _ids(numbers: tuple[int, ...]) -> str:
    """Return ids with commas between them, and how many more there are than anybody reads."""
    more = f" and {len(numbers) - _MOST_IDS} more" if len(numbers) > _MOST_IDS else ""
    return ", ".join(map(str, numbers[:_MOST_IDS])) + more


def _short(text: str) -> str:
    return one_line(text, limit=80)
