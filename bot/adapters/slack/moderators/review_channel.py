"""Post in the review channel: the weekly digest, and which message holds a secret."""

import logging

from bot.adapters.slack.bot import SlackBot, actor
from bot.adapters.slack.identity import domains_with
from bot.adapters.slack.messenger import SlackMessenger
from bot.adapters.slack.people import Places
from bot.adapters.slack.showing import parts
from bot.adapters.slack.showing.answers import call_message, notice_message
from bot.adapters.slack.showing.markdown import fallback, markdown
from bot.adapters.slack.showing.parts import SlackMessage, markdown_block
from bot.chat.apps import Apps
from bot.chat.review import Reminders, Weekly, spoken_in
from bot.core.models import Audience, ChannelRef, MessageRef, Question
from bot.core.wording.labels import Words
from bot.core.wording.notices import FLAGGED, LEAKED
from bot.service.deliveries import NotSent, Sent

_log = logging.getLogger(__name__)


def weekly(apps: Apps, messenger: SlackMessenger, places: Places, place: ChannelRef) -> Weekly:
    """Return what posts the digest in a channel, of what all who read along there may know."""

    async def audience() -> Audience:
        return await places.audience(place.channel_id, marked=Audience.INTERNAL)

    async def post(text: str) -> Sent | NotSent:
        return await messenger.say_once(place.channel_id, digest_message(text))

    return Weekly(apps, place, audience=audience, post=post)


async def post_news(messenger: SlackMessenger, place: ChannelRef, text: str) -> Sent | NotSent:
    """Post in a channel what is new."""
    return await messenger.say_once(place.channel_id, digest_message(text))


def reminders(apps: Apps, messenger: SlackMessenger, place: ChannelRef, group: str | None) -> Reminders:
    """Return what reminds moderators in the thread of a card, and mentions a user group there."""

    async def post(card: str, text: str) -> Sent | NotSent:
        return await messenger.say_once(place.channel_id, call_message(text, group=group), thread=card)

    return Reminders(apps, place, post)


def digest_message(text: str) -> SlackMessage:
    """Return a digest as a message."""
    shown = markdown(text, domains=(), limit=parts.MARKDOWN)
    return SlackMessage((markdown_block(shown),), fallback(text, parts.FALLBACK))


async def tell_moderators(bot: SlackBot, question: Question, *, may_delete: bool) -> bool:
    """Notify the review channel which message has a secret and who wrote it."""
    del may_delete
    return await _tell_of(bot, question.ref, question.author_id, LEAKED[False])


async def tell_of_link(bot: SlackBot, place: MessageRef, author_id: str) -> bool:
    """Notify the review channel which message leads elsewhere and who wrote it."""
    return await _tell_of(bot, place, author_id, FLAGGED)


async def _tell_of(bot: SlackBot, place: MessageRef, author_id: str, text: Words) -> bool:
    """Notify the review channel of a message, with none of its text; return whether that is done."""
    if bot.options.review_channel is None:
        return True
    author = await bot.messenger.names.within(actor(author_id))
    async with bot.apps.use(bot.me.workspace_id) as app, spoken_in(app, bot.place(bot.options.review_channel)):
        notice = notice_message(author, text, url=bot.messenger.permalink(place), domains=domains_with(bot.me))
    outcome = await bot.messenger.say_once(bot.options.review_channel, notice)
    if isinstance(outcome, NotSent):
        _log.warning("slack.notice.failed", extra={"fault": outcome.fault})
        return False
    return True
