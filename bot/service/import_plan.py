"""Merge an imported entry with the stored one, and find what an import may not do to the store."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import Any

from bot.core.fields import ANSWER_LIMIT, fields_of
from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Origin, Source, Status
from bot.core.searching.text import normalise
from bot.errors import Problem
from bot.formats import CollectedEntry
from bot.formats.titles import normalise_key, repeated, title_key
from bot.service.entry_changes import OF_SOURCE, values_of, with_values
from bot.service.made_ids import titles_of
from bot.store.entry_changes import LONGEST_PHRASE, with_locales
from bot.store.records import AuditRecord, StoredEntry

_Key = tuple[str, Audience, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a draft makes of the entry that was there before, if one was; the file has other values of the `kept`."""

    draft: CollectedEntry
    entry: Entry
    passages: tuple[str, ...]
    before: Entry | None = None
    kept: tuple[str, ...] = ()
    settled: bool = False
    """True when that the fields were kept is settled until the file says something else."""

    @property
    def changes(self) -> bool:
        """Return whether the entry will be another one."""
        return self.before is None or self.entry != self.before

    @property
    def saves(self) -> bool:
        """Return whether there is anything to be saved."""
        return self.changes or (self.settled and bool(self.kept))

    @property
    def is_overtaken(self) -> bool:
        """Return whether the source has changed since, and the answer stays as a moderator wrote it."""
        if self.before is None or "answer" not in self.kept:
            return False
        before, after = self.before.source.updated, self.entry.source.updated
        return before is not None and after is not None and before < after


_LATER = frozenset({"answers", "threshold", "never", "hours", "channels", "cooldown"})


def digest(draft: CollectedEntry) -> str:
    """Return a number that is the same as long as the file says the same of an entry."""
    entry = fields_of(draft.entry) | {"source": fields_of(draft.entry.source)}
    entry["answers"] = list(map(fields_of, draft.entry.answers))
    # Without these, what was imported before there were any counts as the same.
    entry = {name: value for name, value in entry.items() if value not in (None, (), []) or name not in _LATER}
    content = {"entry": entry, "excerpt": draft.excerpt}
    return hashlib.sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()


def merge(stored: StoredEntry, draft: CollectedEntry, *, moderated: frozenset[str]) -> Planned:
    """Return the entry that a draft and a stored entry make.

    Of an excerpt the newer one replaces the older, and two of one day stand side by side. Everything else is as the
    file has it, except the fields that are `moderated` and the phrasings that did not come from an import.
    """
    incoming, passages = _with_excerpts(stored, draft)
    entry, kept = _with_edits(stored.entry, incoming, moderated)
    own = (phrase for phrase in stored.phrases if phrase.locale == stored.entry.locale)
    theirs = (phrase.text for phrase in own if phrase.origin is not Origin.IMPORT)
    whole = with_more_aliases(replace(entry, answers=tuple(map(tidied, entry.answers))), theirs)
    return Planned(draft=draft, entry=whole, passages=passages, before=stored.entry, kept=kept)


class Edits(StrEnum):
    """How an import treats the fields that a person edited and a file has otherwise.

    They are kept and told at each import, kept and told once, or replaced.
    """

    KEPT = "kept"
    OURS = "ours"
    THEIRS = "theirs"


def moderated_fields(history: Iterable[AuditRecord]) -> frozenset[str]:
    """Return the fields that were last changed by other things than imports; those of the source as `source.url`."""
    by_import: dict[str, bool] = {}
    for record in history:
        before, after = (dict(_flat(content or {})) for content in (record.before, record.after))
        imported = bool(record.after and record.after.get("imported"))
        by_import |= {name: imported for name in after if name not in before or before[name] != after[name]}
    return frozenset(name for name, imported in by_import.items() if not imported)


