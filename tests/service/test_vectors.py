"""Show that what entries say is encoded once, beside the event loop, and is found by its words until then."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from sqlalchemy import select

from bot.core.models import Audience, Surface
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Model, Vectors
from bot.service import background, knowledge, vectors
from bot.service.app import App, assemble
from bot.service.vectors import KeptEncoder
from bot.store import Database
from bot.store.tables import VectorRow
from tests.service.samples import ENTRIES, FEES, KEY, NOW, UNKNOWN, ask, question
from tests.store.samples import entry, saved

MANY = [entry(f"new-{number}", answer=f"Look at shelf {number}.") for number in range(30)]


class Encoder:
    """An encoder that tells what it was asked for, and can be held up."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.threads: set[threading.Thread] = set()
        self.go_on = threading.Event()
        self.go_on.set()
        self.fails = False

    def __call__(self, texts: Sequence[str]) -> Vectors | None:
        """Return a vector for each text."""
        self.threads.add(threading.current_thread())
        if len(texts) > 1:
            self.go_on.wait()
        if self.fails:
            return None
        self.texts += texts
        lengths = np.array([[len(text), sum(map(ord, text)) % 97, 1, 1] for text in texts], np.float32)
        return np.asarray(lengths / np.linalg.norm(lengths, axis=1, keepdims=True), np.float32)


@pytest.fixture
def encoder() -> Encoder:
    """Return an encoder."""
    return Encoder()


def bot(database: Database, encoder: Encoder, *, model: str = "m1") -> App:
    """Return the services of a process of its own."""
    return assemble(database, lexicon=Lexicon(), encode=encoder, model=lambda: model, author_key=KEY, clock=lambda: NOW)


async def written(app: App) -> int:
    """Return how many vectors are in the store once the process has ended."""
    await app.knowledge.aclose()
    async with app.database.snapshot() as tx:
        return len((await tx.scalars(select(VectorRow.text))).all())


async def test_a_second_start_encodes_nothing(database: Database, encoder: Encoder) -> None:
    await saved(database, *ENTRIES)
    first = bot(database, encoder)
    known = await first.knowledge.index(Audience.PUBLIC)
    assert known.entries.lacks() == 0
    assert FEES.question in encoder.texts
    assert await written(first) == len(set(encoder.texts))
    encoder.texts.clear()
    second = await bot(database, encoder).knowledge.index(Audience.PUBLIC)
    assert (encoder.texts, second.entries.lacks()) == ([], 0)


async def test_another_model_encodes_all_of_it_again(database: Database, encoder: Encoder) -> None:
    await saved(database, *ENTRIES)
    first = bot(database, encoder)
    await first.knowledge.index(Audience.PUBLIC)
    await first.knowledge.aclose()
    encoder.texts.clear()
    await bot(database, encoder, model="m2").knowledge.index(Audience.PUBLIC)
    assert FEES.question in encoder.texts


async def test_only_what_is_new_in_a_change_is_encoded(database: Database, encoder: Encoder) -> None:
    await saved(database, *ENTRIES)
    app = bot(database, encoder)
    await app.knowledge.index(Audience.PUBLIC)
    encoder.texts.clear()
    await app.catalogue.add_alias("fees", "what it costs", actor="ann")
    await app.knowledge.index(Audience.PUBLIC)
    assert encoder.texts == ["what it costs"]
    await app.knowledge.aclose()


async def test_many_entries_are_found_by_their_words_until_they_are_encoded(
    database: Database, encoder: Encoder
) -> None:
    await saved(database, *ENTRIES, *MANY)
    encoder.go_on.clear()
    app = bot(database, encoder)
    before = await app.ask.explain("where is new-7", audience=Audience.PUBLIC, surface=Surface.MENTION)
    assert before.ranking.matches[0].entry_id == "new-7"
    assert before.scorer_version.endswith("lexical")
    encoder.go_on.set()
    await app.knowledge.encode_all(Audience.PUBLIC)
    after = await app.ask.explain("where is new-7", audience=Audience.PUBLIC, surface=Surface.MENTION)
    assert after.scorer_version.endswith("semantic")
    assert await written(app) > vectors.FEW


