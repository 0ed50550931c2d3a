"""Read FAQ files: bytes in, records and located problems out."""

from bot.formats.collecting import Collected, Merged, collect
from bot.formats.reading import SUFFIXES, read
from bot.formats.records import Document, Draft, Record

__all__ = ["SUFFIXES", "Collected", "Document", "Draft", "Merged", "Record", "collect", "read"]
