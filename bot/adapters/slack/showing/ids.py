"""Name what Slack sends back when somebody presses, chooses or submits; values hold ids and numbers, never text."""

import re
from enum import StrEnum


class SlackAction(StrEnum):
    """Name the buttons and menus."""

    HELPFUL = "faqbot_helpful"
    NOT_THIS = "faqbot_not_this"
    HUMAN = "faqbot_human"
    REMOVE = "faqbot_remove"
    SHARE = "faqbot_share"
    CHOOSE = "faqbot_choose"
    SOLVED = "faqbot_solved"
    STILL_OPEN = "faqbot_still_open"
    RELATED = "faqbot_related"

    ANSWER = "faqbot_item_answer"
    LINK = "faqbot_item_link"
    ACCEPT = "faqbot_item_accept"
    MERGE = "faqbot_item_merge"
    DISMISS = "faqbot_item_dismiss"
    ASSIGN = "faqbot_item_assign"
    SNOOZE = "faqbot_item_snooze"
    REOPEN = "faqbot_item_reopen"
    REVERT = "faqbot_item_revert"
    SHOW = "faqbot_item_show"
    ACCEPT_SEVERAL = "faqbot_accept_several"

    CONSENT_YES = "faqbot_consent_yes"
    CONSENT_ALWAYS = "faqbot_consent_always"
    CONSENT_NO = "faqbot_consent_no"

    ENTRY_OF_ITEM = "faqbot_item_entry"
    OTHER_ENTRY = "faqbot_entry_other"
    EDIT = "faqbot_entry_edit"
    EDIT_ANSWER = "faqbot_entry_answer"
    CORRECT = "faqbot_entry_correct"
    ADD_PHRASING = "faqbot_entry_phrase"
    REMOVE_PHRASING = "faqbot_entry_unphrase"
    RETIRE = "faqbot_entry_retire"

    SHOW_HELD = "faqbot_held_show"
    SEND_HELD = "faqbot_held_send"
    EDIT_HELD = "faqbot_held_edit"
    DROP_HELD = "faqbot_held_drop"

    GRADE_RIGHT = "faqbot_grade_right"
    GRADE_WRONG = "faqbot_grade_wrong"
    GRADE_SKIP = "faqbot_grade_skip"
    GRADE_OTHER = "faqbot_grade_other"

    ENTRY = "faqbot_entry"
    SEARCH = "faqbot_search"
    EXPORT = "faqbot_export"
    FORGET = "faqbot_forget"
    OPT_OUT = "faqbot_opt_out"
    OPT_IN = "faqbot_opt_in"
    ONLY_ASKED = "faqbot_only_asked"
    FILTER = "faqbot_filter"
    PAGE = "faqbot_page"
    VALUE = "faqbot_value"


class Dialog(StrEnum):
    """Name the dialogs that are submitted."""

    REASON = "faqbot_dialog_reason"
    ANSWER = "faqbot_dialog_answer"
    LINK = "faqbot_dialog_link"
    MERGE = "faqbot_dialog_merge"
    DISMISS = "faqbot_dialog_dismiss"
    SNOOZE = "faqbot_dialog_snooze"
    SETTINGS = "faqbot_dialog_settings"
    DRAFT = "faqbot_dialog_draft"
    SEARCH = "faqbot_dialog_search"
    BROWSE = "faqbot_dialog_browse"
    CHANGE = "faqbot_dialog_entry"
    HELD = "faqbot_dialog_held"
    ACCEPT = "faqbot_dialog_accept"