async def test_what_was_freed_is_returned_once_an_index_is_built_and_once_it_knows_all(
    database: Database, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    monkeypatch.setattr(background, "_LIBRARY", SimpleNamespace(malloc_trim=kept.append))
    monkeypatch.setattr(vectors, "FEW", 0)
    await saved(database, *ENTRIES)
    app = bot(database, encoder)

    await app.knowledge.index(Audience.PUBLIC)
    await app.knowledge.background.settled()

    assert kept == [0, 0]


async def test_the_work_is_done_beside_the_event_loop(database: Database, encoder: Encoder) -> None:
    await saved(database, *ENTRIES, *MANY)
    app = bot(database, encoder)
    await ask(app, UNKNOWN)
    await app.knowledge.encode_all(Audience.PUBLIC)
    await ask(app, FEES.question, "m2")
    assert encoder.threads
    assert threading.current_thread() not in encoder.threads
    await app.knowledge.aclose()


@pytest.mark.parametrize("surface", [Surface.MENTION, Surface.AMBIENT])
async def test_a_question_with_a_greeting_is_encoded_once_and_beside_the_event_loop(
    database: Database, encoder: Encoder, surface: Surface
) -> None:
    await saved(database, *ENTRIES)
    app = bot(database, encoder)
    await app.knowledge.encode_all(Audience.PUBLIC)
    encoder.texts.clear()
    encoder.threads.clear()
    await app.ask.ask(replace(question(f"Hi all,\n{FEES.question}"), surface=surface))
    assert encoder.texts == [FEES.question]
    assert threading.current_thread() not in encoder.threads
    await app.knowledge.aclose()


async def test_how_far_it_is_is_told(database: Database, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    await saved(database, *MANY)
    monkeypatch.setattr(vectors, "_SAVED", 10)
    told: list[tuple[int, int]] = []
    app = bot(database, encoder)
    await app.knowledge.encode_all(Audience.PUBLIC, advance=lambda *done: told.append(done))
    total = told[-1][1]
    assert told[-1] == (total, total)
    assert total > vectors.FEW
    await app.knowledge.encode_all(Audience.PUBLIC, advance=lambda *done: told.append(done))
    assert told[-1] == (total, total)
    assert await written(app) == len(set(encoder.texts))


async def test_an_encoder_that_fails_leaves_the_words(database: Database, encoder: Encoder) -> None:
    await saved(database, *ENTRIES, *MANY)
    encoder.fails = True
    app = bot(database, encoder)
    await app.knowledge.encode_all(Audience.PUBLIC)
    found = await app.ask.explain(FEES.question, audience=Audience.PUBLIC, surface=Surface.MENTION)
    assert found.ranking.matches[0].entry_id == "fees"
    assert await written(app) == 0


async def test_a_store_that_cannot_be_written_costs_no_answer(database: Database, encoder: Encoder) -> None:
    """A transaction of this very task holds the one connection that writes a file."""
    await saved(database, *ENTRIES)
    app = bot(database, encoder)
    async with database.transaction():
        assert (await app.knowledge.index(Audience.PUBLIC)).entries.lacks() == 0
    await app.knowledge.aclose()


async def test_two_encoders_keep_vectors_of_their_own(database: Database, encoder: Encoder) -> None:
    await saved(database, *ENTRIES)
    many = Encoder()
    app = assemble(
        database,
        lexicon=Lexicon(),
        encode=encoder,
        model=lambda: "m1",
        multilingual=KeptEncoder(many, lambda: "many"),
        author_key=KEY,
    )
    known = (await app.knowledge.index(Audience.PUBLIC)).entries
    assert [known.lacks(model) for model in Model] == [0, 0]
    assert sorted(many.texts) == sorted(encoder.texts)
    assert await written(app) == 2 * len(set(encoder.texts))


async def test_entries_in_another_language_are_told_of_once(
    database: Database, encoder: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    german = entry("passwort", question="Wie kann ich mein Passwort ändern?", answer="Wähle es auf der Seite aus.")
    await saved(database, *ENTRIES, german)
    app = bot(database, encoder)
    await app.knowledge.index(Audience.PUBLIC)
    await app.knowledge.index(Audience.PUBLIC)
    assert [record.message for record in caplog.records].count("multilingual.missing") == 1
    await app.knowledge.aclose()


async def test_the_stored_vectors_of_many_entries_are_loaded_while_questions_are_answered_by_words(
    database: Database, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    await saved(database, *ENTRIES, *MANY)
    first = bot(database, encoder)
    await first.knowledge.encode_all(Audience.PUBLIC)
    await first.knowledge.aclose()
    encoder.texts.clear()
    monkeypatch.setattr(knowledge, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(vectors, "_RECALLED", 8)
    second = bot(database, encoder)

    before = await second.ask.explain("where is new-7", audience=Audience.PUBLIC, surface=Surface.MENTION)
    await second.knowledge.encode_all(Audience.PUBLIC)
    after = await second.ask.explain("where is new-7", audience=Audience.PUBLIC, surface=Surface.MENTION)

    assert before.scorer_version.endswith("lexical")
    assert after.scorer_version.endswith("semantic")
    assert {*encoder.texts} == {"where is new-7"}
    await second.knowledge.aclose()
