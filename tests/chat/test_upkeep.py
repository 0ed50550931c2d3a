"""Show how often what nobody waits for is done."""

from datetime import timedelta

from bot.chat.apps import OneApp
from bot.chat.upkeep import Upkeep
from bot.service.app import App


async def test_drafts_expire_once_a_minute(service: App) -> None:
    upkeep = Upkeep(OneApp(service))
    assert upkeep.steps == {upkeep.adapt: timedelta(hours=1), upkeep.expire: timedelta(minutes=1)}
