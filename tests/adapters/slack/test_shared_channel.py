"""A channel that two workspaces share: each one's bot answers who asks there, and files it in its own store."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.identity import identify
from bot.adapters.slack.sending import http_session, web_client
from bot.adapters.slack.serving import build
from bot.bootstrap import open_workspaces
from bot.chat.apps import ManyApps
from bot.config import Settings
from bot.core.models import ChannelRef, MessageRef
from bot.service.claims import Spool
from tests.adapters.slack.bots import ASK, options
from tests.loopback.slack import payloads
from tests.loopback.slack.running import running_app
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import TEAM

THEIRS = "T0PARTNER"


@dataclass(frozen=True)
class Branch:
    """The bot of one of the two workspaces, over stores for both."""

    bot: SlackBot
    apps: ManyApps
    here: str
    there: str


@pytest.fixture(params=[(TEAM, THEIRS), (THEIRS, TEAM)], ids=["ours", "theirs"])
async def branch(
    request: pytest.FixtureRequest, slack: Slack, mode: str, tmp_path: Path, entries_template: Path
) -> AsyncIterator[Branch]:
    """Run the bot of a workspace; its fellow in the other is another process."""
    here, there = request.param
    for workspace in (here, there):
        shutil.copyfile(entries_template, tmp_path / f"{workspace.lower()}.db")
    settings, wanted = Settings(database_url=f"sqlite:///{tmp_path}/{{workspace}}.db"), options(slack, mode)
    async with AsyncExitStack() as stack:
        apps = ManyApps(await stack.enter_async_context(open_workspaces(settings)))
        client = web_client(wanted, await stack.enter_async_context(http_session()))
        spool = stack.enter_context(closing(Spool(wanted.spool, "slack")))
        me = replace(await identify(client, agent=False), workspace_id=here)
        bot = build(wanted, apps, spool, client=client, me=me)
        await stack.enter_async_context(running_app(slack, bot.app, mode))
        yield Branch(bot, apps, here, there)
        await bot.work.finish()
        await bot.messenger.close()


async def test_who_asks_from_the_other_workspace_is_answered_and_filed_here(slack: Slack, branch: Branch) -> None:
    guest = slack.member("guest", team_id=branch.there, is_stranger=True)
    channel = slack.space.channel("joint", guest.user, is_ext_shared=True)
    for workspace in (branch.here, branch.there):
        async with branch.apps.use(workspace) as app:
            await app.channels.set(ChannelRef("slack", workspace, channel.id), {"mode": "mention"}, actor="ann")
    asked = guest.writes(channel, ASK)

    for event in guest.events_of(asked):
        sent = payloads.envelope(event, f"Ev{event['type']}", channel)
        installed = [each | {"team_id": branch.here} for each in sent["authorizations"]]
        await slack.deliver(sent | {"team_id": branch.there, "authorizations": installed})
    (answer,) = await slack.posted(1, channel)
    await branch.bot.work.settled()

    assert answer.thread_ts == asked.ts
    assert "One coin." in str(answer.blocks)
    assert await filed(branch, branch.here, asked.ts) == {branch.here}
    assert await filed(branch, branch.there, asked.ts) == set()


async def filed(branch: Branch, store: str, message_id: str) -> set[str]:
    """Return the workspaces under which the store of one has a message."""
    refs = [
        MessageRef(platform="slack", workspace_id=workspace, message_id=message_id)
        for workspace in (branch.here, branch.there)
    ]
    async with branch.apps.use(store) as app:
        return {ref.workspace_id for ref in await app.conversations.known(refs)}
