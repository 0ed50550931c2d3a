"""Find what drafts of one import may not share: an id, or a phrasing for the same readers."""

from collections.abc import Iterable, Iterator, Sequence

from bot.core.fields import ANSWER_LIMIT
from bot.errors import Problem
from bot.formats.records import CollectedEntry
from bot.formats.titles import normalise_key


def find_conflicts(drafts: Sequence[CollectedEntry]) -> Iterator[Problem]:
    """Yield each fault that only shows once all files are read."""
    yield from _shared_ids(drafts)
    yield from _shared_phrasings(drafts)
    yield from _wordless(drafts)
    yield from _too_long(drafts)


def _shared_ids(drafts: Iterable[CollectedEntry]) -> Iterator[Problem]:
    first: dict[str, CollectedEntry] = {}
    for draft in drafts:
        other = first.setdefault(draft.entry.id, draft)
        if other is not draft:
            what = f"the id '{draft.entry.id}' is already that of {other.place}"
            yield draft.problem("id", what, "give one of the two another id, or take one out")


def _shared_phrasings(drafts: Iterable[CollectedEntry]) -> Iterator[Problem]:
    """Yield phrasings on two entries; entries with one id are left out, they are reported as such."""
    first: dict[tuple[str, str, str], CollectedEntry] = {}
    for draft in drafts:
        for field, locale, phrase in _phrasings(draft):
            key = (normalise_key(phrase), draft.entry.audience, locale)
            other = first.setdefault(key, draft) if key[0] else draft
            if other.entry.id != draft.entry.id:
                what = f"'{phrase}' is already a phrasing of '{other.entry.id}' ({other.place})"
                yield draft.problem(field, what, "keep it on one of the two, or make them one entry")


def _wordless(drafts: Iterable[CollectedEntry]) -> Iterator[Problem]:
    for draft in drafts:
        for field, _, phrase in _phrasings(draft):
            if not normalise_key(phrase):
                yield draft.problem(field, f"'{phrase}' has no letters or digits", "write it in words")


def _too_long(drafts: Iterable[CollectedEntry]) -> Iterator[Problem]:
    """Yield answers that only grew too long by merging; readers report those that came too long."""
    for draft in drafts:
        length = len(draft.entry.answer)
        if length > ANSWER_LIMIT:
            what = f"the answers under this title have {length:,} characters together, more than {ANSWER_LIMIT:,}"
            yield draft.problem("answer", what, "give one of the records another title")


def _phrasings(draft: CollectedEntry) -> Iterator[tuple[str, str, str]]:
    """Yield the phrasings, each with its field and its locale."""
    entry = draft.entry
    yield "question", entry.locale, entry.question
    yield from (("aliases", entry.locale, alias) for alias in entry.aliases)
    yield from (("answers", one.locale or entry.locale, text) for one in entry.answers for text in one.phrasings)
