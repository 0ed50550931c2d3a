"""Start a Slack for each test, and run an app against it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TypeAlias

import pytest
from jsonschema_rs import Draft7Validator
from slack_bolt.async_app import AsyncApp

from tests.loopback.slack.running import running_app
from tests.loopback.slack.server import Slack, running_slack
from tests.loopback.specs import Spec, load
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