class SlackField(StrEnum):
    """Name the fields of dialogs; an error is shown at the field that it names."""

    REASON = "reason"
    QUESTION = "question"
    ANSWER = "answer"
    ANSWER_2 = "answer_2"
    ANSWER_3 = "answer_3"
    ANSWER_4 = "answer_4"
    ANSWER_5 = "answer_5"
    ANSWER_6 = "answer_6"
    ANSWER_7 = "answer_7"
    ANSWER_8 = "answer_8"
    CATEGORY = "category"
    STAFF_NOTE = "staff_note"
    ENTRY = "entry"
    ITEM = "item"
    NOTE = "note"
    HOURS = "hours"
    MODE = "mode"
    AUDIENCE = "audience"
    NO_ANSWER = "no_answer"
    WAIT = "wait_seconds"
    LOCALE = "locale"
    TOPICS = "topics"
    REPLY = "reply"
    ASKERS = "askers"
    ON_CALL = "on_call"
    ON_CALL_HOURS = "on_call_hours"
    COOLDOWN = "cooldown"
    REPEAT = "repeat_minutes"
    REPLIES = "replies_per_minute"
    STALE = "stale_days"
    NEWS = "news"
    PHRASING = "phrasing"
    TYPED = "typed"
    TELL = "tell"
    PICKED = "picked"


CHOICES = re.compile(rf"{SlackAction.CHOOSE}_\d+")
"""The buttons of choices: in one row, no two may have the same name."""

RELATED = re.compile(rf"{SlackAction.RELATED}_\d+")
"""The buttons of related entries."""

FILTERS = re.compile(rf"{SlackAction.FILTER}_\w+")
"""The menus that filter the queue."""

PAGES = re.compile(rf"{SlackAction.PAGE}_\w+")
"""The buttons that turn the pages of the queue."""

_SHARED = re.compile(r"(Q\d+) (\S+)")
_GRADING = "grading:"
_SEEN = re.compile(r"(?:item|held):([RQ]\d+):(\d+)")
_ASKED = re.compile(r"question:(Q\d+)")


def choice_id(number: int) -> str:
    """Return the name of the button of one choice."""
    return f"{SlackAction.CHOOSE}_{number}"


def related_id(number: int) -> str:
    """Return the name of the button of one related entry."""
    return f"{SlackAction.RELATED}_{number}"


def filter_id(name: str) -> str:
    """Return the name of a menu that filters the queue by a field of the items."""
    return f"{SlackAction.FILTER}_{name}"


def filter_name(action: str) -> str:
    """Return the field that a menu filters the queue by."""
    return action.removeprefix(f"{SlackAction.FILTER}_")


def page_id(turn: str) -> str:
    """Return the name of a button that turns a page of the queue."""
    return f"{SlackAction.PAGE}_{turn}"


def item_row(item_id: str, version: int) -> str:
    """Return the id of the row of buttons under an item, with the version that its reader saw."""
    return f"item:{item_id}:{version}"


def grading_row(sitting: str) -> str:
    """Return the id of the row of buttons under a decision, with how far the sitting is."""
    return f"{_GRADING}{sitting}"


def sitting_in(block_id: str) -> str:
    """Return how far the sitting is that such a row belongs to."""
    return block_id.removeprefix(_GRADING)


def naming_row(question_id: str, sitting: str) -> str:
    """Return the id of the row in which the right entry for a question is named, with how far the sitting is."""
    return f"naming:{question_id}:{sitting}"


def named_question(block_id: str) -> tuple[str, str]:
    """Return the question that such a row belongs to, and how far the sitting is."""
    _, question_id, sitting = block_id.split(":")
    return question_id, sitting


def held_row(question_id: str, version: int) -> str:
    """Return the id of the row of buttons under a held reply, with the version that its reader saw."""
    return f"held:{question_id}:{version}"


def seen_item(block_id: str) -> tuple[str, int] | None:
    """Return the item or question of a row of buttons and the version that its reader saw; None for any other row."""
    found = _SEEN.fullmatch(block_id)
    return None if found is None else (found[1], int(found[2]))


def share_value(question_id: str, entry_id: str) -> str:
    """Return the value of the button that shares the answer to a question."""
    return f"{question_id} {entry_id}"


def shared_answer(value: str) -> tuple[str, str] | None:
    """Return the question and the entry of such a button; None for any other value."""
    found = _SHARED.fullmatch(value)
    return None if found is None else (found[1], found[2])


def choices_row(question_id: str) -> str:
    """Return the id of the row of choices for a question; their values are the entries."""
    return f"question:{question_id}"


def asked_question(block_id: str) -> str | None:
    """Return the question that a row of choices belongs to; None for any other row."""
    found = _ASKED.fullmatch(block_id)
    return None if found is None else found[1]
