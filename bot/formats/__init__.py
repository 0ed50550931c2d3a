"""Read FAQ files: bytes in, records and located problems out.

The readers are in `reading`, apart from the values: few processes read files, and the libraries for it are slow to
import.
"""

from bot.formats.collecting import Collected, Merged, collect
from bot.formats.records import CollectedEntry, Document, Doubtful, Record

__all__ = ["Collected", "CollectedEntry", "Document", "Doubtful", "Merged", "Record", "collect"]
