"""Show what thresholds are proposed from, and that nothing changes before they are applied."""

from collections.abc import Mapping
from dataclasses import asdict, replace

import pytest

from bot.core.deciding.decision import AMBIENT, ASKED, Thresholds, built_in, prior_of
from bot.core.deciding.evaluation import ask_own
from bot.core.deciding.ranking import LEXICAL, SEMANTIC
from bot.core.deciding.replays import Authority
from bot.core.deciding.tuning import Group
from bot.core.models import Audience, DecisionKind, DismissReason, ItemStatus, Rating, Surface
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.lexicon import Lexicon
from bot.service.app import App
from bot.service.tuning import GroupTuning, LeftOut
from bot.store import Database, audit
from tests.service.graded import choose, close, log, match, rate
from tests.service.samples import FEES, NOW, WEB, dump, services
from tests.service.test_thresholds import in_use, put
from tests.store.samples import entry, saved


async def proposed(app: App, group: Group = Group.ASKED, *, precision: float = 0.95) -> GroupTuning:
    """Return what is found for one group."""
    found = await app.tuning.propose(precision=precision)
    return next(one for one in found if one.group is group)


async def graded(
    app: App, confidence: float, *, right: int, wrong: int = 0, surface: Surface = Surface.MENTION
) -> None:
    """Log and grade decisions of one confidence."""
    for number in range(right + wrong):
        asked = await log(app, confidence, surface=surface)
        grade = app.grades.accept if number < right else app.grades.reject
        await grade(asked, actor="ann")


async def test_without_a_log_there_is_nothing_to_propose(app: App) -> None:
    asked, overheard = await app.tuning.propose()
    assert (asked.group, overheard.group) == (Group.ASKED, Group.AMBIENT)
    assert (asked.tuning.today.thresholds, overheard.tuning.today.thresholds) == (ASKED, AMBIENT)
    assert {one.scorer for one in (asked, overheard)} == {None}
    assert {one.change for one in (asked, overheard)} == {None}
    assert await app.tuning.apply((asked, overheard), actor="ann") == ()


async def test_thresholds_are_proposed_from_grades_and_change_nothing_yet(app: App, database_url: str) -> None:
    await graded(app, 0.6, right=60)
    await graded(app, 0.4, right=2, wrong=8)
    before = await dump(database_url)
    found = await proposed(app, precision=0.85)
    assert await dump(database_url) == before
    assert (found.scorer, found.tuning.graded, found.said_by) == (LEXICAL, 70, {Authority.GRADE: 70})
    assert (found.tuning.today.answered, found.tuning.today.coverage) == (0, 0)
    assert found.tuning.proposed is not None
    assert (found.tuning.proposed.answered, found.tuning.proposed.right) == (60, 60)
    assert found.tuning.proposed.coverage == pytest.approx(60 / 70)
    assert found.change == Thresholds(answer=0.6, suggest=0.3, ambiguity=0.25)
    assert await in_use(app) == ASKED


async def test_too_few_grades_propose_nothing(app: App) -> None:
    await graded(app, 0.6, right=9)
    found = await proposed(app, precision=0.8)
    assert (found.tuning.graded, found.tuning.needed, found.change) == (9, 10, None)
    await graded(app, 0.6, right=1)
    assert (await proposed(app, precision=0.8)).change is not None


@pytest.mark.slow
async def test_what_is_applied_decides_at_once_and_is_on_the_audit_log(app: App, other: App) -> None:
    await graded(app, 0.6, right=60)
    changed = await app.tuning.apply(await app.tuning.propose(), actor="ann")
    assert [one.group for one in changed] == [Group.ASKED]
    wanted = changed[0].change
    assert {await in_use(other, surface) for surface in Group.ASKED.surfaces} == {wanted}
    assert await in_use(other, Surface.AMBIENT) == AMBIENT
    async with app.database.snapshot() as tx:
        (line,) = await audit.read(tx, "thresholds:asked")
    assert (line.actor, line.action, line.at) == ("ann", "apply", NOW)
    assert line.reason == "60 graded decisions, precision 0.95"
    assert wanted is not None
    assert line.before == asdict(ASKED)
    assert line.after == {**asdict(wanted), "scorer_version": LEXICAL}
    again = await other.tuning.propose()
    assert again[0].tuning.today.thresholds == wanted
    assert await other.tuning.apply(again, actor="ann") == ()


