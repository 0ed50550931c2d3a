"""Be a client of Discord: connect, hold what listeners work with, and lead presses and forms to them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from functools import partial
from typing import Any

import discord
from discord import app_commands
from yarl import URL

from bot.adapters.discord.client import AddressedConnector, drop_limits_seldom, keep_to_limits, reconnect_soon
from bot.adapters.discord.command_sync import Translator, sync_in_time
from bot.adapters.discord.gate import Servers, guard_events
from bot.adapters.discord.messenger import DiscordMessenger
from bot.adapters.discord.moderators.review_channel import ReviewChannel, post_news
from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.people import DIRECT, PLATFORM, Staff, channel_of, place_of, settings_of, workspace_of
from bot.adapters.discord.sending import comes_in_time, turn_away, whisper
from bot.adapters.discord.showing.dialogs import Filled, Form, filled
from bot.adapters.discord.showing.parts import DYNAMIC_ITEMS, NOBODY, DiscordAction, Press
from bot.adapters.discord.threads import DiscordKeeper
from bot.chat.addressing import ThreadWriters
from bot.chat.apps import Apps
from bot.chat.intake import Intake
from bot.chat.naming import TIDY, ForgottenNames
from bot.chat.news import MonthlyNews
from bot.chat.outages import BEAT, Heard
from bot.chat.responder import Responder
from bot.chat.stale_threads import StaleThreads
from bot.chat.tasks import Round, Rounds, Work, awaited, ended, kept, watched
from bot.chat.upkeep import Upkeep
from bot.core.models import ChannelRef
from bot.core.wording.languages import speaking
from bot.core.wording.refusals import NOT_NOW, refusal
from bot.errors import FaqbotError
from bot.service.app import App
from bot.service.claims import Spool

_log = logging.getLogger(__name__)
_RECOVER = timedelta(seconds=5)
_DELIVER = timedelta(seconds=2)
_TELL = timedelta(minutes=10)
# Seconds that a database may take to say which language is spoken in a channel: Discord waits for three in all.
LOCALE_WAIT = 0.5
# The library waits so long for servers that are not told of yet before it says that it is ready.
READY_TIMEOUT = 2.0
# Somebody was too slow, or another process of ours was quicker.
_LATE = frozenset({10015, 10062, 40060, 50027})
# This bot has no voice, and needs no word about what it would need for one.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

InteractionStep = Callable[[], Awaitable[None]]
Interaction = discord.Interaction[Any]
Pressed = Callable[[Interaction, Press], Awaitable[None]]
Submitted = Callable[[Interaction, Filled], Awaitable[None]]


class Tree(app_commands.CommandTree["DiscordBot"]):
    """The tree of commands, which reports errors to the user."""

    async def on_error(
        self, interaction: discord.Interaction["DiscordBot"], error: app_commands.AppCommandError, /
    ) -> None:
        """Report the error of a command to the user."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        with speaking(str(interaction.locale)):
            await interaction.client.tell_trouble(interaction, cause)


