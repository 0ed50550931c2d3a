"""Put what people would use instead behind the same three words: built from entries, ask, add."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from rapidfuzz import fuzz, process

from bot.bootstrap import load_lexicon
from bot.config import load_settings
from bot.core.deciding.ranking import rank
from bot.core.models import Entry
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.text import normalise
from bot.service.background import return_freed


class Rival(Protocol):
    """Find the entry that a question means."""

    def ask(self, question: str) -> str | None:
        """Return the id of the best entry, if any."""

    def add(self, entry: Entry, alias: str) -> None:
        """Add a phrasing of an entry; the next question may find it."""


class Faqbot:
    """Ask this bot's index, lexically."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._index = EntryIndex(load_lexicon(load_settings()), entries)
        asyncio.run(return_freed())  # as the bot does once it has built an index

    def ask(self, question: str) -> str | None:
        """Return the first match."""
        matches = rank(self._index, question).matches
        return matches[0].entry_id if matches else None

    def add(self, entry: Entry, alias: str) -> None:
        """Put the changed entry."""
        self._index.put(replace(entry, aliases=(*entry.aliases, alias)))


class _Phrases:
    """The phrasings of all entries and whose they are."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.texts = [normalise(text) for entry in entries for text in entry.phrasings]
        self.owners = [entry.id for entry in entries for _ in entry.phrasings]

    def append(self, entry: Entry, alias: str) -> None:
        self.texts.append(normalise(alias))
        self.owners.append(entry.id)


class _Exhaustive:
    """Compare the question with every phrasing by a scorer of rapidfuzz."""

    def __init__(self, entries: Sequence[Entry], scorer: Callable[..., float]) -> None:
        self._phrases, self._scorer = _Phrases(entries), scorer

    def ask(self, question: str) -> str | None:
        best = process.extractOne(normalise(question), self._phrases.texts, scorer=self._scorer)
        return self._phrases.owners[best[2]] if best else None

    def add(self, entry: Entry, alias: str) -> None:
        self._phrases.append(entry, alias)


class _FullText:
    """Ask SQLite's FTS5 for any of the words, best by bm25 first."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE phrases USING fts5(text, owner UNINDEXED)")
        phrases = _Phrases(entries)
        rows = zip(phrases.texts, phrases.owners, strict=True)
        self._database.executemany("INSERT INTO phrases VALUES (?, ?)", rows)
        self._database.commit()

    def ask(self, question: str) -> str | None:
        wanted = " OR ".join(f'"{word}"' for word in normalise(question).split())
        found = self._database.execute(
            "SELECT owner FROM phrases WHERE phrases MATCH ? ORDER BY rank LIMIT 1", [wanted]
        ).fetchone()
        return found[0] if found else None

    def add(self, entry: Entry, alias: str) -> None:
        self._database.execute("INSERT INTO phrases VALUES (?, ?)", [normalise(alias), entry.id])
        self._database.commit()


class _Bm25s:
    """Ask bm25s; it cannot take in a phrasing, so that one more means a new index."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._library: Any = import_module("bm25s")
        self._phrases = _Phrases(entries)
        self._build()

    def _build(self) -> None:
        words = [text.split() for text in self._phrases.texts]
        self._index = self._library.BM25()
        self._index.index(words, show_progress=False)

    def ask(self, question: str) -> str | None:
        places, _ = self._index.retrieve([normalise(question).split()], k=1, show_progress=False)
        return self._phrases.owners[int(places[0, 0])]

    def add(self, entry: Entry, alias: str) -> None:
        self._phrases.append(entry, alias)
        self._build()


class _Tantivy:
    """Ask tantivy, in memory, for any of the words."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._library: Any = import_module("tantivy")
        schema = self._library.SchemaBuilder().add_text_field("text").add_text_field("owner", stored=True).build()
        self._index = self._library.Index(schema)
        self._writer = self._index.writer(heap_size=128_000_000, num_threads=1)
        phrases = _Phrases(entries)
        for text, owner in zip(phrases.texts, phrases.owners, strict=True):
            self._writer.add_document(self._library.Document(text=text, owner=owner))
        self._commit()

    def _commit(self) -> None:
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def ask(self, question: str) -> str | None:
        query, _ = self._index.parse_query_lenient(normalise(question), ["text"])
        hits = self._searcher.search(query, 1, count=False).hits
        return self._searcher.doc(hits[0][1])["owner"][0] if hits else None

    def add(self, entry: Entry, alias: str) -> None:
        self._writer.add_document(self._library.Document(text=normalise(alias), owner=entry.id))
        self._commit()


OURS = "faqbot"
RIVALS: Mapping[str, Callable[[Sequence[Entry]], Rival]] = {
    OURS: Faqbot,
    "token_sort_ratio": lambda entries: _Exhaustive(entries, fuzz.token_sort_ratio),
    "WRatio": lambda entries: _Exhaustive(entries, fuzz.WRatio),
    "FTS5": _FullText,
    "bm25s": _Bm25s,
    "tantivy": _Tantivy,
}
# What a rival needs that the product does not.
_NEEDED = {"bm25s": "bm25s", "tantivy": "tantivy"}


def missing() -> list[str]:
    """Return the rivals that are not installed."""
    return [name for name, module in _NEEDED.items() if find_spec(module) is None]
