"""Handle the buttons under an answer."""

import logging
from dataclasses import replace
from functools import partial

import discord

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.members.solutions import solve
from bot.adapters.discord.people import actor, audience_here, is_moderator, person, place_here, workspace_of
from bot.adapters.discord.sending import defer, whisper
from bot.adapters.discord.showing.answers import call_message, reply_message
from bot.adapters.discord.showing.dialogs import DiscordField, Filled, Form, reason_modal
from bot.adapters.discord.showing.parts import DiscordAction, Press
from bot.core.models import Audience, Question, Rating, Surface
from bot.core.wording.refusals import NOT_NOW
from bot.core.wording.replies import (
    CALL,
    NOT_YOURS,
    NOTED,
    SHARED,
    Reply,
    ReplyKind,
    gone,
    to_who_asks_for_a_human,
)
from bot.service.app import App
from bot.service.deliveries import Sent, key_of

_log = logging.getLogger(__name__)


def register(bot: DiscordBot) -> None:
    """Listen to the buttons under answers and choices, and to the form for reasons."""
    bot.presses[DiscordAction.HELPFUL] = partial(_helpful, bot)
    bot.presses[DiscordAction.NOT_THIS] = partial(_wrong, bot)
    bot.presses[DiscordAction.HUMAN] = partial(_human, bot)
    bot.presses[DiscordAction.REMOVE] = partial(_remove, bot)
    bot.presses[DiscordAction.SHARE] = partial(_share, bot)
    bot.presses[DiscordAction.CHOOSE] = partial(_choose, bot)
    bot.presses[DiscordAction.RELATED] = partial(_show_related, bot)
    bot.forms[Form.REASON] = partial(_reason, bot)
    bot.responder.following.calls_by(partial(_call_beside, bot))


