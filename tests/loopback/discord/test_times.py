"""Show what Discord forgets, lets die and puts away as time goes by, by a clock that the test moves."""

import discord
import pytest

from tests.loopback.discord.clients import TestClient
from tests.loopback.discord.invoking import slash
from tests.loopback.discord.message_routes import NONCE_SECONDS
from tests.loopback.discord.people import Who, open_thread, say
from tests.loopback.discord.server import Loopback

QUARTER_HOUR, A_DAY = 15 * 60, 24 * 60 * 60
Interaction = discord.Interaction[TestClient]


@pytest.fixture
async def interaction(loopback: Loopback, client: TestClient, asker: Who) -> Interaction:
    """Return an interaction that nobody has answered yet."""
    waiting: list[Interaction] = []

    @client.tree.command(description="Ask")
    async def ask(interaction: Interaction) -> None:
        waiting.append(interaction)
        await loopback.log.note()

    await client.tree.sync()
    await slash(loopback, asker, "ask")
    return (await loopback.log.until(lambda: waiting or None))[0]


@pytest.mark.parametrize(("seconds", "messages"), [(NONCE_SECONDS - 1, 1), (NONCE_SECONDS, 2)])
async def test_marks_are_forgotten_after_some_minutes(
    loopback: Loopback, client: TestClient, asker: Who, seconds: int, messages: int
) -> None:
    channel = client.get_partial_messageable(asker.channel_id)
    await channel.send("once", nonce="faq-1")
    await loopback.later(seconds)

    await channel.send("once", nonce="faq-1")

    assert len(loopback.world.by_bot(asker.channel_id)) == messages


async def test_an_interaction_waits_three_seconds_for_its_first_answer(
    loopback: Loopback, interaction: Interaction
) -> None:
    await loopback.later(3)

    with pytest.raises(discord.NotFound) as caught:
        await interaction.response.send_message("late")

    assert caught.value.code == 10062


async def test_what_was_deferred_is_answered_within_a_quarter_of_an_hour(
    loopback: Loopback, interaction: Interaction
) -> None:
    await loopback.later(2.9)
    await interaction.response.defer(thinking=True)
    await loopback.later(QUARTER_HOUR - 3)
    await interaction.followup.send("in time")
    await loopback.later(3)

    codes = []
    for act in (interaction.followup.send("late"), interaction.edit_original_response(content="late")):
        with pytest.raises(discord.HTTPException) as caught:
            await act
        codes.append((caught.value.status, caught.value.code))
    assert codes == [(401, 50027)] * 2


async def test_threads_are_archived_when_nobody_writes_in_them(
    loopback: Loopback, client: TestClient, asker: Who
) -> None:
    asked, others = [await say(loopback, asker, text) for text in ("how?", "why?")]
    threads = [await open_thread(loopback, message, asker.user_id, "thread") for message in (asked, others)]
    quiet, lively = (client.get_partial_messageable(thread) for thread in threads)
    await loopback.later(A_DAY - 1)
    await lively.send("still here")

    await loopback.later(1)

    states = [loopback.world.channels[thread]["thread_metadata"] for thread in threads]
    assert [state["archived"] for state in states] == [True, False]
    told = await loopback.log.until(
        lambda: [one.payload["d"] for one in loopback.log.sent if one.payload["t"] == "THREAD_UPDATE"] or None
    )
    assert [thread["id"] for thread in told] == [str(threads[0])]
    await quiet.send("open again")
    assert not states[0]["archived"]


@pytest.mark.parametrize(("archived", "code"), [(True, 50083), (False, 160005)])
async def test_a_locked_thread_takes_nothing(
    loopback: Loopback, client: TestClient, asker: Who, *, archived: bool, code: int
) -> None:
    thread = await open_thread(loopback, await say(loopback, asker, "how?"), asker.user_id, "thread")
    loopback.world.channels[thread]["thread_metadata"]["locked"] = True
    await loopback.later(A_DAY if archived else 0)

    with pytest.raises(discord.HTTPException) as caught:
        await client.get_partial_messageable(thread).send("never")
    assert caught.value.code == code
    with pytest.raises(discord.Forbidden):
        await client.http.edit_channel(thread, archived=False)
