"""Name people by pseudonyms only, export and erase what is stored about them, and stop messages to them."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from bot.core.manners import OptOut
from bot.core.models import MessageRef
from bot.service import Clock, Periods
from bot.store import Database, Transaction, audit, privacy, wishes
from bot.store.database import Alone
from bot.store.drafts import LIFETIME as DRAFTS_KEPT
from bot.store.drafts import drop as drop_drafts
from bot.store.privacy import PersonalData, Removed, author_key
from bot.store.records import AuditRecord, to_question_id
from bot.store.solutions import drop_marks_of, drop_words
from bot.store.thread_names import drop_name, take_names


@dataclass(frozen=True, slots=True)
class Person:
    """Name a member of a platform."""

    platform: str
    user_id: str

    @property
    def actor(self) -> str:
        """Return how moderators and the audit log name them."""
        return f"{self.platform}:{self.user_id}"


class Pseudonyms:
    """Name people by their pseudonyms; without a key, by the one that the database has."""

    def __init__(self, key: bytes | None) -> None:
        self._key = key

    async def of(self, tx: Transaction | Alone, person: Person) -> str:
        """Return the pseudonym of a person."""
        if self._key is None:
            self._key = await author_key(tx)
        return pseudonym_of(person, key=self._key)


def pseudonym_of(person: Person, *, key: bytes) -> str:
    """Return the keyed hash that stands for a person; without the key nobody finds out for whom."""
    identity = f"{person.platform}\0{person.user_id}".encode("utf-8", "surrogatepass")
    return hmac.new(key, identity, "sha256").hexdigest()


def shown(pseudonym: str) -> str:
    """Return the name of a pseudonym in the audit log, by which the owner of the key can find the person."""
    return f"author:{pseudonym[:12]}"


# So many threads are renamed in a round, and so long after one that the platform refused it is tried again.
_NAMES_AT_ONCE, _AGAIN = 10, timedelta(hours=1)
_ACTIONS = {OptOut.FOLLOW_UPS: "opt-out", OptOut.UNASKED: "opt-out-unasked"}


class PrivacyService:
    """Export and erase what is stored of people; the audit log names them by their pseudonyms."""

    def __init__(self, *, database: Database, clock: Clock, periods: Periods, author_key: bytes | None = None) -> None:
        self._database = database
        self._clock = clock
        self._periods = periods
        self._names = Pseudonyms(author_key)

    async def export(self, person: Person, *, actor: str) -> PersonalData:
        """Return everything that is kept of a person."""
        async with self._database.transaction() as tx:
            author = await self._names.of(tx, person)
            kept = await privacy.kept_of(tx, author, actor=person.actor)
            await self._record(tx, "export", shown(author), actor)
        return kept

    async def forget(self, person: Person, *, actor: str) -> Removed:
        """Remove what a person wrote, what they said of answers, and what was to be sent to them."""
        async with self._database.transaction() as tx:
            author = await self._names.of(tx, person)
            removed = await privacy.forget(tx, author, suggested_by=person.actor, actor=actor, at=self._clock())
            await self._record(tx, "forget", shown(author), actor, removed.counts())
        self._database.start_erasure()
        return removed

    async def purge(self, *, actor: str) -> Removed:
        """Remove what people wrote longer ago than it may be kept."""
        at = self._clock()
        async with self._database.transaction() as tx:
            removed = await privacy.purge(tx, before=at - self._periods.retention, actor=actor, at=at)
            await drop_drafts(tx, older=DRAFTS_KEPT)
            await self._record(tx, "purge", "questions", actor, removed.counts())
        self._database.start_erasure()
        return removed

    async def nameless(self, platform: str, workspaces: Collection[str]) -> tuple[MessageRef, ...]:
        """Return erased messages whose threads are to lose their names; another process gets others."""
        async with self._database.transaction() as tx:
            return await take_names(tx, platform, workspaces, again=_AGAIN, limit=_NAMES_AT_ONCE)

    async def renamed(self, ref: MessageRef) -> None:
        """Store that the thread of an erased message has lost its name, or keeps it for good."""
        async with self._database.transaction() as tx:
            await drop_name(tx, ref)

    async def erased(self, *, within: timedelta) -> bool:
        """Wait until what was removed is out of the database's files too, and tell whether it is.

        Who reads in another process holds that up. It is tried again as long as this process runs.
        """
        return await self._database.erase(within=within)

    async def opt_out(self, person: Person, *, actor: str, extent: OptOut = OptOut.FOLLOW_UPS) -> int:
        """Send a person no answer or correction any more, or nothing unasked at all; return how many still waited."""
        async with self._database.transaction() as tx:
            author = await self._names.of(tx, person)
            waiting = await wishes.opt_out(tx, author, extent, at=self._clock())
            await self._record(tx, _ACTIONS[extent], shown(author), actor, {"deliveries": waiting})
        return waiting

    async def opt_in(self, person: Person, *, actor: str) -> bool:
        """Allow messages to a person again; return whether that is a change."""
        async with self._database.transaction() as tx:
            author = await self._names.of(tx, person)
            changed = await wishes.opt_in(tx, author)
            await self._record(tx, "opt-in", shown(author), actor)
        return changed

    async def opted_out(self, person: Person) -> OptOut | None:
        """Return what a person opted out of, None where that is nothing."""
        async with self._database.snapshot() as tx:
            return await wishes.opted_out(tx, await self._names.of(tx, person))

    async def delete_message(self, ref: MessageRef, *, actor: str) -> bool:
        """Remove the text of a message that was deleted where it was written; tell whether the log had it.

        What was suggested of it, and that it solved a question, goes too, and its text where somebody pointed at it.
        """
        async with self._database.transaction() as tx:
            erased = await drop_words(tx, ref)
            await drop_marks_of(tx, ref)
            row = await privacy.message(tx, ref)
            rows = [*([] if row is None else [row]), *await privacy.pointing_at(tx, ref)]
            for each in rows:
                await privacy.delete_message(tx, each, actor=actor, at=self._clock())
                await self._record(tx, "delete", f"question:{to_question_id(each.id)}", actor)
        if erased or rows:
            self._database.start_erasure()
        return row is not None

    async def _record(
        self, tx: Transaction, action: str, what: str, actor: str, after: dict[str, int] | None = None
    ) -> None:
        record = AuditRecord(actor=actor, action=action, object=what, at=self._clock(), after=after)
        await audit.append(tx, record)
