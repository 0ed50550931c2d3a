"""Offer related entries under an answer, and show one that somebody takes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.deciding.related import related_to
from bot.core.models import Answered, Decision, Entry, Match, Surface
from bot.core.reader import Reader
from bot.core.wording.replies import Choice, Reply, ReplyKind, answer, gone
from bot.service.knowledge import Validity
from bot.service.privacy import Person, Pseudonyms
from bot.store import Database
from bot.store.behaviour import behaviour
from bot.store.entries import answerable
from bot.store.questions import get_question

# Who did not ask the bot gets the answer and no more, and on the console there is nothing to press.
_SURFACES = frozenset({Surface.MENTION, Surface.DIRECT, Surface.COMMAND, Surface.SHORTCUT})


def may_offer(reply: Reply | None, decision: Decision, *, validity: Validity, surface: Surface) -> bool:
    """Return whether entries are to be offered under a reply, if there are any that are related."""
    is_answer = reply is not None and reply.kind is ReplyKind.ANSWER and isinstance(decision, Answered)
    return is_answer and validity.related and surface in _SURFACES


def with_related(reply: Reply, matches: Sequence[Match], entries: Mapping[str, Entry], *, reader: Reader) -> Reply:
    """Return an answer with what is related to it, of the matches of its question."""
    found = related_to(reply.entry_id or "", matches, entries, reader=reader)
    return replace(reply, related=tuple(Choice(entry.id, entry.question) for entry in found))


class RelatedService:
    """Show related entries; that somebody takes one says nothing about the answer that they were given."""

    def __init__(self, *, database: Database, validity: Validity, author_key: bytes | None = None) -> None:
        self._database = database
        self._validity = validity
        self._names = Pseudonyms(author_key)

    async def show(self, question_id: str, entry_id: str, person: Person) -> Reply:
        """Return the answer of an entry that a question was compared with, as somebody may read it there and now."""
        async with self._database.snapshot() as tx:
            asked = await get_question(tx, question_id)
            compared = () if asked.outcome is None else asked.outcome.candidates
            if entry_id not in {match.entry_id for match in compared}:
                return gone()
            entries = await answerable(tx, [entry_id], audience=asked.audience)
            settings = await behaviour(tx, asked.ref.channel)
            reader = await self._validity.asker(tx, asked, author=await self._names.of(tx, person))
        reader = self._validity.at_once(reader, asked.ref.channel, settings.topics_of(asked.surface))
        return (answer(entries[entry_id], reader=reader) if entries else None) or gone()
