"""Show that thresholds which were applied decide, in every process, for the scorer that they were made for."""

import logging

import pytest

from bot.core.deciding.decision import Thresholds, built_in
from bot.core.deciding.ranking import LEXICAL, SEMANTIC
from bot.core.models import Audience, Surface
from bot.service.app import App
from bot.store.behaviour import Applied, apply, current, last_applied
from tests.service.samples import FEES, NOW

STRICT = Thresholds(answer=0.999, suggest=0.99, ambiguity=0.5)
LAX = Thresholds(answer=0.1, suggest=0.05, ambiguity=0.0)


async def put(app: App, *wanted: tuple[Surface, str, Thresholds]) -> None:
    """Apply thresholds."""
    async with app.database.transaction() as tx:
        applied = [Applied(surface=surface, scorer_version=scorer, thresholds=one) for surface, scorer, one in wanted]
        await apply(tx, applied, actor="mod", at=NOW)


async def in_use(app: App, surface: Surface = Surface.MENTION) -> Thresholds:
    """Return the thresholds that decide about a question."""
    found = await app.ask.explain(FEES.question, audience=Audience.PUBLIC, surface=surface)
    return found.decided.thresholds


async def test_applied_thresholds_count_at_once_in_every_process(app: App, other: App) -> None:
    assert await in_use(other) == built_in(Surface.MENTION, LEXICAL)
    await put(app, (Surface.MENTION, LEXICAL, STRICT))
    assert await in_use(other) == STRICT
    assert await in_use(app) == STRICT
    await put(other, (Surface.MENTION, LEXICAL, LAX))
    assert await in_use(app) == LAX


async def test_each_surface_has_its_own(app: App) -> None:
    await put(app, (Surface.AMBIENT, LEXICAL, STRICT))
    assert await in_use(app, Surface.AMBIENT) == STRICT
    assert await in_use(app, Surface.MENTION) == built_in(Surface.MENTION, LEXICAL)


async def test_those_of_another_scorer_do_not_count_and_the_log_says_so_once(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    await put(app, (Surface.MENTION, "0.1 lexical", STRICT))
    await app.ask.explain("hello", audience=Audience.PUBLIC, surface=Surface.MENTION)
    assert not caplog.records
    for _ in range(3):
        assert await in_use(app) == built_in(Surface.MENTION, LEXICAL)
    (record,) = caplog.records
    assert record.getMessage() == "thresholds.not_applicable"
    assert record.__dict__["made_for"] == "0.1 lexical"
    assert record.__dict__["scorer"] == LEXICAL


async def test_a_scorer_keeps_what_was_applied_for_it(app: App) -> None:
    """As when the sentence encoder fails for a while: what was made for the words alone counts meanwhile."""
    await put(app, (Surface.MENTION, LEXICAL, LAX))
    await put(app, (Surface.MENTION, SEMANTIC, STRICT))
    assert await in_use(app) == LAX


async def test_the_store_tells_the_last_ones_of_each_surface_and_scorer(app: App) -> None:
    async with app.database.snapshot() as tx:
        assert await last_applied(tx) == ()
        assert await current(tx) == (1, None)
    await put(app, (Surface.MENTION, LEXICAL, LAX), (Surface.AMBIENT, LEXICAL, LAX))
    await put(app, (Surface.MENTION, LEXICAL, STRICT), (Surface.MENTION, SEMANTIC, LAX))
    async with app.database.snapshot() as tx:
        assert {(one.surface, one.scorer_version): one.thresholds for one in await last_applied(tx)} == {
            (Surface.AMBIENT, LEXICAL): LAX,
            (Surface.MENTION, LEXICAL): STRICT,
            (Surface.MENTION, SEMANTIC): LAX,
        }
        assert await current(tx) == (1, 4)