async def test_a_reset_brings_the_built_in_thresholds_back_and_keeps_what_the_log_taught(app: App, other: App) -> None:
    assert await app.tuning.reset(actor="ann") == ()
    await log(app, 0.6)
    lax = replace(ASKED, answer=0.5, nothing=0.4)
    await put(app, *((surface, LEXICAL, lax) for surface in Group.ASKED.surfaces))
    assert await app.tuning.reset(actor="ann") == (Group.ASKED,)

    assert {await in_use(other, surface) for surface in Group.ASKED.surfaces} == {replace(ASKED, nothing=0.4)}
    async with app.database.snapshot() as tx:
        last = (await audit.read(tx, "thresholds:asked"))[-1]
    assert (last.actor, last.action) == ("ann", "reset")
    assert await app.tuning.reset(actor="ann") == ()


async def test_messages_that_are_overheard_have_thresholds_of_their_own(app: App) -> None:
    await graded(app, 0.7, right=60, surface=Surface.AMBIENT)
    changed = await app.tuning.apply(await app.tuning.propose(), actor="ann")
    assert [one.group for one in changed] == [Group.AMBIENT]
    assert await in_use(app, Surface.AMBIENT) == changed[0].change
    assert await in_use(app, Surface.COMMAND) == ASKED


@pytest.mark.parametrize("helpful", [True, False])
async def test_ratings_count(app: App, helpful: bool) -> None:  # noqa: FBT001  # a parameter of the test
    asked = await log(app, 0.9)
    await rate(app, asked, Rating.HELPFUL if helpful else Rating.WRONG)
    found = await proposed(app)
    assert found.said_by == {Authority.ASKER: 1}
    assert (found.tuning.today.answered, found.tuning.today.right) == (1, int(helpful))


async def test_a_moderator_s_rating_goes_before_those_of_others_and_a_draw_is_left_out(app: App) -> None:
    first, second = await log(app, 0.9), await log(app, 0.9)
    for asked in (first, second):
        await rate(app, asked, Rating.WRONG, author="a1")
    await rate(app, first, Rating.WRONG, author="a2")
    await rate(app, first, Rating.HELPFUL, author="m1", moderator=True)
    await rate(app, second, Rating.HELPFUL, author="a2")
    found = await proposed(app)
    assert (found.tuning.graded, found.tuning.today.right) == (1, 1)
    assert found.left_out == LeftOut(disputed=1)


async def test_a_choice_that_was_taken_is_what_was_meant(app: App) -> None:
    first = await log(app, 0.9, kind=DecisionKind.SUGGESTED)
    second = await log(app, 0.9, kind=DecisionKind.SUGGESTED)
    both = await log(app, 0.9, kind=DecisionKind.SUGGESTED)
    await choose(app, first, FEES.id)
    await choose(app, first, WEB.id, author="somebody else")
    await choose(app, second, WEB.id)
    for taken in (FEES, WEB):
        await choose(app, both, taken.id)
    found = await proposed(app)
    assert (found.tuning.graded, found.tuning.today.right, found.left_out) == (2, 1, LeftOut(disputed=1))


@pytest.mark.parametrize(
    ("columns", "known", "right"),
    [
        ({"status": ItemStatus.LINKED, "resolved_entry_id": FEES.id}, 1, 1),
        ({"status": ItemStatus.ANSWERED, "resolved_entry_id": WEB.id}, 1, 0),
        ({"status": ItemStatus.DISMISSED, "reason": DismissReason.OFF_TOPIC}, 1, 0),
        ({"status": ItemStatus.DISMISSED, "reason": DismissReason.DUPLICATE}, 0, 0),
        ({"status": ItemStatus.OPEN}, 0, 0),
    ],
)
async def test_the_review_tells_what_was_right(app: App, columns: Mapping[str, object], known: int, right: int) -> None:
    await close(app, await log(app, 0.9, kind=DecisionKind.UNANSWERED), **columns)
    found = await proposed(app)
    assert (found.tuning.graded, found.tuning.today.right) == (known, right)
    assert found.said_by == ({Authority.REVIEW: 1} if known else {})


async def test_a_grade_goes_before_the_review_and_the_ratings(app: App) -> None:
    asked = await log(app, 0.9)
    await rate(app, asked, Rating.WRONG)
    await close(app, asked, status=ItemStatus.LINKED, resolved_entry_id=WEB.id)
    await app.grades.accept(asked, actor="ann")
    found = await proposed(app)
    assert (found.said_by, found.tuning.today.right) == ({Authority.GRADE: 1}, 1)


