"""What the listeners for Slack work with."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.identity import Identity
from bot.adapters.slack.messenger import SlackMessenger
from bot.adapters.slack.options import PLATFORM, SlackOptions
from bot.adapters.slack.people import People, Places
from bot.chat.addressing import ThreadWriters
from bot.chat.apps import Apps
from bot.chat.backlog import Heard
from bot.chat.intake import Intake
from bot.chat.responder import Responder
from bot.chat.review import Board
from bot.chat.tasks import Rounds, Work
from bot.core.models import ChannelRef
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
