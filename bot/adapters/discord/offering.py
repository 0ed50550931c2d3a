"""Say by what Discord offers each of the things that people can do with the bot."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.adapters.discord.members.commands import ANSWER_MESSAGE, ASK
from bot.adapters.discord.members.own_data import MY_DATA
from bot.adapters.discord.members.suggesting import SUGGEST
from bot.adapters.discord.moderators.drafting import USE_AS_ANSWER
from bot.adapters.discord.moderators.listing import REVIEW
from bot.adapters.discord.moderators.settings import SETTINGS
from bot.adapters.discord.showing.buttons import Action
from bot.chat.capabilities import Capability
from bot.core.labels import Label

OFFERS: Mapping[Capability, str] = MappingProxyType({
    Capability.MENTION: "event on_message",
    Capability.AMBIENT: "event on_message",
    Capability.DIRECT: "event on_message",
    Capability.FOLLOW_UP: "event on_message",
    Capability.EDIT: "event on_raw_message_edit",
    Capability.DELETE: "event on_raw_message_delete",
    Capability.COMMAND: f"command {ASK}",
    Capability.SEARCH: f"completion {ASK}",
    Capability.SHARE: f"press {Action.SHARE}",
    Capability.ANSWER_MESSAGE: f"menu {ANSWER_MESSAGE}",
    Capability.HELPFUL: f"press {Action.HELPFUL}",
    Capability.NOT_THIS: f"press {Action.NOT_THIS}",
    Capability.CHOOSE: f"press {Action.CHOOSE}",
    Capability.HUMAN: f"press {Action.HUMAN}",
    Capability.REMOVE: f"press {Action.REMOVE}",
    Capability.MY_DATA: f"command {MY_DATA}",
    Capability.SETTINGS: f"command {SETTINGS}",
    Capability.WHY: f"menu {Label.WHY}",
    Capability.DRAFT: f"menu {USE_AS_ANSWER}",
    Capability.SUGGEST: f"menu {SUGGEST}",
    Capability.REVIEW_LIST: f"command {REVIEW}",
    Capability.REVIEW_ANSWER: f"press {Action.ANSWER}",
    Capability.REVIEW_LINK: f"press {Action.LINK}",
    Capability.REVIEW_MERGE: f"press {Action.MERGE}",
    Capability.REVIEW_DISMISS: f"press {Action.DISMISS}",
    Capability.REVIEW_ASSIGN: f"press {Action.ASSIGN}",
    Capability.REVIEW_SNOOZE: f"press {Action.SNOOZE}",
    Capability.REVIEW_REVERT: f"press {Action.REVERT}",
})  # fmt: skip
"""What kind of thing it is, and its name."""
