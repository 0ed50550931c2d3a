"""Notify moderators of secrets that somebody posted, and delete the messages."""

import discord

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.calls import FAULTS, tell
from bot.adapters.discord.places import workspace_of
from bot.adapters.discord.showing.answers import notice_message
from bot.service.deliveries import Sent


async def tell_moderators(bot: DiscordBot, message: discord.Message, *, may_delete: bool) -> bool:
    """Delete a message with a secret, where the bot is to and may; tell the moderators which it was."""
    deleted = may_delete and bot.options.delete_secrets and await _is_deleted(message)
    room = bot.staffroom.channel_for(workspace_of(None if message.guild is None else message.guild.id))
    if room is None:
        return True
    notice = notice_message(message.author.id, url=message.jump_url, deleted=deleted)
    return isinstance(await bot.messenger.say(room, notice, nonce=f"leak-{message.id}"), Sent)


async def _is_deleted(message: discord.Message) -> bool:
    try:
        await message.delete()
    except discord.NotFound:
        return True
    except FAULTS as error:
        tell(error, message.channel, channel_id=message.channel.id, also="manage_messages")
        return False
    return True
