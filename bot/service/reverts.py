"""Revert actions on review items, in a transaction that has them locked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.core.models import Audience, ItemStatus, Status
from bot.core.searching.text import normalise
from bot.errors import NothingToRevertError, Unrevertable
from bot.service import Periods, entry_changes
from bot.service.deliveries import plan_corrections, withdraw_deliveries
from bot.service.resolutions import Act, name_of, numbers
from bot.store import audit
from bot.store.entries import get_entry
from bot.store.entry_changes import release_phrases
from bot.store.feedback import move_suggestions, reopen_suggestions
from bot.store.items import all_asked, get_item
from bot.store.queue import change_item, put_into, restore_item
from bot.store.records import AuditRecord, StoredEntry
from bot.store.vectors import drop_vectors

REOPENED, _REVERTED = "reopened", "reverted"


async def revert(act: Act, *, periods: Periods, correct: bool) -> None:
    """Revert the last action on the item that was not reverted yet."""
    last = _last(await audit.read(act.tx, name_of(act.item.id)))
    if last is None or last.before is None or last.after is None:
        raise NothingToRevertError(act.item.id, Unrevertable.NOTHING_DONE)
    stored = None
    match last.action:
        case ItemStatus.ANSWERED:
            stored = await _withdraw(act, last.after)
        case ItemStatus.LINKED:
            stored = await _unlink(act, last.after)
        case ItemStatus.MERGED | "split":
            await _move_back(act, last)
    await withdraw_deliveries(act.tx, act.item.number)
    await restore_item(act.tx, act.item.number, last.before, version=act.version)
    if last.action != ItemStatus.MERGED:
        await reopen_suggestions(act.tx, last.after.get("suggestions", ()))
    await act.record(_REVERTED, {}, reverted=last.action)
    if correct and stored is not None:
        await plan_corrections(act.tx, stored, act.by, periods=periods)


def _last(history: Sequence[AuditRecord]) -> AuditRecord | None:
    """Return the last action that still counts; what was done before an item was opened again stays done."""
    done: list[AuditRecord] = []
    for record in history:
        if record.action == REOPENED:
            done.clear()
        elif record.action == _REVERTED:
            done.pop()
        else:
            done.append(record)
    return done[-1] if done else None


async def _withdraw(act: Act, after: Any) -> StoredEntry:  # noqa: ANN401  # JSON
    """Retire the entry that an answer made; its wordings are free for a better one."""
    stored = await get_entry(act.tx, after["entry_id"], audience=Audience.INTERNAL)
    if stored.version != 1:
        raise NothingToRevertError(act.item.id, Unrevertable.ENTRY_CHANGED, stored.entry.id)
    retired = replace(stored.entry, status=Status.RETIRED)
    stored = await entry_changes.put(act.tx, stored, retired, act.by)
    await release_phrases(act.tx, stored.entry.id)
    await drop_vectors(act.tx, stored.entry.id)
    return stored


async def _unlink(act: Act, after: Any) -> StoredEntry:  # noqa: ANN401  # JSON
    """Remove the aliases from an entry that a link added to it."""
    stored = await get_entry(act.tx, after["entry_id"], audience=Audience.INTERNAL)
    given = set(map(normalise, after["aliases"]))
    aliases = tuple(alias for alias in stored.entry.aliases if normalise(alias) not in given)
    return await entry_changes.put(act.tx, stored, replace(stored.entry, aliases=aliases), act.by)


async def _move_back(act: Act, last: AuditRecord) -> None:
    """Move questions back to where they were before a merge or a split."""
    after: Any = last.after
    other = await get_item(act.tx, after["into"], at=act.by.at)
    if not other.is_open:
        raise NothingToRevertError(act.item.id, Unrevertable.MOVED_ON, other.id, other.status)
    there = await all_asked(act.tx, other.number)
    back = [question_id for question_id in after["questions"] if question_id in there]
    await put_into(act.tx, act.item.number, numbers(back), version=act.version)
    await move_suggestions(act.tx, after.get("suggestions", ()), item=act.item.number)
    values: dict[str, object] = {}
    if last.action == "split" and len(back) == len(there):
        values = {"status": ItemStatus.MERGED, "merged_into": act.item.number}
        values |= {"resolved_by": act.by.actor, "resolved_at": act.by.at}
    await change_item(act.tx, other.number, version=act.version, **values)
