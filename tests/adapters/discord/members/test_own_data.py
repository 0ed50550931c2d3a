"""Show what people see of what is kept of them, and that it goes when they want it to."""

import json

from bot.adapters.discord.bot import DiscordBot
from bot.service.app import App
from bot.service.privacy import Person
from tests.adapters.discord.bots import button, quiet, replies, words
from tests.loopback.discord.constants import MessageFlag
from tests.loopback.discord.invoking import click, shown, slash
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who, mention
from tests.loopback.discord.server import Loopback

FEES, PARROT = "how much does a withdrawal cost?", "where is the parrot"


async def used(loopback: Loopback, bot: DiscordBot, who: Who, command: str) -> Json:
    """Use a command when the bot is through with everything else, and return what it shows, which nobody else sees."""
    await quiet(loopback, bot)
    message = await shown(loopback, await slash(loopback, who, f"my-data {command}"))
    assert message["flags"] & MessageFlag.EPHEMERAL
    return message


async def asked(loopback: Loopback, who: Who) -> None:
    """Ask what has an answer, and what has none."""
    for text in (FEES, PARROT):
        await replies(loopback, await mention(loopback, who, text))


def person(who: Who) -> Person:
    """Return somebody as services know them."""
    return Person("discord", str(who.user_id))


async def test_questions_are_shown_with_what_became_of_them(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    await asked(loopback, asker)
    told = words(await used(loopback, bot, asker, "show"))

    assert FEES in told
    assert "Answered" in told
    assert "On the moderators' list" in told


async def test_those_of_others_are_not(loopback: Loopback, bot: DiscordBot, asker: Who, guild: int) -> None:
    await asked(loopback, asker)
    ben = Who(asker.channel_id, loopback.world.add_member(guild, "ben"))

    assert "No questions yet." in words(await used(loopback, bot, ben, "show"))


async def test_everything_is_sent_as_a_file(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    await asked(loopback, asker)
    await used(loopback, bot, asker, "export")
    ((file,),) = [one.files for one in loopback.log.requests if one.files]

    assert {one["text"] for one in json.loads(file)["questions"]} == {FEES, PARROT}
    assert str(asker.user_id) not in file


async def test_everything_is_forgotten_once_somebody_is_sure(
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who
) -> None:
    await asked(loopback, asker)
    sure = await used(loopback, bot, asker, "forget")
    assert len(await app.conversations.mine(person(asker))) == 2
    await click(loopback, asker, int(sure["id"]), button(sure, "forget"))
    await quiet(loopback, bot)

    assert "I have forgotten" in words(loopback.world.messages[int(sure["id"])])
    assert await app.conversations.mine(person(asker)) == ()


async def test_who_is_not_sure_keeps_everything(loopback: Loopback, app: App, bot: DiscordBot, asker: Who) -> None:
    await asked(loopback, asker)
    sure = await used(loopback, bot, asker, "forget")
    await click(loopback, asker, int(sure["id"]), button(sure, "cancel"))
    await quiet(loopback, bot)

    assert "Nothing was changed." in words(loopback.world.messages[int(sure["id"])])
    assert len(await app.conversations.mine(person(asker))) == 2


async def test_whoever_wants_to_be_left_alone_is(loopback: Loopback, app: App, bot: DiscordBot, asker: Who) -> None:
    await used(loopback, bot, asker, "opt-out")
    assert await app.privacy.opted_out(person(asker))
    await used(loopback, bot, asker, "opt-in")
    assert not await app.privacy.opted_out(person(asker))


async def test_the_audit_log_does_not_name_them(loopback: Loopback, app: App, bot: DiscordBot, asker: Who) -> None:
    await used(loopback, bot, asker, "opt-out")
    await used(loopback, bot, asker, "export")
    kept = await app.privacy.export(person(asker), actor="test")

    assert str(asker.user_id) not in str(kept)
