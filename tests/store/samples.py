"""Make entries and questions for tests, and put them into a database."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from bot.core.models import Decision, Entry, Match, MessageRef, Origin, Question, Surface, Unanswered
from bot.core.searching.text import normalise
from bot.store import Database, Transaction
from bot.store.entries import begin_change
from bot.store.entry_changes import save_entries
from bot.store.questions import claim, record_decision
from bot.store.records import Draft, Outcome, StoredEntry

NOW = datetime(2026, 3, 1, 12, 30, 15, 250, tzinfo=UTC)


def entry(entry_id: str, **fields: Any) -> Entry:  # noqa: ANN401  # the fields of the class
    """Return an entry whose question and answer name it."""
    return replace(Entry(id=entry_id, question=f"Where is {entry_id}", answer=f"At {entry_id}."), **fields)


async def save(tx: Transaction, *entries: Entry, origin: Origin = Origin.IMPORT) -> tuple[StoredEntry, ...]:
    """Save entries in one change."""
    change = await begin_change(tx, actor="ann", at=NOW, reason="test")
    return await save_entries(tx, [Draft(entry=one, origin=origin) for one in entries], change=change)


async def saved(database: Database, *entries: Entry) -> tuple[StoredEntry, ...]:
    """Save entries in a transaction of their own."""
    async with database.transaction() as tx:
        return await save(tx, *entries)


def question(message_id: str, **values: Any) -> Question:  # noqa: ANN401  # the fields of the class
    """Return a question that differs from others by its message."""
    ref = MessageRef(platform="slack", workspace_id="T1", channel_id="C1", message_id=message_id)
    return changed(Question(text="how?", ref=ref, author_id="U1", surface=Surface.MENTION), **values)


def changed(asked: Question, **values: Any) -> Question:  # noqa: ANN401  # the fields of both classes
    """Return a question with other fields, those of its place too."""
    place = {field.name: values.pop(field.name) for field in fields(MessageRef) if field.name in values}
    return replace(asked, ref=replace(asked.ref, **place), **values)


def outcome(decision: Decision, *, text: str | None = "how?", candidates: tuple[Match, ...] = ()) -> Outcome:
    """Return an outcome with this decision."""
    normalised = None if text is None else normalise(text)
    return Outcome(
        decision=decision,
        text=text,
        normalised=normalised,
        scorer_version="1",
        content_version=3,
        candidates=candidates,
    )


async def ask(tx: Transaction, asked: Question, text: str, *, author: str = "a1", at: datetime = NOW) -> str:
    """Log an unanswered question and return its id."""
    found = await claim(tx, asked, author=author, at=at)
    await record_decision(tx, found.question_id, outcome(Unanswered(), text=text))
    return found.question_id
