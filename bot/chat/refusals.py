"""Word why something was refused, once for all platforms: one line, and what to do instead where there is something."""

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
)

NOT_A_MODERATOR = "Sorry, that is for moderators only."
KEPT_BY_NOBODY = "Sorry, that looks like a secret, and I keep none."
NOT_SERVED = "Sorry, I do not work here."
NOT_NOW = "Sorry, that did not work. Please try again in a few minutes."
_FIELDS = {
    "no_answer": "When nothing fits",
    "wait_seconds": "Wait (seconds)",
    "staff_note": "For staff only",
    "aliases": "One of the wordings",
}
_LONGEST = 80


def refusal(error: FaqbotError) -> str:
    """Return the text for a user whose action was refused, without markup.

    It may quote what people wrote, in one line. Errors that only operators can fix are not named.
    """
    return _about_items(error) or _about_entries(error) or _about_values(error) or NOT_NOW


def _about_items(error: FaqbotError) -> str | None:  # noqa: PLR0911  # one line for each error
    match error:
        case ItemChangedError(item_id, action, actor):
            return f"{_by(f'{item_id} was {action}', actor)} meanwhile, and I changed nothing. Please look at it again."
        case ItemClosedError(item_id, status, actor):
            return f"{_by(f'{item_id} was {status}', actor)} already."
        case ItemOpenError(item_id):
            return f"{item_id} is open already."
        case ItemNotFoundError(item_id):
            return f"The review has no item {_short(item_id)}."
        case ItemsUnlikeError(item_id, other_id, reason):
            return f"{item_id} cannot become a part of {other_id}: {reason}."
        case ItemPartError(item_id, None):
            return f"{item_id} cannot be split like that: some of its questions must go, and some must stay."
        case ItemPartError(item_id, question_id):
            return f"{question_id} is not in {item_id}."
        case NothingToRevertError(item_id, reason):
            return f"{item_id} stays as it is: {reason}."
        case SuggestionNotFoundError():
            return "That suggestion was taken or turned down already."
    return None


def _about_entries(error: FaqbotError) -> str | None:
    match error:
        case PhraseTakenError(phrase, entry_id, retired):
            owner = f"the retired entry {entry_id}" if retired else entry_id
            return f"“{_short(phrase)}” is a wording of {owner} already."
        case EntryUnfitError(entry_id, _, field, value):
            return f"{entry_id} cannot answer that: its {field} is {value}. Please choose another entry."
        case EntryNotFoundError(entry_id, similar):
            meant = f" Did you mean {' or '.join(map(_short, similar))}?" if similar else ""
            return f"There is no entry {_short(entry_id)}.{meant}"
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


def _by(what: str, actor: str) -> str:
    return f"{what} by {_short(actor)}" if actor else what


def _short(text: str) -> str:
    line = visible_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
