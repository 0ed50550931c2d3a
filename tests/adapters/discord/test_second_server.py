"""Show that who adds the bot to a server of their own gets nothing of the store, and changes nothing in it."""

import json
from collections.abc import AsyncIterator

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.core.models import Audience
from bot.core.wording.refusals import NOT_SERVED
from bot.service.app import App
from tests.adapters.discord.bots import behave, replies, running_bot, words
from tests.adapters.discord.moderators.staff import everything
from tests.adapters.discord.strangers import CAUSES, Stranger, filled_in, lair_of, taken
from tests.adapters.discord.test_nothing_internal import INTERNAL, MARK, WAITING
from tests.loopback.discord.invoking import shown, slash
from tests.loopback.discord.people import Who, mention, write_directly
from tests.loopback.discord.server import Loopback
from tests.service.samples import ask, dump
from tests.store.samples import saved

ASKED = ("How much does a withdrawal cost?", "When does compliance raise a deposit ceiling?", f"where is the {MARK}")


@pytest.fixture
def eve(loopback: Loopback) -> Who:
    """Return an administrator of another server."""
    return lair_of(loopback.world)


@pytest.fixture
async def full(loopback: Loopback, app: App, guild: int, asker: Who, eve: Who) -> AsyncIterator[DiscordBot]:
    """Return the bot over a store that is full of what others must not see."""
    await saved(app.database, *INTERNAL)
    await app.catalogue.edit("fees", {"staff_note": f"Quagga note: {MARK}."}, actor="ann")
    for number, audience in enumerate(Audience):
        asked = await ask(app, f"{MARK}: {WAITING[number]}", f"m{number}", audience=audience)
        assert asked.item_id is not None
        await app.review.suggest(asked.item_id, actor="ann", answer=f"Quagga answer: {MARK}.")
        await app.conversations.refused(asked.question_id)
    # As it may have been set before other servers were kept out.
    await behave(app, loopback, eve.channel_id, mode="ambient", audience="internal")
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app, servers=frozenset({guild})) as bot:
        yield bot


@pytest.fixture
def stranger(loopback: Loopback, full: DiscordBot, eve: Who) -> Stranger:
    """Return who tries everything."""
    return Stranger(loopback, full, eve, ASKED, filled_in())


async def test_nothing_is_told_and_nothing_is_changed(
    loopback: Loopback, app: App, stranger: Stranger, sqlite_url: str
) -> None:
    before, sent = await dump(sqlite_url), len(loopback.log.requests)

    await stranger.try_all()

    told = [json.dumps([one.path, one.body, one.files]) for one in loopback.log.requests[sent:]]
    assert [one for one in told if MARK in one.casefold()] == []
    assert {everything(one).strip() for one in loopback.world.private(stranger.who.user_id)} == {str(NOT_SERVED)}
    assert [one for one in loopback.log.requests[sent:] if one.name.startswith("POST /channels")] == []
    assert await dump(sqlite_url) == before
    assert sorted(set(taken(stranger.bot)) - set(stranger.tried)) == []


async def test_an_administrator_elsewhere_is_no_moderator(loopback: Loopback, stranger: Stranger) -> None:
    for command in ("review", "faq-settings"):
        told = everything(await shown(loopback, await slash(loopback, stranger.who, command)))
        assert told.strip() == str(NOT_SERVED)


async def test_each_event_that_is_listened_to_has_a_cause(full: DiscordBot) -> None:
    assert sorted(set(CAUSES) - set(taken(full))) == []


async def test_where_it_is_served_the_same_is_answered(loopback: Loopback, stranger: Stranger, asker: Who) -> None:
    assert "One coin." in words((await replies(loopback, await mention(loopback, asker, ASKED[0])))[0])
    assert "One coin." in words(await shown(loopback, await slash(loopback, asker, "ask", question=ASKED[0])))


async def test_directly_a_stranger_gets_what_is_public(loopback: Loopback, stranger: Stranger) -> None:
    direct = int(loopback.world.direct_channel(stranger.who.user_id)["id"])
    for number, text in enumerate(ASKED, start=1):
        await write_directly(loopback, stranger.who.user_id, text)
        await replies(loopback, direct, times=number)
    used = await shown(loopback, await slash(loopback, Who(direct, stranger.who.user_id), "ask", question=ASKED[1]))

    told = [everything(one) for one in (*loopback.world.by_bot(direct), used)]
    assert "One coin." in told[0]
    assert [one for one in told if "quagga answer" in one.casefold() or "quagga note" in one.casefold()] == []