class DiscordBot(discord.AutoShardedClient):
    """The connection to Discord, and what listeners work with.

    `presses` and `forms` map actions and dialogs to their handlers. Events of other servers than `servers` are dropped.
    """

    def __init__(
        self,
        options: DiscordOptions,
        apps: Apps,
        spool: Spool,
        *,
        ready_timeout: float = READY_TIMEOUT,
        servers: Servers | None = None,
    ) -> None:
        super().__init__(
            intents=_intents(options),
            allowed_mentions=NOBODY,
            connector=AddressedConnector(api_url=options.api_url, gateway_url=options.gateway_url),
            **_shards(options),
            max_messages=None,  # nothing is read from memory that another process may have changed
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=ready_timeout,
        )
        self.servers = servers or Servers(options)
        guard_events(self, self.servers, turn_away=self._turn_away)
        keep_to_limits(self)
        drop_limits_seldom(self)
        self.tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self.options = options
        self.apps = apps
        self.staff = Staff(self, options, self.servers)
        self.messenger = DiscordMessenger(self, options, self.servers, self.staff)
        self.responder = Responder(apps, self.messenger, spool)
        self.work = Work()
        self.intake = Intake(spool, self.work)
        self.thread_writers = ThreadWriters()
        self.review_channel = ReviewChannel(self, apps, self.messenger, options)
        self.presses: dict[DiscordAction, Pressed] = {}
        self.forms: dict[Form, Submitted] = {}
        keeper = DiscordKeeper(self, self.servers)
        self.stale_threads = StaleThreads(apps, keeper)
        self.news = MonthlyNews(apps, PLATFORM, workspaces=keeper.workspaces, post=partial(post_news, self.messenger))
        self.names = ForgottenNames(apps, PLATFORM, self.messenger.thread_names, workspaces=keeper.workspaces)
        self.rounds = Rounds(self._steps(), unhurried=Upkeep(apps).steps)
        self.was_ready = False
        self.live: dict[int, set[int]] = {}
        """The ids of the messages that came as events since a shard connected, for as long as that is of use."""
        self._background: set[asyncio.Task[None]] = set()
        self._heard: dict[int, Heard] = {}

    @property
    def own_id(self) -> int:
        """Return the id of the bot as a user."""
        return self.user.id if self.user else 0

    @property
    def has_direct(self) -> bool:
        """Return whether one store is for all, and direct messages, which belong to no server, have a place in it."""
        return DIRECT in self.apps.stores()

    async def setup_hook(self) -> None:
        """Set up listeners and background tasks before any event comes."""
        self.add_dynamic_items(*DYNAMIC_ITEMS)
        await self.tree.set_translator(Translator())
        await self.servers.settle(self, separate=not self.has_direct)
        await self.review_channel.find()
        self._background |= {
            kept(self._go_round, name="rounds"),
            watched(sync_in_time(self.tree), name="commands"),
        }

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard; once it is, it comes back soon."""
        await super().launch_shard(gateway, shard_id, initial=initial)
        reconnect_soon(self, shard_id)

    def has_store(self, guild_id: int | None) -> bool:
        """Return whether there is a store for a server, or for where there is none, as in a direct message."""
        return guild_id is not None or self.has_direct

    def heard(self, message: discord.Message) -> None:
        """Store that a message came as an event, and who wrote in a thread."""
        if message.guild is not None and message.guild.shard_id in self.live:
            self.live[message.guild.shard_id].add(message.id)
        if isinstance(message.channel, discord.Thread):
            self.thread_writers.note(message.channel.id, message.author.id)

    def heard_by(self, shard_id: int) -> Heard:
        """Return the marker up to which all events of a shard are handled."""
        return self._heard.setdefault(shard_id, Heard(self.intake.spool, f"shard {shard_id}"))

    def later(self, begin: Callable[[], Coroutine[Any, Any, None]], *, after: timedelta, name: str) -> None:
        """Start work after a delay, unless the bot stops before that."""

        async def wait() -> None:
            await asyncio.sleep(after.total_seconds())
            self.work.start(begin(), name=name)

        task = watched(wait(), name=name)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def services(self, interaction: Interaction) -> AbstractAsyncContextManager[App]:
        """Return the services for the server that somebody uses the bot in."""
        return self.apps.use(workspace_of(interaction.guild_id))

    def carry_out(self, interaction: Interaction, step: InteractionStep, *, name: str) -> None:
        """Run a step in the background; report its errors to the user."""
        self.work.start(self._carry_out(interaction, step), name=name)

    async def on_press(self, interaction: Interaction, press: Press) -> None:
        """Dispatch a button press to its handler."""
        told = self.presses[press.action]
        self.carry_out(interaction, partial(told, interaction, press), name=f"press {press.action}")

    async def on_interaction(self, interaction: Interaction) -> None:
        """Dispatch a submitted dialog to its handler; any process may have shown it."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        form = filled(interaction.data or {})
        if form is not None:
            told = self.forms[form.form]
            self.carry_out(interaction, partial(told, interaction, form), name=f"form {form.form}")

    async def tell_trouble(self, interaction: Interaction, error: BaseException) -> None:
        """Report an error to the user in private; log it if nobody can fix it."""
        if isinstance(error, discord.HTTPException) and error.code in _LATE:
            _log.warning("discord.interaction.expired", extra={"code": error.code})
            return
        words = str(NOT_NOW)
        if isinstance(error, FaqbotError):
            words = refusal(error)
        else:
            _log.error("discord.interaction.failed", exc_info=error)
        try:
            await whisper(interaction, words)
        except discord.HTTPException as late:
            _log.warning("discord.error_reply.failed", extra={"code": late.code})

    async def close(self) -> None:
        """Stop the rounds and disconnect."""
        await ended(*self._background)
        await super().close()

    def _turn_away(self, event: Any) -> None:  # noqa: ANN401  # whatever Discord sends
        """Refuse an interaction in a server that is not served."""
        interaction = discord.Interaction[Any](data=event, state=self._connection)
        self.work.start(turn_away(interaction), name="turn somebody away")

    def _steps(self) -> dict[Round, timedelta]:
        """Return what is done again and again, and how often."""
        return {
            self.intake.take_up: _RECOVER,
            self.responder.recover: _RECOVER,
            self.responder.deliver: _DELIVER,
            self.review_channel.show: _DELIVER,
            self.review_channel.look: _TELL,
            self.review_channel.tell_week: _TELL,
            self.review_channel.remind: _TELL,
            self.stale_threads.look: _TELL,
            self.news.tell: _TELL,
            self.names.tidy: TIDY,
            self._beat: BEAT,
        }

    async def _carry_out(self, interaction: Interaction, step: InteractionStep) -> None:
        with speaking(await self._locale(interaction)):
            await self._try(interaction, step)

    async def _locale(self, interaction: Interaction) -> str:
        """Return the locale of the channel, if it has one and that is known in time, else that of the user."""
        own = str(interaction.locale)
        channel = channel_of(interaction)
        if channel is None or not self.has_store(interaction.guild_id):
            return own
        looking = awaited(self._set_locale(interaction, place_of(channel)), name="locale")
        in_time = await comes_in_time(looking, within=LOCALE_WAIT)
        return (looking.result() if in_time else None) or own

    async def _set_locale(self, interaction: Interaction, place: ChannelRef) -> str | None:
        try:
            async with self.services(interaction) as app:
                return (await settings_of(app, place)).locale
        except FaqbotError:  # the step itself meets it, and says so
            return None

    async def _try(self, interaction: Interaction, step: InteractionStep) -> None:
        try:
            await step()
        except (FaqbotError, discord.DiscordException) as error:
            await self.tell_trouble(interaction, error)

    async def _beat(self) -> None:
        for shard_id, shard in self.shards.items():
            if not shard.is_closed():
                await self.heard_by(shard_id).beat()

    async def _go_round(self) -> None:
        await self.wait_until_ready()
        self.was_ready = True
        _log.info("discord.connected", extra={"bot_id": str(self.own_id), "servers": len(self.guilds)})
        await self.rounds.run()


def _intents(options: DiscordOptions) -> discord.Intents:
    """Return the least that the bot has to be told of."""
    return discord.Intents(
        guilds=True,
        guild_messages=True,
        guild_reactions=True,
        dm_messages=True,
        message_content=options.message_content,
    )


def _shards(options: DiscordOptions) -> dict[str, Any]:
    """Return which shards are this process's own, where that is set."""
    own = {"shard_ids": list(options.shard_ids)} if options.shard_ids else {}
    return {"shard_count": options.shard_count, **own}
