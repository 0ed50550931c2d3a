"""Name the controls and the commands of the bot, once for all platforms.

The commands are those in the menus of Discord; Slack takes its own from the manifest of the app.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

from bot.core.manners import ReplyPlace
from bot.core.models import Audience, DecisionKind, DismissReason, ItemKind, ItemStatus, Mode, Status
from bot.core.wording.languages import Message


class Label(Enum):
    """The labels of buttons, fields and dialogs; 24 characters at most, in each language."""

    HELPFUL = Message("Helpful")
    NOT_THIS = Message("Not what I asked")
    HUMAN = Message("Ask a human")
    REMOVE = Message("Remove")
    SHARE = Message("Share in channel")
    SOURCE = Message("Source")
    MESSAGE = Message("Message")
    STAFF_NOTE = Message("Staff note")
    CATEGORY = Message("Category")
    NO_CATEGORY = Message("Everything else")
    UPDATED = Message("Updated")
    REST = Message("Read the rest")
    WHY_NOT_THIS = Message("What did you mean?")
    NONE_OF_THESE = Message("None of these")
    SOLVED = Message("Solved")
    STILL_OPEN = Message("Still open")

    ANSWER = Message("Answer")
    LINK = Message("Link")
    ACCEPT = Message("Accept")
    ACCEPT_SEVERAL = Message("Accept several")
    MERGE = Message("Merge")
    DISMISS = Message("Dismiss")
    ASSIGN = Message("Assign to me")
    SNOOZE = Message("Snooze")
    REOPEN = Message("Reopen")
    REVERT = Message("Undo")
    SHOW = Message("Show")
    SAVE = Message("Save")
    SEND = Message("Send")
    DROP = Message("Drop")
    GRADE = Message("Grade answers")
    RIGHT = Message("Right")
    WRONG = Message("Wrong")
    SKIP = Message("Skip")
    DRAFT = Message("Draft")
    CANCEL = Message("Cancel")
    CLOSE = Message("Close")
    REPLAY = Message("What would change")

    QUESTION = Message("Question")
    ANSWER_TEXT = Message("The answer")
    NOTE_TEXT = Message("For staff only")
    AUDIENCE = Message("Who may read it")
    ENTRY = Message("Entry")
    ITEM = Message("Review item")
    REASON = Message("Reason")
    COMMENT = Message("Comment")
    SNOOZE_FOR = Message("Snooze for")
    ADD_TO_FAQ = Message("Add to FAQ")

    FAQ_ENTRY = Message("FAQ entry")
    EDIT = Message("Edit")
    RETIRE = Message("Retire")
    CORRECT = Message("Wrong answer")
    RIGHT_ENTRY = Message("The right entry, if any")
    ADD_PHRASING = Message("Add phrasing")
    REMOVE_PHRASING = Message("Remove phrasing")
    PHRASING = Message("Phrasing")
    OTHER_ENTRY = Message("Another entry")
    OTHER_ANSWER = Message("Edit another answer")
    TELL = Message("Who was given it")

    SETTINGS = Message("Settings of the channel")
    MODE = Message("What the bot does")
    NO_ANSWER = Message("When nothing fits")
    WAIT = Message("Wait (seconds)")
    LANGUAGE = Message("Language of the bot")
    TOPICS = Message("Topics")
    REPLY_PLACE = Message("Where replies stand")
    ASKERS = Message("Who may ask")
    ON_CALL = Message("People on call")
    ON_CALL_HOURS = Message("Hours on call")
    COOLDOWN = Message("Cooldown (minutes)")
    REPEAT = Message("Repeat after (minutes)")
    REPLIES = Message("Replies a minute")
    STALE = Message("Ask after (quiet days)")
    NEWS = Message("Monthly news at")
    MODE_PART = Message("Mode and language")
    PEOPLE_PART = Message("Topics and people")
    PACE_PART = Message("How often it speaks")

    SEARCH = Message("Search the FAQ")
    MY_QUESTIONS = Message("My questions")
    MY_DATA = Message("My data")
    EXPORT = Message("Send me my data")
    FORGET = Message("Forget me")
    OPT_OUT = Message("Stop follow-ups")
    OPT_IN = Message("Send me follow-ups")
    ONLY_ASKED = Message("Answer only if asked")
    LIKE_OTHERS = Message("Answer me as others")
    QUEUE = Message("Review queue")
    NEXT_PAGE = Message("Next")
    PREVIOUS_PAGE = Message("Back")
    PROMPTS = Message("Asked most often")

    SUGGESTED = Message("Suggested answers")
    CONSENT_YES = Message("Yes, these words")
    CONSENT_ALWAYS = Message("Yes, always")
    CONSENT_NO = Message("No")

    QUESTIONS = Message("Questions")
    NEAREST = Message("Nearest entries")
    ASSIGNEE = Message("Assigned to")
    SUGGESTED_BY = Message("Suggested by")
    FILTER_ALL = Message("All")
    FILTER_MINE = Message("Mine")
    NOTHING_ELSE = Message("There is nothing else.")
    NO_QUESTIONS = Message("No questions yet.")
    FORGET_SURE = Message("Forget me for good?")

    ONE_MOMENT = Message("One moment …")
    DONE = Message("Done.")
    WHY = Message("Why?")

    def __str__(self) -> str:
        """Return it as it is shown."""
        return str(self.value)


Words: TypeAlias = str | Message | Label
"""What can be shown: a text, or what becomes one where it is shown."""


STATUSES = {
    ItemStatus.OPEN: Message("Open"),
    ItemStatus.SNOOZED: Message("Snoozed"),
    ItemStatus.ANSWERED: Message("Answered"),
    ItemStatus.LINKED: Message("Linked"),
    ItemStatus.DISMISSED: Message("Dismissed"),
    ItemStatus.MERGED: Message("Merged"),
}
KINDS = {
    ItemKind.UNANSWERED: Message("No answer"),
    ItemKind.RATED: Message("Bad answer"),
    ItemKind.EXPIRED: Message("Expired entry"),
    ItemKind.CHOSEN: Message("Chosen by askers"),
    ItemKind.DUE: Message("To be looked at"),
    ItemKind.OVERTAKEN: Message("Source is newer"),
    ItemKind.FLAWED: Message("To be mended"),
}
REASONS = {
    DismissReason.OFF_TOPIC: Message("Off topic"),
    DismissReason.ACCOUNT_SPECIFIC: Message("About one account"),
    DismissReason.SPAM: Message("Spam"),
    DismissReason.DUPLICATE: Message("Duplicate"),
    DismissReason.OTHER: Message("Something else"),
}
MODES = {
    Mode.OFF: Message("Off: says nothing"),
    Mode.MENTION: Message("Mention: answers when it is called"),
    Mode.AMBIENT: Message("Ambient: answers whatever it can"),
    Mode.SHADOW: Message("Shadow: decides and logs, says nothing"),
    Mode.DRAFT: Message("Draft: a moderator sends what it would answer"),
}
REPLY_PLACES = {
    ReplyPlace.THREAD: Message("In a thread"),
    ReplyPlace.CHANNEL: Message("In the channel"),
}
DECISIONS = {
    DecisionKind.ANSWERED: Message("It answered"),
    DecisionKind.SUGGESTED: Message("It offered choices"),
    DecisionKind.UNANSWERED: Message("It had no answer"),
}
AUDIENCES = {
    Audience.PUBLIC: Message("Everybody"),
    Audience.INTERNAL: Message("Staff only"),
}
TELLING = {
    "no": Message("Tell nobody"),
    "yes": Message("Tell them of the change"),
}
"""Whether people are told who were given an answer that changes."""

ENTRY_STATUSES = {
    Status.DRAFT: Message("Draft"),
    Status.PUBLISHED: Message("Published"),
    Status.RETIRED: Message("Retired"),
}
SNOOZES = {
    4: Message("Four hours"),
    24: Message("A day"),
    72: Message("Three days"),
    168: Message("A week"),
    720: Message("A month"),
}
"""For how many hours an item may sleep."""


OF_SETTING: Mapping[str, Label] = MappingProxyType({
    "mode": Label.MODE,
    "audience": Label.AUDIENCE,
    "no_answer": Label.NO_ANSWER,
    "wait_seconds": Label.WAIT,
    "locale": Label.LANGUAGE,
    "topics": Label.TOPICS,
    "reply": Label.REPLY_PLACE,
    "askers": Label.ASKERS,
    "on_call": Label.ON_CALL,
    "on_call_hours": Label.ON_CALL_HOURS,
    "cooldown": Label.COOLDOWN,
    "repeat_minutes": Label.REPEAT,
    "replies_per_minute": Label.REPLIES,
    "stale_days": Label.STALE,
    "news": Label.NEWS,
})  # fmt: skip
"""The label of each setting of a channel."""

_AS_FOR_ALL, _NONE = Message("as set for all channels"), Message("none")
UNSET: Mapping[str, Message] = MappingProxyType({
    "no_answer": Message("the usual words"),
    "topics": Message("all categories"),
    "askers": Message("everybody"),
    "on_call": _AS_FOR_ALL,
    "on_call_hours": _AS_FOR_ALL,
    "cooldown": _NONE,
    "repeat_minutes": _AS_FOR_ALL,
    "replies_per_minute": _AS_FOR_ALL,
    "news": _NONE,
})  # fmt: skip
"""What counts in a channel where a setting holds nothing."""

OWN = "own"
"""The value in a menu that means no locale."""

_OWN_LANGUAGE = Message("Each member's own")
_NAMES = {
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ru": "Русский",
    "tr": "Türkçe",
    "zh": "中文",
}


def locales(now: str | None) -> dict[str, str]:
    """Return what the locale of a channel can be set to, each language by its own name, and what it is now."""
    kept = {} if now is None or now in _NAMES else {now: now}
    return {OWN: str(_OWN_LANGUAGE), **_NAMES, **kept}


def chosen_locale(value: str | None) -> str | None:
    """Return the locale that was chosen in a menu, None for none."""
    return None if value == OWN else value


ASK = Message("Ask the FAQ; only you see the answer")
ASK_QUESTION = Message("What you want to know, or an entry that comes up as you type")
FAQ = Message("Look around in the FAQ")
BROWSE = Message("Show the FAQ by category; only you see it")
ANSWER_MESSAGE = Message("Answer from FAQ")

MY_DATA = Message("See and remove what the FAQ bot keeps of you")
MY_DATA_SHOW = Message("Show what you asked, and what became of it")
MY_DATA_EXPORT = Message("Send you everything that is kept of you")
MY_DATA_FORGET = Message("Remove everything that is kept of you")
MY_DATA_OPT_OUT = Message("Send you no later answers")
MY_DATA_ONLY_ASKED = Message("Answer you only when you ask, and keep nothing else that you write")
MY_DATA_OPT_IN = Message("Tell you again when a question is answered later")

GRADE = Message("Say of past answers whether they were right")
REVIEW = Message("List the questions that wait for an answer")
SETTINGS = Message("Set how the FAQ bot behaves in this channel")
SETTINGS_PART = Message("Which of its settings")
USE_AS_ANSWER = Message("Use as FAQ answer")
SUGGEST = Message("Suggest as FAQ answer")
MARK_SOLUTION = Message("Mark as solution")
