"""Show how entries written in YAML are read, and what is refused with its line."""

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.core.fields import SCALARS, read_value
from bot.core.models import Audience, Source, Status
from bot.errors import Problem
from bot.formats import Document, Record
from bot.formats.reading import read

FULL = """\
# Entries about coins
- id: lost-coins
  question: Where are
    my coins?
  aliases:
    - coins gone
    - 404
  answer: |
    Look under Assets.

    Then wait.
  staff_note: Check the ticket first.
  audience: internal
  category: Deposits
  region: NO
  locale: pt-BR
  status: draft
  source:
    title: Missing coins
    url: https://help.example/coins?id=1
    published: 2023-09-05
    updated: 2026-04-24
    views: 11563
  owner: desk
  review_by: 2027-01-31
  valid_until: 2027-02-28
- {id: b, question: Yes, answer: 3.10}
"""
SOUND = "- id: a\n  question: Why?\n  answer: So.\n"


def native(text: str) -> Document:
    return read("faq.yaml", text.encode())


def only(text: str) -> Problem:
    (problem,) = native(text).problems
    return problem


def test_every_field_is_read() -> None:
    document = native(FULL)
    assert document.problems == ()
    full, short = document.records
    assert full == Record(
        id="lost-coins",
        question="Where are my coins?",
        aliases=("coins gone", "404"),
        passages=("Look under Assets.\n\nThen wait.",),
        staff_note="Check the ticket first.",
        audience=Audience.INTERNAL,
        category="Deposits",
        region="NO",
        locale="pt-BR",
        status=Status.DRAFT,
        source=Source(
            title="Missing coins",
            url="https://help.example/coins?id=1",
            published=date(2023, 9, 5),
            updated=date(2026, 4, 24),
            views=11_563,
        ),
        owner="desk",
        review_by=date(2027, 1, 31),
        valid_until=date(2027, 2, 28),
        file="faq.yaml",
        line=2,
    )
    assert short == Record(id="b", question="Yes", passages=("3.10",), file="faq.yaml", line=27)


def test_a_field_without_a_value_counts_as_left_out() -> None:
    (record,) = native(f"{SOUND}  region:\n  aliases: ~\n  source: null\n  review_by:\n").records
    assert record == Record(id="a", question="Why?", passages=("So.",), file="faq.yaml", line=1)


@pytest.mark.parametrize(
    ("field", "what", "remedy"),
    [
        ("colour: red", "there is no such field", "use one of id, question"),
        ("Catgory: x", "there is no such field", "did you mean 'category'?"),
        ("question: Again?", "the field is there twice, first on line 2", "keep one"),
        ("staff_note: [x]", "text is expected here, not a list", "quotes"),
        ("owner: {x: y}", "text is expected here, not fields", "quotes"),
        ("owner: ''", "the value is empty", "leave the field out"),
        ("aliases: one", "a list is expected here", "behind '- '"),
        ("audience: staff", "'staff' is not known here", "use one of public, internal"),
        ("status: live", "'live' is not known here", "use one of draft, published, retired"),
        ("locale: english", "'english' is no locale", "like en or pt-BR"),
        ("review_by: 2026-02-30", "'2026-02-30' is no date", "like 2026-04-24"),
        ("review_by: 20260424", "'20260424' is no date", "like 2026-04-24"),
        ("source: https://help.example", "fields are expected here", "title, url"),
        ('staff_note: "a\\0b"', "the text holds U+0000", "take it out"),
    ],
)
def test_a_faulty_field_is_named_with_its_line_and_a_remedy(field: str, what: str, remedy: str) -> None:
    problem = only(f"{SOUND}  {field}\n")
    name = field.partition(":")[0]
    assert (problem.where, problem.line, problem.field) == ("faq.yaml", 4, name)
    assert what in problem.what
    assert remedy in problem.remedy
    assert native(f"{SOUND}  {field}\n").records == ()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a.b/c", "help.example", "https://", "http://[::1", "https://a.b/c d"]
)
def test_only_addresses_of_web_pages_are_links(url: str) -> None:
    problem = only(f"{SOUND}  source:\n    title: T\n    url: '{url}'\n")
    assert (problem.line, problem.field) == (6, "source.url")
    assert "no address of a web page" in problem.what


@pytest.mark.parametrize("views", ["-1", "1_000", "11,563", "1.5", "many", "2147483648", "9" * 5_000, "١٢"])
def test_views_are_a_plain_count(views: str) -> None:
    problem = only(f"{SOUND}  source: {{views: '{views}'}}\n")
    assert (problem.line, problem.field) == (4, "source.views")
    assert "is no count" in problem.what


@pytest.mark.parametrize("written", ["A", "a b", "-a", "ä", "a" * 81, "a_b"])
def test_ids_are_small_letters_digits_and_hyphens(written: str) -> None:
    problem = only(SOUND.replace("id: a", f"id: {written}"))
    assert (problem.line, problem.field) == (1, "id")


