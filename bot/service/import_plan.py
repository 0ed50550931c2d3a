"""Merge an imported entry with the stored one; what moderators wrote stays."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.core.models import Entry, Origin, Source
from bot.core.searching.text import normalise
from bot.formats import CollectedEntry
from bot.service.fields import OF_SOURCE, values_of, with_values
from bot.store.records import AuditRecord, StoredEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a draft makes of the stored entry, if there is one; the file has other values of the fields `kept`."""

    draft: CollectedEntry
    entry: Entry
    passages: tuple[str, ...]
    stored: StoredEntry | None = None
    kept: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Return whether there is anything to be saved."""
        return self.stored is None or self.entry != self.stored.entry


def digest(draft: CollectedEntry) -> str:
    """Return a number that is the same as long as the file says the same of an entry."""
    content = {"entry": asdict(draft.entry), "excerpt": draft.excerpt}
    return hashlib.sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()


def merge(stored: StoredEntry, draft: CollectedEntry, *, moderated: frozenset[str]) -> Planned:
    """Return the entry that a draft and a stored entry make.

    Of an excerpt the newer one replaces the older, and two of one day stand side by side. Everything else is as the
    file has it, except the fields that are `moderated` and the phrasings that did not come from an import.
    """
    incoming, passages = _with_excerpts(stored, draft)
    entry, kept = _with_edits(stored.entry, incoming, moderated)
    theirs = (phrase.text for phrase in stored.phrases if phrase.origin is not Origin.IMPORT)
    whole = _with_aliases(entry, theirs)
    return Planned(draft=draft, entry=whole, passages=passages, stored=stored, kept=kept)


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


def _with_aliases(entry: Entry, more: Iterable[str]) -> Entry:
    """Return the entry with more aliases, each wording once."""
    texts: dict[str, str] = {}
    for text in (*entry.phrasings, *more):
        texts.setdefault(normalise(text), text)
    return replace(entry, aliases=tuple(texts.values())[1:])
