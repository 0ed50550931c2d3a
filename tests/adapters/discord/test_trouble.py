"""Show what the bot does when Discord does not do what it is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.showing.answers import call_message
from bot.chat import posting
from bot.core.models import MessageRef, Question, Surface
from bot.core.wording.replies import CALL
from bot.service.app import App
from tests.adapters.discord.bots import POSTED, THREADED, posts, quiet, replies, words
from tests.loopback.discord.constants import Permission
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.faults import Broken, Fault, ServerError, TooMany
from tests.loopback.discord.invoking import slash
from tests.loopback.discord.payloads import overwrite
from tests.loopback.discord.people import Who, edit, mention, remove, say
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.telling import tell_channel
from tests.service.leases import elapse

MESSAGE = "/channels/{channel_id}/messages/{message_id}"
HISTORY = "GET /channels/{channel_id}/messages"
FEES = "how much does a withdrawal cost?"
NAMES = {
    Permission.CREATE_PUBLIC_THREADS: "Create Public Threads",
    Permission.SEND_MESSAGES_IN_THREADS: "Send Messages in Threads",
}


async def test_a_reply_that_was_taken_although_the_wire_broke_is_there_once(
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who
) -> None:
    loopback.faults.plan(POSTED, Broken.AFTER)
    asked = await mention(loopback, asker, FEES)
    await replies(loopback, asked)
    await quiet(loopback, bot)
    await _a_minute_passes(app, bot)

    assert len(loopback.world.by_bot(asked)) == 1


async def test_a_reply_that_a_process_sent_and_kept_no_note_of_is_found(
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who
) -> None:
    said = await say(loopback, asker, FEES)
    guild = loopback.world.guild_of(asker.channel_id)
    question = Question(
        text=FEES,
        ref=MessageRef(
            platform="discord", message_id=str(said), workspace_id=str(guild), channel_id=str(asker.channel_id)
        ),
        author_id=str(asker.user_id),
        surface=Surface.MENTION,
    )
    # A process that is killed between the two does the one and not the other.
    asked = await app.ask.ask(question)
    assert asked.reply is not None
    await bot.messenger.post(question, asked.reply, asked.question_id)
    await _a_minute_passes(app, bot)

    (reply,) = loopback.world.by_bot(said)
    known = await app.conversations.why(MessageRef(platform="discord", workspace_id=str(guild), message_id=str(said)))
    assert known is not None
    assert known.sent_message_id == reply["id"]
    assert len(posts(loopback, said)) == 1


async def test_a_process_that_takes_over_posts_under_the_same_nonce(
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who
) -> None:
    loopback.faults.plan(POSTED, ServerError())
    asked = await mention(loopback, asker, FEES)
    await loopback.log.requested(POSTED)
    await quiet(loopback, bot)
    await _a_minute_passes(app, bot)

    (reply,) = loopback.world.by_bot(asked)
    assert "One coin." in words(reply)
    assert {request.body["nonce"] for request in posts(loopback, asked)} == {f"faq-{asked}"}


async def test_too_many_requests_are_waited_out(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    loopback.faults.plan(POSTED, TooMany(retry_after=0.01), times=2)
    asked = await mention(loopback, asker, FEES)

    assert "One coin." in words((await replies(loopback, asked))[0])


@pytest.mark.parametrize("denied", NAMES)
async def test_a_permission_that_is_missing_is_named(
    loopback: Loopback, bot: DiscordBot, asker: Who, caplog: pytest.LogCaptureFixture, denied: Permission
) -> None:
    await _deny(loopback, asker, denied)
    await mention(loopback, asker, FEES)
    await quiet(loopback, bot)

    assert [vars(one)["lacks"] for one in caplog.records if hasattr(one, "lacks")] == [(NAMES[denied],)]


async def test_without_leave_to_write_in_the_channel_either_nothing_is_said(
    loopback: Loopback, bot: DiscordBot, asker: Who, caplog: pytest.LogCaptureFixture
) -> None:
    await _deny(loopback, asker, Permission.CREATE_PUBLIC_THREADS | Permission.SEND_MESSAGES)
    await mention(loopback, asker, FEES)
    await quiet(loopback, bot)

    assert loopback.world.by_bot(asker.channel_id) == []
    (told,) = [one for one in caplog.records if hasattr(one, "lacks")]
    assert (told.message, vars(told)["lacks"][0]) == ("discord.call.forbidden", "Create Public Threads")


async def test_what_is_forbidden_is_not_tried_again(loopback: Loopback, app: App, bot: DiscordBot, asker: Who) -> None:
    loopback.faults.plan(THREADED, Refusal.MISSING_PERMISSIONS, times=2)
    await mention(loopback, asker, FEES)
    await quiet(loopback, bot)
    await _a_minute_passes(app, bot)

    assert len(loopback.log.named(THREADED)) == 1


async def test_without_embeds_an_answer_is_plain_text(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    await _deny(loopback, asker, Permission.EMBED_LINKS)
    asked = await mention(loopback, asker, FEES)
    (reply,) = await replies(loopback, asked)

    assert (reply["embeds"], "One coin." in reply["content"]) == ([], True)


async def test_a_question_that_is_gone_is_not_answered(
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who
) -> None:
    asked = await mention(loopback, asker, FEES)
    del loopback.world.messages[asked]
    await quiet(loopback, bot)
    tried = len(loopback.log.named(THREADED))
    await _a_minute_passes(app, bot)

    assert loopback.world.by_bot(asker.channel_id) == []
    assert len(loopback.log.named(THREADED)) == tried


async def _deny(loopback: Loopback, asker: Who, permission: Permission) -> None:
    """Remove a permission from everybody, and send the bot the event."""
    channel = loopback.world.channels[asker.channel_id]
    channel["permission_overwrites"] = [overwrite(int(channel["guild_id"]), deny=permission)]
    await tell_channel(loopback.gateway, "CHANNEL_UPDATE", channel)


async def _a_minute_passes(app: App, bot: DiscordBot) -> None:
    await elapse(app.database, timedelta(minutes=1, seconds=1))
    await bot.responder.recover()


@pytest.mark.parametrize("refusal", [Refusal.UNKNOWN_INTERACTION, Refusal.ALREADY_ACKNOWLEDGED])
async def test_an_interaction_that_discord_waits_for_no_longer_is_left(
    loopback: Loopback, bot: DiscordBot, asker: Who, caplog: pytest.LogCaptureFixture, refusal: Refusal
) -> None:
    loopback.faults.plan("POST /interactions/{interaction_id}/{interaction_token}/callback", refusal)
    await slash(loopback, asker, "ask", question=FEES)
    await quiet(loopback, bot)

    assert [vars(one)["code"] for one in caplog.records if hasattr(one, "code")] == [refusal.body["code"]]
    assert loopback.world.private(asker.user_id) == []


async def test_a_channel_that_is_gone_is_not_tried_again(
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who
) -> None:
    loopback.faults.plan(THREADED, Refusal.UNKNOWN_CHANNEL)
    asked = await mention(loopback, asker, FEES)
    await quiet(loopback, bot)
    await _a_minute_passes(app, bot)

    assert len(loopback.log.named(THREADED)) == 1
    assert asked not in loopback.world.channels


@pytest.mark.parametrize(
    "fault", [Refusal.UNKNOWN_CHANNEL, Refusal.MISSING_ACCESS, Broken.BEFORE, ServerError(503), TooMany()]
)
async def test_a_thread_that_cannot_be_read_keeps_no_other_from_being_taken_up(  # noqa: PLR0913, PLR0917  # fixtures
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))
    loopback.faults.plan(THREADED, Broken.BEFORE, times=8)
    asked = [await mention(loopback, asker, FEES) for _ in range(4)]
    await quiet(loopback, bot)
    assert not any(loopback.world.by_bot(one) for one in asked)
    loopback.faults.planned.clear()

    loopback.faults.plan(HISTORY, fault)
    await _a_minute_passes(app, bot)

    assert loopback.faults.planned == {HISTORY: []}
    assert sum(bool(loopback.world.by_bot(one)) for one in asked) >= 3


@pytest.mark.parametrize("is_call", [False, True], ids=["reply", "call"])
async def test_what_else_was_said_in_the_thread_is_not_taken_for_the_reply(  # noqa: PLR0913  # fixtures
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who, monkeypatch: pytest.MonkeyPatch, *, is_call: bool
) -> None:
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))
    loopback.faults.plan(POSTED, ServerError(), times=2)
    asked = await mention(loopback, asker, FEES)
    await quiet(loopback, bot)
    if is_call:
        await bot.messenger.say(asked, call_message(CALL, role=asker.user_id), nonce="call-Q1")
    else:
        await mention(loopback, replace(asker, channel_id=asked), "hello")
    await quiet(loopback, bot)
    assert len(loopback.world.by_bot(asked)) == 1
    await _a_minute_passes(app, bot)

    assert "One coin." in words(loopback.world.by_bot(asked)[-1])


async def test_a_reply_that_discord_does_not_let_go_is_logged(
    loopback: Loopback, bot: DiscordBot, asker: Who, caplog: pytest.LogCaptureFixture
) -> None:
    asked = await mention(loopback, asker, FEES)
    await replies(loopback, asked)
    await quiet(loopback, bot)
    loopback.faults.plan(f"DELETE {MESSAGE}", Refusal.MISSING_PERMISSIONS)
    await remove(loopback, asked)
    await quiet(loopback, bot)

    assert len(loopback.world.by_bot(asked)) == 1
    assert [vars(one)["code"] for one in caplog.records if hasattr(one, "code")] == [50013]


@pytest.mark.parametrize("fault", [ServerError(), Broken.BEFORE])
async def test_a_reply_that_discord_does_not_delete_for_now_is_deleted_a_moment_later(
    loopback: Loopback, bot: DiscordBot, asker: Who, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))
    asked = await mention(loopback, asker, FEES)
    await replies(loopback, asked)
    await quiet(loopback, bot)
    loopback.faults.plan(f"DELETE {MESSAGE}", fault, times=4)
    await remove(loopback, asked)
    await quiet(loopback, bot)

    assert loopback.world.by_bot(asked) == []


@pytest.mark.parametrize("fault", [Refusal.UNKNOWN_MESSAGE, Refusal.MISSING_ACCESS])
async def test_a_reply_that_cannot_be_changed_is_logged(
    loopback: Loopback, bot: DiscordBot, asker: Who, caplog: pytest.LogCaptureFixture, fault: Refusal
) -> None:
    asked = await mention(loopback, asker, "where is the parrot")
    await replies(loopback, asked)
    await quiet(loopback, bot)
    loopback.faults.plan(f"PATCH {MESSAGE}", fault)
    await edit(loopback, asked, f"<@{loopback.world.application_id}> {FEES}")
    await quiet(loopback, bot)

    assert "reply.failed" in [one.getMessage() for one in caplog.records]


def _asked(loopback: Loopback, where: int, message_id: int) -> Question:
    """Return what somebody asked in a channel."""
    ref = MessageRef(
        platform="discord",
        workspace_id=str(loopback.world.guild_of(where) or ""),
        channel_id=str(where),
        message_id=str(message_id),
    )
    return Question(text=FEES, ref=ref, author_id="1", surface=Surface.MENTION)


async def test_a_sign_that_discord_refuses_is_only_logged(
    loopback: Loopback, bot: DiscordBot, asker: Who, caplog: pytest.LogCaptureFixture
) -> None:
    said = await say(loopback, asker, FEES)
    loopback.faults.plan(f"PUT {MESSAGE}/reactions/{{emoji_name}}/@me", Refusal.MISSING_PERMISSIONS)
    await bot.messenger.hint(_asked(loopback, asker.channel_id, said), "Later.")

    assert [vars(one)["code"] for one in caplog.records if hasattr(one, "code")] == [50013]
    assert said not in loopback.world.reactions


async def test_in_direct_messages_a_hint_is_told_in_words(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    direct = int(loopback.world.direct_channel(asker.user_id)["id"])
    await bot.messenger.hint(_asked(loopback, direct, 1), "Later.")

    assert [one["content"] for one in loopback.world.by_bot(direct)] == ["Later."]
