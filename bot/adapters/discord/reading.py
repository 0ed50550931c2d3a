"""Read messages on Discord as questions, and find the question that a message replies to."""

import re

import discord

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.people import (
    PLATFORM,
    is_post,
    person,
    spot_of,
    workspace_of,
)
from bot.core.models import Audience, MessageRef, Question, Surface
from bot.core.redaction import redact
from bot.service.app import App
from bot.service.conversations import Conversation
from bot.service.deliveries import NotSent
from bot.service.learning import PersonsReply

_MENTION = re.compile(r"<@[!&]?\d+>")


def question_of(message: discord.Message, surface: Surface, audience: Audience, *, own_id: int) -> Question:
    """Return a message as a question that came in some way."""
    spot = spot_of(message.channel, message.id)
    return question_at(spot, message.author, text_of(message, own_id), surface=surface, audience=audience)


def question_at(
    spot: MessageRef, author: discord.abc.Snowflake, text: str, *, surface: Surface, audience: Audience
) -> Question:
    """Return what somebody asked somewhere."""
    return Question(
        text=text,
        ref=spot,
        author_id=str(author.id),
        surface=surface,
        audience=audience,
    )


def text_of(message: discord.Message, own_id: int) -> str:
    """Return what somebody asks: without the bot's name, and with the title of a post."""
    text = message.content
    role = None if message.guild is None else message.guild.self_role
    for name in (f"<@{own_id}>", f"<@!{own_id}>", *([] if role is None else [role.mention])):
        text = text.replace(name, " ")
    if is_post(message) and isinstance(message.channel, discord.Thread):
        text = f"{message.channel.name}\n{text}"
    return text.strip() or "\n".join(one.content for one in message.message_snapshots).strip()


async def words_at(bot: DiscordBot, place: MessageRef) -> str | NotSent:
    """Return what a message says now."""
    message = await bot.messenger.read(place)
    return message if isinstance(message, NotSent) else text_of(message, bot.own_id)


def is_reply(message: discord.Message) -> bool:
    """Return whether a message replies to another one; what is forwarded refers to one as well."""
    return message.reference is not None and message.reference.type is not discord.MessageReferenceType.forward


def author_answered(message: discord.Message) -> int | None:
    """Return who wrote the message that this one replies to."""
    answered = None if message.reference is None else message.reference.resolved
    return answered.author.id if isinstance(answered, discord.Message) else None


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


def reply_of(message: discord.Message, spot: MessageRef) -> PersonsReply:
    """Return a message as a reply that may answer a question, without mentions."""
    answered = None if message.reference is None else message.reference.message_id
    return PersonsReply(
        ref=spot,
        author=person(message.author),
        text=_MENTION.sub(" ", message.content).strip(),
        replies_to=None if answered is None else str(answered),
    )
