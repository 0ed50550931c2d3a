"""Show that vectors are kept for as long as an entry says what they are of."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import delete, select

from bot.core.models import Entry
from bot.store import Database
from bot.store.entries import lock_content
from bot.store.tables import EntryRow, VectorRow
from bot.store.vectors import Encoded, digest, drop_vectors, load_vectors, save_vectors
from tests.store.samples import entry, saved

FEES = entry(
    "fees", question="What does it cost", aliases=("the price",), answer="It is three coins. Nobody pays more."
)
LIMITS = entry("limits", question="How much may I send", answer="You may send ten coins.")


def vector(*numbers: float) -> np.ndarray:
    return np.array(numbers, np.float32)


async def keep(
    database: Database, *encoded: tuple[Entry, str], role: str = "english", model: str = "m1", value: float = 0.5
) -> None:
    async with database.transaction() as tx:
        await lock_content(tx)
        rows = [Encoded(one.id, text, vector(value, 0.25)) for one, text in encoded]
        await save_vectors(tx, rows, role=role, model=model)


async def kept(database: Database, *, model: str = "m1", entry_ids: Sequence[str] | None = None) -> set[bytes]:
    async with database.snapshot() as tx:
        return set(await load_vectors(tx, model=model, entry_ids=entry_ids))


async def test_what_was_kept_is_found_by_its_text(database: Database) -> None:
    await saved(database, FEES, LIMITS)
    await keep(database, (FEES, "the price"), (LIMITS, "You may send ten coins."))
    async with database.snapshot() as tx:
        found = await load_vectors(tx, model="m1")
    assert found.keys() == {digest("the price"), digest("You may send ten coins.")}
    assert np.array_equal(found[digest("the price")], vector(0.5, 0.25))
    assert found[digest("the price")].dtype == np.float32
    assert await kept(database, entry_ids=["limits"]) == {digest("You may send ten coins.")}
    assert await kept(database, entry_ids=[]) == set()


async def test_another_model_takes_the_place_of_the_first(database: Database) -> None:
    await saved(database, FEES)
    await keep(database, (FEES, "the price"), (FEES, "What does it cost"))
    await keep(database, (FEES, "the price"), model="m2", value=1)
    assert await kept(database) == {digest("What does it cost")}
    assert await kept(database, model="m2") == {digest("the price")}


async def test_what_an_entry_does_not_say_is_not_kept(database: Database) -> None:
    await saved(database, FEES)
    await keep(database, (FEES, "what it said before"), (LIMITS, "the price"))
    assert await kept(database) == set()


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        (replace(FEES, aliases=()), {"What does it cost", "Nobody pays more."}),
        (replace(FEES, answer="It is four coins."), {"What does it cost", "the price"}),
        (replace(FEES, category="money"), {"What does it cost", "the price", "Nobody pays more."}),
    ],
)
async def test_what_an_entry_says_no_more_is_removed(database: Database, changed: Entry, left: set[str]) -> None:
    await saved(database, FEES, LIMITS)
    texts = ("What does it cost", "the price", "Nobody pays more.")
    await keep(database, *((FEES, text) for text in texts), (LIMITS, "How much may I send"))
    await saved(database, changed)
    assert await kept(database) == {digest(text) for text in {*left, "How much may I send"}}


async def test_an_entry_takes_its_vectors_along(database: Database) -> None:
    await saved(database, FEES, LIMITS)
    await keep(database, (FEES, "the price"), (LIMITS, "How much may I send"))
    async with database.transaction() as tx:
        await drop_vectors(tx, "fees")
    assert await kept(database) == {digest("How much may I send")}
    async with database.transaction() as tx:
        await tx.execute(delete(EntryRow).where(EntryRow.id == "limits"))
        assert (await tx.scalars(select(VectorRow.text))).all() == []


def test_any_text_has_a_digest() -> None:
    assert digest("\ud800") != digest("?")


async def test_a_text_has_a_vector_by_each_of_two_models(database: Database) -> None:
    await saved(database, FEES)
    await keep(database, (FEES, "the price"))
    await keep(database, (FEES, "the price"), model="m2", role="multilingual")
    assert await kept(database) == await kept(database, model="m2") == {digest("the price")}
    await keep(database, (FEES, "the price"), model="m3")
    assert [len(await kept(database, model=model)) for model in ("m1", "m2", "m3")] == [0, 1, 1]
