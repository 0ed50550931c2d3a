"""Mark messages as solutions, by the menu or by a reaction, and posts of a forum as solved."""

from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.calls import FAULTS, tell
from bot.adapters.discord.command_sync import localised
from bot.adapters.discord.members.consents import ask_author
from bot.adapters.discord.moderators.permission import IN_SERVERS
from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.people import (
    DIRECT,
    PLATFORM,
    is_moderator,
    moderates,
    person,
    place_of,
    settings_of,
    spot_of,
    workspace_of,
)
from bot.adapters.discord.reading import reply_of
from bot.adapters.discord.sending import defer, whisper
from bot.chat.solving import SIGN, mark, mark_answer, take_sign, told_of_mark
from bot.core.models import MessageRef, Mode
from bot.core.wording import labels
from bot.core.wording.outcomes import ANSWERS_NOTHING
from bot.service.app import App
from bot.service.deliveries import NotSent
from bot.service.learning import MarkedSolution
from bot.service.privacy import Person

_MOST_TAGS = 5


def register(bot: DiscordBot) -> None:
    """Offer the command in the menu of messages, and listen to reactions."""

    async def used(interaction: discord.Interaction[DiscordBot], message: discord.Message) -> None:
        bot.carry_out(interaction, partial(_mark, bot, interaction, message), name="mark a solution")

    command = app_commands.ContextMenu(name=localised(labels.MARK_SOLUTION), callback=used)
    command.allowed_contexts = IN_SERVERS
    bot.tree.add_command(command)

    async def on_raw_reaction_add(payload: discord.RawReactionActionEvent) -> None:
        if _is_sign(bot, payload) and payload.member is not None and not payload.member.bot:
            step = partial(_mark_by_sign, bot, payload, payload.member)
            bot.work.start(take_sign(step), name="take a reaction")

    async def on_raw_reaction_remove(payload: discord.RawReactionActionEvent) -> None:
        if _is_sign(bot, payload):
            bot.work.start(take_sign(partial(_unmark, bot, payload)), name="take a reaction back")

    for listener in (on_raw_reaction_add, on_raw_reaction_remove):
        bot.event(listener)


async def _mark(bot: DiscordBot, interaction: Interaction, message: discord.Message) -> None:
    """Mark a message for who asked, and for moderators and helpers."""
    await defer(interaction)
    if interaction.channel is None:
        await whisper(interaction, ANSWERS_NOTHING)
        return
    moderator = is_moderator(interaction, bot.options)
    member = interaction.user
    helps = moderator or (isinstance(member, discord.Member) and bot.staff.helps(member))
    async with bot.services(interaction) as app:
        spot = spot_of(interaction.channel, message.id)
        marked = await _marked(bot, app, message, spot, person(member), moderator=moderator, helps=helps)
    await whisper(interaction, told_of_mark(marked))
    await _close(bot, interaction.channel, marked)


def _is_sign(bot: DiscordBot, payload: discord.RawReactionActionEvent) -> bool:
    is_ours = payload.user_id != bot.own_id and payload.guild_id is not None and bot.has_store(payload.guild_id)
    return is_ours and payload.emoji.name == SIGN


async def _mark_by_sign(bot: DiscordBot, payload: discord.RawReactionActionEvent, member: discord.Member) -> None:
    """Mark a message for who asked, and for moderators; of others' reactions nothing is looked up."""
    workspace_id, who = workspace_of(payload.guild_id), person(member)
    moderator = moderates(member, member.guild_permissions, bot.options)
    async with bot.apps.use(workspace_id) as app:
        if not (moderator or await app.learning.has_asked(who)):
            return
        message = await bot.messenger.read(_spot(payload))
        if isinstance(message, NotSent) or (await settings_of(app, place_of(message.channel))).mode is Mode.OFF:
            return
        spot = spot_of(message.channel, message.id)
        marked = await _marked(bot, app, message, spot, who, moderator=moderator, helps=moderator)
    await _close(bot, message.channel, marked)


async def _unmark(bot: DiscordBot, payload: discord.RawReactionActionEvent) -> None:
    async with bot.apps.use(workspace_of(payload.guild_id)) as app:
        await app.learning.unmark(_spot(payload), Person(PLATFORM, str(payload.user_id)))


async def _marked(  # noqa: PLR0913  # a message, who marks it, and what they may
    bot: DiscordBot,
    app: App,
    message: discord.Message,
    spot: MessageRef,
    who: Person,
    *,
    moderator: bool,
    helps: bool,
) -> MarkedSolution:
    if message.author.id == bot.own_id:
        return await mark_answer(app, spot, who, moderator=moderator)
    reply = replace(reply_of(message, spot), trusted=await bot.staff.is_trusted(message))
    marked = await mark(app, bot.responder, reply, who, helps=helps)
    if not message.author.bot:
        ask_author(bot, marked.request, message.author, _guild_in(spot))
    return marked


def _guild_in(spot: MessageRef) -> int | None:
    return None if spot.workspace_id == DIRECT else int(spot.workspace_id)


def _spot(payload: discord.RawReactionActionEvent) -> MessageRef:
    return MessageRef(
        platform=PLATFORM,
        workspace_id=workspace_of(payload.guild_id),
        channel_id=str(payload.channel_id),
        message_id=str(payload.message_id),
    )


async def _close(bot: DiscordBot, channel: object, marked: MarkedSolution) -> None:
    """Mark the post as solved in which a question was solved."""
    if marked.question_id is not None:
        await solve(channel, bot.options)


async def solve(thread: object, options: DiscordOptions) -> None:
    """Tag a post and close it, as far as that is set."""
    if not isinstance(thread, discord.Thread) or not isinstance(thread.parent, discord.ForumChannel):
        return
    changes: dict[str, Any] = {}
    tag = _tag(thread.parent, options.solved_tag)
    if tag is not None and tag.id not in {one.id for one in thread.applied_tags}:
        changes["applied_tags"] = [tag, *thread.applied_tags][:_MOST_TAGS]
    if options.close_solved:
        changes["archived"] = True
    if not changes:
        return
    try:
        await thread.edit(**changes)
    except FAULTS as error:
        tell(error, thread, channel_id=thread.id, also="manage_threads")


def _tag(forum: discord.ForumChannel, name: str | None) -> discord.ForumTag | None:
    wanted = None if name is None else name.casefold()
    return next((tag for tag in forum.available_tags if tag.name.casefold() == wanted), None)
