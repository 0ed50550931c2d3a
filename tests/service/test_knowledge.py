"""Show that every process knows what is committed, and nothing else."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from bot.core.models import Audience
from bot.core.searching.lexicon import Lexicon
from bot.service.app import App
from bot.service.knowledge import MOST_PUT, Knowledge
from bot.store import Database
from bot.store.database import Alone
from bot.store.entries import content_version
from tests.service.samples import FEES, UNKNOWN, ask
from tests.store.samples import entry, save, saved

PARROT = entry("parrot", question=UNKNOWN)


async def test_the_next_question_finds_what_another_process_added(app: App, other: App) -> None:
    assert (await ask(other, UNKNOWN, "m1")).decided is not None
    await app.catalogue.add(PARROT, actor="mod")
    asked = await ask(other, UNKNOWN, "m2")

    assert asked.reply is not None
    assert asked.reply.text == PARROT.answer


async def test_the_next_question_finds_what_another_process_changed(app: App, other: App) -> None:
    await ask(other, FEES.question, "m1")
    await app.catalogue.edit("fees", {"answer": "Two coins."}, actor="mod")
    asked = await ask(other, FEES.question, "m2")

    assert asked.reply is not None
    assert asked.reply.text == "Two coins."


async def test_the_next_question_misses_what_another_process_retired(app: App, other: App) -> None:
    await ask(other, FEES.question, "m1")
    await app.catalogue.edit("fees", {"status": "retired"}, actor="mod")
    known = await other.knowledge.index(Audience.PUBLIC)

    assert "fees" not in known.entries
    assert known.content_version == 2


class GivenUpError(Exception):
    """A stand-in for whatever makes a transaction fail."""


async def give_up_a_change(app: App) -> None:
    """Save an entry, look at the index, and fail."""
    async with app.database.transaction() as tx:
        await save(tx, PARROT)
        # A writer of SQLite holds its connection, so the index has to come by without it.
        assert "parrot" not in (await app.knowledge.index(Audience.PUBLIC)).entries
        raise GivenUpError


async def test_a_change_that_was_given_up_is_never_known(app: App) -> None:
    with pytest.raises(GivenUpError):
        await give_up_a_change(app)

    known = await app.knowledge.index(Audience.PUBLIC)
    assert "parrot" not in known.entries
    assert known.content_version == 1


async def test_few_changes_are_put_into_the_index_and_many_make_a_new_one(app: App) -> None:
    first = await app.knowledge.index(Audience.PUBLIC)
    await saved(app.database, PARROT)
    second = await app.knowledge.index(Audience.PUBLIC)
    await saved(app.database, *[entry(f"new-{number}") for number in range(MOST_PUT + 1)])
    third = await app.knowledge.index(Audience.PUBLIC)

    assert second.entries is first.entries
    assert third.entries is not first.entries
    assert [known.content_version for known in (first, second, third)] == [1, 2, 3]
    assert len(third.entries) == 3 + 1 + MOST_PUT + 1
    assert "parrot" in third.entries


async def test_questions_at_once_share_one_index(app: App) -> None:
    known = await asyncio.gather(*[app.knowledge.index(Audience.PUBLIC) for _ in range(5)])

    assert len({id(each.entries) for each in known}) == 1


@dataclass(frozen=True)
class WatchedLexicon(Lexicon):
    """A lexicon that tells which words it is used for."""

    watch: Callable[[Sequence[str]], object] = print

    def fold(self, words: Sequence[str]) -> list[str]:
        """Return the stems, and tell."""
        self.watch(words)
        return super().fold(words)


class HeldDatabase(Database):
    """A database of which one reader can be held up after it has read."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.hold = False
        self.held, self.released = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def reading_alone(self) -> AsyncIterator[Alone]:
        """Read as usual, and then wait if this is the one to hold up."""
        async with super().reading_alone() as tx:
            yield tx
        if self.hold:
            self.hold = False
            self.held.set()
            await self.released.wait()


async def test_nobody_asks_an_index_with_half_of_the_changes(app: App, database_url: str) -> None:
    """A reader of the version before the change comes back when half of it is in the index."""
    database = HeldDatabase(database_url)
    lexicon = WatchedLexicon(watch=lambda words: database.released.set() if "5" in words else None)
    knowledge = Knowledge(database, lexicon)

    async def look() -> tuple[int, int]:
        known = await knowledge.index(Audience.PUBLIC)
        return known.content_version, len(known.entries)

    assert await look() == (1, 3)
    database.hold = True
    late = asyncio.create_task(look())
    await database.held.wait()
    await saved(app.database, *[entry(f"new-{number}") for number in range(10)])
    assert await look() == (2, 13)
    assert await late == (2, 13)
    await database.aclose()


async def test_each_audience_has_an_index_of_its_own(app: App) -> None:
    public = await app.knowledge.index(Audience.PUBLIC)
    internal = await app.knowledge.index(Audience.INTERNAL)

    assert (len(public.entries), len(internal.entries)) == (3, 4)
    assert public.entries.entry("fees").staff_note is None
    assert internal.entries.entry("fees") == FEES


async def test_a_database_that_was_set_back_is_read_anew(app: App) -> None:
    """As when somebody restores a backup under a running bot."""
    await saved(app.database, PARROT)
    assert "parrot" in (await app.knowledge.index(Audience.PUBLIC)).entries
    await _set_back(app.database)
    known = await app.knowledge.index(Audience.PUBLIC)

    assert "parrot" not in known.entries
    assert known.content_version == 1


async def _set_back(database: Database) -> None:
    async with database.transaction() as tx:
        connection = await tx.connection()
        for step in ("DELETE FROM phrases WHERE entry_id = 'parrot'", "DELETE FROM entries WHERE id = 'parrot'"):
            await connection.exec_driver_sql(step)
        await connection.exec_driver_sql("UPDATE meta SET content_version = 1")
        assert await content_version(tx) == 1


async def test_an_index_is_built_beside_the_event_loop(app: App) -> None:
    threads: set[threading.Thread] = set()
    lexicon = WatchedLexicon(watch=lambda _: threads.add(threading.current_thread()))
    await Knowledge(app.database, lexicon).index(Audience.PUBLIC)

    assert threads
    assert threading.current_thread() not in threads


async def test_an_index_is_built_with_the_encoder(app: App) -> None:
    texts: list[str] = []

    def encode(wanted: Sequence[str]) -> None:
        texts.extend(wanted)

    await Knowledge(app.database, Lexicon(), encode).index(Audience.PUBLIC)
    assert FEES.question in texts


async def test_no_index_is_built_to_encode_with_nothing(app: App) -> None:
    await app.knowledge.encode_all(Audience.PUBLIC)
    assert app.knowledge.last(Audience.PUBLIC) is None


async def test_an_entry_with_another_answer_is_known_with_it(app: App) -> None:
    await app.knowledge.index(Audience.PUBLIC)
    await saved(app.database, replace(FEES, answer="Three coins."))

    known = await app.knowledge.index(Audience.PUBLIC)
    assert known.entries.entry("fees").answer == "Three coins."
