"""Turn settings into a database and services: the one place that puts the parts together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.config import Settings
from bot.core.lexicon import Lexicon
from bot.service.asking import AskService
from bot.service.catalogue import Catalogue
from bot.service.importing import ImportService
from bot.service.knowledge import Knowledge
from bot.service.reviewing import ReviewService
from bot.store import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Hold the services over one database."""

    database: Database
    knowledge: Knowledge
    ask: AskService
    catalogue: Catalogue
    importing: ImportService
    reviewing: ReviewService


@asynccontextmanager
async def open_app(settings: Settings) -> AsyncIterator[App]:
    """Open the database and yield the services over it.

    A new SQLite file gets its tables first; any other database must have the newest revision.
    """
    raise NotImplementedError
    yield


def load_lexicon(settings: Settings) -> Lexicon:
    """Return the built-in synonyms with those of the settings on top."""
    raise NotImplementedError
