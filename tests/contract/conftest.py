"""Provide each scenario with a platform, one after the other."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.moderating import Moderating, discord_moderating, slack_moderating
from tests.contract.sides import Side, discord_side, slack_side

SIDES = {"slack": slack_side, "discord": discord_side}
MODERATING = {"slack": slack_moderating, "discord": discord_moderating}


@pytest.fixture
def sqlite_url(entries_template: Path, tmp_path: Path) -> str:
    """Return the URL of a file with a few entries."""
    path = tmp_path / "faq.db"
    shutil.copyfile(entries_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=SIDES)
async def side(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Side]:
    """Return a platform with the bot in a channel where it answers when it is mentioned."""
    async with SIDES[request.param](sqlite_url) as side:
        await side.set_mode("mention")
        yield side


@pytest.fixture(params=MODERATING)
async def moderating(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Moderating]:
    """Return a platform with moderators who have a channel for the review."""
    async with MODERATING[request.param](sqlite_url) as moderating:
        yield moderating
