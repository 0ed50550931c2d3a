"""Rank the entries that a question may mean."""

from dataclasses import dataclass

from bot.core.confidence import confidence
from bot.core.evidence import weigh
from bot.core.index import EntryIndex, Query
from bot.core.models import Match

# Stored with every decision; moves whenever the same question may get another confidence.
SCORER_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hold a question and the entries that it may mean, likeliest first."""

    query: Query
    matches: tuple[Match, ...]


def rank(index: EntryIndex, text: str, *, limit: int = 10) -> Ranking:
    """Rank the entries of an index for a question; deterministic, and the same for every caller."""
    query = index.query(text)
    weighed = weigh(index, query, limit=limit) if query.content else []
    matches = []
    for evidence in weighed:
        names = [name for name in evidence.__dataclass_fields__ if name not in {"entry_id", "phrase"}]
        features = {name: round(getattr(evidence, name), 6) for name in names}
        matches.append(
            Match(
                entry_id=evidence.entry_id,
                phrase=evidence.phrase,
                confidence=round(confidence(evidence), 6),
                features=features,
            )
        )
    return Ranking(query, tuple(matches))
