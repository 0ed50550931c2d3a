"""Let moderators close the questions that had no answer."""

from dataclasses import dataclass
from itertools import count

from bot.core.models import Audience, Entry, Status
from bot.errors import EntryFieldError, EntryUnfitError, QuestionClosedError
from bot.formats.titles import slug
from bot.service import Clock, changing
from bot.service.changing import By
from bot.service.fields import checked_alias, checked_value
from bot.store import Database, Transaction, audit
from bot.store.entries import get_entry
from bot.store.meta import lock_content
from bot.store.questions import get_question
from bot.store.records import (
    AuditRecord,
    LoggedQuestion,
    Resolution,
    ResolutionKind,
    StoredEntry,
    UnansweredGroup,
)
from bot.store.unanswered import MOST_GROUPS, group_of, resolve, unanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Hold a question of the log, and the group that it is in as long as it is open."""

    question: LoggedQuestion
    group: UnansweredGroup | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Hold a group as it was when it was closed, and the entry that answers it now, if one does."""

    group: UnansweredGroup
    entry: StoredEntry | None = None


class ReviewService:
    """Review unanswered questions; who closes one closes all that say the same for the same audience."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list(self, *, limit: int = MOST_GROUPS) -> tuple[UnansweredGroup, ...]:
        """Return the open questions, those that say the same as one, most distinct askers first."""
        async with self._database.snapshot() as tx:
            return await unanswered(tx, limit=limit)

    async def show(self, question_id: str) -> Review:
        """Return one question of the log, open or closed."""
        async with self._database.snapshot() as tx:
            question = await get_question(tx, question_id)
            try:
                return Review(question=question, group=await group_of(tx, question_id))
            except QuestionClosedError:
                return Review(question=question, group=None)

    async def answer(  # noqa: PLR0913  # the fields of the entry that a moderator may choose
        self,
        question_id: str,
        *,
        answer: str,
        actor: str,
        question: str | None = None,
        entry_id: str | None = None,
        category: str | None = None,
    ) -> Closed:
        """Make an entry out of a group, for the audience that asked.

        Without an id it gets one made from the question. A question in better words keeps the wording of the group
        as an alias, unless that is too long for one.
        """
        by = By(actor=actor, at=self._clock())
        async with self._database.transaction() as tx:
            await lock_content(tx)
            group = await group_of(tx, question_id)
            title = checked_value("question", " ".join((question or group.text).split()))
            entry = Entry(
                id=entry_id or await _free_id(tx, title),
                question=title,
                answer=answer,
                aliases=_aliases(group),
                audience=group.audience,
                category=category,
            )
            stored = await changing.add(tx, entry, by)
            return await _close(tx, group, ResolutionKind.ANSWERED, by, stored)

    async def link(self, question_id: str, entry_id: str, *, actor: str, alias: str | None = None) -> Closed:
        """Make the wording of a group, or this alias in its place, a phrasing of an entry that its audience reads."""
        by = By(actor=actor, at=self._clock())
        async with self._database.transaction() as tx:
            await lock_content(tx)
            group = await group_of(tx, question_id)
            stored = await get_entry(tx, entry_id, audience=Audience.INTERNAL)
            _refuse_unfit(stored.entry, group)
            stored = await changing.add_alias(tx, stored, alias or group.text, by)
            return await _close(tx, group, ResolutionKind.LINKED, by, stored)

    async def dismiss(self, question_id: str, *, reason: str, actor: str) -> Closed:
        """Close a group without an answer."""
        by = By(actor=actor, at=self._clock(), reason=reason)
        async with self._database.transaction() as tx:
            group = await group_of(tx, question_id)
            return await _close(tx, group, ResolutionKind.DISMISSED, by)


def _aliases(group: UnansweredGroup) -> tuple[str, ...]:
    try:
        return (checked_alias(group.text),)
    except EntryFieldError:
        return ()


async def _free_id(tx: Transaction, title: str) -> str:
    """Return an id made from a title, with a number when other entries have it without."""
    wanted = slug(title)
    for number in count(2):
        if not await changing.exists(tx, wanted):
            break
        wanted = f"{slug(title)}-{number}"
    return wanted


def _refuse_unfit(entry: Entry, group: UnansweredGroup) -> None:
    if not group.audience.sees(entry.audience):
        raise EntryUnfitError(entry.id, group.id, "audience", entry.audience)
    if entry.status is not Status.PUBLISHED:
        raise EntryUnfitError(entry.id, group.id, "status", entry.status)


async def _close(
    tx: Transaction, group: UnansweredGroup, kind: ResolutionKind, by: By, stored: StoredEntry | None = None
) -> Closed:
    entry_id = None if stored is None else stored.entry.id
    resolution = Resolution(kind=kind, actor=by.actor, at=by.at, entry_id=entry_id, reason=by.reason)
    await resolve(tx, group.question_ids, resolution)
    record = AuditRecord(
        actor=by.actor,
        action=kind,
        object=f"question:{group.id}",
        at=by.at,
        reason=by.reason,
        after={"entry_id": entry_id, "questions": list(group.question_ids)},
    )
    await audit.append(tx, record)
    return Closed(group=group, entry=stored)
