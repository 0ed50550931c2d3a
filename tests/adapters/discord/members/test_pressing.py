"""Show what the buttons under answers do, after a restart too, and for whom."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.service.app import App
from tests.adapters.discord.bots import POSTED, behave, button, quiet, replies, running_bot, words
from tests.adapters.discord.moderators.staff import Staff
from tests.loopback.discord.constants import MEMBER, Permission
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.invoking import answered, click, shown, submit
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who, mention, write_directly
from tests.loopback.discord.server import Loopback

FEES = "how much does a withdrawal cost?"
WEB_OR_APP = "how do I freeze my account"


@dataclass
class Given:
    """A reply of the bot, which was started again since, and who asked."""

    reply: Json
    asker: Who
    bot: DiscordBot
    on_call: int

    @property
    def id(self) -> int:
        """Return the id of the reply."""
        return int(self.reply["id"])


@pytest.fixture
async def given(
    loopback: Loopback, app: App, asker: Who, guild: int, request: pytest.FixtureRequest
) -> AsyncIterator[Given]:
    """Return the reply to a question in its thread, from before a restart."""
    asked_text = getattr(request, "param", FEES)
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app) as first:
        asked = await mention(loopback, asker, asked_text)
        (reply,) = await replies(loopback, asked)
        await quiet(loopback, first)
    on_call = loopback.world.add_role(guild, "on call")
    async with running_bot(loopback, app, on_call_role=on_call) as second:
        yield Given(reply, Who(asked, asker.user_id), second, on_call)


async def test_helpful_is_kept(loopback: Loopback, app: App, given: Given) -> None:
    pressed = await click(loopback, given.asker, given.id, button(given.reply, "helpful"))
    await answered(loopback, pressed)
    await quiet(loopback, given.bot)

    assert [words(one).strip() for one in loopback.world.private(given.asker.user_id)] == ["Thank you for telling me."]


async def test_not_what_i_asked_brings_it_before_the_moderators(loopback: Loopback, app: App, given: Given) -> None:
    pressed = await click(loopback, given.asker, given.id, button(given.reply, "wrong"))
    sent = await submit(loopback, given.asker, pressed, reason="of a deposit")
    reply = await shown(loopback, sent)

    assert "moderators' list" in words(reply)
    (item,) = await app.review.list()
    assert item.kind == "rated"


async def test_closing_the_form_loses_no_opinion(loopback: Loopback, app: App, given: Given) -> None:
    pressed = await click(loopback, given.asker, given.id, button(given.reply, "wrong"))
    await answered(loopback, pressed)
    await quiet(loopback, given.bot)

    assert [item.kind for item in await app.review.list()] == ["rated"]


async def test_people_on_call_are_mentioned_once(loopback: Loopback, app: App, given: Given) -> None:
    for _ in range(2):
        await click(loopback, given.asker, given.id, button(given.reply, "human"))
    await quiet(loopback, given.bot)

    role = str(given.on_call)
    calls = [one for one in loopback.world.by_bot(given.asker.channel_id) if f"<@&{role}>" in one["content"]]
    assert [loopback.world.pinged[int(one["id"])] for one in calls] == [frozenset({role})]


async def test_nobody_is_told_that_people_on_call_know_when_they_do_not(loopback: Loopback, given: Given) -> None:
    loopback.faults.plan(POSTED, Refusal.MISSING_PERMISSIONS)
    await answered(loopback, await click(loopback, given.asker, given.id, button(given.reply, "human")))
    await given.bot.work.settled()

    (told,) = loopback.world.private(given.asker.user_id)
    assert "moderators' list" in words(told)


async def test_who_asked_removes_the_reply(loopback: Loopback, given: Given) -> None:
    await click(loopback, given.asker, given.id, button(given.reply, "remove"))
    await quiet(loopback, given.bot)

    assert given.id not in loopback.world.messages


async def test_a_moderator_removes_the_reply(loopback: Loopback, given: Given, guild: int) -> None:
    role = loopback.world.add_role(guild, "staff", permissions=MEMBER | Permission.MANAGE_MESSAGES)
    moderator = loopback.world.add_member(guild, "mia", roles=[role])
    await click(loopback, Who(given.asker.channel_id, moderator), given.id, button(given.reply, "remove"))
    await quiet(loopback, given.bot)

    assert given.id not in loopback.world.messages


async def test_nobody_else_removes_it(loopback: Loopback, given: Given, guild: int) -> None:
    ben = loopback.world.add_member(guild, "ben")
    await click(loopback, Who(given.asker.channel_id, ben), given.id, button(given.reply, "remove"))
    await quiet(loopback, given.bot)

    assert given.id in loopback.world.messages
    assert ["moderators can remove" in words(one) for one in loopback.world.private(ben)] == [True]


@pytest.mark.parametrize("given", [WEB_OR_APP], indirect=True)
async def test_a_choice_of_who_asked_takes_the_place_of_the_choices(loopback: Loopback, given: Given) -> None:
    (first, *_) = [one["custom_id"] for row in given.reply["components"] for one in row["components"]]
    await click(loopback, given.asker, given.id, first)
    await quiet(loopback, given.bot)

    assert any(said in words(loopback.world.messages[given.id]) for said in ("Click freeze.", "Tap freeze."))


@pytest.mark.parametrize("given", [WEB_OR_APP], indirect=True)
async def test_a_choice_of_somebody_else_is_answered_to_them_alone(
    loopback: Loopback, given: Given, guild: int
) -> None:
    ben = loopback.world.add_member(guild, "ben")
    before = words(given.reply)
    (first, *_) = [one["custom_id"] for row in given.reply["components"] for one in row["components"]]
    await click(loopback, Who(given.asker.channel_id, ben), given.id, first)
    await quiet(loopback, given.bot)

    assert words(loopback.world.messages[given.id]) == before
    assert [any(said in words(one) for said in ("Click freeze.", "Tap freeze.")) for one in loopback.world.private(ben)]


async def test_what_stands_on_no_button_of_the_message_does_nothing(loopback: Loopback, given: Given) -> None:
    await click(loopback, given.asker, given.id, "faq:remove:Q99")
    await quiet(loopback, given.bot)

    assert given.id in loopback.world.messages
    assert loopback.world.private(given.asker.user_id) == []


async def test_who_wants_a_person_in_a_direct_message_has_them_called_to_the_moderators(
    loopback: Loopback, app: App, asker: Who, guild: int, staff: Staff
) -> None:
    role = loopback.world.add_role(guild, "on call")
    direct = int(loopback.world.direct_channel(asker.user_id)["id"])
    async with running_bot(loopback, app, on_call_role=role, review_channel=staff.room):
        for number, text in enumerate(("where is the parrot", "I want a real person"), 1):
            await write_directly(loopback, asker.user_id, text)
            await replies(loopback, direct, times=number)

    assert any(f"<@&{role}>" in one["content"] for one in loopback.world.by_bot(staff.room))
    assert not any(f"<@&{role}>" in one["content"] for one in loopback.world.by_bot(direct))
