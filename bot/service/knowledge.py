"""Hold what can be answered in memory, as current as the store."""

from typing import NamedTuple

from bot.core.index import EntryIndex
from bot.core.lexicon import Lexicon
from bot.core.models import Audience
from bot.store import Database


class Known(NamedTuple):
    """Hold an index of what one audience may read, and the content version that it stands at."""

    index: EntryIndex
    content_version: int


class Knowledge:
    """Hold one index per audience, brought up to date by whoever asks for it."""

    def __init__(self, database: Database, lexicon: Lexicon) -> None:
        self._database = database
        self._lexicon = lexicon

    async def index(self, audience: Audience) -> Known:
        """Return the index with everything that is committed by now; ask it before the next `await`."""
        raise NotImplementedError
