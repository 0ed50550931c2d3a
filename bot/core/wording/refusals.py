"""Word why something was refused, with what to do instead."""

from collections.abc import Iterable, Sequence
from functools import reduce

from bot.core.wording.cards import held_state
from bot.core.wording.labels import OF_SETTING, Label
from bot.core.wording.languages import Message
from bot.core.wording.visible import visible_line
from bot.errors import (
    ChannelFieldError,
    ConsentMissingError,
    EntryChangedError,
    EntryExistsError,
    EntryFieldError,
    EntryNotFoundError,
    EntryUnchangedError,
    EntryUnfitError,
    FaqbotError,
    HeldClosedError,
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

_EXPECTED = Message("one of the fields {names}")
_SETTINGS = Message("one of the settings {names}")
_WORDS = Message("words, at most {limit} characters of them")


def one_field_of(names: Iterable[str]) -> str:
    """Return which fields there are."""
    return _EXPECTED.format(names=", ".join(names))


def one_setting_of(names: Iterable[str]) -> str:
    """Return which settings there are."""
    return _SETTINGS.format(names=", ".join(names))


def words_of(longest: int) -> str:
    """Return that a phrasing needs words, and how long they may be together."""
    return _WORDS.format(limit=longest)


NOT_A_MODERATOR = Message("Sorry, that is for moderators only.")
KEPT_BY_NOBODY = Message("Sorry, that looks like a secret, and I keep none.")
NOT_SERVED = Message("Sorry, I do not work here.")
NOT_FOR_ALL = Message("Sorry, in this channel I answer only those who have certain roles.")
NOT_THAT = Message("I do not answer that message. You can ask me in your own words.")
NOT_NOW = Message("Sorry, that did not work. Please try again in a few minutes.")
_FIELDS = {
    "staff_note": Label.NOTE_TEXT,
    "aliases": Message("One of the wordings"),
    "question": Label.QUESTION,
    "category": Label.CATEGORY,
}
_LONGEST = 80
UNLIKE = {Unlike.SAME: Message("they are the same"), Unlike.AUDIENCES: Message("their audiences differ")}
"""Why two items of the review cannot become one, on every surface."""

_NOT_REVERTED = {
    Unrevertable.NOTHING_DONE: Message("nothing was done to it that could be taken back"),
    Unrevertable.ENTRY_CHANGED: Message("{other} has changed since; retire it, or edit it"),
    Unrevertable.MOVED_ON: Message("{other}, where its questions are, was {status} meanwhile"),
}
_DONE = {
    "answered": Message("answered"),
    "linked": Message("linked"),
    "dismissed": Message("dismissed"),
    "merged": Message("merged"),
    "split": Message("split"),
    "assigned": Message("assigned"),
    "snoozed": Message("snoozed"),
    "reopened": Message("reopened"),
    "reverted": Message("reverted"),
    "changed": Message("changed"),
}
"""What can be done to an item of the review, as the audit log names it."""

_OPEN_ALREADY = Message("{item_id} is open already.")
_NO_ITEM = Message("The review has no item {item_id}.")
_NOT_A_PART = Message("{item_id} cannot become a part of {other_id}: {reason}.")
_NOT_SPLIT = Message("{item_id} cannot be split like that: some of its questions must go, and some must stay.")
_NOT_IN = Message("{question_id} is not in {item_id}.")
_STAYS = Message("{item_id} stays as it is: {reason}.")
_UNCONSENTED = Message(
    "These are the words of {author}, who has not agreed that they become public."
    " Please answer {item_id} in your own words."
)
_SUGGESTION_GONE = Message("That suggestion was taken or turned down already.")
_UNFIT = Message("{entry_id} cannot answer that: its {field} is {value}. Please choose another entry.")
_ENTRY_CHANGED = Message("{entry_id} was changed meanwhile, and I changed nothing. Please look at it again.")
_ENTRY_CHANGED_BY = Message(
    "{entry_id} was changed by {actor} meanwhile, and I changed nothing. Please look at it again."
)
_UNCHANGED = Message("That changes nothing of {entry_id}.")
_EXISTS = Message("There is an entry {entry_id} already.")
_GIVE = Message("{field}: please give {expected}.")
_NO_QUESTION = Message("I know nothing of a question {question_id}.")
_NOT_GRADED = Message("{question_id} was no question, or nothing is left of it.")
_TAKEN = Message("“{phrase}” is a wording of {entry_id} already.")
_TAKEN_RETIRED = Message("“{phrase}” is a wording of the retired entry {entry_id} already.")
_OR = Message("{first} or {second}")
_UNKNOWN = Message("There is no entry {entry_id}.")
_UNKNOWN_SIMILAR = Message("There is no entry {entry_id}. Did you mean {similar}?")
_CHANGED = Message("{item_id} was {done} meanwhile, and I changed nothing. Please look at it again.")
_CHANGED_BY = Message("{item_id} was {done} by {actor} meanwhile, and I changed nothing. Please look at it again.")
_CLOSED = Message("{item_id} was {done} already.")
_CLOSED_BY = Message("{item_id} was {done} by {actor} already.")


def not_reverted(error: NothingToRevertError) -> str:
    """Return why nothing could be taken back, on every surface."""
    return _NOT_REVERTED[error.reason].format(other=error.other_id, status=_done(error.status))


def refusal(error: FaqbotError) -> str:
    """Return the text for a user whose action was refused, without markup.

    It may quote what people wrote, in one line. Errors that only operators can fix are not named.
    """
    return _about_items(error) or _about_entries(error) or _about_values(error) or str(NOT_NOW)


def _about_items(error: FaqbotError) -> str | None:  # noqa: PLR0911  # one line for each error
    match error:
        case ItemChangedError(item_id, action, actor):
            return _changed(item_id, action, actor)
        case ItemClosedError(item_id, status, actor):
            return _closed(item_id, status, actor)
        case ItemOpenError(item_id):
            return _OPEN_ALREADY.format(item_id=item_id)
        case ItemNotFoundError(item_id):
            return _NO_ITEM.format(item_id=_short(item_id))
        case ItemsUnlikeError(item_id, other_id, reason):
            return _NOT_A_PART.format(item_id=item_id, other_id=other_id, reason=UNLIKE[reason])
        case ItemPartError(item_id, None):
            return _NOT_SPLIT.format(item_id=item_id)
        case ItemPartError(item_id, question_id):
            return _NOT_IN.format(question_id=question_id, item_id=item_id)
        case NothingToRevertError(item_id):
            return _STAYS.format(item_id=item_id, reason=not_reverted(error))
        case SuggestionNotFoundError():
            return str(_SUGGESTION_GONE)
    return None


def _about_entries(error: FaqbotError) -> str | None:  # noqa: PLR0911  # one line for each error
    match error:
        case PhraseTakenError(phrase, entry_id, retired):
            return _taken(_short(phrase), entry_id, retired=retired)
        case EntryUnfitError(entry_id, _, field, value):
            return _UNFIT.format(entry_id=entry_id, field=field, value=value)
        case EntryNotFoundError(entry_id, similar):
            return _unknown(_short(entry_id), tuple(map(_short, similar)))
        case EntryChangedError(entry_id, None):
            return _ENTRY_CHANGED.format(entry_id=entry_id)
        case EntryChangedError(entry_id, str(actor)):
            return _ENTRY_CHANGED_BY.format(entry_id=entry_id, actor=_short(actor))
        case EntryUnchangedError(entry_id):
            return _UNCHANGED.format(entry_id=entry_id)
        case EntryExistsError(entry_id):
            return _EXISTS.format(entry_id=_short(entry_id))
        case ConsentMissingError(_, item_id, author):
            return _UNCONSENTED.format(item_id=item_id, author=author)
    return None


def _about_values(error: FaqbotError) -> str | None:
    match error:
        case ChannelFieldError(field, _, expected):
            return _GIVE.format(field=OF_SETTING.get(field, field), expected=expected)
        case EntryFieldError(field, _, expected):
            return _GIVE.format(field=_FIELDS.get(field, field.capitalize()), expected=expected)
        case QuestionNotFoundError(question_id):
            return _NO_QUESTION.format(question_id=_short(question_id))
        case HeldClosedError(question_id, status, actor):
            return f"{question_id}: {held_state(status, actor)}"
        case NothingToGradeError(question_id):
            return _NOT_GRADED.format(question_id=question_id)
    return None


def _taken(phrase: str, entry_id: str, *, retired: bool) -> str:
    return (_TAKEN_RETIRED if retired else _TAKEN).format(phrase=phrase, entry_id=entry_id)


def _unknown(entry_id: str, similar: Sequence[str]) -> str:
    if not similar:
        return _UNKNOWN.format(entry_id=entry_id)
    either = reduce(lambda first, second: _OR.format(first=first, second=second), similar)
    return _UNKNOWN_SIMILAR.format(entry_id=entry_id, similar=either)


def _changed(item_id: str, action: str, actor: str) -> str:
    return (_CHANGED_BY if actor else _CHANGED).format(item_id=item_id, done=_done(action), actor=_short(actor))


def _closed(item_id: str, status: str, actor: str) -> str:
    return (_CLOSED_BY if actor else _CLOSED).format(item_id=item_id, done=_done(status), actor=_short(actor))


def _done(action: str) -> str:
    return str(_DONE[action]) if action in _DONE else action


def _short(text: str) -> str:
    line = visible_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