@pytest.mark.parametrize(
    ("field", "limit"),
    [("question", 300), ("answer", 20_000), ("staff_note", 20_000), ("category", 100), ("region", 100), ("owner", 100)],
)
def test_long_values_are_refused_from_the_first_character_too_many(field: str, limit: int) -> None:
    entry = {"id": "a", "question": "Why?", "answer": "So."}
    assert native(yaml.safe_dump([entry | {field: "x" * limit}])).problems == ()
    problem = only(yaml.safe_dump([entry | {field: "x" * (limit + 1)}], sort_keys=False))
    assert problem.field == field
    assert f"{limit + 1:,} characters, more than {limit:,}" in problem.what


def test_long_aliases_and_long_lists_of_them_are_refused() -> None:
    text = f"{SOUND}  aliases:\n    - fine\n    - {'x' * 301}\n    - [x]\n"
    assert [(problem.line, problem.field) for problem in native(text).problems] == [(6, "aliases"), (7, "aliases")]
    assert "201 items" in only(f"{SOUND}  aliases: {['x'] * 201}\n").what


def test_all_problems_of_all_entries_are_reported_and_sound_entries_are_kept() -> None:
    text = "- id: A\n  anser: x\n- just text\n- id: b\n  question: ok\n  answer: ok\n- [x]\n- ? [x]\n  : y\n"
    document = native(text)
    assert [record.id for record in document.records] == ["b"]
    assert [(problem.line, problem.field) for problem in document.problems] == [
        (1, "id"),
        (1, "question"),
        (1, "answer"),
        (2, "anser"),
        (3, None),
        (7, None),
        (8, None),
        (8, "question"),
        (8, "answer"),
    ]


def test_required_fields_without_a_value_are_missing() -> None:
    problems = native("- id:\n  question: ~\n  answer: null\n").problems
    assert [(problem.field, problem.what) for problem in problems] == [
        (name, "the field is missing") for name in ("question", "answer")
    ]


def test_what_cannot_be_shown_does_not_reach_a_message() -> None:
    text = '- "\\0\\u202e": x\n  id: "\\e[31m"\n  question: a\n  answer: b\n'
    for problem in native(text).problems:
        assert f"{problem.what}{problem.remedy}{problem.field}".isprintable()


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40).filter(
    lambda text: bool(text.strip())
)
ENTRIES = st.fixed_dictionaries(
    {"id": st.from_regex(r"[a-z0-9][a-z0-9-]{0,79}", fullmatch=True), "question": WORDS, "answer": WORDS},
    optional={
        "aliases": st.lists(WORDS, max_size=4),
        "staff_note": WORDS,
        "audience": st.sampled_from([str(audience) for audience in Audience]),
        "category": WORDS,
        "region": st.sampled_from(["NO", "yes", "null", "~", "010", "1e3", "2020-01-01"]),
        "status": st.sampled_from([str(status) for status in Status]),
        "source": st.fixed_dictionaries(
            {"published": st.dates()}, optional={"title": WORDS, "views": st.integers(0, 2**31 - 1)}
        ),
        "review_by": st.dates(),
        "valid_until": st.dates(),
    },
)


@given(st.lists(ENTRIES, min_size=1, max_size=4))
def test_written_entries_read_back_as_they_were(entries: list[dict[str, Any]]) -> None:
    document = native(yaml.safe_dump(entries, allow_unicode=True))
    assert document.problems == ()
    for record, entry in zip(document.records, entries, strict=True):
        line = {name: " ".join(entry[name].split()) for name in ("question", "category") if name in entry}
        assert (record.id, record.question, record.passages) == (
            entry["id"],
            line["question"],
            (entry["answer"].strip(),),
        )
        assert record.aliases == tuple(" ".join(alias.split()) for alias in entry.get("aliases", ()))
        assert record.staff_note == (entry["staff_note"].strip() if "staff_note" in entry else None)
        assert (record.category, record.region) == (line.get("category"), entry.get("region"))
        assert (record.audience, record.status) == (entry.get("audience"), entry.get("status"))
        assert record.review_by == entry.get("review_by")
        assert record.valid_until == entry.get("valid_until")
        source = entry.get("source", {})
        assert (record.source.published, record.source.views) == (source.get("published"), source.get("views"))


FRAGMENTS = (
    *("- ", "  ", "\n", "\t", ": ", "? ", "id: a", "question: ", "answer: b", "aliases:", "source:", "views: 1"),
    *("[", "]", "{", "}", "'", '"', "&a ", "*a", "!x ", "<<: ", "|\n", "---\n", "#", "%", "\\", "~"),
)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_any_text_gives_records_or_problems(text: str) -> None:
    document = native(text)
    assert document.records or document.problems
    assert all(problem.line or not text.strip() for problem in document.problems)


@given(name=st.sampled_from(list(SCALARS)), written=st.text())
def test_any_single_value_is_read_or_refused_as_in_a_file(name: str, written: str) -> None:
    outer, _, inner = name.partition(".")
    entry: dict[str, Any] = {"id": "a", "question": "Why?", "answer": "So."}
    entry |= {outer: {inner: written}} if inner else {name: written}
    document = native(yaml.safe_dump([entry]))
    assert (read_value(name, written) is None) == bool(document.problems)
