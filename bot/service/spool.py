"""Name where messages wait on this machine while the database may be away."""

from bot.store.spool import Kind, Spool, Spooled

__all__ = ["Kind", "Spool", "Spooled"]
