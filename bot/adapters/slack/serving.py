"""Assemble the bot for Slack, and run it until it is told to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from functools import partial
from socket import create_server, socket
from typing import TypeVar

import uvicorn
from slack_bolt.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.identity import Identity, identify, socket_address
from bot.adapters.slack.members import buttons, commands, consents, homes, messages, solutions, stale_threads
from bot.adapters.slack.members.messages import read_back
from bot.adapters.slack.messenger import SlackMessenger
from bot.adapters.slack.moderators import accepting, entries, grading, held, review, review_channel, settings
from bot.adapters.slack.moderators import commands as moderator_commands
from bot.adapters.slack.options import PLATFORM, Connection, SlackOptions
from bot.adapters.slack.people import People, Places
from bot.adapters.slack.requests import Requests, register_gate, register_removal, server_config
from bot.adapters.slack.sending import http_session, web_client
from bot.adapters.slack.socket_mode import SocketHandler
from bot.chat.addressing import ThreadWriters
from bot.chat.apps import Apps
from bot.chat.intake import Intake
from bot.chat.news import MonthlyNews
from bot.chat.outages import BEAT, Heard
from bot.chat.responder import Responder
from bot.chat.review import Board
from bot.chat.stale_threads import StaleThreads
from bot.chat.tasks import Round, Rounds, Work, awaited, comes, ended, kept, until
from bot.chat.upkeep import Upkeep
from bot.core.models import ChannelRef
from bot.errors import FaqbotError, PlatformRefusedError, PlatformUnreachableError, SpoolError
from bot.service.claims import Spool

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=1)
_LAST_REQUESTS = 2
# So often the socket is checked: one that was cut without a word is reopened by then.
_CHECK = 2.0
_RECOVER = timedelta(seconds=5)
_DELIVER = timedelta(seconds=2)
_LOOK = timedelta(minutes=10)
_LISTENERS = (
    messages,
    commands,
    buttons,
    solutions,
    consents,
    stale_threads,
    review,
    held,
    grading,
    homes,
    settings,
    moderator_commands,
    accepting,
    entries,
)


async def serve(options: SlackOptions, apps: Apps, *, stop: asyncio.Event) -> None:
    """Serve Slack until told to stop; then accept nothing more, and finish running work.

    What Slack refuses for good is raised; while it cannot be reached, it is tried again.
    """
    async with http_session() as session:
        client = web_client(options, session)
        if (me := await _answered(partial(identify, client, agent=options.agent), stop)) is None:
            return
        async with apps.use(me.workspace_id):
            _log.info("slack.token.accepted", extra={"workspace": me.workspace_id})
        spool = Spool(options.spool, PLATFORM)
        bot = build(options, apps, spool, client=client, me=me)
        rounds = kept(bot.rounds.run, name="rounds")
        try:
            async with _taking(bot, stop) as needed:
                checking = awaited(_token_checked(bot, stop), name="token")
                try:
                    await until(stop, checking, *needed)
                finally:
                    await ended(checking)
        finally:
            await ended(rounds)
            await bot.work.finish()
            await bot.messenger.close()
            spool.close()


async def _answered(call: Callable[[], Awaitable[_T]], stop: asyncio.Event) -> _T | None:
    """Return what Slack answers to a call, as soon as it does; None when the bot is told to stop before that."""
    pause = _FIRST_PAUSE
    while not stop.is_set():
        try:
            return await call()
        except PlatformUnreachableError as error:
            _log.warning("slack.unreachable", extra={"reason": error.reason})
        await comes(stop, within=pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
    return None


async def _token_checked(bot: SlackBot, stop: asyncio.Event) -> None:
    """Raise an error once Slack refuses the token, after an event that says so."""
    while True:
        await bot.token_doubted.wait()
        bot.token_doubted.clear()
        try:
            await _answered(partial(identify, bot.client, agent=bot.options.agent), stop)
        except FaqbotError:
            _log.error("slack.token.revoked", extra={"workspace": bot.me.workspace_id})  # what is raised has words
            raise


@asynccontextmanager
async def _taking(bot: SlackBot, stop: asyncio.Event) -> AsyncIterator[tuple[asyncio.Task[None], ...]]:
    """Receive events as long as the block lasts; yield the tasks that this needs."""
    async with _by_socket(bot, stop) if bot.options.mode is Connection.SOCKET else _by_http(bot) as needed:
        yield needed


@asynccontextmanager
async def _by_socket(bot: SlackBot, stop: asyncio.Event) -> AsyncIterator[tuple[asyncio.Task[None], ...]]:
    token = bot.options.app_token or ""
    if (address := await _answered(partial(socket_address, bot.client, token), stop)) is None:
        yield ()
        return
    handler = SocketHandler(bot.app, token, check=_CHECK)
    handler.client.wss_uri = address
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt has no types here
        _log.info("slack.connected", extra={"workspace": bot.me.workspace_id})
        _read_back(bot)
        watching = kept(partial(_watch, bot, handler.client), name="socket")
        try:
            yield ()
        finally:
            await ended(watching)
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # as above


async def _watch(bot: SlackBot, client: SocketModeClient) -> None:
    """Read what was missed whenever the socket was away."""
    is_away = False
    while True:
        await asyncio.sleep(_CHECK)
        if not await client.is_connected():
            is_away = True
            bot.heard.lost()
        elif is_away:
            is_away = False
            _log.info("slack.reconnected", extra={"workspace": bot.me.workspace_id})
            _read_back(bot)


def _read_back(bot: SlackBot) -> None:
    bot.intake.hold(bot.me.workspace_id, partial(read_back, bot), name="read what was missed")


class _Server(uvicorn.Server):
    """Leave signals to the process that runs the server."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@asynccontextmanager
