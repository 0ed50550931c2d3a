"""Classify how a message on Discord relates to another: help, a reply of the bot, or too old to be found by nonce."""

from datetime import UTC, datetime, timedelta

import discord

from bot.core.models import MessageRef

# Discord says that it knows a nonce for a few minutes.
_REMEMBERED = timedelta(minutes=2)


def is_old(place: MessageRef) -> bool:
    """Return whether Discord may have forgotten under which mark a message was replied to."""
    return datetime.now(UTC) - discord.utils.snowflake_time(int(place.message_id)) > _REMEMBERED


def helps(message: discord.Message, asked: discord.Message) -> bool:
    """Return whether a message that came after another one is of another person."""
    return message.id > asked.id and message.author.id != asked.author.id and not message.author.bot


def refers(message: discord.Message, asked: discord.Message) -> bool:
    """Return whether a message replies to another one."""
    return message.reference is not None and message.reference.message_id == asked.id


def belongs(message: discord.Message, place: MessageRef, question_id: str | None) -> bool:
    """Return whether a message of the bot is the reply to a question: it can be pressed for it, or refers to it.

    In the thread that was made from the question, so is what has nothing to press: it was said while the log was away.
    """
    reference = message.reference
    if reference is not None and reference.message_id == int(place.message_id):
        return True
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    ids = [str(getattr(child, "custom_id", "")) for row in rows for child in row.children]
    if not ids and place.thread_id in {None, place.message_id}:
        return True
    return any(question_id in each.split(":") for each in ids)
