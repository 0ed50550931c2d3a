"""What is asked about each message that is overheard takes one statement, and no transaction of several."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.core.manners import Manners
from bot.core.models import Question, Surface
from bot.service.app import App
from bot.service.conversations import Thread
from bot.service.privacy import Person, Pseudonyms
from bot.service.unheard import unheard
from bot.store import Database
from tests.service.samples import KEY, NOW, question, services

OVERHEARD = replace(question("is anybody here"), surface=Surface.AMBIENT)
AUTHOR = Person("slack", OVERHEARD.author_id)
Look = Callable[[App, Question], Awaitable[object]]


async def opted_out(app: App, asked: Question) -> object:
    """Look whether its author opted out."""
    return (await unheard(app.database, Pseudonyms(KEY), lambda: NOW, asked)).claimed


async def goes_on(app: App, asked: Question) -> object:
    """Look whether its author goes on with what they asked."""
    return await app.ask.goes_on(asked, written=lambda _: None)


async def is_engaged(app: App, asked: Question) -> object:
    """Look whether the bot said something in its thread."""
    return await app.conversations.engaged(Thread(channel=asked.ref.channel, thread_id=asked.ref.thread_id or ""))


async def are_helpers_here(app: App, asked: Question) -> object:
    """Look whether a helper is in its thread."""
    return await app.helpers.are_here(asked.ref, AUTHOR)


@pytest.mark.parametrize("look", [opted_out, goes_on, is_engaged, are_helpers_here])
async def test_it_takes_one_statement(database: Database, look: Look) -> None:
    app, ran = services(database, manners=replace(Manners(), in_a_row=timedelta(seconds=30))), list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        ran.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert not await look(app, OVERHEARD)
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    assert [statement.split()[0] for statement in ran] == ["SELECT"]


async def test_a_database_without_a_key_of_ours_has_its_own(database: Database) -> None:
    assert (await unheard(database, Pseudonyms(None), lambda: NOW, OVERHEARD)).claimed is None


async def test_what_is_overheard_is_decided_with_one_statement_and_one_transaction(database: Database) -> None:
    app, ran, told = services(database), list[str](), replace(OVERHEARD, text="we went to the lake, it was nice")
    await app.ask.ask(replace(told, ref=replace(told.ref, message_id="m0")))

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        ran.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await app.ask.ask(told)
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    assert [statement.split()[0] for statement in ran] == ["SELECT", "BEGIN", "INSERT"]
