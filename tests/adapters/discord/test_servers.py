"""Show which servers are served: by the list, else by the review channel, else the only one; and no other, ever."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import discord
import pytest

from bot.adapters.discord import serving
from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.gate import Servers, guard_events
from bot.adapters.discord.options import DiscordOptions
from bot.chat.apps import OneApp
from bot.errors import ServersUnclearError, SettingsError
from bot.service.app import App
from tests.adapters.discord.bots import behave, options, replies, running_bot, running_over, words
from tests.adapters.discord.members.test_secrets import SEED
from tests.adapters.discord.moderators.staff import Staff
from tests.adapters.discord.test_separate_stores import Separate
from tests.adapters.spools import new_folder
from tests.loopback.discord.clients import PATIENCE
from tests.loopback.discord.constants import Op
from tests.loopback.discord.faults import ServerError
from tests.loopback.discord.guilds import described_guild
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who, mention, say
from tests.loopback.discord.server import Loopback

FEES = "how much does a withdrawal cost?"
IGNORED = "discord.server.not_served"


@pytest.fixture
async def elsewhere(loopback: Loopback, app: App, asker: Who) -> Who:
    """Return somebody in another server, in a channel that is set as that of the first one is."""
    guild = loopback.world.add_guild("Elsewhere")
    who = Who(loopback.world.add_channel(guild), loopback.world.add_member(guild, "eve"))
    for each in (who, asker):
        await behave(app, loopback, each.channel_id, mode="mention")
    return who


async def serve(loopback: Loopback, app: App, **others: object) -> None:
    """Run the bot until it is refused."""
    wanted = serving.serve(options(loopback, **others), OneApp(app), stop=asyncio.Event(), ready_timeout=PATIENCE)
    await asyncio.wait_for(wanted, 30)


async def is_answered(loopback: Loopback, bot: DiscordBot, asker: Who, *, beside: Who) -> bool:
    """Return whether somebody is answered who asks before somebody else does, who is."""
    asked = await mention(loopback, asker, FEES)
    (reply,) = await replies(loopback, await mention(loopback, beside, FEES))
    assert "One coin." in words(reply)
    await bot.work.settled()
    return asked in loopback.world.channels  # the thread that a reply stands in


async def test_without_a_word_the_start_is_refused_in_several(loopback: Loopback, app: App, elsewhere: Who) -> None:
    with pytest.raises(ServersUnclearError) as refused:
        await serve(loopback, app)

    assert refused.value.servers == tuple(sorted(loopback.world.guilds))
    assert loopback.gateway.sessions == {}


async def test_those_that_are_listed_are_served(
    loopback: Loopback, app: App, asker: Who, elsewhere: Who, caplog: pytest.LogCaptureFixture
) -> None:
    guild = loopback.world.guild_of(asker.channel_id) or 0
    async with running_bot(loopback, app, servers=frozenset({guild})) as bot:
        assert not await is_answered(loopback, bot, elsewhere, beside=asker)
        assert not await is_answered(loopback, bot, elsewhere, beside=asker)
        assert [one.id for one in bot.guilds] == [guild]

    assert [one.message for one in caplog.records if one.message == IGNORED] == [IGNORED]


async def test_else_that_of_the_review_channel(
    loopback: Loopback, app: App, asker: Who, elsewhere: Who, staff: Staff
) -> None:
    async with running_bot(loopback, app, review_channel=staff.room) as bot:
        assert not await is_answered(loopback, bot, elsewhere, beside=asker)


async def test_one_that_is_joined_later_is_not(loopback: Loopback, app: App, guild: int, asker: Who) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app) as bot:
        later = loopback.world.add_guild("Later")
        eve = Who(loopback.world.add_channel(later), loopback.world.add_member(later, "eve"))
        await behave(app, loopback, eve.channel_id, mode="mention")
        await loopback.gateway.dispatch("GUILD_CREATE", described_guild(loopback.world, later), guild_id=later)

        assert not await is_answered(loopback, bot, eve, beside=asker)
        assert [one.id for one in bot.guilds] == [guild]


async def test_in_no_server_it_starts_and_serves_none(
    loopback: Loopback, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    async with running_bot(loopback, app) as bot:
        assert not bot.servers.serves(loopback.world.add_guild())

    assert "discord.server.none" in caplog.text


async def test_a_client_that_is_begun_again_serves_the_same(
    loopback: Loopback, app: App, asker: Who, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(serving, "_FIRST_PAUSE", timedelta())
    await behave(app, loopback, asker.channel_id, mode="mention")
    stop = asyncio.Event()
    task = asyncio.create_task(serving.serve(options(loopback), OneApp(app), stop=stop, ready_timeout=PATIENCE))
    await loopback.log.until(lambda: loopback.gateway.sessions or None)
    eve = loopback.world.add_guild("Later")
    who = Who(loopback.world.add_channel(eve), loopback.world.add_member(eve, "eve"))
    for session in loopback.gateway.sessions.values():
        assert session.socket is not None
        await session.socket.send({"op": int(Op.HELLO), "d": None, "s": None, "t": None}, checked=False)
    await loopback.log.until(lambda: loopback.log.received_ops().count(Op.IDENTIFY) == 2)

    unheard = await mention(loopback, who, FEES)
    await replies(loopback, await mention(loopback, asker, FEES))
    stop.set()
    await asyncio.wait_for(task, 30)
    assert [one.message for one in caplog.records if one.message == IGNORED] == [IGNORED]
    assert unheard not in loopback.world.channels


async def test_a_review_channel_in_another_server_is_refused(
    loopback: Loopback, app: App, elsewhere: Who, staff: Staff
) -> None:
    listed = frozenset({loopback.world.guild_of(elsewhere.channel_id)})
    with pytest.raises(SettingsError, match="a channel of a server in FAQBOT_DISCORD_SERVERS"):
        await serve(loopback, app, servers=listed, review_channel=staff.room)


async def test_a_review_channel_that_tells_no_server_is_refused(loopback: Loopback, app: App, asker: Who) -> None:
    with pytest.raises(SettingsError, match="FAQBOT_DISCORD_REVIEW_CHANNEL"):
        await serve(loopback, app, review_channel=4711)


async def test_while_discord_does_not_tell_it_is_asked_again(
    loopback: Loopback, app: App, elsewhere: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "_FIRST_PAUSE", timedelta())
    loopback.faults.plan("GET /users/@me/guilds", ServerError())
    with pytest.raises(ServersUnclearError):
        await serve(loopback, app)


@dataclass(frozen=True)
class Both(Separate):
    """A stand-in for stores of which each server has one; the test looks at one of them."""

    def use(self, workspace_id: str):  # type: ignore[no-untyped-def]  # noqa: ANN201  # as below
        """Yield the services, whichever server it is."""
        return Separate(self.app, workspace_id).use(workspace_id)


@pytest.mark.parametrize("listed", [False, True])
async def test_with_stores_of_their_own_all_are_served_unless_they_are_listed(
    loopback: Loopback, app: App, asker: Who, elsewhere: Who, *, listed: bool
) -> None:
    guild = loopback.world.guild_of(asker.channel_id) or 0
    servers = frozenset({guild}) if listed else frozenset()
    async with running_over(loopback, Both(app, str(guild)), servers=servers) as bot:
        assert await is_answered(loopback, bot, elsewhere, beside=asker) is not listed
        await bot.work.finish()


async def test_with_stores_of_their_own_moderators_hear_of_their_server_alone(
    loopback: Loopback, app: App, asker: Who, elsewhere: Who, staff: Staff
) -> None:
    guild = loopback.world.guild_of(asker.channel_id)
    async with running_over(loopback, Both(app, str(guild)), review_channel=staff.room) as bot:
        for who in (elsewhere, asker):
            await say(loopback, who, SEED)
            await replies(loopback, who.channel_id)
            await bot.work.settled()
        await bot.work.finish()

    assert [str(asker.user_id) in one["content"] for one in loopback.world.by_bot(staff.room)] == [True]


async def test_what_was_asked_in_one_before_is_not_answered_there_later(
    loopback: Loopback, app: App, guild: int, asker: Who, elsewhere: Who
) -> None:
    other = loopback.world.guild_of(elsewhere.channel_id) or 0
    async with running_bot(loopback, app, servers=frozenset({guild, other})) as bot:
        for who in (elsewhere, asker):
            await replies(loopback, await mention(loopback, who, "where is the parrot"))
        await bot.work.settled()
    await app.review.link("R1", "fees", actor="ann", seen=None)
    before = len(loopback.log.requests)

    async with running_bot(loopback, app, servers=frozenset({guild})) as bot:
        await bot.responder.deliver()

    told = [one.path for one in loopback.log.requests[before:] if one.name.startswith("POST /channels")]
    assert [loopback.world.guild_of(int(path.split("/")[2])) for path in told] == [guild]


def _note(read: list[str], name: str, _: Json) -> None:
    read.append(name)


async def test_no_event_of_another_server_is_read() -> None:
    client, read, turned = discord.AutoShardedClient(intents=discord.Intents.none()), list[str](), list[Json]()
    parsers = client._connection.parsers  # noqa: SLF001  # where all events pass
    for name in parsers:
        parsers[name] = partial(_note, read, name)
    servers = Servers(DiscordOptions(token="none", spool=new_folder(), servers=frozenset({1})))  # noqa: S106  # opens nothing
    await servers.settle(client, separate=False)
    guard_events(client, servers, turn_away=turned.append)

    for name, parse in parsers.items():
        if name != "READY":
            parse({"id": "2", "guild_id": "2"})
    assert (read, turned) == ([], [{"id": "2", "guild_id": "2"}])

    for parse in parsers.values():
        parse({"id": "1", "guild_id": "1", "guilds": []})
    assert sorted(read) == sorted(parsers)


@pytest.mark.parametrize(
    "place", [{"guild": {"id": "2"}}, {"channel": {"guild_id": "2"}}, {"guild_id": "not a number"}]
)
async def test_an_interaction_that_tells_its_server_in_another_way_is_none_of_a_direct_message(place: Json) -> None:
    client, read = discord.AutoShardedClient(intents=discord.Intents.none()), list[Json]()
    parsers = client._connection.parsers  # noqa: SLF001  # where all events pass
    parsers["INTERACTION_CREATE"] = read.append
    guard_events(client, Servers(DiscordOptions(token="none", spool=new_folder())), turn_away=lambda _: None)  # noqa: S106  # as above

    parsers["INTERACTION_CREATE"]({"id": "5", **place})

    assert read == []
