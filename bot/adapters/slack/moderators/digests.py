"""Post the weekly digest in the review channel."""

from bot.adapters.slack.messenger import SlackMessenger
from bot.adapters.slack.places import Places
from bot.adapters.slack.showing import limits
from bot.adapters.slack.showing.markdown import fallback, markdown
from bot.adapters.slack.showing.parts import Message, markdown_block
from bot.chat.apps import Apps
from bot.chat.weekly import Weekly
from bot.core.models import Audience, ChannelRef
from bot.service.deliveries import NotSent, Sent


def weekly(apps: Apps, messenger: SlackMessenger, places: Places, place: ChannelRef) -> Weekly:
    """Return what posts the digest in a channel, of what all who read along there may know."""

    async def audience() -> Audience:
        return await places.audience(place.channel_id, marked=Audience.INTERNAL)

    async def post(text: str) -> Sent | NotSent:
        return await messenger.say(place.channel_id, digest_message(text))

    return Weekly(apps, place, audience=audience, post=post)


def digest_message(text: str) -> Message:
    """Return a digest as a message."""
    shown = markdown(text, domains=(), limit=limits.MARKDOWN)
    return Message((markdown_block(shown),), fallback(text, limits.FALLBACK))
