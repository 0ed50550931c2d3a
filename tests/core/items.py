"""Make questions of a review item for tests; the address of each is what stands for the id of its message."""

from datetime import UTC, datetime

from bot.core.models import MessageRef
from bot.core.review import ItemQuestion


def asked(text: str, url: str = "") -> ItemQuestion:
    """Return a question of an item."""
    at = datetime(2026, 3, 4, tzinfo=UTC)
    return ItemQuestion(id="Q1", ref=MessageRef(platform="slack", message_id=url), author="a1", asked_at=at, text=text)


def permalink(ref: MessageRef) -> str | None:
    """Return the address of such a question, if it has one."""
    return ref.message_id or None
