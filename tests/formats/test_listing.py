"""Show how listing pages are read, and that nothing on them is lost without a word."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Source
from bot.errors import Problem
from bot.formats import Document, Record
from bot.formats.reading import read
from tests.formats.pages import NAVIGATION, render

PAGE = (
    "All\nFAQ\nAnnouncements\nProduct documents\n"
    "How do I pair a new phone?\n"
    "Summary: Open the app and follow it.Published on 5 Sept 2023Updated on 24 Apr 202611,563Where are my coins?\n"
    "Look under Assets.\n\nThen wait.Published on 8 Apr 2025Updated on 17 Nov 2025Why so slow?\n"
    "The chain is busy. Published on Sep 5, 2023Updated on May 14, 20267"
)
PAIR = "Published on 5 May 2023Updated on 6 May 2024"


def listing(text: str) -> Document:
    return read("page.txt", text.encode())


def only(document: Document) -> Problem:
    (problem,) = document.problems
    return problem


def test_a_page_becomes_records_with_dates_views_and_lines() -> None:
    document = listing(PAGE)
    assert document.problems == ()
    first, second, third = document.records
    assert first == Record(
        question="How do I pair a new phone?",
        passages=("Open the app and follow it.",),
        file="page.txt",
        line=5,
        source=Source(
            title="How do I pair a new phone?", published=date(2023, 9, 5), updated=date(2026, 4, 24), views=11_563
        ),
        excerpt=True,
    )
    assert (second.question, second.line, second.source.views) == ("Where are my coins?", 6, None)
    assert second.passages == ("Look under Assets.\n\nThen wait.",)
    assert third.source == Source(title="Why so slow?", published=date(2023, 9, 5), updated=date(2026, 5, 14), views=7)
    assert third.passages == ("The chain is busy.",)


def test_only_a_leading_label_is_cut_from_a_summary() -> None:
    (record,) = listing(f"One\nSummary:  Text. Summary: more.{PAIR}").records
    assert record.passages == ("Text. Summary: more.",)


def test_windows_line_ends_change_nothing() -> None:
    assert listing(PAGE.replace("\n", "\r\n")) == listing(PAGE)


def test_two_pages_in_one_file_have_their_navigation_left_out_twice() -> None:
    document = listing(f"{PAGE}\n{PAGE}")
    assert [record.line for record in document.records] == [5, 6, 9, 15, 16, 19]
    assert document.problems == ()


@pytest.mark.parametrize(
    ("glued", "views", "title"),
    [
        ("How so?", None, "How so?"),
        ("0How so?", 0, "How so?"),
        ("2How so?", 2, "How so?"),
        ("13566How so?", 13_566, "How so?"),
        ("1,234,567How so?", 1_234_567, "How so?"),
        ("12iOS tips", 12, "iOS tips"),
        ("12如何", 12, "如何"),
        ("1,7692FA reset", 1_769, "2FA reset"),
        ("1,769100x leverage", 1_769, "100x leverage"),
        ("492FA reset", 49, "2FA reset"),
        ("2FA reset", None, "2FA reset"),
        ("1,232FA reset", 1_232, "FA reset"),
        ("2FAQs", 2, "FAQs"),
        (" 2FA reset", None, "2FA reset"),
        (" 4,267 2FA reset", 4_267, "2FA reset"),
        (" 4,267 100x leverage", 4_267, "100x leverage"),
        ("4,267\n100x leverage", 4_267, "100x leverage"),
        ("\n4,267\n100x leverage", 4_267, "100x leverage"),
        ("\n10,000 USDT to win", None, "10,000 USDT to win"),
        ("12FAQ", 12, "FAQ"),
    ],
)
def test_the_view_count_ends_where_the_title_begins(glued: str, views: int | None, title: str) -> None:
    first, second = listing(f"One\nText.{PAIR}{glued}\nText.{PAIR}").records
    assert (first.source.views, second.question) == (views, title)


@pytest.mark.parametrize("glued", ["5-minute checks", "247/7 support", "100x leverage", "11,56How so?", "12345,678How"])
def test_a_count_that_may_run_into_the_title_is_reported(glued: str) -> None:
    problem = only(listing(f"One\nText.{PAIR}{glued}\nText.{PAIR}"))
    assert (problem.line, problem.field, problem.remedy) == (2, "views", "put a line break before the title")
    assert glued[:20] in problem.what


@pytest.mark.parametrize("count", ["2147483648", "9" * 5_000])
def test_a_count_no_database_can_hold_is_reported(count: str) -> None:
    assert only(listing(f"One\nText.{PAIR}{count}")).field == "views"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"One line only{PAIR}", 1, "title or the summary is missing"),
        (f"One\nText.{PAIR}12{PAIR}", 2, "title and summary are missing"),
        (f"One\nSummary: {PAIR}", 1, "title or the summary is missing"),
        (f"{NAVIGATION}{PAIR}", 5, "title and summary are missing"),
        ("One\nText.Published on 31 Feb 2026Updated on 1 Mar 2026", 2, "'31 Feb 2026' is no date"),
        ("One\nText.Published on 1 Feb 2026Updated on Foo 1, 2026", 2, "'Foo 1, 2026' is no date"),
        (f"One\nText.{PAIR}12\n\nLoad more", 4, "no dates follow"),
        (f"One\nText.{PAIR}\nTwo\nText.Published on 5 May 2023", 4, "'Published on' stands without"),
        (f"One\nText.Published on soonUpdated on 5 May 2023Two\nText.{PAIR}", 2, "'Published on' stands without"),
        (f"One\nText.{PAIR}Two\nUpdated on and off.{PAIR}", 3, "'Updated on' stands without"),
        (f"{'x' * 301}\nText.{PAIR}", 1, "title has 301 characters"),
        (f"One\n{'x' * 20_001}{PAIR}", 1, "summary has 20,001 characters"),
        (f"All\nNews\nAnnouncements\nOne\nText.{PAIR}", 2, "navigation line 'Announcements'"),
    ],
)
def test_what_is_no_record_is_reported_with_its_line(text: str, line: int, words: str) -> None:
    problem = listing(text).problems[0]
    assert (problem.where, problem.line) == ("page.txt", line)
    assert words in problem.what
    assert problem.remedy


def test_a_record_with_a_stray_mark_in_it_is_not_kept() -> None:
    assert listing(f"One\nText.Published on 5 May 2023Two\nText.{PAIR}").records == ()


def test_all_problems_are_reported_and_sound_records_are_kept() -> None:
    broken = "Two\nText.Published on 31 Feb 2026Updated on 32 Mar 20269-day offer\nText."
    document = listing(f"One\nText.{PAIR}{broken}{PAIR}Last\nText.{PAIR}")
    assert [record.question for record in document.records] == ["One", "-day offer", "Last"]
    assert [(problem.line, problem.field) for problem in document.problems] == [
        (3, "published"),
        (3, "updated"),
        (3, "views"),
    ]


def _lines(*, longest: int) -> st.SearchStrategy[str]:
    """Return lines that are neither navigation nor dates."""
    characters = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff")
    return st.text(characters, min_size=1, max_size=longest).map(str.strip).filter(_is_prose)


def _is_prose(line: str) -> bool:
    marks = ("Published on", "Updated on", "Summary:")
    return bool(line) and line.lower() not in NAVIGATION.lower().split("\n") and not any(mark in line for mark in marks)


@st.composite
def _records(draw: st.DrawFn) -> Record:
    title = "T" + " ".join(draw(_lines(longest=30)).split())
    summary = "\n".join(draw(st.lists(_lines(longest=40), min_size=1, max_size=3)))
    days = st.dates(min_value=date(1000, 1, 1))
    source = Source(
        title=title,
        published=draw(days),
        updated=draw(days),
        views=draw(st.none() | st.integers(min_value=0, max_value=2**31 - 1)),
    )
    return Record(question=title, passages=(summary,), file="page.txt", line=1, source=source, excerpt=True)


@given(st.lists(_records(), min_size=1, max_size=5), st.sampled_from(["day first", "month first"]))
def test_a_rendered_page_reads_back_as_it_was(records: list[Record], style: str) -> None:
    document = listing(render(records, style=style))
    assert document.problems == ()
    assert [replace(record, line=1) for record in document.records] == records


FRAGMENTS = ("\n", " ", "Title", "Text.", "2FA", "12", "1,234", "Published on ", "Updated on ", "5 May 2023", PAIR)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
def test_no_word_of_a_page_is_lost_without_a_problem(text: str) -> None:
    document = listing(f"{text}{PAIR}")
    assert document.records or document.problems
    if not document.problems:
        written, kept = (re.sub(r"[\s,]", "", page) for page in (text + PAIR, render(document.records, navigation="")))
        assert kept == written
