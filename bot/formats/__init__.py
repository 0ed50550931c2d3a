"""Read FAQ files: bytes in, records and located problems out."""

from bot.formats.collecting import Collected, Merged, collect
from bot.formats.reading import SUFFIXES, read
from bot.formats.records import CollectedEntry, Document, Record

__all__ = ["SUFFIXES", "Collected", "CollectedEntry", "Document", "Merged", "Record", "collect", "read"]
