"""Find the question that somebody's message replies to."""

import discord

from bot.adapters.discord.bot import Interaction
from bot.adapters.discord.places import PLATFORM, workspace_of
from bot.core.models import Audience, MessageRef
from bot.core.redaction import redact
from bot.service.app import App
from bot.service.conversations import Conversation


async def asked_before(
    app: App, interaction: Interaction, message: discord.Message, *, audience: Audience
) -> Conversation | None:
    """Return the question that a message replies to, or in whose thread it stands; None where nobody asked one."""
    answered = None if message.reference is None else message.reference.message_id
    workspace_id = workspace_of(interaction.guild_id)
    for each in (answered, interaction.channel_id):  # a thread has the id of the message that it was made from
        if each is not None:
            found = await app.conversations.why(
                MessageRef(platform=PLATFORM, workspace_id=workspace_id, message_id=str(each))
            )
            if found is not None and audience.sees(found.question.audience):
                return found
    return None


def text_of_reply(message: discord.Message) -> str | None:
    """Return what somebody wrote, None when that is nothing, or a secret, which is not to be kept."""
    text = message.content.strip()
    return None if not text or redact(text).secret else text
