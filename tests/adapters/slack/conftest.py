"""Start a Slack for each test, and run the real app against it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TypeAlias

import pytest
from jsonschema_rs import Draft7Validator
from slack_bolt.async_app import AsyncApp

from tests.adapters.slack.bots import Office, StartBot, offices
from tests.adapters.slack.loopback.running import running_app
from tests.adapters.slack.loopback.server import Slack, running_slack
from tests.adapters.slack.moderators.desks import Desk, open_desk
from tests.adapters.specs import Spec, load
from tests.shared import shared

SPEC = "slack.schema.json"
RunApp: TypeAlias = Callable[[AsyncApp], Awaitable[None]]


@pytest.fixture(scope="session")
def slack_spec() -> Spec | None:
    """Return the types that Slack publishes, where they are at hand."""
    try:
        # Slack's own types leave open what may have more fields, such as the message of an interaction.
        return load(SPEC, Draft7Validator, leave_open=frozenset({"message"}))
    except pytest.skip.Exception:
        return None


@pytest.fixture
async def slack(slack_spec: Spec | None) -> AsyncIterator[Slack]:
    """Run a Slack; what it did not like fails the test, and what could not be checked says so."""
    async with running_slack(slack_spec) as slack:
        yield slack
    assert slack.take_problems() == []
    if slack_spec is None:
        shared("specs", SPEC)


@pytest.fixture
def mode(request: pytest.FixtureRequest) -> str:
    """Return how events reach the app: over the socket, unless the test says otherwise, such as by `both_ways`."""
    way: str = getattr(request, "param", "socket")
    return way


@pytest.fixture
async def run_app(slack: Slack, mode: str) -> AsyncIterator[RunApp]:
    """Return what connects an app to the Slack in this mode, for as long as the test lasts."""
    async with AsyncExitStack() as stack:

        async def run(app: AsyncApp) -> None:
            await stack.enter_async_context(running_app(slack, app, mode))

        yield run


@pytest.fixture
async def start_bot(slack: Slack, mode: str, sqlite_url: str) -> AsyncIterator[StartBot]:
    """Return what starts the bot in this mode, with options of its own."""
    async with offices(slack, mode, sqlite_url) as start:
        yield start


@pytest.fixture
async def office(start_bot: StartBot) -> Office:
    """Return a Slack with the bot in it."""
    return await start_bot()


@pytest.fixture
async def desk(slack: Slack, start_bot: StartBot) -> Desk:
    """Return a Slack with the bot, a review channel and moderators in it."""
    return await open_desk(slack, start_bot)
