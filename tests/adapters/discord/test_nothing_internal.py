"""Show that nothing of what is for staff is ever sent where others can read it, whatever anybody does there."""

import json
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.showing.dialogs import Form
from bot.adapters.discord.showing.parts import DiscordAction
from bot.core.models import Audience, Entry, Source
from bot.service.app import App
from tests.adapters.discord.bots import behave, quiet, running_bot
from tests.adapters.discord.exploring import Explorer
from tests.loopback.discord.constants import MEMBER, ChannelType, Permission
from tests.loopback.discord.people import Who, mention, post, say
from tests.loopback.discord.server import Loopback
from tests.service.choosing import takes
from tests.service.samples import LIMITS, ask
from tests.store.samples import saved

pytestmark = pytest.mark.slow

# A helper is asked in a direct message about their own words. Replies are held for a moderator where a channel is set
# to drafts, whether a thread is still open is asked after days, and an answer is edited alone where an entry has some
# for languages: none of that happens here. Such answers (tests/contract/test_mending.py), what is accepted at once
# (tests/service/test_accepting.py), drafts (tests/service/test_held.py) and related entries
# (tests/contract/test_related.py) have tests of their own for what is for staff, or is since they were offered.
ELSEWHERE = {
    DiscordAction.ACCEPT_PICKS,
    DiscordAction.CONSENT,
    DiscordAction.EDIT_ANSWER,
    DiscordAction.RELATED,
    DiscordAction.SHOW_HELD,
    DiscordAction.SOLVED,
    DiscordAction.STILL_OPEN,
    DiscordAction.SEND,
    DiscordAction.REWRITE,
    DiscordAction.DROP,
    f"form {Form.HELD}",
}

MARK = "quagga"
"""A mark in everything that is for staff, and in nothing else."""

ASKED = (
    "how much does a withdrawal cost?",
    "how do I freeze my account",
    "when does compliance raise a deposit ceiling for somebody?",
    "where is the parrot",
)
WAITING = (
    "do ferrets eat apples on sundays",
    "which paint is best for a fence",
    "can I bring my grandmother along",
    "why did the train to Graz stop",
    "is the museum open at midnight",
    "what became of the old lighthouse",
    "how tall may sunflowers grow",
    "who repairs broken violins",
    "are there mushrooms in November",
    "must swimmers wear a cap",
    "does chess have a world champion",
)
"""So many questions without an answer that a list of them has two pages."""


def staff_entry(entry_id: str, question: str) -> Entry:
    """Return an entry that is for staff, and says so in each of its fields."""
    return Entry(
        id=f"{MARK}-{entry_id}",
        question=f"{question} ({MARK})",
        answer=f"Quagga answer: {MARK}.",
        aliases=(f"{MARK} {question}",),
        staff_note=f"Quagga note: {MARK}.",
        category=f"Quagga {MARK}",
        source=Source(title=f"Quagga {MARK}", url=f"https://example.org/{MARK}"),
        audience=Audience.INTERNAL,
    )


INTERNAL = (
    staff_entry("ceiling", "When does compliance raise a deposit ceiling?"),
    staff_entry("fees", "How much does a withdrawal cost?"),
    staff_entry("parrot", "Where is the parrot?"),
    *(staff_entry(f"more-{number}", f"What is rule number {number} of the desk?") for number in range(5)),
)
PUBLIC = tuple(
    Entry(id=f"word-{number}", question=f"What does word {number} mean?", answer="That.", category="Words")
    for number in range(26)
)
"""More than there is room for in a menu."""

DESK = Entry(id="freeze-desk", question="How do I freeze my account (desk)?", answer="Come by.")
"""An entry that is still offered beside another one when a third is for staff."""

HIDDEN = {"question": f"Quagga {MARK}?", "answer": f"Quagga answer: {MARK}.", "audience": "internal"}
"""The change of an entry that was offered to everybody: by the time that it is chosen, it is for staff."""

Place = Callable[[Loopback, App, Who], Coroutine[Any, Any, int]]


async def in_channel(loopback: Loopback, app: App, asker: Who) -> int:
    """Ask in a channel, and return it."""
    for text in ASKED:
        await mention(loopback, asker, text)
    return asker.channel_id


