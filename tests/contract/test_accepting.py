"""Moderators accept several suggestions with one confirmation, on both platforms."""

from collections.abc import AsyncIterator

import pytest

from bot.core.models import Answered, ItemStatus
from bot.service.privacy import Person
from bot.service.resolutions import NewAnswer
from tests.contract.accepting import Accepting, discord_accepting, slack_accepting
from tests.service.reviews import CAT, DOG, item_of, opened
from tests.service.samples import FEES, WEB, ask, question

SIDES = {"slack": slack_accepting, "discord": discord_accepting}
PARROT, FREEZE = "where is the parrot", "how do I freeze my account"


@pytest.fixture(params=SIDES)
async def side(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Accepting]:
    """Return a platform with a moderator."""
    async with SIDES[request.param](sqlite_url) as side:
        yield side


async def suggested(side: Accepting, *texts: str) -> None:
    """Open an item for each text, with a suggested answer: S1 for R1, and so on."""
    for text in texts:
        item_id = await opened(side.app, text)
        await side.app.review.suggest(item_id, answer=f"About {text}.", actor="helper")


async def statuses(side: Accepting, *item_ids: str) -> list[ItemStatus]:
    """Return what became of items."""
    return [(await item_of(side.app, one)).status for one in item_ids]


async def test_several_are_accepted_with_one_confirmation(side: Accepting) -> None:
    await suggested(side, PARROT, CAT, DOG)
    await side.app.review.suggest("R3", entry_id=FEES.id, actor="helper")
    shown = await side.offers()
    assert all(line in shown for line in (f"S1 · R1 · {PARROT} → About {PARROT}.", "S2 · R2", "S4 · R3", "fees: "))

    seen = await side.picks("S1", "S4")
    assert all(line in seen for line in ("S1 · R1", "S4 · R3", f'New phrasing: "{DOG}"', "past question"))
    assert await statuses(side, "R1", "R2", "R3") == [ItemStatus.OPEN] * 3

    told = await side.accepts()
    assert all(words in told for words in ("Accepted: 2 of 2.", "R1 is answered", "R3 is linked with fees"))
    assert await statuses(side, "R1", "R2", "R3") == [ItemStatus.ANSWERED, ItemStatus.OPEN, ItemStatus.LINKED]
    assert isinstance((await ask(side.app, PARROT, "again")).decision, Answered)


async def test_what_askers_chose_is_among_them(side: Accepting) -> None:
    for number, who in enumerate(("ana", "bob")):
        asked = await side.app.ask.ask(question(FREEZE, f"f{number}", author=who))
        await side.app.feedback.choose(asked.question_id, WEB.id, Person("slack", who))
    assert f"R1 · {FREEZE} → {WEB.id}" in await side.offers()
    await side.picks("R1")

    assert "R1 is linked with" in await side.accepts()
    assert FREEZE in (await side.app.catalogue.show(WEB.id)).entry.aliases


async def test_what_changed_meanwhile_is_named_and_the_rest_is_accepted(side: Accepting) -> None:
    await suggested(side, PARROT, CAT, DOG)
    await side.offers()
    await side.picks("S1", "S2", "S3")
    await side.app.review.answer("R1", NewAnswer(answer="On the roof."), actor="bea")
    await side.app.review.assign("R2", "bea", actor="bea")

    told = await side.accepts()
    assert "Accepted: 1 of 3." in told
    assert told.index("S1 was not accepted") < told.index("S2 was not accepted") < told.index("R3 is answered")
    assert "bea" in told
    assert await statuses(side, "R2", "R3") == [ItemStatus.OPEN, ItemStatus.ANSWERED]
    assert "On the roof." in [one.entry.answer for one in await side.app.catalogue.list()]


async def test_what_cannot_be_accepted_is_named_before(side: Accepting) -> None:
    await suggested(side, PARROT, CAT)
    await side.app.review.suggest("R1", answer="In its cage.", actor="helper")
    await side.offers()
    await side.app.review.answer("R2", NewAnswer(answer="Nobody."), actor="bea")
    seen = await side.picks("S1", "S2", "S3")

    assert "S2 is left out" in seen
    assert "S3 is left out: R1 is picked already, with S1." in seen
    assert "Accepted: 1 of 1." in await side.accepts()


async def test_nothing_of_what_was_picked_can_be_accepted(side: Accepting) -> None:
    await suggested(side, PARROT, CAT)
    await side.offers()
    await side.app.review.answer("R2", NewAnswer(answer="Nobody."), actor="bea")

    assert "S2 is left out" in await side.picks("S2")
    assert await statuses(side, "R1") == [ItemStatus.OPEN]


async def test_nothing_is_suggested(side: Accepting) -> None:
    await opened(side.app, PARROT)
    assert "Nothing is suggested that could be accepted" in await side.offers()


async def test_nobody_but_moderators_accepts(side: Accepting) -> None:
    await suggested(side, PARROT)
    await side.offers()
    await side.picks("S1")

    assert "for moderators only" in await side.accepts_as_nobody()
    assert await statuses(side, "R1") == [ItemStatus.OPEN]
