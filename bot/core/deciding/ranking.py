"""Rank the entries that a question may mean."""

from dataclasses import dataclass, fields

from bot.core.deciding import calibration
from bot.core.deciding.confidence import confidences
from bot.core.deciding.evidence import Evidence, weigh
from bot.core.models import Match
from bot.core.searching.entry_index import EntryIndex, Query

# Stored with every decision: moves whenever the same question may get another confidence from the same entries.
_VERSION = f"4.{calibration.VERSION}"
LEXICAL, SEMANTIC = f"{_VERSION} lexical", f"{_VERSION} semantic"
_WEIGHED_AT_LEAST = 12
_KINDS = tuple(field.name for field in fields(Evidence))


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question, the entries that it may mean, likeliest first, and which scorer ranked them."""

    query: Query
    matches: tuple[Match, ...]
    scorer: str = LEXICAL


def rank(index: EntryIndex, text: str, *, limit: int = 10) -> Ranking:
    """Rank the entries of an index for a question; deterministic, and the same for every caller."""
    query = index.query(text)
    if not query.content:
        return Ranking(query, ())
    weighed = weigh(index, query, limit=max(limit, _WEIGHED_AT_LEAST))
    evidence = [candidate.evidence for candidate in weighed.candidates]
    matches = [
        Match(
            entry_id=candidate.entry_id,
            phrase=candidate.phrase,
            confidence=round(probability, 6),
            features={name: round(getattr(candidate.evidence, name), 6) for name in _KINDS},
        )
        for candidate, probability in zip(
            weighed.candidates, confidences(evidence, semantic=weighed.semantic), strict=True
        )
    ]
    matches.sort(key=lambda match: (-match.confidence, match.entry_id))
    return Ranking(query, tuple(matches[:limit]), SEMANTIC if weighed.semantic else LEXICAL)