async def in_thread(loopback: Loopback, app: App, asker: Who) -> int:
    """Ask in a thread, and return it."""
    thread = await mention(loopback, asker, ASKED[0])
    await loopback.log.until(lambda: thread in loopback.world.channels or None)
    for text in ASKED:
        await mention(loopback, Who(thread, asker.user_id), text)
    return thread


async def in_forum(loopback: Loopback, app: App, asker: Who) -> int:
    """Ask in a post of a forum, and return it."""
    guild = loopback.world.guild_of(asker.channel_id) or 0
    forum = loopback.world.add_channel(guild, "help", kind=ChannelType.FORUM)
    await loopback.gateway.dispatch("CHANNEL_CREATE", loopback.world.channels[forum], guild_id=guild)
    await behave(app, loopback, forum, mode="ambient", audience="internal")
    thread = await post(loopback, Who(forum, asker.user_id), ASKED[0], ASKED[1])
    for text in ASKED:
        await mention(loopback, Who(thread, asker.user_id), text)
    return thread


async def directly(loopback: Loopback, app: App, asker: Who) -> int:
    """Ask the bot alone, and return where that is."""
    channel = int(loopback.world.direct_channel(asker.user_id)["id"])
    for text in ASKED:
        await say(loopback, Who(channel, asker.user_id), text)
    return channel


@pytest.fixture
async def open_desk(loopback: Loopback, app: App, guild: int, asker: Who) -> AsyncIterator[DiscordBot]:
    """Return the bot with much that is for staff, where each place is marked so and everybody can read it all."""
    await saved(app.database, *INTERNAL, *PUBLIC, DESK)
    await app.catalogue.edit("fees", {"staff_note": f"Quagga note: {MARK}."}, actor="ann")
    await app.catalogue.add_alias("fees", "what do I pay for a withdrawal", actor="ann")
    for number, text in enumerate(WAITING):
        await ask(app, text, f"w{number}")
    for number, text in enumerate(WAITING[:3]):
        asked = await ask(app, f"{MARK}: {text}", f"i{number}", audience=Audience.INTERNAL)
        assert asked.item_id is not None
        await app.review.suggest(asked.item_id, actor="ann", answer=f"Quagga answer: {MARK}.")
    for who in ("bea", "cem"):
        await takes(app, who)  # one of them is accepted by itself,
        await takes(app, who, LIMITS.id, "what is the most coins that go out in a day")  # another among several
    room = loopback.world.add_channel(guild, "moderators")
    for channel in (asker.channel_id, room):
        await behave(app, loopback, channel, mode="ambient", audience="internal")
    async with running_bot(loopback, app, review_channel=room) as bot:
        yield bot


@pytest.fixture(params=[in_channel, in_thread, in_forum, directly])
async def place(loopback: Loopback, app: App, open_desk: DiscordBot, asker: Who, request: pytest.FixtureRequest) -> Who:
    """Return who asked, in a place where they did, and where some of what they were offered is for staff since."""
    begin: Place = request.param
    channel = await begin(loopback, app, asker)
    await quiet(loopback, open_desk)
    await app.catalogue.edit("freeze-web", HIDDEN, actor="ann")
    return Who(channel, asker.user_id)


@pytest.fixture(params=[False, True], ids=["member", "moderator"])
async def explorer(
    loopback: Loopback, open_desk: DiscordBot, place: Who, guild: int, request: pytest.FixtureRequest
) -> Explorer:
    """Return somebody who has used everything there."""
    if request.param:
        role = loopback.world.add_role(guild, "Moderators", permissions=MEMBER | Permission.MANAGE_MESSAGES)
        loopback.world.guild(guild).members[place.user_id]["roles"] = [str(role)]
    explorer = Explorer(loopback, open_desk, place, ASKED)
    await explorer.explore()
    open_desk.rounds.ask()
    await quiet(loopback, open_desk)
    return explorer


async def test_nothing_of_it_is_sent(loopback: Loopback, explorer: Explorer) -> None:
    sent = [json.dumps([one.path, one.body, one.files, one.reason]) for one in loopback.log.requests]

    assert [one for one in sent if MARK in one.casefold()] == []


@pytest.mark.parametrize(("place", "explorer"), [(in_thread, True)], indirect=True)
async def test_that_was_everything(explorer: Explorer) -> None:
    there = {*DiscordAction, *(f"form {form}" for form in Form)}
    assert there - set(explorer.used) == ELSEWHERE
