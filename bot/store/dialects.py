"""Share compiled statements among all SQLite files of a process."""

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import LRUCache

FILES = "sqlite+faqbot"

# As many as each pool would hold for itself.
compiled: LRUCache[object, object] = LRUCache(500)


class FileDialect(SQLiteDialect_aiosqlite):
    """Speak to a file as SQLAlchemy does, and be equal to the dialect of any other one.

    What is compiled is kept by its statement and dialect. Every pool has a dialect of its own, but those of files
    differ in nothing: all speak to the one SQLite library of the process. Those of servers may.
    """

    supports_statement_cache = True  # not inherited: every class says it for itself

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FileDialect)

    def __hash__(self) -> int:
        return hash(FileDialect)


registry.register(FILES.replace("+", "."), __name__, FileDialect.__name__)


def share_compiled(pool: AsyncEngine) -> AsyncEngine:
    """Return the same pool, but with the statements of all files where it is one of a file.

    Migrations go without: they describe their tables again each time, so nothing that they compile is used again.
    """
    if isinstance(pool.dialect, FileDialect):
        return pool.execution_options(compiled_cache=compiled)
    return pool
