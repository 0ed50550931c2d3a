"""Fill the review with items, and look at them."""

from bot.core.models import Audience
from bot.core.review import ReviewItem
from bot.service.app import App
from bot.service.resolutions import NewAnswer
from tests.service.samples import ask

THERE = NewAnswer(answer="There.")
CAT, DOG = "who feeds the cat at night", "may a dog sleep on the sofa"


async def opened(app: App, text: str, message_id: str | None = None, *, audience: Audience = Audience.PUBLIC) -> str:
    """Ask something that has no answer, and return the item."""
    asked = await ask(app, text, message_id or text[:100], audience=audience)
    assert asked.item_id is not None
    return asked.item_id


async def item_of(app: App, item_id: str | None) -> ReviewItem:
    """Return an item."""
    assert item_id is not None
    return (await app.review.show(item_id)).item


async def asked_in(app: App, item_id: str) -> list[str]:
    """Return the ids of the questions in an item."""
    return [question.id for question in (await item_of(app, item_id)).questions]
