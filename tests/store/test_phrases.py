"""Show that a phrasing belongs to one entry per audience and locale."""

import pytest

from bot.core.models import Audience, Entry, Status
from bot.errors import EntryFieldError, PhraseTakenError
from bot.store import Database
from bot.store.entries import list_entries
from bot.store.entry_changes import LONGEST_PHRASE
from tests.store.samples import entry, saved


@pytest.mark.parametrize(
    ("second", "phrase"),
    [
        (entry("b", aliases=("How much?",)), "How much?"),
        (entry("b", question="HOW MUCH"), "HOW MUCH"),
        (entry("b", aliases=("where is a",)), "where is a"),
    ],
)
async def test_a_taken_phrase_is_refused_and_its_owner_named(database: Database, second: Entry, phrase: str) -> None:
    await saved(database, entry("a", aliases=("how much",)))
    with pytest.raises(PhraseTakenError) as refused:
        await saved(database, entry("c"), second)

    assert (refused.value.phrase, refused.value.entry_id) == (phrase, "a")
    async with database.snapshot() as tx:
        assert [one.entry.id for one in await list_entries(tx, audience=Audience.INTERNAL)] == ["a"]


async def test_two_entries_of_one_save_cannot_share_a_phrase(database: Database) -> None:
    with pytest.raises(PhraseTakenError) as refused:
        await saved(database, entry("a", aliases=("how much",)), entry("b", aliases=("How much?",)))

    assert (refused.value.phrase, refused.value.entry_id) == ("How much?", "a")


@pytest.mark.parametrize("fields", [{"audience": Audience.INTERNAL}, {"locale": "de"}])
async def test_another_audience_or_locale_may_have_the_phrase(database: Database, fields: dict[str, object]) -> None:
    await saved(database, entry("a", aliases=("how much",)))
    (stored,) = await saved(database, entry("b", aliases=("how much",), **fields))

    assert stored.entry.aliases == ("how much",)


async def test_an_entry_cannot_move_to_an_audience_where_its_phrase_is_taken(database: Database) -> None:
    await saved(database, entry("a", question="how much"), entry("b", question="how much", audience=Audience.INTERNAL))
    with pytest.raises(PhraseTakenError) as refused:
        await saved(database, entry("b", question="how much"))

    assert refused.value.entry_id == "a"


async def test_a_retired_entry_keeps_its_phrases(database: Database) -> None:
    await saved(database, entry("a", status=Status.RETIRED))
    with pytest.raises(PhraseTakenError):
        await saved(database, entry("b", question="where is a"))


async def test_a_phrase_given_up_is_free(database: Database) -> None:
    await saved(database, entry("a", aliases=("how much",)))
    await saved(database, entry("a"))
    (stored,) = await saved(database, entry("b", aliases=("how much",)))

    assert stored.entry.aliases == ("how much",)


async def test_phrases_swap_within_one_save(database: Database) -> None:
    await saved(database, entry("a", aliases=("one",)), entry("b", aliases=("two",)))
    first, second = await saved(database, entry("a", aliases=("two",)), entry("b", aliases=("one",)))

    assert (first.entry.aliases, second.entry.aliases) == (("two",), ("one",))


async def test_what_says_the_same_is_kept_once(database: Database) -> None:
    (stored,) = await saved(database, entry("a", aliases=("Where is A?", "costs", "COSTS!", "price")))

    assert [phrase.text for phrase in stored.phrases] == ["Where is a", "costs", "price"]
    assert [phrase.normalised for phrase in stored.phrases] == ["where is a", "costs", "price"]


async def test_the_order_of_phrases_is_kept(database: Database) -> None:
    await saved(database, entry("a", aliases=("one", "two", "three")))
    (stored,) = await saved(database, entry("a", aliases=("three", "four", "one")))

    assert stored.entry.aliases == ("three", "four", "one")


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (entry("a", question="???"), "question"),
        (entry("a", aliases=("costs", "\N{THINKING FACE}")), "aliases"),
        (entry("a", aliases=("word " * LONGEST_PHRASE,)), "aliases"),
    ],
)
async def test_a_phrase_needs_words_and_an_end(database: Database, bad: Entry, field: str) -> None:
    with pytest.raises(EntryFieldError) as refused:
        await saved(database, bad)

    assert refused.value.field == field


async def test_the_longest_phrase_fits_into_every_index(database: Database) -> None:
    long = "".join(chr(0x4E00 + number * 7) for number in range(LONGEST_PHRASE))
    (stored,) = await saved(database, entry("a", aliases=(long,)))

    assert stored.entry.aliases == (long,)
