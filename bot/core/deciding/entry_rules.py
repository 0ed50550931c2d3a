"""Decide as the entries themselves allow: by a threshold of their own, and never for what they are not to answer."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from rapidfuzz import fuzz

from bot.core.deciding.decision import Decided, Guard, Thresholds, decide, without
from bot.core.deciding.ranking import Ranking
from bot.core.models import Entry, Suggested, Unanswered, offered_by
from bot.core.reader import Reader
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.query import Query
from bot.core.searching.text import normalise

# Of 100 for the same words: from here on a question is one of the examples, but for its spelling and its order.
ALIKE = 85


def decide_with(index: EntryIndex, ranking: Ranking, *, thresholds: Thresholds) -> Decided:
    """Decide about a ranked question; the first entry may need another confidence than others."""
    own = index.entry(ranking.matches[0].entry_id).threshold if ranking.matches else None
    return decide(ranking, thresholds=thresholds if own is None else replace(thresholds, answer=own))


def allowed(index: EntryIndex, query: Query, decided: Decided, reader: Reader) -> Decided:
    """Return a decision without the entries that have ended for a reader, or are never to answer this."""
    left = without(decided, lambda entry_id: reader.lacks(index.entry(entry_id)))
    return _without_never(left, lambda entry_id: is_never(index.entry(entry_id), query))


def is_never(entry: Entry, query: Query) -> bool:
    """Return whether a question is nearer to what an entry is never to answer than to its phrasings."""
    if not entry.never:
        return False
    nearest = _likeness(query, entry.never)
    return nearest >= ALIKE and nearest >= _likeness(query, entry.every_phrasing)


def _likeness(query: Query, texts: Iterable[str]) -> float:
    return max(fuzz.token_sort_ratio(query.normalised, normalise(text)) for text in texts)


def _without_never(decided: Decided, never: Callable[[str], bool]) -> Decided:
    offered = offered_by(decided.decision)
    left = tuple(match for match in offered if not never(match.entry_id))
    if len(left) == len(offered):
        return decided
    likely = tuple(match for match in left if match.confidence >= decided.thresholds.suggest)
    decision = Suggested(likely) if likely else Unanswered()
    return replace(decided, decision=decision, guards=(*decided.guards, Guard.NEVER))
