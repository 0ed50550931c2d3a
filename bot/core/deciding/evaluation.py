"""Measure decisions against labelled questions, and ask a store's own phrasings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import numpy.typing as npt

from bot.core.deciding.adaptation import OwnPhrasings
from bot.core.deciding.decision import no_match
from bot.core.deciding.ranking import rank
from bot.core.models import Entry
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.query import NONE, VectorsOf
from bot.core.searching.text import normalise

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

BINS = 15
# So many of a store's own phrasings show as much as all of them.
MOST_OWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The decision on one labelled question.

    `expect` are the ids that would be right, empty where nothing is. `ranked` are ids with their confidence,
    likeliest first, up to ten. `decision` is answered, suggested, unanswered or ignored.
    """

    text: str
    expect: frozenset[str]
    decision: str
    ranked: tuple[tuple[str, float], ...]
    seconds: float = 0.0

    @property
    def confidence(self) -> float:
        """Return the confidence of the first entry, 0 where there is none."""
        return self.ranked[0][1] if self.ranked else 0.0

    @property
    def place(self) -> int | None:
        """Return at which place, from 1, the first right entry stands."""
        places = (place for place, (entry_id, _) in enumerate(self.ranked, 1) if entry_id in self.expect)
        return next(places, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The measures of a set; shares are 0 to 1, and None where the set has no question to tell by.

    Answerable questions have a right entry. top1, hit3, hit5 and mrr10 are over them, as are recall_p90 and
    recall_p95: the share answered rightly at the lowest confidence at which 90 or 95 % of all answers given,
    unanswerable questions included, are right. auroc tells right first places from everything else by their
    confidence, auroc_null answerable questions from unanswerable ones. calibration_error is the expected
    calibration error of the first place's confidence over fifteen bins of equal width.
    """

    questions: int
    answerable: int
    top1: float | None
    hit3: float | None
    hit5: float | None
    mrr10: float | None
    answered: float
    suggested: float
    unanswered: float
    ignored: float
    answer_precision: float | None
    unanswerable_left: float | None
    auroc: float | None
    auroc_null: float | None
    calibration_error: float
    recall_p90: float | None
    recall_p95: float | None
    milliseconds_p50: float
    milliseconds_p99: float


def report(judged: Sequence[Judged]) -> Measures:
    """Measure a non-empty set of judged questions."""
    places = np.array([each.place or 0 for each in judged])
    answerable = np.array([bool(each.expect) for each in judged])
    confidence = np.array([each.confidence for each in judged])
    right = places == 1
    decided = np.array([each.decision for each in judged])
    answered = decided == "answered"
    left = np.isin(decided, ("unanswered", "ignored"))
    milliseconds = 1000 * np.array([each.seconds for each in judged])
    reciprocal = np.divide(1.0, places, out=np.zeros(len(judged)), where=places > 0)
    return Measures(
        questions=len(judged),
        answerable=int(answerable.sum()),
        top1=_share(right, answerable),
        hit3=_share((places > 0) & (places <= 3), answerable),  # noqa: PLR2004  # hit at 3 is named so
        hit5=_share((places > 0) & (places <= 5), answerable),  # noqa: PLR2004  # hit at 5 is named so
        mrr10=float(reciprocal[answerable].mean()) if answerable.any() else None,
        answered=float(answered.mean()),
        suggested=float((decided == "suggested").mean()),
        unanswered=float((decided == "unanswered").mean()),
        ignored=float((decided == "ignored").mean()),
        answer_precision=_share(right, answered),
        unanswerable_left=_share(left, ~answerable),
        auroc=auroc(confidence[right], confidence[~right]),
        auroc_null=auroc(confidence[answerable], confidence[~answerable]),
        calibration_error=calibration_error(confidence, right),
        recall_p90=recall_at_precision(confidence, right, answerable, precision=0.9),
        recall_p95=recall_at_precision(confidence, right, answerable, precision=0.95),
        milliseconds_p50=float(np.percentile(milliseconds, 50)),
        milliseconds_p99=float(np.percentile(milliseconds, 99)),
    )


def ask_own(index: EntryIndex, scorer: str, vectors_of: VectorsOf = NONE) -> OwnPhrasings:
    """Ask aliases of an index with a scorer: each beside the other phrasings of its entry, then without the entry.

    The index is changed meanwhile, so give it a copy.
    """
    known, unknown = list[float](), list[float]()
    for entry, alias in some_aliases(index.entries):
        index.put(without_alias(entry, alias), vectors_of)
        known.extend(_no_match(index, alias, scorer))
        index.drop(entry.id)
        unknown.extend(_no_match(index, alias, scorer))
        index.put(entry, vectors_of)
    return OwnPhrasings(tuple(known), tuple(unknown))


def some_aliases(entries: Iterable[Entry]) -> list[tuple[Entry, str]]:
    """Return at most so many aliases with their entries, spread evenly over these."""
    ordered = sorted(entries, key=lambda entry: entry.id)
    aliases = [(entry, alias) for entry in ordered for alias in dict.fromkeys(entry.aliases)]
    return aliases[:: max(1, ceil(len(aliases) / MOST_OWN))]


def without_alias(entry: Entry, alias: str) -> Entry:
    """Return an entry without an alias, however it is written."""
    others = (each for each in entry.aliases if normalise(each) != normalise(alias))
    return replace(entry, aliases=tuple(others))


def _no_match(index: EntryIndex, text: str, scorer: str) -> Iterator[float]:
    ranking = rank(index, text)
    if ranking.matches and ranking.scorer == scorer:
        yield no_match(ranking.matches)


def auroc(higher: Floats, lower: Floats) -> float | None:
    """Return the probability that one of the first is above one of the second, ties counting half."""
    if not len(higher) or not len(lower):
        return None
    ordered = np.sort(lower)
    below, upto = np.searchsorted(ordered, higher, "left"), np.searchsorted(ordered, higher, "right")
    return float((below + upto).sum() / (2 * len(higher) * len(lower)))


def calibration_error(confidence: Floats, right: Flags) -> float:
    """Return the expected calibration error (Naeini et al. 2015): the mean gap of the bins, weighed by size."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, confidence, BINS) - np.bincount(bins, right, BINS)
    return float(np.abs(gaps).sum() / len(confidence))


def recall_at_precision(confidence: Floats, right: Flags, answerable: Flags, *, precision: float) -> float | None:
    """Return the share of answerable questions answered rightly at the lowest threshold of this precision.

    A threshold takes in all questions of one confidence or none of them.
    """
    if not answerable.any():
        return None
    order = np.argsort(-confidence, kind="stable")
    hits = np.cumsum(right[order])
    last_of_tie = np.append(np.diff(confidence[order]) != 0, True)  # the last one ends its tie
    enough = last_of_tie & (hits >= precision * np.arange(1, len(order) + 1))
    return float(hits[enough].max(initial=0) / answerable.sum())


def _share(part: Flags, whole: Flags) -> float | None:
    return float(part[whole].mean()) if whole.any() else None
