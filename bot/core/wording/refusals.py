"""Word why something was refused, once for all platforms: one line, and what to do instead where there is something."""

from bot.core.wording.labels import Label
from bot.core.wording.visible import visible_line
from bot.errors import (
    ChannelFieldError,
    EntryExistsError,
    EntryFieldError,
    EntryNotFoundError,
    EntryUnfitError,
    FaqbotError,
    ItemChangedError,
    ItemClosedError,
    ItemNotFoundError,
    ItemOpenError,
    ItemPartError,
    ItemsUnlikeError,
    NothingToGradeError,
    NothingToRevertError,
    PhraseTakenError,
    QuestionNotFoundError,
    SuggestionNotFoundError,
    Unlike,
    Unrevertable,
)

NOT_A_MODERATOR = "Sorry, that is for moderators only."
KEPT_BY_NOBODY = "Sorry, that looks like a secret, and I keep none."
NOT_SERVED = "Sorry, I do not work here."
NOT_NOW = "Sorry, that did not work. Please try again in a few minutes."
_FIELDS = {
    "no_answer": Label.NO_ANSWER,
    "wait_seconds": Label.WAIT,
    "staff_note": Label.NOTE_TEXT,
    "aliases": "One of the wordings",
}
_LONGEST = 80
UNLIKE = {Unlike.SAME: "they are the same", Unlike.AUDIENCES: "their audiences differ"}
"""Why two items of the review cannot become one, on every surface."""

_NOT_REVERTED = {
    Unrevertable.NOTHING_DONE: "nothing was done to it that could be taken back",
    Unrevertable.ENTRY_CHANGED: "{other} has changed since; retire it, or edit it",
    Unrevertable.MOVED_ON: "{other}, where its questions are, was {status} meanwhile",
}


def not_reverted(error: NothingToRevertError) -> str:
    """Return why nothing could be taken back, on every surface."""
    return _NOT_REVERTED[error.reason].format(other=error.other_id, status=error.status)


def refusal(error: FaqbotError) -> str:
    """Return the text for a user whose action was refused, without markup.

    It may quote what people wrote, in one line. Errors that only operators can fix are not named.
    """
    return _about_items(error) or _about_entries(error) or _about_values(error) or NOT_NOW


def _about_items(error: FaqbotError) -> str | None:  # noqa: PLR0911  # one line for each error
    match error:
        case ItemChangedError(item_id, action, actor):
            return _changed(item_id, action, actor)
        case ItemClosedError(item_id, status, actor):
            return _closed(item_id, status, actor)
        case ItemOpenError(item_id):
            return f"{item_id} is open already."
        case ItemNotFoundError(item_id):
            return f"The review has no item {_short(item_id)}."
        case ItemsUnlikeError(item_id, other_id, reason):
            return f"{item_id} cannot become a part of {other_id}: {UNLIKE[reason]}."
        case ItemPartError(item_id, None):
            return f"{item_id} cannot be split like that: some of its questions must go, and some must stay."
        case ItemPartError(item_id, question_id):
            return f"{question_id} is not in {item_id}."
        case NothingToRevertError(item_id):
            return f"{item_id} stays as it is: {not_reverted(error)}."
        case SuggestionNotFoundError():
            return "That suggestion was taken or turned down already."
    return None


def _about_entries(error: FaqbotError) -> str | None:
    match error:
        case PhraseTakenError(phrase, entry_id, retired):
            return _taken(_short(phrase), entry_id, retired=retired)
        case EntryUnfitError(entry_id, _, field, value):
            return f"{entry_id} cannot answer that: its {field} is {value}. Please choose another entry."
        case EntryNotFoundError(entry_id, similar):
            return _unknown(_short(entry_id), " or ".join(map(_short, similar)))
        case EntryExistsError(entry_id):
            return f"There is an entry {_short(entry_id)} already."
    return None


def _about_values(error: FaqbotError) -> str | None:
    match error:
        case EntryFieldError(field, _, expected) | ChannelFieldError(field, _, expected):
            return f"{_FIELDS.get(field, field.capitalize())}: please give {expected}."
        case QuestionNotFoundError(question_id):
            return f"I know nothing of a question {_short(question_id)}."
        case NothingToGradeError(question_id):
            return f"{question_id} was no question, or nothing is left of it."
    return None


def _taken(phrase: str, entry_id: str, *, retired: bool) -> str:
    if retired:
        return f"“{phrase}” is a wording of the retired entry {entry_id} already."
    return f"“{phrase}” is a wording of {entry_id} already."


def _unknown(entry_id: str, similar: str) -> str:
    return f"There is no entry {entry_id}. Did you mean {similar}?" if similar else f"There is no entry {entry_id}."


def _changed(item_id: str, action: str, actor: str) -> str:
    if actor:
        return f"{item_id} was {action} by {_short(actor)} meanwhile, and I changed nothing. Please look at it again."
    return f"{item_id} was {action} meanwhile, and I changed nothing. Please look at it again."


def _closed(item_id: str, status: str, actor: str) -> str:
    return f"{item_id} was {status} by {_short(actor)} already." if actor else f"{item_id} was {status} already."


def _short(text: str) -> str:
    line = visible_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
