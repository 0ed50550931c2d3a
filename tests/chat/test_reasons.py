"""Show that moderators are told how a decision came about, and nothing that is not for the place they are in."""

import pytest

from bot.chat.reasons import reasons
from bot.core.models import Audience
from bot.service.app import App
from bot.service.privacy import Person
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