async def _by_http(bot: SlackBot) -> AsyncIterator[tuple[asyncio.Task[None], ...]]:
    config = server_config(Requests(bot.app), ending=_LAST_REQUESTS)
    with _listening(bot.options) as listening:
        server = _Server(config)
        serving = awaited(server.serve(sockets=[listening]), name="http")
        host, port = listening.getsockname()[:2]
        _log.info("slack.connected", extra={"workspace": bot.me.workspace_id, "host": host, "port": port})
        _read_back(bot)
        try:
            yield (serving,)
        finally:
            server.should_exit = True
            await serving


def _listening(options: SlackOptions) -> socket:
    try:
        return create_server((options.host, options.port), backlog=128)
    except OSError as error:
        reason = f"{options.host}:{options.port} cannot be listened at: {error.strerror}"
        remedy = "set FAQBOT_SLACK_HOST and FAQBOT_SLACK_PORT to what is free on this machine"
        raise PlatformRefusedError(PLATFORM, reason, remedy) from error


def build(options: SlackOptions, apps: Apps, spool: Spool, *, client: AsyncWebClient, me: Identity) -> SlackBot:
    """Return the bot with all its listeners, not connected yet."""
    work = Work()
    intake = Intake(spool, work)
    heard = Heard(spool, me.workspace_id)
    people = People(client, options, workspace_id=me.workspace_id)
    places = Places(client, people)
    messenger = SlackMessenger(client, options, places, me=me)
    responder = Responder(apps, messenger, spool)
    review = None if options.review_channel is None else ChannelRef(PLATFORM, me.workspace_id, options.review_channel)
    board = None if review is None else Board(apps, messenger, review)
    steps: dict[Round, timedelta] = {
        intake.take_up: _RECOVER,
        responder.recover: _RECOVER,
        responder.deliver: _DELIVER,
        heard.beat: BEAT,
    }
    keeper = stale_threads.SlackKeeper(client, messenger, me=me)
    news = MonthlyNews(apps, PLATFORM, workspaces=keeper.workspaces, post=partial(review_channel.post_news, messenger))
    stale = StaleThreads(apps, keeper)
    steps |= {stale.look: _LOOK, news.tell: _LOOK}
    if board is not None and review is not None:
        steps |= {board.look: _LOOK, board.show: _DELIVER}
        steps |= {review_channel.weekly(apps, messenger, places, review).tell: _LOOK}
        steps |= {review_channel.reminders(apps, messenger, review, options.on_call).remind: _LOOK}
    bot = SlackBot(
        options=options,
        app=AsyncApp(
            name="faqbot",
            client=client,
            signing_secret=options.signing_secret or "",
            raise_error_for_unhandled_request=True,
            process_before_response=True,  # Slack gets the acknowledgement once the message is stored, not before
        ),
        client=client,
        apps=apps,
        me=me,
        people=people,
        places=places,
        messenger=messenger,
        responder=responder,
        board=board,
        intake=intake,
        heard=heard,
        thread_writers=ThreadWriters(),
        work=work,
        stale_threads=stale,
        rounds=Rounds(steps, unhurried=Upkeep(apps).steps),
        token_doubted=asyncio.Event(),
    )
    bot.app.error(pass_over)
    register_gate(bot)
    register_removal(bot)
    for listeners in _LISTENERS:
        listeners.register(bot)
    return bot


async def pass_over(error: Exception) -> BoltResponse:
    """Acknowledge events without a listener, unlogged; log the error of a listener."""
    if isinstance(error, SpoolError):
        _log.error("slack.event.not_acknowledged", exc_info=error)
        return BoltResponse(status=503, body="")
    if not isinstance(error, BoltUnhandledRequestError):
        _log.error("slack.listener.failed", exc_info=error)
    return BoltResponse(status=200, body="")
