"""Show how the records of an import become entries, and what they may not share."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Audience, Entry, Source, Status
from bot.errors import Problem
from bot.formats import Collected, CollectedEntry, Document, Merged, Record, collect
from bot.formats.collecting import with_locales

PLAIN = Record(question="Where is it?", passages=("Here.",), file="a.txt", line=3)
NATIVE = replace(PLAIN, id="place", file="b.yaml", line=7)


def gather(*records: Record) -> Collected:
    return collect([Document(records=(record,)) for record in records])


def only(*records: Record) -> CollectedEntry:
    collected = gather(*records)
    assert collected.problems == ()
    (draft,) = collected.entries
    return draft


def problems(*records: Record) -> list[Problem]:
    return list(gather(*records).problems)


def test_a_plain_record_becomes_a_published_public_entry() -> None:
    assert only(PLAIN) == CollectedEntry(
        entry=Entry(id="where-is-it", question="Where is it?", answer="Here."),
        file="a.txt",
        line=3,
        excerpt=False,
        passages=("Here.",),
    )


def test_a_full_record_keeps_everything_it_says() -> None:
    record = replace(
        NATIVE,
        aliases=("find it", "seek it"),
        staff_note="Ask twice.",
        audience=Audience.INTERNAL,
        category="Places",
        region="NO",
        locale="pt-BR",
        status=Status.DRAFT,
        source=Source(
            title="T", url="https://help.example", published=date(2020, 1, 2), updated=date(2021, 1, 2), views=9
        ),
        owner="desk",
        review_by=date(2027, 1, 1),
        valid_until=date(2027, 2, 1),
    )
    assert only(record).entry == Entry(
        id="place",
        question="Where is it?",
        answer="Here.",
        aliases=("find it", "seek it"),
        staff_note="Ask twice.",
        audience=Audience.INTERNAL,
        category="Places",
        region="NO",
        locale="pt-BR",
        status=Status.DRAFT,
        source=record.source,
        owner="desk",
        review_by=date(2027, 1, 1),
        valid_until=date(2027, 2, 1),
    )


def test_the_default_audience_is_for_records_that_name_none() -> None:
    named = replace(NATIVE, question="Who?", audience=Audience.PUBLIC)
    collected = collect([Document(records=(PLAIN, named))], audience=Audience.INTERNAL)
    assert [draft.entry.audience for draft in collected.entries] == [Audience.INTERNAL, Audience.PUBLIC]


def test_records_with_one_title_become_one_entry() -> None:
    old = replace(
        PLAIN,
        question="where is it",
        passages=("Old text.",),
        source=Source(title="old", published=date(2020, 1, 1), updated=date(2024, 1, 1), views=90),
        owner="desk",
        excerpt=True,
    )
    new = replace(
        PLAIN,
        passages=("New text.",),
        line=9,
        source=Source(title="new", published=date(2021, 1, 1), updated=date(2025, 1, 1), views=7),
        excerpt=True,
    )
    again = replace(PLAIN, passages=("Old  text.",), file="b.txt", source=Source(title="odd"), excerpt=True)
    collected = gather(again, new, old)
    (draft,) = collected.entries
    assert draft.passages == ("Old text.", "New text.")
    assert draft.entry.answer == "Old text.\n\nNew text."
    assert draft.entry.question == "Where is it?"
    assert draft.entry.source == Source(title="new", published=date(2020, 1, 1), updated=date(2025, 1, 1), views=90)
    assert draft.entry.owner == "desk"
    assert (draft.file, draft.line, draft.excerpt) == ("a.txt", 3, True)
    assert collected.merged == (
        Merged(id="where-is-it", question="Where is it?", places=("a.txt:3", "a.txt:9", "b.txt:3")),
    )


def test_a_full_text_among_extracts_makes_a_full_text() -> None:
    assert not only(PLAIN, replace(PLAIN, line=5, passages=("Part",), excerpt=True)).excerpt


def test_unknown_views_and_dates_stay_unknown() -> None:
    draft = only(PLAIN, replace(PLAIN, line=5, passages=("Part",)))
    assert draft.entry.source == Source()


def test_staff_text_never_merges_with_public_text() -> None:
    collected = gather(PLAIN, replace(PLAIN, line=5, audience=Audience.INTERNAL, passages=("Secret.",)))
    assert [draft.entry.answer for draft in collected.entries] == ["Here.", "Secret."]
    assert [problem.field for problem in collected.problems] == ["id"]


def test_repeated_aliases_are_dropped() -> None:
    record = replace(NATIVE, aliases=("WHERE is it", "find it", "Find it!", "seek it"))
    assert only(record).entry.aliases == ("find it", "seek it")


def test_problems_of_the_documents_come_first_and_all_are_kept() -> None:
    fault = Problem(where="z.txt", what="x", remedy="y")
    collected = collect([Document(records=(NATIVE, replace(NATIVE, line=8))), Document(problems=(fault,))])
    assert collected.problems[0] == fault
    assert len(collected.problems) == 2


def test_two_records_with_one_id_are_refused_naming_both_places() -> None:
    (problem,) = problems(NATIVE, replace(NATIVE, line=20))
    assert (problem.where, problem.line, problem.field) == ("b.yaml", 20, "id")
    assert "'place'" in problem.what
    assert "b.yaml:7" in problem.what


def test_a_title_whose_id_another_record_names_gets_a_number() -> None:
    collected = gather(PLAIN, replace(NATIVE, id="where-is-it", question="Other?"))
    assert collected.problems == ()
    assert [draft.entry.id for draft in collected.entries] == ["where-is-it-2", "where-is-it"]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        (replace(NATIVE, question="WHERE, is it"), "question"),
        (replace(NATIVE, question="Other?", aliases=("fine", "where is it!")), "aliases"),
        (replace(PLAIN, line=9, question="Where (is it)?"), "question"),
    ],
)
def test_a_phrasing_on_two_entries_is_refused_naming_both(other: Record, field: str) -> None:
    (problem,) = problems(PLAIN, other)
    assert (problem.where, problem.line, problem.field) == (other.file, other.line, field)
    assert "(a.txt:3)" in problem.what


@pytest.mark.parametrize(
    "other", [replace(NATIVE, audience=Audience.INTERNAL), replace(NATIVE, locale="de")], ids=["staff", "german"]
)
def test_other_readers_may_have_the_same_phrasing(other: Record) -> None:
    assert problems(PLAIN, other) == []


def test_a_phrasing_without_words_is_refused() -> None:
    found = problems(replace(NATIVE, question="?!", aliases=("🙏",)), replace(PLAIN, aliases=("...", "fine")))
    assert [(problem.where, problem.field) for problem in found] == [("a.txt", "aliases"), ("b.yaml", "question")]


def test_an_answer_that_grew_too_long_is_refused() -> None:
    halves = [replace(PLAIN, line=line, passages=(letter * 10_000,)) for line, letter in enumerate("ab", start=1)]
    (problem,) = problems(*halves)
    assert (problem.field, problem.line) == ("answer", 1)
    assert "20,002 characters" in problem.what


def test_long_titles_with_one_beginning_get_numbers() -> None:
    titles = [f"{'very ' * 12}long title number {ending}" for ending in ("two", "one")]
    collected = gather(*(replace(PLAIN, question=title, line=line) for line, title in enumerate(titles)))
    ids = {draft.entry.question[-3:]: draft.entry.id for draft in collected.entries}
    assert ids == {"one": "very-" * 11 + "very", "two": "very-" * 11 + "very-2"}


def test_a_number_leaves_the_ids_of_other_records_alone() -> None:
    collected = gather(
        replace(PLAIN, question="Café", line=1), replace(PLAIN, question="Cafe", line=2), replace(NATIVE, id="cafe-2")
    )
    assert collected.problems == ()
    assert [draft.entry.id for draft in collected.entries] == ["cafe-3", "cafe", "cafe-2"]


def _records() -> st.SearchStrategy[Record]:
    """Return records that meet each other often."""
    return st.builds(
        Record,
        question=st.sampled_from(["A b", "a B?", "a-b", "a/b", "A b 2", "C", "?"]),
        passages=st.tuples(st.sampled_from(["x", "y", "z"])),
        file=st.sampled_from(["1.txt", "2.txt"]),
        line=st.integers(1, 10_000),
        id=st.sampled_from([None, None, None, "a-b", "a-b-2"]),
        aliases=st.lists(st.sampled_from(["c", "d", "!"]), max_size=2).map(tuple),
        source=st.builds(
            Source,
            title=st.sampled_from([None, "s", "t"]),
            updated=st.none() | st.dates(min_value=date(2025, 1, 1), max_value=date(2025, 1, 3)),
            views=st.none() | st.integers(0, 5),
        ),
    )


@given(st.lists(_records(), max_size=4, unique_by=lambda record: (record.file, record.line)))
def test_the_order_of_the_files_changes_nothing(records: list[Record]) -> None:
    assert len({repr(gather(*order)) for order in permutations(records)}) == 1


@given(st.lists(_records(), max_size=8))
def test_what_has_no_problem_shares_neither_id_nor_phrasing(records: list[Record]) -> None:
    collected = gather(*records)
    assert {p for record in records for p in record.passages} == {p for d in collected.entries for p in d.passages}
    if not collected.problems:
        ids = [draft.entry.id for draft in collected.entries]
        phrasings = [phrase.casefold().strip("?") for draft in collected.entries for phrase in draft.entry.phrasings]
        assert len(set(ids)) == len(ids)
        assert len(set(phrasings)) == len(phrasings)


@pytest.mark.parametrize(
    ("written", "url", "marked"),
    [
        ("Open the app and", None, "Open the app and \u2026"),
        ("Open the app...", None, "Open the app \u2026"),
        ("Open the app\u2026", "https://a.test/b", "Open the app [\u2026](https://a.test/b)"),
        ("Open the app.", "https://a.test/b", "Open the app."),
    ],
)
def test_an_excerpt_that_breaks_off_leads_to_the_whole_text(written: str, url: str | None, marked: str) -> None:
    cut = replace(PLAIN, passages=(written,), excerpt=True, source=Source(url=url))
    assert only(cut).entry.answer == marked
    assert only(replace(cut, excerpt=False)).entry.answer == written


def test_the_language_of_a_long_file_is_told_by_its_beginning() -> None:
    german = "Das ist so, weil wir das Geld erst dann haben, wenn es bei uns angekommen ist, und nicht schon vorher. "
    english = "That is so since we have the money only when it has reached us, and not before that, as you know. "
    texts = [*[german * 180] * 2, *[english * 180] * 4]
    records = [
        replace(PLAIN, question=f"Frage {at}", passages=(text,), line=at) for at, text in enumerate(texts, start=1)
    ]
    (document,) = with_locales([Document(records=tuple(records))])
    assert [each.locale for each in document.records] == ["de"] * 6
