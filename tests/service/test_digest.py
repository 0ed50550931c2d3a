"""Show how a week is told, and that what people wrote does nothing in a channel."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import text

from bot.core.models import Audience
from bot.core.wording.languages import speaking
from bot.service.digest import digest_text, percent, quotable
from bot.service.stats import Day, Digest, Part, Stats
from bot.store.figures import NO_COUNTS, Counts, EntryUse, Gap, Waited

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
