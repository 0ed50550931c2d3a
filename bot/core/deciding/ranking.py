"""Rank the entries that a question may mean."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

from bot.core.deciding import calibration
from bot.core.deciding.confidence import confidences
from bot.core.deciding.differences import Comparison
from bot.core.deciding.evidence import Candidate, Evidence, weigh
from bot.core.models import Match
from bot.core.searching.contrasts.comparison import Difference
from bot.core.searching.contrasts.reading import read
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.meanings import Model
from bot.core.searching.query import Query
from bot.core.searching.words import content

# Stored with every decision: moves whenever the same question may get another confidence from the same entries.
_VERSION = f"5.{calibration.VERSION}"
LEXICAL, SEMANTIC, MULTILINGUAL = (f"{_VERSION} {mode}" for mode in calibration.FITS)
_SCORERS = {None: LEXICAL, Model.ENGLISH: SEMANTIC, Model.MULTILINGUAL: MULTILINGUAL}
_WEIGHED_AT_LEAST = 12
_KINDS = tuple(field.name for field in fields(Evidence))
# So many of the likeliest entries are held against the question word by word, if they are likely at all.
_COMPARED, _LIKELY = 4, 0.05
# An entry that differs keeps this part of its odds.
DISCOUNT = 0.4
# Titles that are the same but for a word or two, such as "(web)" and "(app)".
SAME_TITLE = 0.6
DIFFERS, TIED = "differs", "tied"
"""Name the features that are 1 where an entry differs from the question in what matters, and where it is as near as
another one that the question does not tell it from."""


_Found = tuple[Candidate, float]


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question, the entries that it may mean, likeliest first, and which scorer ranked them.

    `differences` are what keeps the question from being the one that the first entry answers.
    """

    query: Query
    matches: tuple[Match, ...]
    scorer: str = LEXICAL
    differences: tuple[Difference, ...] = ()


def rank(index: EntryIndex, text: str, *, limit: int = 10, locale: str | None = None) -> Ranking:
    """Rank the entries of an index for a question; deterministic, and the same for every caller.

    `locale` is that of who asks, if it is known.
    """
    query = index.query(text, locale=locale)
    if not query.content:
        return Ranking(query, ())
    weighed = weigh(index, query, limit=max(limit, _WEIGHED_AT_LEAST))
    evidence = [candidate.evidence for candidate in weighed.candidates]
    scorer = _SCORERS[weighed.model]
    likely = confidences(evidence, calibration.FITS[mode_of(scorer)])
    pairs = zip(weighed.candidates, (round(each, 6) for each in likely), strict=True)
    found = sorted(pairs, key=lambda pair: (-pair[1], pair[0].entry_id))[:limit]
    differences = _differences(index, comparison_of(index, query, scorer), found[:_COMPARED])
    compared = _compared(index, query, found, differences)
    differing = differences.get(compared[0].entry_id, ()) if compared else ()
    return Ranking(query, compared, scorer, differing)


def mode_of(scorer: str) -> str:
    """Return which of the calibrations a scorer goes by, whatever its version."""
    return scorer.rpartition(" ")[2]


def comparison_of(index: EntryIndex, query: Query, scorer: str) -> Comparison:
    """Return how a question compares with entries, where a scorer ranked them."""
    return Comparison(index, query, numbers_only=scorer == MULTILINGUAL)


def _differences(
    index: EntryIndex, comparison: Comparison, found: Sequence[_Found]
) -> dict[str, tuple[Difference, ...]]:
    """Return what differs about each of the likely entries, for those where something does."""
    likely = [candidate.entry_id for candidate, confidence in found if confidence >= _LIKELY]
    all_of = {entry_id: comparison.differences(index.entry(entry_id)) for entry_id in likely}
    return {entry_id: differs for entry_id, differs in all_of.items() if differs}


def _compared(
    index: EntryIndex, query: Query, found: Sequence[_Found], differing: Collection[str]
) -> tuple[Match, ...]:
    """Return the matches with those further back that differ from the question in what matters."""
    shares = [confidence * (DISCOUNT if one.entry_id in differing else 1) for one, confidence in found]
    total = 1 - sum(confidence for _, confidence in found) + sum(shares)
    pairs = zip((one for one, _ in found), (round(share / total, 6) for share in shares), strict=True)
    order = sorted(pairs, key=lambda pair: (-pair[1], pair[0].entry_id))
    tied = _tied(index, query, [one.entry_id for one, _ in order[:_COMPARED]], differing)
    return tuple(
        Match(
            entry_id=one.entry_id,
            phrase=one.phrase,
            confidence=confidence,
            features=_features(one, differing=differing, tied=tied),
        )
        for one, confidence in order
    )


def _features(one: Candidate, *, differing: Collection[str], tied: Collection[str]) -> dict[str, float]:
    features = {name: round(getattr(one.evidence, name), 6) for name in _KINDS}
    features[DIFFERS], features[TIED] = float(one.entry_id in differing), float(one.entry_id in tied)
    return features


def _tied(index: EntryIndex, query: Query, entry_ids: Sequence[str], differing: Collection[str]) -> frozenset[str]:
    """Return the first and the entries that say the same of what the question says, and each something more."""
    if not entry_ids:
        return frozenset()
    asked = frozenset(query.content)
    titles = [frozenset(content(index.fold(read(index.entry(each).question).words))) for each in entry_ids]
    first, *others = titles
    tied = {
        entry_id
        for entry_id, title in zip(entry_ids[1:], others, strict=True)
        if title & asked == first & asked
        and len(title & first) >= max(2, SAME_TITLE * max(len(title), len(first)))
        and len(title - first) == len(first - title) == 1
        and entry_id not in differing
    }
    return frozenset(tied | {entry_ids[0]}) if tied else frozenset()
