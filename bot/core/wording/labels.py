"""Name the controls of the bot, once for all platforms."""

from enum import StrEnum

from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus, Mode


class Label(StrEnum):
    """The labels of buttons, fields and dialogs; 24 characters at most."""

    HELPFUL = "Helpful"
    NOT_THIS = "Not what I asked"
    HUMAN = "Ask a human"
    REMOVE = "Remove"
    SHARE = "Share in channel"
    SOURCE = "Source"
    MESSAGE = "Message"
    STAFF_NOTE = "Staff note"
    CATEGORY = "Category"
    NO_CATEGORY = "Everything else"
    UPDATED = "Updated"
    REST = "Read the rest"
    WHY_NOT_THIS = "What did you mean?"
    NONE_OF_THESE = "None of these"

    ANSWER = "Answer"
    LINK = "Link"
    ACCEPT = "Accept"
    MERGE = "Merge"
    DISMISS = "Dismiss"
    ASSIGN = "Assign to me"
    SNOOZE = "Snooze"
    REOPEN = "Reopen"
    REVERT = "Undo"
    SHOW = "Show"
    SAVE = "Save"
    SEND = "Send"
    CANCEL = "Cancel"
    CLOSE = "Close"
    REPLAY = "What would change"

    QUESTION = "Question"
    ANSWER_TEXT = "The answer"
    NOTE_TEXT = "For staff only"
    AUDIENCE = "Who may read it"
    ENTRY = "Entry"
    ITEM = "Review item"
    REASON = "Reason"
    COMMENT = "Comment"
    SNOOZE_FOR = "Snooze for"
    ADD_TO_FAQ = "Add to FAQ"

    SETTINGS = "Settings of the channel"
    MODE = "What the bot does"
    NO_ANSWER = "When nothing fits"
    WAIT = "Wait (seconds)"

    SEARCH = "Search the FAQ"
    MY_QUESTIONS = "My questions"
    MY_DATA = "My data"
    EXPORT = "Send me my data"
    FORGET = "Forget me"
    OPT_OUT = "Stop follow-ups"
    OPT_IN = "Send me follow-ups"
    QUEUE = "Review queue"
    NEXT_PAGE = "Next"
    PREVIOUS_PAGE = "Back"
    PROMPTS = "Asked most often"

    QUESTIONS = "Questions"
    NEAREST = "Nearest entries"
    ASSIGNEE = "Assigned to"
    SUGGESTED_BY = "Suggested by"
    FILTER_ALL = "All"
    FILTER_MINE = "Mine"
    NOTHING_ELSE = "There is nothing else."
    NO_QUESTIONS = "No questions yet."
    FORGET_SURE = "Forget me for good?"

    ONE_MOMENT = "One moment …"
    DONE = "Done."
    WHY = "Why?"


STATUSES = {
    ItemStatus.OPEN: "Open",
    ItemStatus.SNOOZED: "Snoozed",
    ItemStatus.ANSWERED: "Answered",
    ItemStatus.LINKED: "Linked",
    ItemStatus.DISMISSED: "Dismissed",
    ItemStatus.MERGED: "Merged",
}
KINDS = {
    ItemKind.UNANSWERED: "No answer",
    ItemKind.RATED: "Bad answer",
    ItemKind.EXPIRED: "Expired entry",
    ItemKind.CHOSEN: "Chosen by askers",
    ItemKind.DUE: "To be looked at",
    ItemKind.OVERTAKEN: "Source is newer",
}
REASONS = {
    DismissReason.OFF_TOPIC: "Off topic",
    DismissReason.ACCOUNT_SPECIFIC: "About one account",
    DismissReason.SPAM: "Spam",
    DismissReason.DUPLICATE: "Duplicate",
    DismissReason.OTHER: "Something else",
}
MODES = {
    Mode.OFF: "Off: says nothing",
    Mode.MENTION: "Mention: answers when it is called",
    Mode.AMBIENT: "Ambient: answers whatever it can",
    Mode.SHADOW: "Shadow: decides and logs, says nothing",
}
AUDIENCES = {
    Audience.PUBLIC: "Everybody",
    Audience.INTERNAL: "Staff only",
}
SNOOZES = {
    4: "Four hours",
    24: "A day",
    72: "Three days",
    168: "A week",
    720: "A month",
}
"""For how many hours an item may sleep."""
