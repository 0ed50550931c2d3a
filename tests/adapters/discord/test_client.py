"""Show that a client goes where it is told, and that no other client goes there with it."""

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.adapters.discord.client import AddressedConnector, drop_limits_seldom
from bot.adapters.discord.options import API_URL, GATEWAY_URL
from tests.loopback.discord.clients import TestClient, connected, options
from tests.loopback.discord.server import running


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        (f"{API_URL}/users/@me", "http://proxy:81/discord/v10/users/@me"),
        (f"{API_URL}/channels/1/messages?limit=5", "http://proxy:81/discord/v10/channels/1/messages?limit=5"),
        (f"{API_URL}/reactions/%F0%9F%91%80%2F/@me", "http://proxy:81/discord/v10/reactions/%F0%9F%91%80%2F/@me"),
        (f"{GATEWAY_URL}/?v=10&encoding=json", "ws://proxy/?v=10&encoding=json"),
        ("wss://gateway-us-east1-b.discord.gg/?v=10", "wss://gateway-us-east1-b.discord.gg/?v=10"),
        ("https://cdn.discordapp.com/icons/1.png", "https://cdn.discordapp.com/icons/1.png"),
        ("https://discord.com/api/v100/users", "https://discord.com/api/v100/users"),
        ("https://discord.company/api/v10/users", "https://discord.company/api/v10/users"),
    ],
)
async def test_addresses(asked: str, address: str) -> None:
    connector = AddressedConnector(api_url="http://proxy:81/discord/v10/", gateway_url="ws://proxy")

    assert str(connector.address(URL(asked, encoded=True))) == address
    await connector.close()


@given(path=st.from_regex(r"(/[a-z0-9%@._~-]{0,9}){1,5}(\?[a-z0-9=&%]{0,20})?", fullmatch=True))
async def test_without_settings_all_stays_as_it_is(path: str) -> None:
    connector = AddressedConnector()

    for asked in (URL(API_URL + path, encoded=True), URL(GATEWAY_URL + path, encoded=True)):
        assert connector.address(asked) == asked
    await connector.close()


async def test_two_clients_go_to_two_places() -> None:
    async with running() as one, running() as other:
        clients = [TestClient(**options(place)) for place in (one, other)]
        async with connected(clients[0]), connected(clients[1]):
            found = [client.application_id for client in clients]

    assert found == [one.world.application_id, other.world.application_id]
    assert [len(place.log.named("GET /users/@me")) for place in (one, other)] == [1, 1]


async def test_limits_that_are_out_of_use_are_looked_for_now_and_then() -> None:
    now = 0.0
    client = discord.Client(intents=discord.Intents.none())
    client.http.max_ratelimit_timeout = None
    drop_limits_seldom(client, clock=lambda: now)

    known = [client.http.get_ratelimit(f"thread {number}") for number in range(300)]
    for limit in known:
        limit._last_request -= 400  # noqa: SLF001  # out of use for longer than the library wants
    client.http.get_ratelimit("at once")
    assert client.http.get_ratelimit("thread 0") is known[0]

    now = 10.0
    client.http.get_ratelimit("later")
    assert client.http.get_ratelimit("thread 0") is not known[0]