async def _helpful(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Store that an answer helped; a press by its asker or a moderator marks the post as solved."""
    await interaction.response.defer()
    moderator = is_moderator(interaction, bot.options)
    async with bot.services(interaction) as app:
        who = person(interaction.user)
        await app.feedback.rate(press.subject, who, Rating.HELPFUL, moderator=moderator)
        may_close = await app.conversations.may_remove(press.subject, who, moderator=moderator)
    await whisper(interaction, NOTED)
    if may_close:
        await solve(interaction.channel, bot.options)


async def _wrong(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Store that an answer was not what was asked, and ask for the reason, which is optional."""
    await interaction.response.send_modal(reason_modal(press.subject))
    async with bot.services(interaction) as app:
        await _rate_wrong(bot, app, interaction, press.subject)


async def _reason(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    """Store what somebody meant, and offer other entries."""
    await defer(interaction)
    async with bot.services(interaction) as app:
        reply = await _rate_wrong(bot, app, interaction, form.subject, reason=form.values.get(DiscordField.REASON))
        reply = await _as_seen(app, reply or gone(), await audience_here(app, interaction))
    await _whisper_reply(bot, interaction, reply, form.subject)


async def _human(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Open a review item for a question and mention who is on call, at most now and then."""
    await interaction.response.defer()
    async with bot.services(interaction) as app:
        call = await app.feedback.ask_human(press.subject, person(interaction.user))
    role = _role(bot, call.whom)
    told = call.now and role is not None and await _is_called(bot, interaction, press.subject, role)
    await whisper(interaction, to_who_asks_for_a_human(told=told, back_at=call.back_at))


async def _remove(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Remove a reply, for who asked and for moderators."""
    await interaction.response.defer()
    moderator = is_moderator(interaction, bot.options)
    async with bot.services(interaction) as app:
        if not await app.conversations.may_remove(press.subject, person(interaction.user), moderator=moderator):
            await whisper(interaction, NOT_YOURS)
        elif interaction.message is not None:
            await interaction.message.delete()
            await app.conversations.removed(press.subject, actor=actor(interaction.user))


async def _share(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show everybody in the channel what somebody got in private, as those may read it."""
    await interaction.response.defer()
    if interaction.channel is None or not _may_write(interaction):
        await whisper(interaction, NOT_NOW)
        return
    async with bot.services(interaction) as app:
        reply = await app.ask.choose(
            press.detail,
            audience=await audience_here(app, interaction),
            locale=str(interaction.locale),
            place=place_here(interaction),
        )
    if reply is None:
        await _whisper_reply(bot, interaction, gone(), press.subject)
        return
    message = reply_message(reply, question_id=press.subject, domains=bot.options.domains)
    # Somebody may share two entries for one question, and each of them once.
    nonce = key_of("share", press.subject, press.detail)
    sent = await bot.messenger.say(interaction.channel.id, message, nonce=nonce)
    await whisper(interaction, SHARED if isinstance(sent, Sent) else NOT_NOW)


async def _choose(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Answer with the entry that somebody took: in the place of the choices for who asked, or else in private."""
    await interaction.response.defer()
    entry_id, who = press.values[0] if press.values else press.detail, person(interaction.user)
    async with bot.services(interaction) as app:
        reply = await app.feedback.choose(press.subject, entry_id, who)
        reply = await _as_seen(app, reply, await audience_here(app, interaction))
        own = await app.conversations.may_remove(press.subject, who, moderator=False)
    private = interaction.message is not None and interaction.message.flags.ephemeral
    if not own or reply.kind is not ReplyKind.ANSWER:
        await _whisper_reply(bot, interaction, reply, press.subject)
        return
    domains = bot.options.domains
    message = reply_message(reply, question_id=press.subject, domains=domains, private=private)
    await interaction.edit_original_response(**message.changed)


async def _show_related(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show a related entry in private; the answer that it stands under stays, and nothing is said of that."""
    await defer(interaction)
    async with bot.services(interaction) as app:
        reply = await app.related.show(press.subject, press.detail, person(interaction.user))
        reply = await _as_seen(app, reply, await audience_here(app, interaction))
    await whisper(interaction, reply_message(reply, question_id=None, domains=bot.options.domains))


async def _rate_wrong(
    bot: DiscordBot, app: App, interaction: Interaction, question_id: str, *, reason: str | None = None
) -> Reply | None:
    moderator = is_moderator(interaction, bot.options)
    return await app.feedback.rate(
        question_id, person(interaction.user), Rating.WRONG, reason=reason, moderator=moderator
    )


async def _whisper_reply(bot: DiscordBot, interaction: Interaction, reply: Reply, question_id: str) -> None:
    domains = bot.options.domains
    await whisper(interaction, reply_message(reply, question_id=question_id, domains=domains, private=True))


async def _is_called(bot: DiscordBot, interaction: Interaction, question_id: str, role: int) -> bool:
    """Mention the role that is on call where everybody sees what it is about, or else before the moderators."""
    private = interaction.message is None or interaction.message.flags.ephemeral
    where = bot.review_channel.channel_for(workspace_of(interaction.guild_id)) if private else interaction.channel_id
    return where is not None and await _mention(bot, where, question_id, role)


async def _mention(bot: DiscordBot, where: int, question_id: str, role: int) -> bool:
    """Mention a role somewhere; of one that is gone nobody would hear."""
    guild = getattr(bot.get_channel(where), "guild", None)
    if guild is not None and guild.get_role(role) is None:
        _log.warning("discord.on_call.unknown", extra={"role_id": str(role)})
        return False
    sent = await bot.messenger.say(where, call_message(CALL, role=role), nonce=f"call-{question_id}")
    return isinstance(sent, Sent)


def _role(bot: DiscordBot, whom: str | None) -> int | None:
    """Return the role that is on call: that of a channel, if it has one, or else that of the settings."""
    return int(whom) if whom is not None and whom.isdecimal() else bot.options.on_call_role


async def _call_beside(bot: DiscordBot, question: Question, question_id: str, whom: str | None) -> bool:
    """Mention the role that is on call beside a message, or before the moderators where nobody else reads it."""
    role, place = _role(bot, whom), question.ref
    where: int | None = int(place.thread_id or place.channel_id)
    if question.surface is Surface.DIRECT:
        where = bot.review_channel.channel_for(place.workspace_id)
    return role is not None and where is not None and await _mention(bot, where, question_id, role)


async def _as_seen(app: App, reply: Reply, audience: Audience) -> Reply:
    """Return a reply as the present readers of the place may read it."""
    if audience is Audience.INTERNAL:
        return reply
    if reply.kind is ReplyKind.ANSWER:
        is_readable = await app.ask.choose(reply.entry_id or "", audience=audience) is not None
        return replace(reply, staff_note=None) if is_readable else gone()
    if not reply.choices:
        return reply
    choices = tuple([one for one in reply.choices if await app.ask.choose(one.entry_id, audience=audience)])
    return Reply(kind=reply.kind, text=reply.text, choices=choices) if choices else gone()


def _may_write(interaction: Interaction) -> bool:
    allowed = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return allowed.send_messages_in_threads if in_thread else allowed.send_messages
