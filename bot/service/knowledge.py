"""Index in memory what can be answered today, with the thresholds that moderators applied."""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date
from typing import NamedTuple

from bot.core.deciding.decision import Thresholds, built_in
from bot.core.deciding.ranking import Ranking
from bot.core.local_answers import language_of
from bot.core.models import Audience, ChannelRef, Surface
from bot.core.reader import Reader
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.kept_vectors import RecentVectors
from bot.core.searching.languages import IsEnglish, asked_in
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.query import VectorsOf
from bot.core.searching.text import plain, tokens
from bot.core.searching.vectors import Encode, Model
from bot.service import Clock, utc_now
from bot.service.background import Background, return_freed, uncollected
from bot.service.vectors import Advance, EntryVectors, KeptEncoder
from bot.store import Database, Transaction
from bot.store.behaviour import Applied, Current, current, last_applied
from bot.store.entries import load_entries
from bot.store.records import EntryChanges, LoggedQuestion
from bot.store.wishes import region_of


@dataclass(frozen=True, slots=True)
class Validity:
    """The days of UTC by the clock; where it is `hedged`, what has ended is given with a warning.

    The language of a question is told by its words: `is_english` knows those of English. Under answers what is
    `related` is offered.
    """

    clock: Clock = utc_now
    hedged: bool = False
    cautioned: frozenset[str] = frozenset()
    related: bool = True
    is_english: IsEnglish = frozenset[str]().__contains__

    @property
    def today(self) -> date:
        """Return the day that it is."""
        return self.clock().astimezone(UTC).date()

    def reader(
        self, audience: Audience, *, locale: str | None = None, text: str | None = None, region: str | None = None
    ) -> Reader:
        """Return who reads today in a place of this audience.

        `locale` is theirs or that of the place, if it is known; a `text` of theirs goes before, where it tells.
        """
        return Reader(
            audience=audience,
            locale=self._locale(text, locale),
            region=region,
            today=self.today,
            hedged=self.hedged,
            cautioned=self.cautioned,
        )

    def at_once(self, reader: Reader, place: ChannelRef | None = None, topics: frozenset[str] = frozenset()) -> Reader:
        """Return a reader for whom hours of entries count, with a place channels too, and only these topics, if any."""
        return replace(reader, at=self.clock(), place=place, topics=topics)

    def writer(self, reader: Reader, text: str, *, near: str | None = None) -> Reader:
        """Return a reader who has written a text and gets a reply, with buttons if need be.

        Where its small words do not tell its language, that of the phrasing that it is `near` counts, unless each of
        its words is English as well.
        """
        locale = self._locale(text, reader.locale)
        if near is not None and self._locale(text, None) is None and not all(map(self.is_english, tokens(text))):
            locale = near
        return replace(reader, locale=locale, may_choose=True)

    async def asker(self, tx: Transaction, asked: LoggedQuestion, *, author: str | None = None) -> Reader:
        """Return who reads the reply to a question of the log: who asked it, or another person by their pseudonym."""
        text = None if asked.outcome is None else asked.outcome.text
        region = await region_of(tx, author or asked.author)
        return self.reader(asked.audience, text=text, region=region)

    def _locale(self, text: str | None, locale: str | None) -> str | None:
        if text is None:
            return locale
        written = asked_in(plain(text), tokens(text), self.is_english, locale=locale)
        return locale if locale is not None and language_of(locale) == written else written


_log = logging.getLogger(__name__)

# With more changes than this it is quicker to build a new index, in a thread.
MOST_PUT = 50
# The first question does not wait for the stored vectors of more entries than this.
MOST_AT_ONCE = 5_000


class AppliedThresholds:
    """The applied thresholds, for each surface by the scorer whose confidence they were made for."""

    def __init__(self, applied: Iterable[Applied] = ()) -> None:
        self._applied: dict[Surface, dict[str, Thresholds]] = {surface: {} for surface in Surface}
        for one in applied:
            self._applied[one.surface][one.scorer_version] = one.thresholds
        self._told = False

    def of(self, surface: Surface) -> Mapping[str, Thresholds]:
        """Return the thresholds of a surface by the version of the scorer."""
        return self._applied[surface]

    def in_use(self, surface: Surface, scorer: str) -> Thresholds:
        """Return the thresholds that count for a scorer: those that were applied, or else the built-in ones."""
        return self._applied[surface].get(scorer) or built_in(surface, scorer)

    def note_unused(self, surface: Surface, ranking: Ranking) -> None:
        """Log, and only once, that the built-in thresholds count since those applied are for another scorer."""
        applied = self._applied[surface]
        if self._told or not applied or not ranking.matches or ranking.scorer in applied:
            return
        self._told = True
        facts = {"scorer": ranking.scorer, "made_for": ", ".join(applied), "remedy": "run: faqbot tune"}
        _log.warning("thresholds.not_applicable", extra=facts)


class Known(NamedTuple):
    """An index of what one audience may read, and its content version."""

    entries: EntryIndex
    content_version: int


