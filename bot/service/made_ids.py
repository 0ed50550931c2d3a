"""Decide the ids of entries whose files name none: those that they have in the store, or else free ones."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count, takewhile

from bot.formats import Collected, CollectedEntry
from bot.formats.titles import slug, title_key
from bot.store import Transaction, audit
from bot.store.records import AuditRecord, StoredEntry


async def with_ids_of_their_own(
    tx: Transaction, collected: Collected, stored: Mapping[str, StoredEntry], same: Collection[str]
) -> Collected:
    """Return an import without ids that were made of titles and are those of other entries.

    Such an entry gets a number. One that got a number before is known by its title, now or earlier. Of the `same` the
    import says what the store has; all others that it has are `stored`.
    """
    entries, named = list(collected.entries), collected.named
    made = [at for at, draft in enumerate(entries) if draft.entry.id not in named]
    there = [at for at in made if entries[at].entry.id in stored]
    clashing = [at for at in there if await _is_another(tx, entries[at], stored[entries[at].entry.id])]
    if not clashing:
        return collected
    slugs = {slug(entries[at].entry.question) for at in clashing}
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for at in made:
        wanted = slug(entries[at].entry.question)
        if wanted in slugs:
            groups[wanted].append(at)
    settled = {at for group in groups.values() for at in group}
    taken = {draft.entry.id for at, draft in enumerate(entries) if at not in settled}
    for wanted, group in groups.items():
        ids = await _ids_in_store(tx, [entries[at] for at in group], wanted, stored, same)
        given = {*taken, *ids.values()}
        for at in group:
            title = title_key(entries[at].entry.question)
            if title not in ids:
                ids[title] = next(each for each in _numbered(wanted) if each not in given and each not in stored)
                given.add(ids[title])
            entries[at] = replace(entries[at], entry=replace(entries[at].entry, id=ids[title]))
    return replace(collected, entries=tuple(entries))


async def _is_another(tx: Transaction, draft: CollectedEntry, stored: StoredEntry) -> bool:
    """Return whether a stored entry never had the title of a draft."""
    title = title_key(draft.entry.question)
    if title in titles_of(stored, ()):
        return False
    return title not in titles_of(stored, await audit.read(tx, f"entry:{stored.entry.id}"))


async def _ids_in_store(
    tx: Transaction,
    drafts: Iterable[CollectedEntry],
    wanted: str,
    stored: Mapping[str, StoredEntry],
    same: Collection[str],
) -> dict[str, str]:
    """Return the ids of the entries that have the titles of these drafts."""
    ids = takewhile(lambda each: each in stored or each in same, _numbered(wanted))
    known = [stored[each] for each in ids if each not in same]
    found: dict[str, str] = {}
    for draft in drafts:
        title = title_key(draft.entry.question)
        if draft.entry.id in same:
            found[title] = draft.entry.id
        for each in known:
            if title not in found and not await _is_another(tx, draft, each):
                found[title] = each.entry.id
    return found


def _numbered(wanted: str) -> Iterator[str]:
    yield wanted
    yield from (f"{wanted}-{number}" for number in count(2))


def titles_of(stored: StoredEntry, history: Iterable[AuditRecord]) -> set[str]:
    """Return all titles that an entry ever had: a moderator may have given it another one since the last import."""
    earlier = [str(record.after["question"]) for record in history if record.after and "question" in record.after]
    return {title_key(title) for title in (stored.entry.question, stored.entry.source.title, *earlier) if title}
