"""Check that a user is a moderator, and limit what they see to the readers of the place."""

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.internal import audience_of
from bot.adapters.discord.people import is_moderator
from bot.adapters.discord.places import audience_here, channel_of, place_of
from bot.adapters.discord.private import whisper
from bot.adapters.discord.showing.parts import Press, number_in
from bot.chat.refusals import NOT_A_MODERATOR
from bot.chat.reviews import item_as_seen
from bot.core.models import Audience
from bot.core.review import ReviewItem
from bot.errors import ItemNotFoundError
from bot.service.app import App
from bot.service.review import Review


async def is_refused(bot: DiscordBot, interaction: Interaction) -> bool:
    """Return whether somebody is no moderator now, after they were told so."""
    if is_moderator(interaction, bot.options):
        return False
    await whisper(interaction, NOT_A_MODERATOR)
    return True


async def audience_for(bot: DiscordBot, app: App, interaction: Interaction) -> Audience:
    """Return who can read the place where a moderator works; the moderators' channel counts as marked internal."""
    channel = channel_of(interaction)
    if channel is not None and place_of(channel).channel_id == str(bot.options.review_channel):
        return audience_of(channel, marked=Audience.INTERNAL)
    return await audience_here(app, interaction)


async def review_of(app: App, item_id: str, *, audience: Audience) -> Review:
    """Return an item; one that is not for those who can read the place is not there."""
    found = await app.review.show(item_id)
    if not audience.sees(found.item.audience):
        raise ItemNotFoundError(item_id)
    return found


async def open_review(app: App, press: Press, *, audience: Audience) -> tuple[ReviewItem, Review]:
    """Return an item that is open and still as it was when its button was shown."""
    found = await review_of(app, press.subject, audience=audience)
    return item_as_seen(found, number_in(press.detail)), found
