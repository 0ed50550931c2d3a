"""Store entries, the log and everything else that outlives a run, in SQLite or PostgreSQL."""

from bot.store.database import Database, Transaction

__all__ = ["Database", "Transaction"]
