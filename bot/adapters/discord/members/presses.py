"""Take what people say of an answer by its buttons."""

from typing import Any

import discord

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.members.solving import solve
from bot.adapters.discord.people import actor, is_moderator, person
from bot.adapters.discord.places import audience_here
from bot.adapters.discord.private import whisper
from bot.adapters.discord.showing.answers import call_message, reply_message
from bot.adapters.discord.showing.buttons import Action, Press
from bot.adapters.discord.showing.forms import Field, Filled, Form
from bot.adapters.discord.showing.modals import reason_modal
from bot.adapters.refusals import NOT_NOW
from bot.core.models import Audience, Rating
from bot.core.replies import CALL, CALLED, LISTED, NOT_YOURS, NOTED, SHARED, Reply, ReplyKind, gone
from bot.service.app import App

Interaction = discord.Interaction[Any]


def register(bot: DiscordBot) -> None:
    """Listen to the buttons under answers and choices, and to the form for reasons."""
    pressing = _Pressing(bot)
    bot.presses |= {
        Action.HELPFUL: pressing.helpful,
        Action.NOT_THIS: pressing.wrong,
        Action.HUMAN: pressing.human,
        Action.REMOVE: pressing.remove,
        Action.SHARE: pressing.share,
        Action.CHOOSE: pressing.choose,
    }
    bot.forms[Form.REASON] = pressing.reason


class _Pressing:
    """Do what buttons say; who may do it is decided at each press."""

    def __init__(self, bot: DiscordBot) -> None:
        self._bot = bot

    async def helpful(self, interaction: Interaction, press: Press) -> None:
        """Keep that an answer helped; a post is solved by that if its asker or a moderator says so."""
        await interaction.response.defer()
        moderator = is_moderator(interaction, self._bot.options)
        async with self._bot.services(interaction) as app:
            who = person(interaction.user)
            await app.feedback.rate(press.subject, who, Rating.HELPFUL, moderator=moderator)
            may_close = await app.conversing.may_remove(press.subject, who, moderator=moderator)
        await whisper(interaction, NOTED)
        if may_close:
            await solve(interaction, self._bot.options)

    async def wrong(self, interaction: Interaction, press: Press) -> None:
        """Keep that an answer was not what was asked, and ask what was, which needs no answer."""
        await interaction.response.send_modal(reason_modal(press.subject))
        await self._rate_wrong(interaction, press.subject, reason=None)

    async def reason(self, interaction: Interaction, form: Filled) -> None:
        """Keep what somebody meant, and offer what else it may be."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        reply = await self._rate_wrong(interaction, form.subject, reason=form.values.get(Field.REASON))
        await self._whisper_reply(interaction, reply, form.subject)

    async def human(self, interaction: Interaction, press: Press) -> None:
        """Put a question on the moderators' list, and call whoever is on call, not too often."""
        await interaction.response.defer()
        async with self._bot.services(interaction) as app:
            called = await app.feedback.ask_human(press.subject, person(interaction.user))
        if called and self._bot.options.on_call_role is not None:
            await self._call(interaction, press.subject, self._bot.options.on_call_role)
            await whisper(interaction, CALLED)
            return
        await whisper(interaction, LISTED)

    async def remove(self, interaction: Interaction, press: Press) -> None:
        """Remove a reply, for who asked and for moderators."""
        await interaction.response.defer()
        moderator = is_moderator(interaction, self._bot.options)
        async with self._bot.services(interaction) as app:
            if not await app.conversing.may_remove(press.subject, person(interaction.user), moderator=moderator):
                await whisper(interaction, NOT_YOURS)
            elif interaction.message is not None:
                await interaction.message.delete()
                await app.conversing.removed(press.subject, actor=actor(interaction.user))

    async def share(self, interaction: Interaction, press: Press) -> None:
        """Show everybody in the channel what somebody got in private, as those may read it."""
        await interaction.response.defer()
        if interaction.channel is None or not _may_write(interaction):
            await whisper(interaction, NOT_NOW)
            return
        async with self._bot.services(interaction) as app:
            reply = await app.ask.choose(press.detail, audience=await audience_here(app, interaction))
        if reply is None:
            await self._whisper_reply(interaction, gone(), press.subject)
            return
        message = reply_message(reply, question_id=press.subject, domains=self._bot.options.domains)
        channel = self._bot.get_partial_messageable(interaction.channel.id)
        await channel.send(**message.sent, nonce=f"share-{press.subject}")
        await whisper(interaction, SHARED)

    async def choose(self, interaction: Interaction, press: Press) -> None:
        """Answer with the entry that somebody took: in the place of the choices for who asked, or else in private."""
        await interaction.response.defer()
        entry_id, who = press.values[0] if press.values else press.detail, person(interaction.user)
        async with self._bot.services(interaction) as app:
            reply = await app.feedback.choose(press.subject, entry_id, who)
            reply = await _as_seen(app, reply, await audience_here(app, interaction))
            own = await app.conversing.may_remove(press.subject, who, moderator=False)
        private = interaction.message is not None and interaction.message.flags.ephemeral
        if not own or reply.kind is not ReplyKind.ANSWER:
            await self._whisper_reply(interaction, reply, press.subject)
            return
        domains = self._bot.options.domains
        message = reply_message(reply, question_id=press.subject, domains=domains, private=private)
        await interaction.edit_original_response(**message.changed)

    async def _rate_wrong(self, interaction: Interaction, question_id: str, *, reason: str | None) -> Reply:
        moderator = is_moderator(interaction, self._bot.options)
        async with self._bot.services(interaction) as app:
            reply = await app.feedback.rate(
                question_id, person(interaction.user), Rating.WRONG, reason=reason, moderator=moderator
            )
            return await _as_seen(app, reply or gone(), await audience_here(app, interaction))

    async def _whisper_reply(self, interaction: Interaction, reply: Reply, question_id: str) -> None:
        domains = self._bot.options.domains
        await whisper(interaction, reply_message(reply, question_id=question_id, domains=domains, private=True))

    async def _call(self, interaction: Interaction, question_id: str, role: int) -> None:
        """Mention the role that is on call where everybody sees what it is about, or else before the moderators."""
        private = interaction.message is None or interaction.message.flags.ephemeral
        where = self._bot.options.review_channel if private else interaction.channel_id
        if where is None:
            return
        await self._bot.messenger.say(where, call_message(CALL, role=role), nonce=f"call-{question_id}")


async def _as_seen(app: App, reply: Reply, audience: Audience) -> Reply:
    """Return a reply as those may read it who can read the place by now."""
    if audience is Audience.INTERNAL:
        return reply
    if reply.kind is ReplyKind.ANSWER:
        return await app.ask.choose(reply.entry_id or "", audience=audience) or gone()
    if not reply.choices:
        return reply
    choices = tuple([one for one in reply.choices if await app.ask.choose(one.entry_id, audience=audience)])
    return Reply(kind=reply.kind, text=reply.text, choices=choices) if choices else gone()


def _may_write(interaction: Interaction) -> bool:
    allowed = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return allowed.send_messages_in_threads if in_thread else allowed.send_messages
