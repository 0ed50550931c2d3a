"""What the listeners for Slack work with, and how they reply so that only one person sees it."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.adapters.slack.identity import Identity
from bot.adapters.slack.messenger import SlackMessenger
from bot.adapters.slack.options import PLATFORM, SlackOptions
from bot.adapters.slack.people import People, Places
from bot.adapters.slack.sending import error_code
from bot.adapters.slack.showing.parts import SlackMessage, mrkdwn, section
from bot.chat.addressing import ThreadWriters
from bot.chat.apps import Apps
from bot.chat.intake import Intake
from bot.chat.outages import Heard
from bot.chat.responder import Responder
from bot.chat.review import Board
from bot.chat.stale_threads import StaleThreads
from bot.chat.tasks import Rounds, Work
from bot.core.models import ChannelRef
from bot.core.wording.labels import Words
from bot.core.wording.outcomes import TOO_LATE
from bot.core.wording.refusals import NOT_NOW, refusal
from bot.errors import FaqbotError
from bot.service.deliveries import NotSent
from bot.service.privacy import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackBot:
    """The bot of one workspace; `me` is its identity there. `token_doubted` is set when Slack says that it is out."""

    options: SlackOptions
    app: AsyncApp
    client: AsyncWebClient
    apps: Apps
    me: Identity
    people: People
    places: Places
    messenger: SlackMessenger
    responder: Responder
    intake: Intake
    heard: Heard
    board: Board | None
    thread_writers: ThreadWriters
    work: Work
    stale_threads: StaleThreads
    rounds: Rounds
    token_doubted: asyncio.Event

    def place(self, channel_id: str) -> ChannelRef:
        """Return the name that the services have for a channel."""
        return ChannelRef(PLATFORM, self.me.workspace_id, channel_id)


def person(user_id: str) -> Person:
    """Return the name that the services have for a member."""
    return Person(PLATFORM, user_id)


def actor(user_id: str) -> str:
    """Return whom the audit log names for what a member did."""
    return f"{PLATFORM}:{user_id}"


def user_of(body: Mapping[str, Any]) -> str:
    """Return who sent something; a command says so in its own way."""
    return str(body["user_id"] if "user_id" in body else body["user"]["id"])


_log = logging.getLogger(__name__)
_OK = 200
_EXPIRED = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"})
_OVERTAKEN = frozenset({"hash_conflict", "not_found", "view_not_found"})


async def tell(bot: SlackBot, body: Mapping[str, Any], told: SlackMessage | Words, *, replace: bool = False) -> None:
    """Send a text to the person who acted: as a reply to the action while Slack allows it, else as a direct message."""
    message = told if isinstance(told, SlackMessage) else words(told)
    if await _respond(bot, body, message, replace=replace):
        return
    outcome = await bot.messenger.say(user_of(body), message)
    if isinstance(outcome, NotSent):
        _log.warning("slack.ephemeral.failed", extra={"fault": outcome.fault})


def words(text: Words) -> SlackMessage:
    """Return a message of plain words."""
    shown = mrkdwn(str(text))
    return SlackMessage((section(shown),), shown)


async def tell_trouble(bot: SlackBot, body: Mapping[str, Any], error: Exception) -> None:
    """Send the reason why Slack did not show what somebody wanted to see."""
    code = error_code(error)
    if code in _OVERTAKEN:
        _log.info("slack.views_update.outdated", extra={"fault": code})
        return
    _log.warning("slack.views_update.failed", extra={"fault": code or type(error).__name__})
    await tell(bot, body, TOO_LATE if code in _EXPIRED else NOT_NOW)


async def worded(bot: SlackBot, error: FaqbotError) -> str:
    """Return why something was refused, with people by their names; log errors that the user cannot fix."""
    text = refusal(error)
    if text == str(NOT_NOW):
        _log.error("slack.interaction.failed", exc_info=error)
    return await bot.messenger.names.within(text)


async def _respond(bot: SlackBot, body: Mapping[str, Any], message: SlackMessage, *, replace: bool) -> bool:
    """Return whether Slack accepted a message at the response URL, which is valid for half an hour."""
    url = body.get("response_url")
    if not url:
        return False
    answer = {"response_type": "ephemeral", "replace_original": replace, **message.sent}
    if thread := (body.get("message") or body.get("container") or {}).get("thread_ts"):
        answer["thread_ts"] = thread
    try:
        response = await AsyncWebhookClient(url, session=bot.client.session).send_dict(answer)
    except (ClientError, TimeoutError):
        return False
    return response.status_code == _OK
