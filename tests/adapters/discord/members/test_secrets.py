"""Show how the bot handles a seed phrase that somebody posts."""

from datetime import timedelta

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.chat import intake, posting
from bot.service.app import App
from tests.adapters.discord.bots import POSTED, behave, quiet, replies, running_bot, words
from tests.loopback.discord.constants import Permission
from tests.loopback.discord.faults import ServerError
from tests.loopback.discord.payloads import overwrite
from tests.loopback.discord.people import Who, edit, say
from tests.loopback.discord.server import Loopback

SEED = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@pytest.fixture
def staff(loopback: Loopback, guild: int) -> int:
    """Return the channel of the moderators."""
    return loopback.world.add_channel(guild, "staff")


async def test_its_author_is_warned_and_moderators_are_told(
    loopback: Loopback, app: App, asker: Who, staff: int
) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app, review_channel=staff) as bot:
        said = await say(loopback, asker, f"my wallet is stuck {SEED}")
        (warning,) = await replies(loopback, asker.channel_id)
        (notice,) = await replies(loopback, staff)
        await quiet(loopback, bot)

    assert "Delete your message now" in words(warning)
    assert loopback.world.pinged[int(warning["id"])] == {str(asker.user_id)}
    assert str(said) in notice["content"]
    assert loopback.world.pinged[int(notice["id"])] == frozenset()
    assert said in loopback.world.messages
    _nothing_of_it(loopback)


async def test_it_is_deleted_where_the_bot_is_set_to(loopback: Loopback, app: App, asker: Who, staff: int) -> None:
    guild = loopback.world.guild_of(asker.channel_id) or 0
    allowed = overwrite(guild, allow=Permission.MANAGE_MESSAGES)
    loopback.world.channels[asker.channel_id]["permission_overwrites"] = [allowed]
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app, review_channel=staff, delete_secrets=True) as bot:
        said = await say(loopback, asker, SEED)
        (notice,) = await replies(loopback, staff)
        await quiet(loopback, bot)

    assert said not in loopback.world.messages
    assert "I have deleted the message" in notice["content"]
    assert len(loopback.world.by_bot(asker.channel_id)) == 1  # the warning is there to be read


@pytest.mark.parametrize("is_edit", [False, True])
async def test_moderators_who_could_not_be_told_are_after_a_while(  # noqa: PLR0913  # fixtures
    loopback: Loopback, app: App, asker: Who, staff: int, monkeypatch: pytest.MonkeyPatch, *, is_edit: bool
) -> None:
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))
    monkeypatch.setattr(intake, "LEFT_FOR", timedelta())
    await behave(app, loopback, asker.channel_id, mode="shadow")
    async with running_bot(loopback, app, review_channel=staff) as bot:
        said = await say(loopback, asker, "my wallet is stuck") if is_edit else 0
        await quiet(loopback, bot)
        loopback.faults.plan(POSTED, ServerError(), times=2)
        if is_edit:
            await edit(loopback, said, SEED)
        else:
            said = await say(loopback, asker, SEED)
        await quiet(loopback, bot)
        assert loopback.world.by_bot(staff) == []
        await bot.intake.take_up()
        (notice,) = await replies(loopback, staff)
        await quiet(loopback, bot)

    assert str(said) in notice["content"]


async def test_where_it_may_not_be_deleted_moderators_are_asked_to(
    loopback: Loopback, app: App, asker: Who, staff: int, caplog: pytest.LogCaptureFixture
) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app, review_channel=staff, delete_secrets=True):
        await say(loopback, asker, SEED)
        (notice,) = await replies(loopback, staff)

    assert "Please see that the message goes" in notice["content"]
    assert [vars(one)["lacks"] for one in caplog.records if hasattr(one, "lacks")] == [("Manage Messages",)]


async def test_a_secret_that_an_edit_brings_is_one_too(loopback: Loopback, app: App, asker: Who, staff: int) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app, review_channel=staff) as bot:
        said = await say(loopback, asker, "Morning all")
        await quiet(loopback, bot)
        await edit(loopback, said, SEED)
        (warning,) = await replies(loopback, asker.channel_id)
        (notice,) = await replies(loopback, staff)

    assert "Delete your message now" in words(warning)
    assert str(said) in notice["content"]


@pytest.mark.parametrize("mode", ["off", "shadow"])
async def test_where_the_bot_says_nothing_its_author_is_not_warned(
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who, mode: str
) -> None:
    await behave(app, loopback, asker.channel_id, mode=mode)
    await say(loopback, asker, SEED)
    await quiet(loopback, bot)

    assert loopback.world.by_bot(asker.channel_id) == []


def _nothing_of_it(loopback: Loopback) -> None:
    sent = [str(request.body) for request in loopback.log.requests]
    assert [one for one in sent if "sausage" in one] == []
