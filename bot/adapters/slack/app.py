"""Assemble the bot for Slack: the app of the client library and every listener."""

import asyncio
from datetime import timedelta

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import gate, removal, unhandled
from bot.adapters.slack.identity import Identity
from bot.adapters.slack.members import agent, buttons, commands, homes, messages, share, shortcuts
from bot.adapters.slack.messenger import SlackMessenger
from bot.adapters.slack.moderators import digests, new_entry, review_buttons, settings, why
from bot.adapters.slack.options import PLATFORM, SlackOptions
from bot.adapters.slack.people import People
from bot.adapters.slack.places import Places
from bot.adapters.slack.slackbot import SlackBot
from bot.chat.apps import Apps
from bot.chat.backlog import BEAT, Heard
from bot.chat.board import Board
from bot.chat.conversation import ADAPT, Conversation
from bot.chat.intake import Intake
from bot.chat.rounds import Rounds, Step
from bot.chat.thread_writers import ThreadWriters
from bot.chat.work import Work
from bot.core.models import ChannelRef
from bot.service.claims import Spool

_RECOVER = timedelta(seconds=5)
_DELIVER = timedelta(seconds=2)
_LOOK = timedelta(minutes=10)
_LISTENERS = (messages, commands, buttons, share, shortcuts, agent, review_buttons, settings, homes, new_entry, why)


def build(options: SlackOptions, apps: Apps, spool: Spool, *, client: AsyncWebClient, me: Identity) -> SlackBot:
    """Return the bot with all its listeners, not connected yet."""
    work = Work()
    intake = Intake(spool, work)
    heard = Heard(spool, me.workspace_id)
    people = People(client, options, workspace_id=me.workspace_id)
    places = Places(client, people)
    messenger = SlackMessenger(client, options, places, me=me)
    conversation = Conversation(apps, messenger, spool)
    review = None if options.review_channel is None else ChannelRef(PLATFORM, me.workspace_id, options.review_channel)
    board = None if review is None else Board(apps, messenger, review)
    steps: dict[Step, timedelta] = {
        intake.take_up: _RECOVER,
        conversation.recover: _RECOVER,
        conversation.deliver: _DELIVER,
        conversation.adapt: ADAPT,
        heard.beat: BEAT,
    }
    if board is not None and review is not None:
        steps |= {board.show: _DELIVER, digests.weekly(apps, messenger, places, review).tell: _LOOK}
    bot = SlackBot(
        options=options,
        app=AsyncApp(
            name="faqbot",
            client=client,
            signing_secret=options.signing_secret or "",
            raise_error_for_unhandled_request=True,
            process_before_response=True,  # Slack gets the acknowledgement once the message is stored, not before
        ),
        client=client,
        apps=apps,
        me=me,
        people=people,
        places=places,
        messenger=messenger,
        conversation=conversation,
        board=board,
        intake=intake,
        heard=heard,
        thread_writers=ThreadWriters(),
        work=work,
        rounds=Rounds(steps),
        token_doubted=asyncio.Event(),
    )
    bot.app.error(unhandled.pass_over)
    gate.register(bot)
    removal.register(bot)
    for listeners in _LISTENERS:
        listeners.register(bot)
    return bot
