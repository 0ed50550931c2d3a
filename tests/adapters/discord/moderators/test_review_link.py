"""Show that a moderator links an item on Discord: to an entry of the menu, by an id, or by words."""

import pytest

from bot.core.models import ItemStatus
from bot.service.privacy import Person
from tests.adapters.discord.bots import replies, words
from tests.adapters.discord.moderators.staff import PARROT, Review
from tests.loopback.discord.invoking import answered
from tests.loopback.discord.people import mention
from tests.service.reviews import item_of


@pytest.mark.parametrize(
    "typed",
    [
        {"entry_id": "fees"},
        {"entry_id": "how much does a withdrawal cost"},
        {"entry": "freeze-web", "entry_id": "fees"},
    ],
)
async def test_an_entry_is_named_by_id_or_by_words(review: Review, typed: dict[str, str]) -> None:
    asked = await review.unanswered()
    shown = await review.filled(review.mo, "R1", "link", **typed)
    proposal = words(shown)
    await review.press(review.mo, shown, "confirm")
    await review.until(shown, "R1 is linked with fees")
    delivered = (await replies(review.loopback, asked, times=2))[1]
    again = await mention(review.loopback, review.asker, PARROT)

    assert "R1 is answered by fees: How much does a withdrawal cost?" in proposal
    assert "One coin." in words(delivered)
    assert "One coin." in words((await replies(review.loopback, again))[0])


async def test_an_entry_is_chosen_from_those_that_come_near(review: Review) -> None:
    await review.unanswered("how much does a withdrawal cost")
    await review.app.feedback.ask_human("Q1", Person("discord", str(review.asker.user_id)))
    review.bot.rounds.ask()
    item = await item_of(review.app, "R1")
    offered = str(await answered(review.loopback, await review.pressed(review.mo, "R1", "link")))

    assert item.nearest
    assert all(match.entry_id in offered for match in item.nearest)
    shown = await review.filled(review.mo, "R1", "link", entry=item.nearest[0].entry_id)
    assert item.nearest[0].entry_id in words(shown)


async def test_words_that_mean_no_entry_are_refused(review: Review) -> None:
    await review.unanswered()
    refused = await review.filled(review.mo, "R1", "link", entry_id="zzz qqq")

    assert "No entry fits these words" in words(refused)
    assert (await item_of(review.app, "R1")).status is ItemStatus.OPEN


async def test_an_internal_entry_is_no_answer_for_everybody(review: Review) -> None:
    await review.unanswered()
    refused = await review.filled(review.mo, "R1", "link", entry_id="limits")

    assert "Zebra" not in words(refused)
    assert (await item_of(review.app, "R1")).status is ItemStatus.OPEN
