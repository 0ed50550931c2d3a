"""Show that the texts of all embeds of a message count together."""

import discord
import pytest

from tests.loopback.discord.clients import TestClient
from tests.loopback.discord.people import Who
from tests.loopback.discord.server import Loopback

HALF = 2_990


def _embeds(*, last: int) -> list[discord.Embed]:
    """Return two embeds with 6,000 characters and as many more as the last text has above ten."""
    first = discord.Embed(title="t" * 100, description="d" * (HALF - 100))
    second = discord.Embed(description="d" * (HALF - 1000)).set_footer(text="f" * 200).set_author(name="a" * 100)
    second.add_field(name="n" * 200, value="v" * 500)
    return [first, second, discord.Embed(description="e" * 10, title="x" * last)]


async def test_six_thousand_characters_are_taken(loopback: Loopback, client: TestClient, asker: Who) -> None:
    channel = client.get_partial_messageable(asker.channel_id)
    message = await channel.send(embeds=_embeds(last=10))

    assert sum(map(len, message.embeds)) == 6_000


@pytest.mark.parametrize("edits", [False, True])
async def test_one_more_is_refused(loopback: Loopback, client: TestClient, asker: Who, *, edits: bool) -> None:
    channel = client.get_partial_messageable(asker.channel_id)
    message = await channel.send(embeds=_embeds(last=10))

    with pytest.raises(discord.HTTPException) as caught:
        await (message.edit(embeds=_embeds(last=11)) if edits else channel.send(embeds=_embeds(last=11)))

    assert caught.value.code == 50035
    assert len(loopback.world.by_bot(asker.channel_id)) == 1