async def test_decisions_of_another_scorer_are_counted_and_left_out(app: App) -> None:
    for scorer in ("0.1 lexical", SEMANTIC):
        await app.grades.accept(await log(app, 0.9, scorer=scorer), actor="ann")
    await graded(app, 0.9, right=2)
    found = await proposed(app)
    assert (found.scorer, found.tuning.graded) == (LEXICAL, 2)
    assert found.left_out == LeftOut(other_scorer=2)


async def test_the_same_words_count_once_by_the_weightiest_word(app: App) -> None:
    rated = await log(app, 0.9, "what does it cost")
    accepted = await log(app, 0.9, "What does it cost?")
    again = await log(app, 0.9, "what does it cost!")
    internal = await log(app, 0.9, "what does it cost", audience=Audience.INTERNAL)
    for asked in (rated, again):
        await rate(app, asked, Rating.WRONG)
    for asked in (accepted, internal):
        await app.grades.accept(asked, actor="ann")
    found = await proposed(app)
    assert (found.tuning.graded, found.tuning.today.right) == (2, 2)
    assert found.left_out == LeftOut(repeated=2)


async def test_confidence_is_the_logged_one_and_not_what_was_learnt_since(app: App) -> None:
    text = "what must I pay to take my coins home"
    await app.grades.accept(await log(app, 0.6, text), actor="ann")
    await app.catalogue.add_alias(FEES.id, text, actor="ann")
    now = await app.ask.explain(text, audience=Audience.PUBLIC, surface=Surface.MENTION)
    assert now.ranking.matches[0].confidence > ASKED.answer
    assert (await proposed(app)).tuning.today.answered == 0


async def test_platforms_are_told_apart(app: App) -> None:
    for platform in ("slack", "discord", "slack"):
        await app.grades.accept(await log(app, 0.9, platform=platform), actor="ann")
    found = await proposed(app)
    assert [(share.platform, share.graded, share.today.right) for share in found.platforms] == [
        ("discord", 1, 1),
        ("slack", 2, 2),
    ]


def test_every_surface_is_in_one_group() -> None:
    assert sorted(surface for group in Group for surface in group.surfaces) == sorted(Surface)
    for group in Group:
        assert len({built_in(surface, LEXICAL) for surface in group.surfaces}) == 1


async def test_thresholds_are_adapted_to_how_many_questions_have_no_answer(app: App, other: App) -> None:
    for _ in range(100):
        await log(app, 0.1, kind=DecisionKind.UNANSWERED)
    await app.tuning.adapt()

    now = await in_use(other)
    assert now.nothing > 0.3
    assert replace(now, nothing=0.0) == ASKED
    assert await in_use(other, Surface.AMBIENT) == AMBIENT
    async with app.database.snapshot() as tx:
        (line,) = await audit.read(tx, "thresholds:asked")
    assert (line.actor, line.action) == ("faqbot", "adapt")
    await other.tuning.adapt()
    async with app.database.snapshot() as tx:
        assert len(await audit.read(tx, "thresholds:asked")) == 1


async def test_where_the_bot_is_unsure_of_its_own_phrasings_too_it_does_not_get_shyer(database: Database) -> None:
    alike = [
        entry(f"parcel-{at}", question=f"My parcel {at}", aliases=(f"parcel lost {at}", f"parcel gone {at}"))
        for at in range(20)
    ]
    await saved(database, *alike)
    app = services(database)
    for _ in range(100):
        await log(app, 0.3, kind=DecisionKind.UNANSWERED)
    await app.tuning.adapt()

    own = ask_own(EntryIndex(Lexicon(), alike), LEXICAL)
    alone, together = (prior_of([(match("a", 0.3), match("b", 0.35))] * 100, LEXICAL, each) for each in (None, own))
    assert alone is not None
    assert together is not None
    assert together.nothing < alone.nothing
    assert (await in_use(app)).nothing == together.nothing


async def test_a_short_log_adapts_nothing(app: App) -> None:
    for _ in range(49):
        await log(app, 0.1, kind=DecisionKind.UNANSWERED)
    await app.tuning.adapt()

    assert await in_use(app) == ASKED


async def test_what_is_applied_later_keeps_what_was_adapted(app: App) -> None:
    adapted = replace(ASKED, nothing=0.4)
    await put(app, *((surface, LEXICAL, adapted) for surface in Group.ASKED.surfaces))
    await graded(app, 0.6, right=60)

    await app.tuning.apply(await app.tuning.propose(), actor="ann")

    now = await in_use(app)
    assert now.nothing == adapted.nothing
    assert now.answer < adapted.answer
