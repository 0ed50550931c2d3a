"""Show that nobody but moderators does anything to the review, whatever they press, fill in or use."""

from functools import partial

import pytest

from bot.core.models import ItemStatus
from bot.service.app import App
from tests.adapters.discord.bots import behave, button, running_bot, words
from tests.adapters.discord.moderators.staff import Review, forged
from tests.loopback.discord.constants import MEMBER, Permission
from tests.loopback.discord.invoking import answered, choose, send_form, slash, submit, use_on
from tests.loopback.discord.people import Who, say
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.world import Invocation
from tests.service.reviews import item_of

SORRY = "Sorry, that is for moderators only."


def stranger(review: Review) -> Who:
    """Return a member who came into the moderators' channel, and is none of them."""
    return Who(review.staff.room, review.asker.user_id)


@pytest.mark.parametrize("action", ["answer", "link", "merge", "dismiss", "assign", "snooze"])
async def test_buttons_of_what_waits(review: Review, action: str) -> None:
    await review.unanswered()
    before = await item_of(review.app, "R1")
    pressed = await review.pressed(stranger(review), "R1", action)

    assert SORRY in words(await review.answer_to(pressed))
    assert await item_of(review.app, "R1") == before


@pytest.mark.parametrize("action", ["reopen", "revert"])
async def test_buttons_of_what_is_done(review: Review, action: str) -> None:
    await review.unanswered()
    await review.filled(review.mo, "R1", "dismiss", reason="spam")
    await review.card("R1", "Dismissed by")
    pressed = await review.pressed(stranger(review), "R1", action)

    assert SORRY in words(await review.answer_to(pressed))
    assert (await item_of(review.app, "R1")).status is ItemStatus.DISMISSED


async def test_the_button_that_saves(review: Review, guild: int) -> None:
    await review.unanswered()
    shown = await review.filled(review.mo, "R1", "answer", answer="x")
    review.loopback.world.guilds[guild].members[review.mo.user_id]["roles"] = []
    pressed = await review.press(review.mo, shown, "confirm")

    assert SORRY in words(await review.answer_to(pressed))
    assert (await item_of(review.app, "R1")).status is ItemStatus.OPEN


async def test_the_menu_of_the_list(review: Review, guild: int) -> None:
    await review.unanswered()
    listed = await review.used(review.mo, "review")
    review.loopback.world.guilds[guild].members[review.mo.user_id]["roles"] = []
    chosen = await choose(review.loopback, review.mo, int(listed["id"]), button(listed, "show"), ["R1"])

    assert SORRY in words(await review.answer_to(chosen))


@pytest.mark.parametrize(
    ("action", "filled"),
    [
        ("dismiss", {"reason": "spam"}),
        ("snooze", {"hours": "24"}),
        ("answer", {"answer": "x"}),
        ("link", {"entry_id": "fees"}),
    ],
)
async def test_a_dialog_of_somebody_who_is_no_moderator_any_more(
    review: Review, action: str, filled: dict[str, str], guild: int
) -> None:
    await review.unanswered()
    opened = await review.pressed(review.mo, "R1", action)
    await answered(review.loopback, opened)
    before = await item_of(review.app, "R1")
    review.loopback.world.guilds[guild].members[review.mo.user_id]["roles"] = []
    sent = await submit(review.loopback, review.mo, opened, **filled)

    assert SORRY in words(await review.answer_to(sent))
    assert await item_of(review.app, "R1") == before


@pytest.mark.parametrize("action", ["of-message", "other", "queue", "rewrite", "right"])
async def test_buttons_of_what_moderators_alone_are_shown(review: Review, action: str) -> None:
    assert SORRY in words(await review.answer_to(await forged(review, stranger(review), action)))


@pytest.mark.parametrize("form", ["draft", "held"])
async def test_dialogs_that_moderators_alone_are_shown(review: Review, form: str) -> None:
    sent = await send_form(review.loopback, stranger(review), f"faq-form:{form}:Q1:1", {"answer": "x"})

    assert SORRY in words(await review.answer_to(sent))


async def test_a_dialog_that_tells_no_change_of_an_entry(review: Review) -> None:
    sent = await send_form(review.loopback, review.mo, "faq-form:change:fees:erase.Q1.1", {"answer": "x"})

    assert "I no longer have what you wrote" in words(await review.answer_to(sent))
    assert (await review.app.catalogue.show("fees")).version == 1


async def test_the_dialog_for_the_settings_of_another_channel(review: Review) -> None:
    sent = await send_form(review.loopback, review.outside, f"faq-form:settings:{review.staff.room}", {"mode": "off"})

    assert "in the channel that you mean" in words(await review.answer_to(sent))


async def test_the_button_of_an_entry_that_is_gone(review: Review) -> None:
    used = await forged(review, review.mo, "edit", "~gone", "")

    assert "There is no entry" in words(await review.answer_to(used))


@pytest.mark.parametrize("command", ["review", "faq-settings"])
async def test_commands(review: Review, command: str) -> None:
    assert SORRY in words(await review.answer_to(await slash(review.loopback, review.asker, command)))


@pytest.mark.parametrize("command", ["Why?", "Use as FAQ answer"])
async def test_commands_of_messages(review: Review, command: str) -> None:
    message = await say(review.loopback, review.asker, "In its cage.")
    used = await use_on(review.loopback, review.asker, command, message)

    assert SORRY in words(await review.answer_to(used))


async def test_discord_hides_the_commands_from_others(review: Review) -> None:
    known = {each["name"]: each for each in review.loopback.world.commands[None]}
    hidden = {name for name, each in known.items() if each.get("default_member_permissions")}

    assert hidden == {"review", "faq-grade", "faq-settings", "Why?", "Use as FAQ answer"}
    assert {int(known[name]["default_member_permissions"]) for name in hidden} == {int(Permission.MANAGE_MESSAGES)}
    assert all(known[name]["contexts"] == [0] for name in hidden)


async def test_where_roles_are_set_they_decide(loopback: Loopback, app: App, asker: Who, guild: int) -> None:
    world = loopback.world
    helpers = world.add_role(guild, "Helpers")
    cleaners = world.add_role(guild, "Cleaners", permissions=MEMBER | Permission.MANAGE_MESSAGES)
    helper = Who(asker.channel_id, world.add_member(guild, "hel", roles=[helpers]))
    cleaner = Who(asker.channel_id, world.add_member(guild, "cle", roles=[cleaners]))
    owners = world.add_role(guild, "Owners", permissions=Permission.ADMINISTRATOR)
    owner = Who(asker.channel_id, world.add_member(guild, "own", roles=[owners]))
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app, moderator_roles=frozenset({helpers})):
        used = [await slash(loopback, who, "review") for who in (helper, owner, cleaner)]
        told = [await loopback.log.until(partial(_words, loopback, one)) for one in used]

    assert ["There is nothing else." in one for one in told] == [True, True, False]
    assert SORRY in told[2]


def _words(loopback: Loopback, used: Invocation) -> str | None:
    message = loopback.world.messages.get(used.answer_id or 0)
    return words(message).strip() or None if message else None
