"""Resolve, merge and split review items in a transaction that has them locked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.core.deciding.wordings import SortedWordings, sort_wordings
from bot.core.models import Audience, DismissReason, Entry, ItemStatus, Status
from bot.core.reader import Reader, Withheld
from bot.core.review import ReviewItem
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.text import normalise
from bot.core.talk.titles import title_of
from bot.errors import (
    ConsentMissingError,
    EntryFieldError,
    EntryUnfitError,
    ItemChangedError,
    ItemClosedError,
    ItemPartError,
    ItemsUnlikeError,
    Unlike,
)
from bot.service import entry_changes
from bot.service.deliveries import plan_deliveries
from bot.service.entry_changes import By, checked_alias, checked_value
from bot.store import Transaction, audit
from bot.store.entries import get_entry
from bot.store.feedback import Suggestion, Taken, close_suggestions, move_suggestions, open_suggestions
from bot.store.items import all_asked
from bot.store.queue import QueueCandidate, change_item, item_state, open_item, put_into
from bot.store.records import AuditRecord, StoredEntry, from_question_id, to_item_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """The fields of an entry that is made of an item.

    Without a question it gets the wording that stands for the item; without aliases all other wordings that can be
    one and do not differ from it; without an id one made from the question.
    """

    answer: str
    question: str | None = None
    aliases: tuple[str, ...] | None = None
    entry_id: str | None = None
    category: str | None = None


def answer_of(suggestion: Suggestion) -> NewAnswer:
    """Return the answer that somebody suggested."""
    return NewAnswer(answer=suggestion.answer or "", question=suggestion.question)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a resolution makes of an item: the entry, the aliases that are new in it, and the sorted wordings."""

    entry: Entry
    aliases: tuple[str, ...] = ()
    wordings: SortedWordings = field(default_factory=SortedWordings)


