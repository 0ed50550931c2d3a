"""Whatever people can do with the bot they can do on both platforms."""

from collections.abc import Mapping

import pytest

from bot.adapters.discord.offering import OFFERS as ON_DISCORD
from bot.adapters.slack.offering import OFFERS as IN_SLACK
from bot.chat.capabilities import Capability


@pytest.mark.parametrize("offers", [IN_SLACK, ON_DISCORD], ids=["slack", "discord"])
def test_each_platform_offers_all_there_is_and_nothing_else(offers: Mapping[Capability, str]) -> None:
    assert set(offers) == set(Capability)
    assert all(offers.values())
