"""Moderators are told how a decision came about and what a change does, as far as they may read it where they are."""

from dataclasses import replace

import pytest

from bot.chat.entries import shown_entry
from bot.chat.moderators import preview, reasons
from bot.core.models import Audience, Entry
from bot.core.wording.outcomes import NEW_ENTRY
from bot.service.app import App
from bot.service.privacy import Person
from bot.service.resolutions import Proposal
from tests.service.samples import FEES, LIMITS, UNKNOWN, ask


async def told(app: App, *, audience: Audience = Audience.INTERNAL) -> str | None:
    """Return the lines about the only question."""
    lines = await reasons(app, platform="slack", workspace_id="T1", message_id="m1", audience=audience)
    return None if lines is None else "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        (FEES.question, "Decided: answered with fees"),
        ("How do I freeze my account?", "Decided: offered freeze-"),
        (UNKNOWN, "Decided: no answer fits"),
        ("Thanks!", "Decided: no question ("),
    ],
)
async def test_each_decision_is_told(service: App, text: str, decided: str) -> None:
    await ask(service, text)

    lines = await told(service)

    assert lines is not None
    assert lines.startswith(f"Q1: {text}\nAsked on 1 March 2026, 12:30 UTC as mention")
    assert decided in lines


async def test_what_became_of_it_is_told_too(service: App) -> None:
    await ask(service, UNKNOWN)
    await service.conversations.sent("Q1", "r1")
    await service.feedback.ask_human("Q1", Person("slack", "U1"))

    lines = await told(service)

    assert lines is not None
    assert "Reply: sent, somebody asked for a human, the people on call were told" in lines
    assert lines.endswith("In the review: R1")


async def test_an_entry_that_is_not_for_here_is_not_named(service: App) -> None:
    await ask(service, FEES.question)
    await service.catalogue.edit(FEES.id, {"audience": "internal"}, actor="ann")

    public, staff = await told(service, audience=Audience.PUBLIC), await told(service)

    assert public is not None
    assert FEES.id not in public
    assert "an entry that is not for here" in public
    assert staff is not None
    assert f"answered with {FEES.id}" in staff


async def test_a_question_that_is_not_for_here_is_not_told_of(service: App) -> None:
    await ask(service, LIMITS.question, audience=Audience.INTERNAL)

    assert await told(service, audience=Audience.PUBLIC) is None
    assert f"answered with {LIMITS.id}" in (await told(service) or "")


async def test_of_what_nobody_asked_there_is_nothing_to_tell(service: App) -> None:
    assert await told(service) is None


PARROT = Entry(id="", question="Where is the parrot?", answer="On the shelf.")


@pytest.mark.parametrize(("audience", "seen"), [(Audience.PUBLIC, 1), (Audience.INTERNAL, 2)])
async def test_questions_are_told_to_those_who_may_read_them(service: App, audience: Audience, seen: int) -> None:
    await ask(service, "where is the parrot", "m1")
    await ask(service, "where is the parrot now", "m2", audience=Audience.INTERNAL)

    first, *lines = await preview(service, Proposal(entry=PARROT), audience=audience)

    assert f"{seen} would win one" in first
    assert len(lines) == seen
    assert ("parrot now" in str(lines)) is (audience is Audience.INTERNAL)


@pytest.mark.parametrize(("entry_id", "named"), [("", str(NEW_ENTRY)), ("parrot", "parrot")])
async def test_an_entry_without_an_id_has_a_name_all_the_same(service: App, entry_id: str, named: str) -> None:
    await ask(service, "where is the parrot")

    lines = await preview(service, Proposal(entry=replace(PARROT, id=entry_id)), audience=Audience.PUBLIC)

    assert named in lines[1]


@pytest.mark.parametrize(("audience", "asked"), [(Audience.PUBLIC, None), (Audience.INTERNAL, FEES.question)])
async def test_an_entry_is_shown_with_the_question_only_to_who_may_read_that(
    service: App, audience: Audience, asked: str | None
) -> None:
    await ask(service, FEES.question, audience=Audience.INTERNAL)
    shown = await shown_entry(service, FEES.id, "Q1", audience=audience)

    assert shown.entry.id == FEES.id
    assert shown.asked == asked