def merged(proposals: Sequence[Proposal]) -> list[Entry]:
    """Return the entries of several proposals, each once: one that gets several phrasings has all of them."""
    entries: dict[str, Entry] = {}
    for each in proposals:
        known = entries.get(each.entry.id, each.entry)
        new = [alias for alias in each.entry.aliases if alias not in known.aliases]
        entries[known.id] = replace(known, aliases=(*known.aliases, *new))
    return list(entries.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An item and a moderator's action on it: nobody else changes the queue before the transaction has ended."""

    tx: Transaction
    item: ReviewItem
    by: By
    version: int

    async def record(self, action: str, before: Mapping[str, Any], **after: object) -> None:
        """Append the action to the audit log."""
        line = AuditRecord(
            actor=self.by.actor,
            action=action,
            object=name_of(self.item.id),
            at=self.by.at,
            reason=self.by.reason,
            before=before,
            after=after,
        )
        await audit.append(self.tx, line)

    async def change(self, action: str, *, values: Mapping[str, object], **after: object) -> None:
        """Change columns of the item and put that into the audit log."""
        before = await item_state(self.tx, self.item.number)
        await change_item(self.tx, self.item.number, version=self.version, **values)
        await self.record(action, before, **after)


def name_of(item_id: str) -> str:
    """Return the name of an item in the audit log."""
    return f"item:{item_id}"


async def entry_for(tx: Transaction, item: ReviewItem, wanted: NewAnswer, index: EntryIndex) -> Proposal:
    """Return the entry that an answer makes of an item, for the audience that asked."""
    title = checked_value("question", " ".join((wanted.question or title_of(item.text)).split()))
    entry = Entry(
        id=wanted.entry_id or await entry_changes.free_id(tx, title),
        question=title,
        answer=wanted.answer,
        audience=item.audience,
        category=wanted.category,
    )
    wordings = sort_wordings(index, entry, item.wordings, chosen=wanted.aliases)
    chosen = _storable(_without_askers(wordings.taken)) if wanted.aliases is None else wanted.aliases
    aliases = tuple(alias for alias in chosen if normalise(alias) != normalise(title))
    return Proposal(entry=replace(entry, aliases=aliases), aliases=aliases, wordings=wordings)


async def linked(  # noqa: PLR0913  # what a link takes
    tx: Transaction,
    item: ReviewItem,
    entry_id: str,
    *,
    aliases: Sequence[str] | None,
    index: EntryIndex,
    reader: Reader,
) -> tuple[StoredEntry, Proposal]:
    """Return an entry that the askers of an item may read, and it with these aliases, or what does not differ."""
    stored = await get_entry(tx, entry_id, audience=Audience.INTERNAL)
    _refuse_unfit(stored.entry, item, reader)
    wordings = sort_wordings(index, stored.entry, item.wordings, chosen=aliases)
    chosen = _chosen(wordings.taken) if aliases is None else tuple(map(checked_alias, aliases))
    known = {phrase.normalised for phrase in stored.phrases}
    new = tuple({normalise(alias): alias for alias in chosen if normalise(alias) not in known}.values())
    entry = replace(stored.entry, aliases=(*stored.entry.aliases, *new))
    return stored, Proposal(entry=entry, aliases=new, wordings=wordings)


async def linkable(tx: Transaction, item: ReviewItem, entry_id: str, reader: Reader) -> None:
    """Refuse an entry that the askers of an item get no answer from."""
    _refuse_unfit((await get_entry(tx, entry_id, audience=Audience.INTERNAL)).entry, item, reader)


async def close(  # noqa: PLR0913  # how an item is closed
    act: Act,
    status: ItemStatus,
    *,
    lasting: timedelta,
    stored: StoredEntry | None = None,
    reason: DismissReason | None = None,
    is_taken: Taken = lambda _: False,
    is_used: Taken = lambda _: False,
    accepted: str | None = None,
    **after: object,
) -> int:
    """Close an item and whatever is suggested for it, and have its askers told; return how many that are."""
    entry_id = None if stored is None else stored.entry.id
    tx, item, by = act.tx, act.item, act.by
    which = {"is_taken": is_taken, "is_used": is_used}
    suggestions = await close_suggestions(tx, item.number, **which, wanted=accepted, actor=by.actor, at=by.at)
    values = {
        "status": status,
        "resolved_by": by.actor,
        "resolved_at": by.at,
        "resolved_entry_id": entry_id,
        "reason": reason,
        "note": by.reason,
        "snoozed_until": None,
    }
    await act.change(status, values=values, entry_id=entry_id, suggestions=suggestions, **after)
    return 0 if stored is None else await plan_deliveries(tx, item.number, stored, at=by.at, lasting=lasting)


async def refuse_unconsented(tx: Transaction, item: ReviewItem, answer: str, *, actor: str) -> None:
    """Refuse the very words of somebody who has not agreed that they become public FAQ; authors may take their own."""
    if item.audience is not Audience.PUBLIC or not answer.strip():
        return
    words = normalise(answer)
    alike = [one for one in await open_suggestions(tx, item.number) if normalise(one.answer or "") == words]
    if alike and not any(one.consented or one.suggested_by == actor for one in alike):
        raise ConsentMissingError(alike[0].id, item.id, alike[0].suggested_by)


def still_open(item: ReviewItem) -> ReviewItem:
    """Return an item that may be acted on, or say what became of it."""
    if not item.is_open:
        raise ItemClosedError(item.id, item.status, item.resolution.actor if item.resolution else "")
    return item


async def changed_since(tx: Transaction, item: ReviewItem) -> ItemChangedError:
    """Return that an item has changed since somebody saw it, and who did what last."""
    return changed_by(item, await audit.read(tx, name_of(item.id)))


def changed_by(item: ReviewItem, history: Sequence[AuditRecord]) -> ItemChangedError:
    """Return that an item has changed since somebody saw it, by the last act of its history."""
    last = history[-1:]
    return ItemChangedError(item.id, *((last[0].action, last[0].actor) if last else ("changed", "")))


def _storable(wordings: Sequence[str]) -> tuple[str, ...]:
    """Return the wordings that are short enough for an alias."""
    return tuple(text for text in wordings if _is_storable(text))


def _without_askers(wordings: Sequence[str]) -> tuple[str, ...]:
    """Return wordings without what tells who asked, each once."""
    return tuple(dict.fromkeys(map(title_of, wordings)))


def _is_storable(text: str) -> bool:
    try:
        checked_alias(text)
    except EntryFieldError:
        return False
    return True


def _chosen(wordings: Sequence[str]) -> tuple[str, ...]:
    """Return the aliases that wordings give, or raise an error when there are some and none can be one."""
    return _storable(wordings) or tuple(map(checked_alias, wordings))


def _refuse_unfit(entry: Entry, item: ReviewItem, reader: Reader) -> None:
    if not item.audience.sees(entry.audience):
        raise EntryUnfitError(entry.id, item.id, "audience", entry.audience)
    if entry.status is not Status.PUBLISHED:
        raise EntryUnfitError(entry.id, item.id, "status", entry.status)
    if reader.withholds(entry) is Withheld.ENDED:
        raise EntryUnfitError(entry.id, item.id, "last day", str(entry.valid_until))


def numbers(question_ids: Sequence[str]) -> list[int]:
    """Return the rows of questions."""
    return [number for number in map(from_question_id, question_ids) if number is not None]


async def merge(act: Act, target: ReviewItem) -> None:
    """Move all questions and suggestions of the item into another one."""
    item = act.item
    if item.number == target.number:
        raise ItemsUnlikeError(item.id, target.id, Unlike.SAME)
    if item.audience is not target.audience:
        raise ItemsUnlikeError(item.id, target.id, Unlike.AUDIENCES)
    suggestions = [one.id for one in await open_suggestions(act.tx, item.number)]
    questions = list(await all_asked(act.tx, item.number))
    await put_into(act.tx, target.number, numbers(questions), version=act.version)
    await move_suggestions(act.tx, suggestions, item=target.number)
    values = {
        "status": ItemStatus.MERGED,
        "resolved_by": act.by.actor,
        "resolved_at": act.by.at,
        "merged_into": target.number,
        "snoozed_until": None,
    }
    await act.change(ItemStatus.MERGED, values=values, into=target.id, questions=questions, suggestions=suggestions)


async def split(act: Act, question_ids: Sequence[str]) -> str:
    """Move some questions of the item into a new one, and return its id."""
    item = act.item
    inside = await all_asked(act.tx, item.number)
    wanted = [question_id.upper() for question_id in question_ids]
    for question_id in wanted:
        if question_id not in inside:
            raise ItemPartError(item.id, question_id)
    if not 0 < len(set(wanted)) < len(inside):
        raise ItemPartError(item.id, None)
    answered_with = next((inside[one] for one in wanted if inside[one]), None)
    about = QueueCandidate(0, item.audience, "", answered_with)
    part = await open_item(act.tx, item.kind, about, version=act.version, at=act.by.at)
    await put_into(act.tx, part, numbers(wanted), version=act.version)
    await act.change("split", values={}, into=to_item_id(part), questions=wanted)
    return to_item_id(part)


async def set_apart(act: Act, wordings: SortedWordings) -> str | None:
    """Move the questions that differ into an item of their own, and return its id; None where there are none."""
    apart = {normalise(one.text) for one in wordings.apart}
    asked = [question.id for question in act.item.questions if normalise(question.text) in apart]
    return await split(act, asked) if asked else None