def _flat(content: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for name, value in content.items():
        if name == "source":
            yield from ((OF_SOURCE + inner, each) for inner, each in value.items())
        else:
            yield name, value


def _with_excerpts(stored: StoredEntry, draft: CollectedEntry) -> tuple[Entry, tuple[str, ...]]:
    """Return what an import says in the light of earlier ones: listing pages show one article in several excerpts."""
    if not draft.excerpt or stored.imported is None:
        return draft.entry, draft.passages
    old, new = stored.entry.source, draft.entry.source
    if old.updated and new.updated and new.updated < old.updated:
        return stored.entry, stored.imported.passages
    if old.updated and new.updated and new.updated > old.updated:
        return replace(draft.entry, source=_joint_source(old, new)), draft.passages
    known = {" ".join(passage.split()) for passage in stored.imported.passages}
    added = (passage for passage in draft.passages if " ".join(passage.split()) not in known)
    passages = (*stored.imported.passages, *added)
    return replace(draft.entry, answer="\n\n".join(passages), source=_joint_source(old, new)), passages


def _joint_source(old: Source, new: Source) -> Source:
    published = min((source.published for source in (old, new) if source.published), default=None)
    views = max((source.views for source in (old, new) if source.views is not None), default=None)
    return replace(new, published=published, views=views, url=new.url or old.url)


def _with_edits(stored: Entry, incoming: Entry, moderated: frozenset[str]) -> tuple[Entry, tuple[str, ...]]:
    old, new = values_of(stored), values_of(incoming)
    kept = {name: old[name] for name in old if name in moderated and old[name] != new[name]}
    return with_values(incoming, kept), tuple(name for name in kept if new[name] is not None)


def with_more_aliases(entry: Entry, more: Iterable[str]) -> Entry:
    """Return the entry with more aliases, each wording once."""
    texts: dict[str, str] = {}
    for text in (*entry.phrasings, *more):
        texts.setdefault(normalise(text), text)
    return replace(entry, aliases=tuple(texts.values())[1:])


def tidied(one: LocalAnswer) -> LocalAnswer:
    """Return an answer with each wording once, as it will be stored."""
    texts = {normalise(text): text for text in reversed(one.phrasings)}
    return replace(one, aliases=tuple(text for text in reversed(texts.values()) if text != one.question))


@dataclass(frozen=True, slots=True)
class _Owner:
    """The entry that has a phrasing, and the draft that brought it, if one did."""

    entry: Entry
    phrase: str
    draft: CollectedEntry | None = None


def id_problems(
    draft: CollectedEntry, stored: StoredEntry, history: Iterable[AuditRecord], *, source: str | None
) -> Iterator[Problem]:
    """Yield a problem when a draft is not of the entry that has its id."""
    owner = f"the id '{draft.entry.id}' is that of"
    if stored.imported is None:
        if title_key(draft.entry.question) not in titles_of(stored, history):
            remedy = "give this one an id of its own, or change the other"
            yield draft.problem("id", f"{owner} another entry, '{stored.entry.question}'", remedy)
    elif stored.imported.source != source:
        name = stored.imported.source
        known = "without a source" if name is None else f"from the source '{name}'"
        remedy = "import this file likewise, or give this entry another id"
        yield draft.problem("id", f"{owner} an entry that was imported {known}", remedy)


def brought_keys(plan: Iterable[Planned]) -> Iterator[_Key]:
    """Yield what phrasings that an import brings are told apart by."""
    return ((normalise(text), each.entry.audience, locale) for each in plan for _, locale, text in _brought(each))


def keys_of(entry: Entry) -> Iterator[_Key]:
    """Yield what the phrasings of an entry are told apart by."""
    return ((normalise(text), entry.audience, locale) for locale, text in with_locales(entry))


def content_problems(plan: Sequence[Planned], stored: Mapping[str, StoredEntry]) -> Iterator[Problem]:
    """Yield what keeps the planned entries from being stored beside each other and the other stored ones."""
    keys = (key for key, _ in _staying(plan, stored))
    shared = repeated(chain(keys, brought_keys(plan)))
    owners = {key: owner for key, owner in _staying(plan, stored) if hash(key) in shared}
    for planned in plan:
        draft, entry = planned.draft, planned.entry
        if len(entry.answer) > max(ANSWER_LIMIT, len(draft.entry.answer)):
            what = f"with what is stored, the answer has {len(entry.answer):,} characters, more than {ANSWER_LIMIT:,}"
            yield draft.problem("answer", what, "shorten the answer that is stored")
        for field, locale, phrase in _brought(planned):
            words = normalise(phrase)
            if not 0 < len(words) <= LONGEST_PHRASE:
                yield from _unusable(draft, field, phrase, words)
                continue
            key = (words, entry.audience, locale)
            if hash(key) not in shared:
                continue
            owner = owners.setdefault(key, _Owner(entry, phrase, draft))
            if owner.entry.id != entry.id:
                yield from _taken(draft, field, phrase, owner)


def _staying(plan: Iterable[Planned], stored: Mapping[str, StoredEntry]) -> Iterator[tuple[_Key, _Owner]]:
    """Yield the phrasings that the store has and no draft brings; some withdrawn entries have none any more."""
    by_id = {planned.entry.id: planned for planned in plan}
    for entry in (
        *(old.entry for entry_id, old in stored.items() if old.phrases and entry_id not in by_id),
        *(each.entry for each in plan),
    ):
        planned = by_id.get(entry.id)
        brought = set() if planned is None else {(locale, phrase) for _, locale, phrase in _brought(planned)}
        for locale, phrase in with_locales(entry):
            if (locale, phrase) not in brought:
                yield (normalise(phrase), entry.audience, locale), _Owner(entry, phrase)


def _brought(planned: Planned) -> Iterator[tuple[str, str, str]]:
    """Yield the phrasings that an entry has from its draft, with their fields and locales."""
    texts, draft = set(with_locales(planned.entry)), planned.draft.entry
    fields = [
        "question",
        *("aliases" for _ in draft.aliases),
        *("answers" for one in draft.answers for _ in one.phrasings),
    ]
    for field, (locale, phrase) in zip(fields, with_locales(draft), strict=True):
        if (locale, phrase) in texts:
            yield field, locale, phrase


def _unusable(draft: CollectedEntry, field: str, phrase: str, words: str) -> Iterator[Problem]:
    if words:
        what = f"its words have {len(words):,} characters, more than {LONGEST_PHRASE}"
        yield draft.problem(field, what, "shorten it")
    elif normalise_key(phrase):  # else the files were already faulted for it
        yield draft.problem(field, f"'{phrase}' has no words to match", "write it in words")


def _taken(draft: CollectedEntry, field: str, phrase: str, owner: _Owner) -> Iterator[Problem]:
    if owner.draft and normalise_key(owner.phrase) == normalise_key(phrase):
        return  # the files were already faulted for it
    retired = ", which is retired" if owner.entry.status is Status.RETIRED else ""
    place = f" ({owner.draft.place})" if owner.draft else ""
    what = f"'{phrase}' is already a phrasing of '{owner.entry.id}'{retired}{place}"
    yield draft.problem(field, what, "take it out here, or change that entry")
