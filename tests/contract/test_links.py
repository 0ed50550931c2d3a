"""Moderators are told of links that others than helpers post where the bot answered, on both platforms."""

import pytest

from bot.core.wording.notices import FLAGGED
from tests.contract.moderating import MODERATOR, Moderating

LINK, INVITATION = "ask here instead: https://support-help.example.net/x", "join t.me/realsupport, they fix it"


@pytest.mark.parametrize("text", [LINK, INVITATION, "https://example.org.evil.example/login"])
async def test_moderators_are_told_of_a_link_where_the_bot_answered_once(moderating: Moderating, text: str) -> None:
    await moderating.asks("where is the parrot")
    await moderating.writes("eve", text)

    (notice,) = [said for said in await moderating.notices() if str(FLAGGED) in said]
    assert text not in notice
    await moderating.edits(f"{text} please")
    assert len([said for said in await moderating.notices() if str(FLAGGED) in said]) == 1


@pytest.mark.parametrize("text", ["no link here", "see https://discord.com/channels/1/2/3", "it costs 1.5 per t.me"])
async def test_nobody_is_told_of_what_leads_nowhere_else(moderating: Moderating, text: str) -> None:
    await moderating.asks("where is the parrot")
    await moderating.writes("eve", text)

    assert [said for said in await moderating.notices() if str(FLAGGED) in said] == []


async def test_nobody_is_told_of_what_a_moderator_posts(moderating: Moderating) -> None:
    await moderating.asks("where is the parrot")
    await moderating.writes(MODERATOR, LINK)

    assert [said for said in await moderating.notices() if str(FLAGGED) in said] == []


async def test_nobody_is_told_of_links_where_the_bot_said_nothing(moderating: Moderating) -> None:
    await moderating.asks("where is the parrot")
    await moderating.writes("eve", LINK, in_thread=False)

    assert [said for said in await moderating.notices() if str(FLAGGED) in said] == []
