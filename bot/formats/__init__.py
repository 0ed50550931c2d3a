"""Read FAQ files: bytes in, records and located problems out."""

from bot.formats.collecting import Collected, Merged, collect
from bot.formats.reader import Format
from bot.formats.reading import accept_doubtful, read, together
from bot.formats.records import CollectedEntry, Document, Doubtful, Record
from bot.formats.registry import FORMATS, SUFFIXES

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "Collected",
    "CollectedEntry",
    "Document",
    "Doubtful",
    "Format",
    "Merged",
    "Record",
    "accept_doubtful",
    "collect",
    "read",
    "together",
]