class Knowledge:
    """One index per audience, refreshed when it is asked for.

    It reads what is committed, in transactions of its own: an index is never ahead of the store, and no lock is held
    while one is built.
    """

    def __init__(
        self,
        database: Database,
        lexicon: Lexicon,
        encode: Encode | None = None,
        model: Callable[[], str] | None = None,
        multilingual: KeptEncoder | None = None,
    ) -> None:
        self._database = database
        self._lexicon = lexicon
        self.background = Background()
        self.encoders: dict[Model, RecentVectors] = {}
        self._vectors: dict[Model, EntryVectors] = {}
        for role, kept in _by_role(encode, model, multilingual).items():
            self.encoders[role] = RecentVectors(kept.encode)
            self._vectors[role] = EntryVectors(database, kept.encode, kept.model, background=self.background, role=role)
        self._known: dict[Audience, Known] = {}
        self._thresholds_id: int | None = None
        self._applied = AppliedThresholds()
        self._turn = asyncio.Lock()

    @property
    def applied(self) -> AppliedThresholds:
        """Return the thresholds that were applied, as current as the last index that was returned."""
        return self._applied

    async def index(
        self, audience: Audience, *, about: str | None = None, locale: str | None = None, newest: Current | None = None
    ) -> Known:
        """Return the index with all that is committed; it may change with the caller's next `await`.

        Name the question that it is asked `about` next, with the locale of who asks, if that is known: it is encoded in
        a thread meanwhile. What is `newest` is looked up unless the caller has just done so.
        """
        known = await self._current(audience, about, locale, newest)
        for vectors in self._vectors.values():
            vectors.start(known.entries)
        return known

    async def encode_all(
        self, audience: Audience, *, about: str | None = None, advance: Advance = lambda *_: None
    ) -> None:
        """Encode all that an audience is answered from and that has no vector yet, and wait for it."""
        if not self._vectors:  # nothing to encode with, so no index is built for it
            return
        known = await self._current(audience, about)
        for vectors in self._vectors.values():
            await vectors.teach(known.entries, advance=advance)

    async def stored_vectors(self) -> VectorsOf:
        """Return the vectors that the store has of the texts of entries, by model."""
        return await self._stored()

    async def aclose(self) -> None:
        """Stop the background tasks."""
        await self.background.aclose()

    def last(self, audience: Audience) -> Known | None:
        """Return the index as it was when the database was last heard, None when there is none yet."""
        return self._known.get(audience)

    async def _foresee(self, audience: Audience, text: str | None, locale: str | None) -> None:
        if text is None or not self.encoders:
            return
        known = self._known.get(audience)
        read = {Model.ENGLISH: plain(text)} if known is None else known.entries.query(text, locale=locale).for_models
        for model, meant in read.items():
            if model in self.encoders:
                await asyncio.to_thread(self.encoders[model], [meant])

    async def _current(
        self, audience: Audience, about: str | None, locale: str | None = None, newest: Current | None = None
    ) -> Known:
        foreseen = asyncio.create_task(self._foresee(audience, about, locale))
        try:
            if not await self._is_current(audience, newest):
                async with self._turn:  # who waited finds the work done
                    await self._refresh(audience)
        finally:
            await foreseen
        return self._known[audience]

    async def _is_current(self, audience: Audience, newest: Current | None) -> bool:
        if newest is None:
            async with self._database.reading_alone() as tx:
                newest = await current(tx)
        if newest.thresholds_id != self._thresholds_id:
            async with self._database.snapshot() as tx:
                newest = await current(tx)
                self._applied = AppliedThresholds(await last_applied(tx))
                self._thresholds_id = newest.thresholds_id
        known = self._known.get(audience)
        return known is not None and known.content_version == newest.content_version

    async def _refresh(self, audience: Audience) -> None:
        known = self._known.get(audience)
        if known is not None:
            changes = await self._load(audience, since=known.content_version)
            # A lower version than ours comes with a database that was restored from a copy.
            if len(changes.entries) <= MOST_PUT and known.content_version <= changes.content_version:
                vectors_of = await self._stored([stored.entry.id for stored in changes.entries])
                del self._known[audience]  # nobody is to ask an index with half of the changes
                await _apply(known.entries, changes, vectors_of)
                await self._teach_few(known.entries)
                self._known[audience] = Known(known.entries, changes.content_version)
                return
        with uncollected():
            self._known[audience] = await self._built(audience)
        self.background.start(return_freed())

    async def _built(self, audience: Audience) -> Known:
        """Build an index of all; the first of many goes by words until `EntryVectors` has loaded its vectors beside."""
        changes = await self._load(audience, since=0)
        entries = [stored.entry for stored in changes.entries]
        waits = len(entries) <= MOST_AT_ONCE or audience in self._known
        vectors_of = await self._stored() if waits else dict.fromkeys(self._vectors, _no_vector)
        encode, many = self.encoders.get(Model.ENGLISH), self.encoders.get(Model.MULTILINGUAL)
        index = await asyncio.to_thread(EntryIndex, self._lexicon, entries, encode, vectors_of, multilingual=many)
        await self._teach_few(index)
        if index.foreign and encode is not None and many is None:
            _log.info("multilingual.missing", extra={"entries": index.foreign, "audience": audience})
        return Known(index, changes.content_version)

    async def _stored(self, entry_ids: Collection[str] | None = None) -> VectorsOf:
        return {role: await vectors.stored(entry_ids) for role, vectors in self._vectors.items()}

    async def _teach_few(self, index: EntryIndex) -> None:
        for vectors in self._vectors.values():
            await vectors.teach_few(index)

    async def _load(self, audience: Audience, *, since: int) -> EntryChanges:
        async with self._database.snapshot() as tx:
            return await load_entries(tx, audience=audience, since=since)


def _no_vector(_: str) -> None:
    return None


def _by_role(
    encode: Encode | None, model: Callable[[], str] | None, multilingual: KeptEncoder | None
) -> Mapping[Model, KeptEncoder]:
    kept = {} if encode is None else {Model.ENGLISH: KeptEncoder(encode, model)}
    return kept if multilingual is None else {**kept, Model.MULTILINGUAL: multilingual}


async def _apply(index: EntryIndex, changes: EntryChanges, vectors_of: VectorsOf) -> None:
    """Apply the changes to an index, and let others run in between."""
    for entry_id in changes.removed:
        index.drop(entry_id)
        await asyncio.sleep(0)
    for stored in changes.entries:
        index.put(stored.entry, vectors_of)
        await asyncio.sleep(0)
