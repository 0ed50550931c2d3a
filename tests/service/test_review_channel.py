"""Items are shown once each, and the week in a few lines."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import text

from bot.adapters.permalinks import permalink
from bot.core.models import Audience, ChannelRef, DismissReason, ItemStatus, Surface
from bot.core.wording.cards import nearest, quoted
from bot.core.wording.languages import speaking
from bot.service.app import App
from bot.service.review_channel import LEASE, StaleCard, digest_text, percent, quotable
from bot.service.stats import Day, Digest, Part, Stats
from bot.store.figures import NO_COUNTS, Counts, EntryUse, Gap, Waited
from tests.service.leases import elapse
from tests.service.reviews import CAT, opened
from tests.service.samples import UNKNOWN, ask

BOARD, ELSEWHERE = ChannelRef("slack", "T1", "C9"), ChannelRef("discord", "1", "9")


async def show(app: App, board: ChannelRef = BOARD) -> list[StaleCard]:
    """Show everything that is due, and return it."""
    due = await app.cards.due(board)
    for one in due:
        card = await app.cards.lease(board, one)
        assert card is not None
        await app.cards.shown(board, card, one.message_id or f"message of {one.item.id}")
    return list(due)


async def test_each_open_item_is_shown_once_in_each_channel(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    await opened(app, CAT)

    first = await show(app)
    assert [(one.item.id, one.item.text, one.message_id) for one in first] == [("R1", UNKNOWN, None), ("R2", CAT, None)]
    assert await show(other) == []
    assert [one.item.id for one in await show(other, ELSEWHERE)] == ["R1", "R2"]


async def test_a_card_is_due_again_whenever_its_item_changes(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    await show(app)
    await ask(other, UNKNOWN, "m2")
    (joined,) = await show(app)
    assert (joined.item.count, joined.message_id) == (2, "message of R1")
    await other.review.assign("R1", "slack:U7", actor="slack:U7")
    (assigned,) = await show(app)
    assert assigned.item.assignee == "slack:U7"
    await other.review.link("R1", "fees", actor="discord:5")
    (done,) = await show(app)
    assert (done.item.status, done.item.is_open) == (ItemStatus.LINKED, False)
    assert done.item.resolution is not None
    assert (done.item.resolution.actor, done.item.resolution.entry_id) == ("discord:5", "fees")
    assert await show(app) == []


async def test_what_was_closed_before_it_was_shown_is_not_shown(app: App) -> None:
    await opened(app, UNKNOWN)
    await app.review.dismiss("R1", reason=DismissReason.SPAM, actor="mod")
    assert await show(app) == []
    await app.review.reopen("R1", actor="mod")
    assert [one.item.id for one in await show(app)] == ["R1"]


async def test_a_card_links_to_the_messages_and_names_what_is_near(app: App) -> None:
    asked = await ask(app, UNKNOWN, "1700000000.000100")
    (due,) = await show(app)

    assert [(one.text, permalink(one.ref)) for one in quoted(due.item)] == [
        (UNKNOWN, "https://slack.com/archives/C1/p1700000000000100?thread_ts=t1&cid=C1")
    ]
    assert asked.item_id == due.item.id
    found = await app.ask.explain(UNKNOWN, audience=Audience.PUBLIC, surface=Surface.MENTION)
    near = [(match.entry_id, match.phrase, match.confidence) for match in found.ranking.matches]
    assert [(each.entry_id, each.phrase, each.confidence) for each in nearest(due.item)] == near[:5]


async def test_what_changed_after_it_was_read_is_due_again(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    (due,) = await app.cards.due(BOARD)
    card = await app.cards.lease(BOARD, due)
    assert card is not None
    await ask(other, UNKNOWN, "m2")
    await app.cards.shown(BOARD, card, "message")

    assert [one.item.count for one in await show(app)] == [2]


async def test_of_two_processes_that_find_a_card_due_one_may_show_it(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    (here,), (there,) = await app.cards.due(BOARD), await other.cards.due(BOARD)

    card = await app.cards.lease(BOARD, here)
    assert card is not None
    assert await other.cards.lease(BOARD, there) is None
    assert await other.cards.lease(ELSEWHERE, there) is not None
    await app.cards.shown(BOARD, card, "message")
    assert await other.cards.lease(BOARD, there) is None
    assert await show(other) == []


async def test_a_card_that_was_not_shown_anybody_may_show(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    (due,) = await app.cards.due(BOARD)
    card = await app.cards.lease(BOARD, due)
    assert card is not None
    await app.cards.give_back(card, may_be_there=False)

    again = await other.cards.lease(BOARD, due)
    assert again is not None
    assert not again.may_be_there


async def test_a_card_that_may_be_there_anybody_may_show_who_looks_for_it(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    (due,) = await app.cards.due(BOARD)
    card = await app.cards.lease(BOARD, due)
    assert card is not None
    assert not card.may_be_there
    await app.cards.give_back(card, may_be_there=True)

    again = await other.cards.lease(BOARD, due)
    assert again is not None
    assert again.may_be_there
    await other.cards.shown(BOARD, again, "message")
    await ask(app, UNKNOWN, "m2")
    (changed,) = await app.cards.due(BOARD)
    later = await app.cards.lease(BOARD, changed)
    assert later is not None
    assert not later.may_be_there


async def test_a_card_that_a_crash_left_is_shown_by_another_process_later(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    (due,) = await app.cards.due(BOARD)
    assert await app.cards.lease(BOARD, due) is not None
    await elapse(app.database, LEASE)

    card = await other.cards.lease(BOARD, due)
    assert card is not None
    assert card.may_be_there


LAST = date(2026, 3, 1)
COUNTS = Counts(asked=30, answered=20, suggested=4, unanswered=6, askers=12, helpful=7, wrong=1)


def digest(counts: Counts = COUNTS, *, before: Counts = NO_COUNTS, waited: Waited | None = None, **parts: Any) -> str:  # noqa: ANN401  # fields of the figures
    """Return the text of a week with these figures."""
    days = tuple(Day(day=LAST - timedelta(days=back), counts=NO_COUNTS) for back in range(6, -1, -1))
    empty: dict[str, Any] = {"platforms": (), "channels": (), "categories": (), "gaps": (), "entries": ()}
    week = Stats(
        since=datetime(2026, 2, 23, tzinfo=UTC),
        until=datetime(2026, 3, 1, 12, tzinfo=UTC),
        audience=Audience.PUBLIC,
        total=Part(name=None, counts=counts, waited=waited or Waited()),
        days=days,
        **{**empty, **parts},
    )
    return digest_text(Digest(week=week, before=before))


def entries(*asked: int) -> tuple[EntryUse, ...]:
    return tuple(EntryUse(id=f"e{place}", question="x", asked=count, views=None) for place, count in enumerate(asked))


def test_a_week_is_told_in_a_few_lines() -> None:
    gaps = (Gap(text="where is the parrot", count=9, askers=5), Gap(text=None, count=2, askers=1))
    told = digest(
        before=Counts(asked=20),
        waited=Waited(count=3, median_seconds=12_000),
        gaps=gaps,
        entries=entries(5, 0, 0),
    )
    assert told.splitlines() == [
        "**FAQ, 23 February to 1 March 2026**",
        "- 30 questions from 12 people, 50 % more than the week before.",
        "- 67 % answered, 13 % offered as choices, 20 % without an answer.",
        "- 7 of 8 ratings said that the answer helped.",
        "- 3 questions got an answer from a moderator, the median after 3 h 20 min.",
        "- Most wanted without an answer:",
        "  1. “where is the parrot” (5 people)",
        "- 2 of 3 entries not asked for: e1, e2.",
    ]


def test_a_week_is_told_in_the_language_that_is_spoken() -> None:
    with speaking("de"):
        told = digest(before=Counts(asked=20), entries=entries(5, 0, 0))
    assert told.splitlines() == [
        "**FAQ, 23. Februar bis 1. März 2026**",
        "- 30 Fragen von 12 Personen, 50\xa0% mehr als in der Woche davor.",
        "- 67\xa0% beantwortet, 13\xa0% mit Auswahl, 20\xa0% ohne Antwort.",
        "- 7 von 8 Bewertungen sagen, dass die Antwort geholfen hat.",
        "- 3 Einträge, nach 2 davon hat niemand gefragt: e1, e2.",
    ]


def test_a_week_without_questions_says_so() -> None:
    assert digest(NO_COUNTS, entries=entries(0)).splitlines()[1:] == ["- Nobody asked anything."]


@pytest.mark.parametrize(
    ("before", "trend"),
    [
        (0, ", after a week without any."),
        (30, ", as many as the week before."),
        (40, ", 25 % fewer than the week before."),
    ],
)
def test_a_week_is_held_against_the_one_before(before: int, trend: str) -> None:
    assert f"from 12 people{trend}" in digest(before=Counts(asked=before))


def test_one_is_no_plural() -> None:
    told = digest(
        Counts(asked=1, answered=1, askers=1, helpful=1),
        waited=Waited(count=1, median_seconds=9),
        entries=entries(0, 0, 0, 0, 0, 0),
    )
    assert "- 1 question from 1 person" in told
    assert "- 1 of 1 rating said" in told
    assert "- 1 question got an answer from a moderator, the median after 9 s." in told
    assert "- 6 of 6 entries not asked for: e0, e1, e2, e3, e4 and others." in told


def test_gaps_of_few_people_are_there_without_their_words() -> None:
    assert "none of them asked by enough people" in digest(gaps=(Gap(text=None, count=2, askers=1),))
    assert "Most wanted" not in digest()


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("*hi*\n`there` <!channel>", "hi there !channel"),
        ("ping @everyone now", "ping @\u200beveryone now"),
        ("see https://example.com", "see https:\u200b//example.com"),
        ("x" * 200, "x" * 99 + "…"),
    ],
)
def test_words_that_are_quoted_do_nothing(written: str, quoted: str) -> None:
    assert quotable(written) == quoted


@given(text())
def test_no_quote_mentions_links_marks_up_or_breaks_the_line(written: str) -> None:
    quoted = quotable(written)
    assert not set(quoted) & set("<>`*_~|[]\\#\n")
    assert "@everyone" not in quoted
    assert "://" not in quoted
    assert len(quoted) <= 100


def test_a_share_of_nothing_is_none() -> None:
    assert (percent(1, 3), percent(0, 3), percent(0, 0)) == ("33 %", "0 %", "-")
