"""Show what a draft and a stored entry make together."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Entry, Origin, Source
from bot.core.searching.text import normalise
from bot.formats import CollectedEntry
from bot.service.import_plan import Planned, digest, merge, moderated_fields
from bot.store.records import AuditRecord, Imported, Phrase, StoredEntry
from tests.service.samples import NOW

MARCH, APRIL, MAY = (date(2026, month, 1) for month in (3, 4, 5))
NOTHING: frozenset[str] = frozenset()


def draft(
    *passages: str, updated: date | None = APRIL, views: int | None = None, excerpt: bool = True
) -> CollectedEntry:
    """Return what a listing page has of an article."""
    source = Source(title="Soup?", updated=updated, views=views)
    entry = Entry(id="soup", question="Soup?", answer="\n\n".join(passages), source=source)
    return CollectedEntry(entry=entry, file="page.txt", line=1, excerpt=excerpt, passages=passages)


def stored(planned: Planned | CollectedEntry, *moderators: str) -> StoredEntry:
    """Return what an import leaves in the store, with these phrasings of moderators."""
    entry = replace(planned.entry, aliases=(*planned.entry.aliases, *moderators))
    phrases = [
        Phrase(
            text=text,
            normalised=normalise(text),
            locale="en",
            origin=Origin.MODERATOR if text in moderators else Origin.IMPORT,
        )
        for text in entry.phrasings
    ]
    imported = Imported(digest="of an import", passages=planned.passages)
    version = {"version": 1, "content_version": 1, "updated_at": NOW}
    return StoredEntry(entry=entry, phrases=tuple(phrases), imported=imported, **version)  # type: ignore[arg-type]  # three types


def merged(first: CollectedEntry, second: CollectedEntry, moderated: frozenset[str] = NOTHING) -> Planned:
    """Return what the second import makes of the first."""
    return merge(stored(first), second, moderated=moderated)


def test_a_newer_excerpt_replaces_the_older_one() -> None:
    found = merged(draft("Leek."), draft("Tomato.", updated=MAY))

    assert (found.entry.answer, found.passages, found.entry.source.updated) == ("Tomato.", ("Tomato.",), MAY)
    assert found.changes


def test_an_older_excerpt_changes_nothing() -> None:
    found = merged(draft("Leek.", views=3), draft("Tomato.", updated=MARCH, views=9))

    assert (found.entry.answer, found.passages, found.entry.source.views) == ("Leek.", ("Leek.",), 3)
    assert not found.changes


@pytest.mark.parametrize("first", [APRIL, None])
def test_another_excerpt_of_the_same_or_an_unknown_day_stands_beside_the_first(first: date | None) -> None:
    found = merged(draft("Leek.", updated=first), draft("Tomato."))

    assert (found.entry.answer, found.passages) == ("Leek.\n\nTomato.", ("Leek.", "Tomato."))
    assert found.entry.source.updated == APRIL


def test_an_excerpt_that_is_there_is_not_repeated() -> None:
    first = draft("Leek.", "Tomato.")
    again = merged(first, draft("Tomato."))

    assert again.entry == first.entry
    assert not again.changes
    assert not merged(first, draft("Leek.\n")).changes


@pytest.mark.parametrize("updated", [APRIL, MAY])
@pytest.mark.parametrize(("before", "after", "left"), [(3, 9, 9), (9, 3, 9), (None, 3, 3), (3, None, 3)])
def test_the_larger_view_count_wins(updated: date, before: int | None, after: int | None, left: int) -> None:
    found = merged(draft("Leek.", views=before), draft("Leek.", updated=updated, views=after))

    assert found.entry.source.views == left


@pytest.mark.parametrize("updated", [APRIL, MAY])
def test_the_first_publication_and_the_newest_link_are_kept(updated: date) -> None:
    first, second = draft("Leek."), draft("Leek.", updated=updated)
    early = replace(first.entry.source, published=MARCH, url="https://a.example")
    late = replace(second.entry.source, published=APRIL)
    first, second = (
        replace(each, entry=replace(each.entry, source=source)) for each, source in ((first, early), (second, late))
    )

    found, back = merged(first, second).entry.source, merged(second, replace(first, entry=first.entry)).entry.source
    assert (found.published, found.url) == (MARCH, "https://a.example")
    assert back.url == (None if updated is MAY else "https://a.example")


def test_a_whole_answer_replaces_what_was_there() -> None:
    found = merged(draft("Leek.", updated=MAY), draft("Tomato.", updated=MARCH, excerpt=False))

    assert (found.entry.answer, found.entry.source.updated) == ("Tomato.", MARCH)


def test_an_edited_field_stays_and_is_told() -> None:
    found = merged(draft("Leek."), draft("Tomato.", updated=MAY), frozenset({"answer", "category"}))

    assert (found.entry.answer, found.kept) == ("Leek.", ("answer",))
    assert found.entry.source.updated == MAY


def test_a_field_that_the_file_leaves_out_stays_and_is_not_told() -> None:
    before = stored(draft("Leek."))
    edited = replace(before, entry=replace(before.entry, staff_note="Hot."))
    found = merge(edited, draft("Leek."), moderated=frozenset({"staff_note"}))

    assert (found.entry.staff_note, found.kept, found.changes) == ("Hot.", (), False)


def test_phrasings_of_moderators_come_behind_those_of_the_file_and_each_once() -> None:
    second = draft("Leek.")
    second = replace(second, entry=replace(second.entry, aliases=("Anything HOT?", "broth")))
    found = merge(stored(draft("Leek."), "anything hot", "warm things"), second, moderated=NOTHING)

    assert found.entry.aliases == ("Anything HOT?", "broth", "warm things")


DRAFTS = st.builds(
    draft,
    st.sampled_from(["Leek.", "Tomato.", "Potato.\nHot."]),
    st.sampled_from(["Pea.", "Bean."]),
    updated=st.sampled_from([None, MARCH, APRIL, MAY]),
    views=st.none() | st.integers(0, 9),
    excerpt=st.booleans(),
)


@given(first=DRAFTS, second=DRAFTS, moderated=st.frozensets(st.sampled_from(["answer", "status", "source.views"])))
def test_the_same_import_again_changes_nothing(
    first: CollectedEntry, second: CollectedEntry, moderated: frozenset[str]
) -> None:
    once = merged(first, second, moderated)

    assert not merge(stored(once), second, moderated=moderated).changes


@given(first=DRAFTS, second=DRAFTS)
def test_what_an_import_says_decides_its_digest(first: CollectedEntry, second: CollectedEntry) -> None:
    assert (digest(first) == digest(second)) == (first == second)
    assert digest(replace(first, file="moved.txt", line=9)) == digest(first)


def change(before: Mapping[str, Any] | None, **after: object) -> AuditRecord:
    """Return a line of the audit log."""
    return AuditRecord(actor="x", action="change", object="entry:soup", at=NOW, before=before, after=after)


ADDED = change(None, answer="Leek.", source={"url": None, "views": 3}, imported={"digest": "1"})


def test_what_an_import_wrote_is_not_a_moderators() -> None:
    assert moderated_fields([]) == NOTHING
    assert moderated_fields([ADDED]) == NOTHING


def test_what_was_written_by_hand_is_a_moderators() -> None:
    by_hand = change(None, answer="Leek.", source={"url": None}, imported=None)

    assert moderated_fields([by_hand]) >= {"answer", "source.url"}


def test_the_last_change_of_a_field_decides() -> None:
    source = {"url": None, "views": 3}
    edited = change(
        {"answer": "Leek.", "source": source}, answer="Tomato.", source=source | {"url": "https://a.example"}
    )
    imported = change({"answer": "Tomato.", "imported": {"digest": "1"}}, answer="Pea.", imported={"digest": "2"})

    assert moderated_fields([ADDED, edited]) == {"answer", "source.url"}
    assert moderated_fields([ADDED, edited, imported]) == {"source.url"}
    assert moderated_fields([ADDED, imported, edited]) == {"answer", "source.url"}
