"""Show what a moderator is told of a change before it is made."""

import asyncio
import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.core.deciding.decision import Thresholds
from bot.core.deciding.replays import Redecided, Replay, answer_of
from bot.core.models import Audience, Entry, Status, Surface
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.vectors import Vectors
from bot.errors import InvalidInputError
from bot.service.app import App, assemble
from bot.service.catalogue import ReplayService
from bot.store import Database
from bot.store.behaviour import Applied, apply
from tests.service.samples import ENTRIES, FEES, LIMITS, NOW, PHONE, UNKNOWN, WEB, ask, dump
from tests.store.samples import saved

PARROT = Entry(id="parrot", question=UNKNOWN, answer="In the cage.")


def told(found: Replay) -> dict[str, list[tuple[str, str | None, str | None]]]:
    """Return the questions that are told of, and from which entry to which their answer goes."""

    def row(each: Redecided) -> tuple[str, str | None, str | None]:
        return each.past.text, answer_of(each.before), answer_of(each.after)

    kinds = ("changed", "lost", "won")
    return {kind: [row(each) for each in getattr(found, kind)] for kind in kinds if getattr(found, kind)}


async def test_a_new_entry_wins_what_had_no_answer(app: App) -> None:
    await ask(app, UNKNOWN, "m1")
    await ask(app, FEES.question, "m2")
    found = await app.replays.replay([PARROT])
    assert found.asked == 2
    assert told(found) == {"won": [(UNKNOWN, None, "parrot")]}
    assert found.won[0].past.question_id == "Q1"


@pytest.mark.parametrize("status", [Status.RETIRED, Status.DRAFT])
async def test_an_entry_that_is_not_published_loses_its_questions(app: App, status: Status) -> None:
    await ask(app, FEES.question)
    found = await app.replays.replay([replace(FEES, status=status)])
    assert told(found) == {"lost": [(FEES.question, "fees", None)]}


async def test_a_question_that_goes_to_another_entry_changes_its_answer(app: App) -> None:
    await ask(app, FEES.question)
    moved = replace(FEES, question="Is there a penguin?")
    found = await app.replays.replay([moved, replace(PARROT, aliases=(FEES.question,))])
    assert told(found) == {"changed": [(FEES.question, "fees", "parrot")]}


async def test_each_audience_is_asked_what_it_may_read(app: App) -> None:
    await ask(app, LIMITS.question, "m1", audience=Audience.INTERNAL)
    await ask(app, LIMITS.question, "m2", audience=Audience.PUBLIC)
    retired = replace(LIMITS, status=Status.RETIRED)
    public = replace(LIMITS, audience=Audience.PUBLIC)

    assert told(await app.replays.replay([retired])) == {"lost": [(LIMITS.question, "limits", None)]}
    assert told(await app.replays.replay([public])) == {"won": [(LIMITS.question, None, "limits")]}


async def test_nothing_is_stored_and_what_others_ask_stays_as_it_is(app: App, database_url: str) -> None:
    await ask(app, UNKNOWN)
    before = await dump(database_url)
    live = (await app.knowledge.index(Audience.PUBLIC)).entries
    await app.replays.replay([PARROT, replace(FEES, status=Status.RETIRED)])

    assert await dump(database_url) == before
    assert (await app.knowledge.index(Audience.PUBLIC)).entries is live
    assert "parrot" not in live
    assert "fees" in live


class Encoder:
    """A stand-in for an encoder to which all texts are the same, and note who wants vectors of what."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.threads: set[threading.Thread] = set()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Return the same vector for each text."""
        self.texts.extend(texts)
        self.threads.add(threading.current_thread())
        return np.full((len(texts), 4), 0.5, np.float32)


@pytest.fixture
def encoder() -> Encoder:
    """Return an encoder that tells what it was asked for."""
    return Encoder()


@pytest.fixture
async def semantic(database: Database, encoder: Encoder) -> App:
    """Return the services with that encoder, and one question on the log."""
    await saved(database, *ENTRIES)
    app = assemble(database, lexicon=Lexicon(), encode=encoder, clock=lambda: NOW)
    await ask(app, UNKNOWN)
    return app


async def test_the_work_is_done_beside_the_event_loop(semantic: App, encoder: Encoder) -> None:
    encoder.threads.clear()
    await semantic.replays.replay([PARROT])
    assert encoder.threads
    assert threading.current_thread() not in encoder.threads


async def test_what_is_encoded_once_is_not_encoded_again(semantic: App, encoder: Encoder) -> None:
    await semantic.replays.replay([PARROT])
    encoder.texts.clear()
    await semantic.replays.replay([replace(PARROT, answer="On the shoulder of the captain.")])
    assert UNKNOWN not in encoder.texts
    assert encoder.texts


async def test_others_are_answered_meanwhile(app: App) -> None:
    await ask(app, UNKNOWN)
    replayed, answered = await asyncio.gather(app.replays.replay([PARROT]), ask(app, FEES.question, "m2"))
    assert replayed.won
    assert answered.reply is not None


async def test_the_thresholds_that_were_applied_count(app: App) -> None:
    asked = await ask(app, FEES.question)
    assert asked.decided is not None
    scorer = (await app.ask.explain(FEES.question, audience=Audience.PUBLIC, surface=Surface.MENTION)).scorer_version
    never = Applied(
        surface=Surface.MENTION, scorer_version=scorer, thresholds=Thresholds(answer=2, suggest=0.3, ambiguity=0.2)
    )
    async with app.database.transaction() as tx:
        await apply(tx, [never], actor="mod", at=NOW)
    assert told(await app.replays.replay([replace(FEES, status=Status.RETIRED)])) == {}


async def test_so_many_questions_are_asked_as_is_set(app: App) -> None:
    for number in range(4):
        await ask(app, f"{UNKNOWN} {number}", f"m{number}")
    few = ReplayService(database=app.database, knowledge=app.knowledge, questions=2)
    found = await few.replay([PARROT])
    assert found.asked == 2
    assert [each.past.question_id for each in found.won] == ["Q4", "Q3"]


async def test_questions_of_a_file_say_what_is_right(app: App, tmp_path: Path) -> None:
    path = tmp_path / "queries.jsonl"
    questions = [(UNKNOWN, "parrot"), (FEES.question, ["fees"]), (WEB.question, None)]
    path.write_text("".join(json.dumps({"text": text, "expect": expect}) + "\n" for text, expect in questions))
    await ask(app, UNKNOWN)
    replaying = ReplayService(database=app.database, knowledge=app.knowledge, labelled=path)
    found = await replaying.replay([PARROT, *(replace(each, status=Status.RETIRED) for each in (FEES, WEB, PHONE))])

    assert found.asked == 3
    (won,), (fees, web) = found.won, found.lost
    assert (won.past.question_id, won.was_right, won.is_right) == ("Q1", False, True)
    assert (fees.past.question_id, fees.was_right, fees.is_right) == (None, True, False)
    assert (web.was_right, web.is_right) == (False, True)


async def test_a_file_that_cannot_be_read_is_refused(app: App, tmp_path: Path) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_text("nonsense")
    with pytest.raises(InvalidInputError):
        await ReplayService(database=app.database, knowledge=app.knowledge, labelled=path).replay([PARROT])
