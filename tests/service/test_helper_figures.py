"""Show what the figures say about whose answers moderators take."""

from datetime import timedelta

import pytest

from bot.core.models import Audience, DismissReason
from bot.core.review import uses_words
from bot.service.app import App
from bot.service.resolutions import NewAnswer
from bot.store.figures import HelperUse
from tests.service.reviews import CAT, DOG, opened
from tests.service.samples import NOW, UNKNOWN, services

DOOR, REWRITTEN = "It sits behind the kitchen door.", "Look behind the door of the kitchen, where it often sits."


async def figures(app: App, audience: Audience = Audience.PUBLIC) -> tuple[HelperUse, ...]:
    """Return the figures of a month, an hour later."""
    later = services(app.database, clock=lambda: NOW + timedelta(hours=1))
    return (await later.stats.stats(since=(NOW - timedelta(days=30)).date(), audience=audience)).helpers


def use(helper: str, *, suggested: int = 1, accepted: int = 0, rewritten: int = 0, declined: int = 0) -> HelperUse:
    """Return the figures of one person."""
    return HelperUse(helper=helper, suggested=suggested, accepted=accepted, rewritten=rewritten, declined=declined)


async def test_each_is_counted_by_what_became_of_it(app: App) -> None:
    parrot, cat, dog = [await opened(app, each) for each in (UNKNOWN, CAT, DOG)]
    made = await app.review.suggest(parrot, answer=DOOR, actor="slack:ben")
    await app.review.suggest(parrot, answer="In its cage.", actor="slack:cho")
    await app.review.suggest(cat, answer="The porter feeds it at night.", actor="slack:ben")
    await app.review.suggest(dog, answer="No, never.", actor="discord:5")
    await app.review.accept(made.id, actor="mod")
    await app.review.answer(cat, NewAnswer(answer="At night the porter feeds the cat."), actor="mod")
    assert await figures(app) == (
        use("slack:ben", suggested=2, accepted=1, rewritten=1),
        use("discord:5"),
        use("slack:cho", declined=1),
    )

    await app.review.dismiss(dog, reason=DismissReason.OTHER, actor="mod")
    assert (await figures(app))[-1] == use("slack:cho", declined=1)
    assert use("discord:5", declined=1) in await figures(app)


async def test_what_is_taken_back_waits_again(app: App) -> None:
    item = await opened(app, UNKNOWN)
    made = await app.review.suggest(item, answer=DOOR, actor="slack:ben")
    await app.review.accept(made.id, actor="mod")
    await app.review.revert(item, actor="mod")

    assert await figures(app) == (use("slack:ben"),)


async def test_what_is_for_staff_is_counted_for_staff(app: App) -> None:
    item = await opened(app, UNKNOWN, audience=Audience.INTERNAL)
    await app.review.suggest(item, answer=DOOR, actor="slack:ben")

    assert await figures(app) == ()
    assert await figures(app, Audience.INTERNAL) == (use("slack:ben"),)


@pytest.mark.parametrize(
    ("answer", "used"), [(REWRITTEN, True), (DOOR.upper(), True), ("In the garden.", False), ("", False)]
)
def test_half_of_the_words_say_that_it_was_rewritten(answer: str, used: bool) -> None:  # noqa: FBT001  # a value of the table
    assert uses_words(answer, DOOR) is used


def test_what_has_no_words_was_not_used() -> None:
    assert not uses_words(DOOR, "the of")
