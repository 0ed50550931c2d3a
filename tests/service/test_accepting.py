"""What a moderator may accept, and what is checked again when they do."""

from dataclasses import replace

import pytest

from bot.core.models import Audience
from bot.core.review import Consent
from bot.errors import ItemChangedError, ItemNotFoundError, SuggestionNotFoundError
from bot.service.app import App
from bot.service.learning import PersonsReply
from bot.service.privacy import Person
from tests.service.reviews import CAT, DOG, item_of, opened
from tests.service.samples import FEES

MOD, HELPER = "slack:mod", Person("slack", "helper")


async def names(app: App, *, audience: Audience = Audience.INTERNAL, actor: str = MOD) -> list[str]:
    """Return what is offered."""
    return [one.id for one in await app.accepting.offered(audience=audience, actor=actor)]


async def heard(app: App, item_id: str, text: str) -> PersonsReply:
    """Have a helper answer what an item is about."""
    asked = (await item_of(app, item_id)).questions[-1].ref
    place = replace(asked, thread_id=asked.thread_id or asked.message_id, message_id=f"{asked.message_id}9")
    reply = PersonsReply(ref=place, author=HELPER, text=text)
    assert await app.learning.heard(reply) is not None
    return reply


async def test_words_without_consent_are_offered_to_their_author_alone(app: App) -> None:
    await opened(app, CAT)
    await heard(app, "R1", "The night porter feeds her.")

    assert await names(app) == []
    assert await names(app, actor=HELPER.actor) == ["S1"]
    await app.learning.consent("S1", HELPER, Consent.YES)
    assert await names(app) == ["S1"]


async def test_words_that_changed_since_they_were_seen_are_not_accepted(app: App) -> None:
    await opened(app, CAT)
    reply = await heard(app, "R1", "The night porter feeds her.")
    await app.learning.consent("S1", HELPER, Consent.YES)
    (seen,) = await app.accepting.offered(audience=Audience.INTERNAL, actor=MOD)
    await app.learning.edited(replace(reply, text="The day porter feeds her."))

    with pytest.raises(ItemChangedError):
        await app.accepting.accept(seen.pick, audience=Audience.INTERNAL, actor=MOD)
    assert (await item_of(app, "R1")).is_open


async def test_what_staff_asked_is_not_offered_where_others_read(app: App) -> None:
    await opened(app, CAT, audience=Audience.INTERNAL)
    await opened(app, DOG)
    for item_id in ("R1", "R2"):
        await app.review.suggest(item_id, entry_id=FEES.id, actor=HELPER.actor)

    assert await names(app) == ["S1", "S2"]
    assert await names(app, audience=Audience.PUBLIC) == ["S2"]
    with pytest.raises(ItemNotFoundError):
        await app.accepting.look_up("S1", audience=Audience.PUBLIC, actor=MOD)


async def test_an_item_stands_for_what_askers_chose_only(app: App) -> None:
    await opened(app, CAT)
    with pytest.raises(SuggestionNotFoundError):
        await app.accepting.look_up("R1", audience=Audience.INTERNAL, actor=MOD)
