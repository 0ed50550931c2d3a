"""Show what the commands do that everybody may use, and that Discord is told of them only when they change."""

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.service.app import App
from tests.adapters.discord.bots import POSTED, behave, button, posts, quiet, replies, running_bot, words
from tests.loopback.discord.constants import MessageFlag, Permission
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.invoking import answered, click, complete, repeat, shown, slash, submit, use_on
from tests.loopback.discord.payloads import overwrite
from tests.loopback.discord.people import Who, say
from tests.loopback.discord.server import Loopback

FEES = "how much does a withdrawal cost?"
SYNCED = "PUT /applications/{application_id}/commands"


async def test_a_question_by_command_is_answered_in_private(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    asked = await slash(loopback, asker, "ask", question=FEES)
    reply = await shown(loopback, asked)

    assert "One coin." in words(reply)
    assert reply["flags"] & MessageFlag.EPHEMERAL
    assert loopback.world.by_bot(asker.channel_id) == []


async def test_an_entry_that_was_taken_while_typing_is_shown(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    choices = await complete(loopback, asker, "ask", focused="question", question="withdraw")
    asked = await slash(loopback, asker, "ask", question=choices[0]["value"])

    assert choices[0] == {"name": "How much does a withdrawal cost?", "value": "fees"}
    assert "One coin." in words(await shown(loopback, asked))


async def test_a_private_answer_can_be_shared(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    asked = await slash(loopback, asker, "ask", question=FEES)
    reply = await shown(loopback, asked)
    for _ in range(2):  # a second click shows it no second time
        await click(loopback, asker, int(reply["id"]), button(reply, "share"))
    await quiet(loopback, bot)

    (shared,) = loopback.world.by_bot(asker.channel_id)
    assert "One coin." in words(shared)


async def test_two_answers_to_one_question_can_be_shared(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    asked = await slash(loopback, asker, "ask", question="How do I freeze my account (web)?")
    reply = await shown(loopback, asked)
    await click(loopback, asker, int(reply["id"]), button(reply, "share"))
    await quiet(loopback, bot)
    wrong = await click(loopback, asker, int(reply["id"]), button(reply, "wrong"))
    others = await shown(loopback, await submit(loopback, asker, wrong))
    await click(loopback, asker, int(others["id"]), button(others, "pick"))
    await quiet(loopback, bot)
    await click(loopback, asker, int(others["id"]), button(loopback.world.messages[int(others["id"])], "share"))
    await quiet(loopback, bot)

    assert ["Tap freeze" in words(one) for one in loopback.world.by_bot(asker.channel_id)] == [False, True]


async def test_who_cannot_share_is_told_so_and_what_the_bot_lacks_is_logged(
    loopback: Loopback, bot: DiscordBot, asker: Who, caplog: pytest.LogCaptureFixture
) -> None:
    reply = await shown(loopback, await slash(loopback, asker, "ask", question=FEES))
    loopback.faults.plan(POSTED, Refusal.MISSING_PERMISSIONS)
    await answered(loopback, await click(loopback, asker, int(reply["id"]), button(reply, "share")))
    await bot.work.settled()

    assert "did not work" in words(loopback.world.private(asker.user_id)[-1])
    assert [vars(one)["code"] for one in caplog.records if hasattr(one, "lacks")] == [50013]


async def test_a_command_where_the_bot_is_off(loopback: Loopback, app: App, bot: DiscordBot, asker: Who) -> None:
    await behave(app, loopback, asker.channel_id, mode="off")
    asked = await slash(loopback, asker, "ask", question=FEES)

    assert "switched off" in words(await shown(loopback, asked))


async def test_a_command_in_a_direct_message(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    direct = int(loopback.world.direct_channel(asker.user_id)["id"])
    asked = await slash(loopback, Who(direct, asker.user_id), "ask", question=FEES)

    assert "One coin." in words(await shown(loopback, asked))


async def test_an_interaction_that_is_told_of_twice_is_handled_once(
    loopback: Loopback, bot: DiscordBot, asker: Who
) -> None:
    asked = await slash(loopback, asker, "ask", question=FEES)
    await repeat(loopback, asked)
    await shown(loopback, asked)
    await quiet(loopback, bot)

    assert len(loopback.log.named("POST /interactions/{interaction_id}/{interaction_token}/callback")) == 1


async def test_the_message_of_somebody_is_answered(loopback: Loopback, bot: DiscordBot, asker: Who, guild: int) -> None:
    ben = loopback.world.add_member(guild, "ben")
    said = await say(loopback, Who(asker.channel_id, ben), FEES)
    used = await use_on(loopback, asker, "Answer from FAQ", said)
    (reply,) = await replies(loopback, said)
    told = await shown(loopback, used)

    assert "One coin." in words(reply)
    assert told["flags"] & MessageFlag.EPHEMERAL
    assert "I have answered there." in words(told)


async def test_a_message_is_answered_once_however_often_somebody_wants_it(
    loopback: Loopback, bot: DiscordBot, asker: Who
) -> None:
    said = await say(loopback, asker, FEES)
    for _ in range(2):
        await shown(loopback, await use_on(loopback, asker, "Answer from FAQ", said))

    assert len(posts(loopback, said)) == 1


async def test_a_message_without_words_is_no_question(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    said = await say(loopback, asker, "")
    used = await use_on(loopback, asker, "Answer from FAQ", said)

    assert "no question" in words(await shown(loopback, used))


async def test_commands_are_told_only_when_they_have_changed(loopback: Loopback, app: App, guild: int) -> None:
    for _ in range(2):
        async with running_bot(loopback, app):
            pass
    assert len(loopback.log.named(SYNCED)) == 1

    loopback.world.commands[None].pop()
    async with running_bot(loopback, app):
        pass
    assert len(loopback.log.named(SYNCED)) == 2


async def test_commands_are_described_in_all_languages(loopback: Loopback, app: App, guild: int) -> None:
    async with running_bot(loopback, app):
        pass

    (ask,) = [one for one in loopback.world.commands[None] if one["name"] == "ask"]
    (menu,) = [one for one in loopback.world.commands[None] if one["name"] == "Answer from FAQ"]
    spoken = {"de", "es-ES", "es-419", "fr", "ru", "tr", "zh-CN", "zh-TW"}
    assert set(ask["description_localizations"]) == set(menu["name_localizations"]) == spoken
    assert ask["description_localizations"]["de"] == "Die FAQ fragen; die Antwort siehst nur du"
    assert ask["options"][0]["description_localizations"]["tr"].startswith("Öğrenmek istediğiniz")
    assert not ask.get("name_localizations")


@pytest.mark.parametrize("field", ["description", "options", "description_localizations"])
async def test_a_command_that_reads_otherwise_is_told(loopback: Loopback, app: App, guild: int, field: str) -> None:
    async with running_bot(loopback, app):
        pass
    (ask,) = [one for one in loopback.world.commands[None] if one["name"] == "ask"]
    ask[field] = {"description": "Something else", "options": []}.get(field)
    async with running_bot(loopback, app):
        pass

    assert len(loopback.log.named(SYNCED)) == 2


async def test_who_may_not_write_shares_nothing(loopback: Loopback, bot: DiscordBot, asker: Who, guild: int) -> None:
    reply = await shown(loopback, await slash(loopback, asker, "ask", question=FEES))
    silenced = overwrite(guild, deny=Permission.SEND_MESSAGES)
    loopback.world.channels[asker.channel_id]["permission_overwrites"] = [silenced]
    await answered(loopback, await click(loopback, asker, int(reply["id"]), button(reply, "share")))
    await bot.work.settled()

    assert "did not work" in words(loopback.world.private(asker.user_id)[-1])
    assert loopback.world.by_bot(asker.channel_id) == []


async def test_where_no_moderator_reads_nobody_is_called_to_what_is_private(
    loopback: Loopback, app: App, asker: Who, guild: int
) -> None:
    role = loopback.world.add_role(guild, "on call")
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app, on_call_role=role) as bot:
        reply = await shown(loopback, await slash(loopback, asker, "ask", question=FEES))
        await answered(loopback, await click(loopback, asker, int(reply["id"]), button(reply, "human")))
        await bot.work.settled()

    assert "moderators' list" in words(loopback.world.private(asker.user_id)[-1])
    assert loopback.world.by_bot(asker.channel_id) == []
