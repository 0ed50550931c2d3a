"""Threads of what was erased are handed out to be renamed, once at a time, a few at once, on both databases."""

import asyncio
from dataclasses import replace

from bot.core.models import MessageRef, Surface
from bot.service.app import App
from bot.service.privacy import Person
from tests.service.conversations import message

PARROT = "where does the parrot sleep?"
MANY = 25


async def forgotten(app: App, platform: str = "discord", count: int = MANY) -> None:
    """Have Ann ask much, and forget her."""
    for number in range(count):
        asked = message(PARROT, f"m{number}", surface=Surface.MENTION)
        logged = await app.ask.ask(replace(asked, ref=replace(asked.ref, platform=platform)))
        await app.conversations.sent(logged.question_id, f"reply to m{number}")
    await app.privacy.forget(Person(platform, "ann"), actor="mod")


async def test_processes_get_different_ones_and_each_once(talk: App, talk_elsewhere: App) -> None:
    await forgotten(talk)
    found: list[MessageRef] = []
    for _ in range(2):
        for some in await asyncio.gather(*(app.privacy.nameless("discord", ("T1",)) for app in (talk, talk_elsewhere))):
            assert len(some) <= 10
            found += some

    assert len(found) == MANY
    assert {ref.message_id for ref in found} == {f"m{number}" for number in range(MANY)}
    await asyncio.gather(*map(talk.privacy.renamed, found))


async def test_those_of_other_workspaces_are_left_to_their_processes(talk: App) -> None:
    await forgotten(talk, count=1)

    assert await talk.privacy.nameless("discord", ()) == ()
    assert await talk.privacy.nameless("slack", ("T1",)) == ()
    assert len(await talk.privacy.nameless("discord", ("T1",))) == 1


async def test_where_threads_have_no_names_none_are_kept(talk: App) -> None:
    await forgotten(talk, "slack", count=1)

    assert await talk.privacy.nameless("slack", ("T1",)) == ()
