"""Show that what several askers took becomes a suggested phrasing, accepted or dismissed once."""

from collections.abc import Sequence

import numpy as np
import pytest

from bot.core.models import Answered, DismissReason, ItemKind, ItemStatus
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Vectors
from bot.service.app import App, assemble
from bot.service.privacy import Person
from bot.service.vectors import KeptEncoder
from bot.store import Database
from bot.store.records import ItemFilter
from tests.service.choosing import WORDS, takes
from tests.service.reviews import item_of
from tests.service.samples import FEES, KEY, WEB, ask, question
from tests.store.samples import entry, saved


async def waiting(app: App) -> list[str]:
    """Return the items of that kind."""
    return [item.id for item in await app.review.list(ItemFilter(kind=ItemKind.CHOSEN))]


async def test_one_asker_is_not_enough_and_two_are(app: App) -> None:
    await takes(app, "ana")
    await takes(app, "ana")
    assert await waiting(app) == []

    await takes(app, "bob")
    (item_id,) = await waiting(app)
    item = await item_of(app, item_id)
    assert (item.entry_id, item.text, item.count) == (FEES.id, WORDS, 3)


async def test_more_of_them_open_no_second_item(app: App) -> None:
    for who in ("ana", "bob", "cem", "dan"):
        await takes(app, who)

    assert len(await waiting(app)) == 1


async def test_where_people_disagree_nothing_is_suggested(app: App) -> None:
    await takes(app, "ana", WEB.id)
    await takes(app, "bob", WEB.id)
    assert len(await waiting(app)) == 1
    text = "please lock what is mine"
    for who, entry_id in (("ana", FEES.id), ("bob", WEB.id), ("cem", WEB.id), ("dan", FEES.id)):
        await takes(app, who, entry_id, text)
    found = [item for item in await app.review.list(ItemFilter(kind=ItemKind.CHOSEN)) if item.text == text]
    assert [item.entry_id for item in found] == [WEB.id]


@pytest.mark.parametrize(("text", "entry_id"), [("how do I unfreeze my account", WEB.id), (FEES.question, FEES.id)])
async def test_what_differs_or_is_there_already_is_not_suggested(app: App, text: str, entry_id: str) -> None:
    for who in ("ana", "bob"):
        await takes(app, who, entry_id, text)

    assert await waiting(app) == []


async def test_an_accepted_one_is_a_phrasing_at_once_and_who_took_it_is_not_told(app: App) -> None:
    for who in ("ana", "bob"):
        await takes(app, who)
    (item_id,) = await waiting(app)
    done = await app.review.accept_choice(item_id, actor="mod")

    assert done.entry is not None
    assert (done.entry.entry.aliases, done.item.status) == ((WORDS,), ItemStatus.LINKED)
    assert isinstance((await ask(app, WORDS, "again")).decision, Answered)
    await app.review.revert(item_id, actor="mod")
    assert (await app.catalogue.show(FEES.id)).entry.aliases == ()


async def test_a_declined_one_does_not_come_back(app: App) -> None:
    for who in ("ana", "bob"):
        await takes(app, who)
    (item_id,) = await waiting(app)
    await app.review.dismiss(item_id, reason=DismissReason.OTHER, actor="mod")
    for who in ("cem", "dan"):
        await takes(app, who)

    assert await waiting(app) == []


async def test_no_question_joins_it_by_likeness(app: App) -> None:
    for who in ("ana", "bob"):
        await takes(app, who)
    (item_id,) = await waiting(app)
    asked = await ask(app, f"{WORDS} today", "later")

    assert asked.item_id != item_id


async def test_what_is_forgotten_is_gone_from_it(app: App) -> None:
    text = "how do I freeze my account"
    for number, who in enumerate(("ana", "bob")):
        asked = await app.ask.ask(question(text, f"f{number}", author=who))
        await app.feedback.choose(asked.question_id, WEB.id, Person("slack", who))
    (item_id,) = await waiting(app)
    await app.privacy.forget(Person("slack", "bob"), actor="mod")
    assert (await item_of(app, item_id)).count == 1

    await app.privacy.forget(Person("slack", "ana"), actor="mod")
    assert await waiting(app) == []
    assert text not in str((await item_of(app, item_id)).wordings)


def ones(texts: Sequence[str]) -> Vectors:
    """Return the same vector for each text."""
    return np.ones((len(texts), 1), np.float32)


async def test_words_that_the_encoder_of_many_languages_reads_are_not_held_to_english_rules(database: Database) -> None:
    password = entry(FEES.id, question="Wie kann ich mein Passwort für Windows 10 ändern?", answer="Im Konto.")
    await saved(database, password)
    app = assemble(
        database,
        lexicon=Lexicon(),
        encode=ones,
        model=lambda: "one",
        multilingual=KeptEncoder(ones, lambda: "many"),
        author_key=KEY,
    )
    for text in ("wie ändere ich mein kennwort in windows 10", "wie kann ich mein passwort in windows 11 ändern"):
        for who in ("ana", "bob"):
            await takes(app, who, password.id, text)

    (item_id,) = await waiting(app)
    assert (await item_of(app, item_id)).text == "wie ändere ich mein kennwort in windows 10"
    await app.knowledge.aclose()
