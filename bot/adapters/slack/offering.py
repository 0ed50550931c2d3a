"""Say by which listener Slack offers each of the things that people can do with the bot."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.adapters.slack.members.commands import COMMAND, SETTINGS
from bot.adapters.slack.members.shortcuts import ANSWER_MESSAGE
from bot.adapters.slack.moderators.drafting import ADD_TO_FAQ
from bot.adapters.slack.moderators.why import WHY
from bot.adapters.slack.showing.ids import Action, Dialog, choice_id
from bot.chat.capabilities import Capability

OFFERS: Mapping[Capability, str] = MappingProxyType({
    Capability.MENTION: "event app_mention",
    Capability.AMBIENT: "event message",
    Capability.DIRECT: "event message",
    Capability.FOLLOW_UP: "event message",
    Capability.EDIT: "event message",
    Capability.DELETE: "event message",
    Capability.COMMAND: f"command {COMMAND}",
    Capability.SETTINGS: f"command {COMMAND} {SETTINGS}",
    Capability.SHARE: f"action {Action.SHARE}",
    Capability.ANSWER_MESSAGE: f"shortcut {ANSWER_MESSAGE}",
    Capability.SEARCH: f"options {Action.SEARCH}",
    Capability.HELPFUL: f"action {Action.HELPFUL}",
    Capability.NOT_THIS: f"action {Action.NOT_THIS}",
    Capability.CHOOSE: f"action {choice_id(0)}",
    Capability.HUMAN: f"action {Action.HUMAN}",
    Capability.REMOVE: f"action {Action.REMOVE}",
    Capability.MY_DATA: f"action {Action.EXPORT}",
    Capability.WHY: f"shortcut {WHY}",
    Capability.DRAFT: f"shortcut {ADD_TO_FAQ}",
    Capability.SUGGEST: f"view {Dialog.DRAFT}",
    Capability.REVIEW_LIST: "event app_home_opened",
    Capability.REVIEW_ANSWER: f"action {Action.ANSWER}",
    Capability.REVIEW_LINK: f"action {Action.LINK}",
    Capability.REVIEW_MERGE: f"action {Action.MERGE}",
    Capability.REVIEW_DISMISS: f"action {Action.DISMISS}",
    Capability.REVIEW_ASSIGN: f"action {Action.ASSIGN}",
    Capability.REVIEW_SNOOZE: f"action {Action.SNOOZE}",
    Capability.REVIEW_REVERT: f"action {Action.REVERT}",
})  # fmt: skip
"""What kind of listener it is, and what it listens to."""
