"""Load the vectors of entries into indexes: those that the store has, and new ones."""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple, TypeVar

from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.vectors import Encode, Model, VectorOf
from bot.errors import UnavailableError
from bot.service.background import Background, return_freed
from bot.store import Database
from bot.store.database import let_others_run
from bot.store.entries import lock_content
from bot.store.vectors import Encoded, digest, load_vectors, save_vectors

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

# So few texts are encoded before anybody is answered from them; more than that would keep people waiting.
FEW = 64
# So many are encoded in one go beside the answering of questions, on one core, and where nobody waits for another.
_A_FEW, _MANY = 16, 256
# So many vectors are written at once.
_SAVED = 512
# So many that the store has are learnt before others run.
_RECALLED = 2_048

Advance = Callable[[int, int], object]
"""Report how many texts of how many are done."""


class KeptEncoder(NamedTuple):
    """An encoder, and what tells its model from all others."""

    encode: Encode
    model: Callable[[], str] | None = None


class EntryVectors:
    """Encode what indexes lack, in threads, and keep the vectors in the store.

    `model` tells the models of a role apart; without it nothing is kept. Where the store cannot be written the vectors
    serve this process alone.
    """

    def __init__(
        self,
        database: Database,
        encode: Encode | None,
        model: Callable[[], str] | None = None,
        *,
        background: Background,
        role: Model = Model.ENGLISH,
    ) -> None:
        self._database = database
        self._encode = encode
        self._model = model
        self._role = role
        self._turn = asyncio.Lock()
        self._background = background
        self._beside: asyncio.Task[None] | None = None
        self._tried: tuple[int, int] | None = None

    async def stored(self, entry_ids: Collection[str] | None = None) -> VectorOf:
        """Return the vectors that the store has of the texts of these entries, or of all."""
        if self._encode is None or self._model is None:
            return lambda _: None
        model = await asyncio.to_thread(self._model)
        async with self._database.snapshot() as tx:
            found = await load_vectors(tx, model=model, entry_ids=entry_ids)
        return lambda text: found.get(digest(text))

    async def teach_few(self, index: EntryIndex) -> None:
        """Encode what an index lacks, if that is little; it is written later."""
        if self._encode is None or not 0 < index.lacks(self._role) <= FEW:
            return
        encoded = await self._learn(index, index.missing(self._role))
        if encoded and self._model is not None:
            self._background.start(self._save(encoded))

    def start(self, index: EntryIndex) -> None:
        """Teach an index all that it lacks, while it is asked; what the encoder failed at is not tried again."""
        if (
            self._encode is None
            or not index.lacks(self._role)
            or (self._beside is not None and not self._beside.done())
        ):
            return
        state = (id(index), index.lacks(self._role))
        if state != self._tried:
            self._beside, self._tried = self._background.start(self._teach_beside(index)), state

    async def teach(self, index: EntryIndex, *, at_once: int = _MANY, advance: Advance = lambda *_: None) -> None:
        """Teach an index all that it lacks."""
        if self._encode is None:
            return
        async with self._turn:
            await self._recall(index)
            lacking, unsaved, done = index.missing(self._role), list[Encoded](), 0
            for some in _pieces(lacking, at_once):
                encoded = await self._learn(index, some)
                if not encoded:
                    break
                unsaved += encoded
                done += len(some)
                advance(done, len(lacking))
                if len(unsaved) >= _SAVED:
                    await self._save(unsaved)
                    unsaved = []
            await self._save(unsaved)

    async def _teach_beside(self, index: EntryIndex) -> None:
        await self.teach(index, at_once=_A_FEW)
        await return_freed()

    async def _recall(self, index: EntryIndex) -> None:
        """Load what others have encoded meanwhile."""
        lacking = index.missing(self._role)
        if not lacking:
            return
        vector_of = await self.stored({entry_id for entry_id, _ in lacking} if len(lacking) <= _RECALLED else None)
        for some in _pieces(lacking, _RECALLED):
            found = ((text, vector_of(text)) for _, text in some)
            index.learn({text: vector for text, vector in found if vector is not None}, self._role)
            await let_others_run()

    async def _learn(self, index: EntryIndex, lacking: Sequence[tuple[str, str]]) -> list[Encoded]:
        """Encode texts of entries and teach them; return nothing where the encoder fails."""
        texts = list(dict.fromkeys(text for _, text in lacking))
        vectors = None if self._encode is None else await asyncio.to_thread(self._encode, texts)
        if vectors is None:
            return []
        learnt = dict(zip(texts, vectors, strict=True))
        index.learn(learnt, self._role)
        return [Encoded(entry_id, text, learnt[text]) for entry_id, text in lacking]

    async def _save(self, encoded: Sequence[Encoded]) -> None:
        if self._model is None or not encoded:
            return
        model = await asyncio.to_thread(self._model)
        try:
            async with self._database.transaction() as tx:
                await lock_content(tx)
                await save_vectors(tx, encoded, role=self._role, model=model)
        except UnavailableError:
            _log.debug("vectors.unsaved", extra={"count": len(encoded)})


def _pieces(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
