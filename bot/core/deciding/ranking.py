"""Rank the entries that a question may mean: weigh what speaks for each, and turn that into its probability."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, log1p
from typing import NamedTuple, cast

import numpy as np
from rapidfuzz import fuzz

from bot.core.deciding import calibration
from bot.core.deciding.calibration import Fit
from bot.core.deciding.differences import Comparison
from bot.core.models import Entry, Match
from bot.core.searching.arrays import Floats
from bot.core.searching.contrasts.comparison import Difference
from bot.core.searching.contrasts.reading import read
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.query import Query
from bot.core.searching.text import content, tokens
from bot.core.searching.vectors import Model

# Beyond these, one more word of the question or one more phrasing tells nothing new.
MOST_WORDS, MOST_PHRASINGS = 20, 10
_MANY = log(MOST_PHRASINGS)
# Explaining less than this is explaining nothing; above it, each doubling counts alike.
LEAST = 0.03
# Stored with every decision: moves whenever the same question may get another confidence from the same entries.
_VERSION = f"6.{calibration.VERSION}"
LEXICAL, SEMANTIC, MULTILINGUAL = (f"{_VERSION} {mode}" for mode in calibration.FITS)
_SCORERS = {None: LEXICAL, Model.ENGLISH: SEMANTIC, Model.MULTILINGUAL: MULTILINGUAL}
_WEIGHED_AT_LEAST = 12
_REMEMBERED = 4_096
# So many of the likeliest entries are held against the question word by word, if they are likely at all.
_COMPARED, _LIKELY = 4, 0.05
_DECIMALS = 6
# An entry that differs keeps this part of its odds.
DISCOUNT = 0.4
# Titles that are the same but for a word or two, such as "(web)" and "(app)".
SAME_TITLE = 0.6
DIFFERS, TIED = "differs", "tied"
"""Name the features that are 1 where an entry differs from the question in what matters, and where it is as near as
another one that the question does not tell it from."""


class Evidence(NamedTuple):
    """What speaks for one entry.

    explained: how much of the question the entry's texts explain, against all texts near it, about 0 to 1; see
        `regression.explained`.
    found: share of the question's content words, the rarer the weightier, that the entry says anywhere, misspelt
        ones included.
    said: ln(1 + so many of the content words as that share makes): two words of two say less than five of six.
    spelling: rapidfuzz's token_sort_ratio of the corrected question to the nearest phrasing, divided by 100.
    single: 1 for an entry with one phrasing, 0 for one with ten, by the logarithm: what one phrasing explains says
        more than what one of ten does.
    """

    explained: float
    found: float
    said: float
    spelling: float
    single: float


class Candidate(NamedTuple):
    """An entry that a question may mean, its nearest phrasing and the evidence for it."""

    entry_id: str
    phrase: str
    evidence: Evidence


_Found = tuple[Candidate, float]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The entries that a question may mean, best first, and which sentence encoder took part."""

    candidates: tuple[Candidate, ...]
    model: Model | None


def weigh(index: EntryIndex, query: Query, *, limit: int) -> Weighed:
    """Return the entries that a query most likely means, best first; ties go by id."""
    around = index.around(query)
    owners = index.owners(around.rows).tolist()
    sums = dict.fromkeys(owners, 0.0)
    for number, explained in zip(owners, around.explained.tolist(), strict=True):
        sums[number] += explained
    totals = _rounded(list(sums.values()))
    best = sorted((-total, index.entry_of(number).id, number) for number, total in zip(sums, totals, strict=True))[
        :limit
    ]
    chosen = [number for *_, number in best]
    entries = [index.entry_of(number) for number in chosen]
    phrases = index.nearest_phrasings(around.rows, chosen)
    found = [phrase or entry.question for phrase, entry in zip(phrases, entries, strict=True)]
    evidence = _evidence(
        query,
        entries,
        found,
        explained=[-total for total, *_ in best],
        found=index.coverage(query.content, np.array(chosen, np.int64)),
    )
    triples = zip(entries, found, evidence, strict=True)
    return Weighed(tuple(Candidate(entry.id, phrase, each) for entry, phrase, each in triples), around.model)


def _rounded(values: Sequence[float]) -> list[float]:
    """Return numbers with six decimals; numpy rounds all of them in the time in which `round` does a few."""
    return cast("list[float]", np.array(values).round(_DECIMALS).tolist())


def _evidence(
    query: Query,
    entries: Sequence[Entry],
    phrases: Sequence[str],
    *,
    explained: Sequence[float],
    found: Sequence[float],
) -> list[Evidence]:
    """Return what speaks for each of these entries, whose nearest phrasings these are."""
    words = min(len(set(query.content)), MOST_WORDS)
    asked = " ".join(sorted(query.corrected))
    # By sorted words, token_sort_ratio is the plain ratio.
    return [
        Evidence(
            explained=much,
            found=share,
            said=log1p(share * words),
            spelling=fuzz.ratio(asked, _sorted_words(phrase)) / 100,
            single=max(0.0, 1 - log(len(entry.every_phrasing)) / _MANY),
        )
        for entry, phrase, much, share in zip(entries, phrases, explained, found, strict=True)
    ]


@lru_cache(maxsize=_REMEMBERED)
def _sorted_words(phrase: str) -> str:
    return " ".join(sorted(tokens(phrase)))


def evidence_matrix(weighed: Sequence[Evidence], kinds: Sequence[str]) -> Floats:
    """Return the evidence that the calibration reads, shape (entries, kinds)."""
    matrix = np.array(weighed)[:, [Evidence._fields.index(name) for name in kinds]]
    at = kinds.index("explained")
    matrix[:, at] = np.log1p(np.maximum(matrix[:, at], 0) / LEAST)
    return matrix


def confidences(weighed: Sequence[Evidence], fit: Fit) -> list[float]:
    """Return for each entry the probability, 0 to 1, that it is the one that was meant.

    A conditional logit (McFadden 1974): each entry gets the exponential of its weighted evidence, and "none of
    them" that of a constant; the shares are the probabilities. They sum to less than 1, the rest being that
    nothing fits, and two entries that look alike share what one would have had.
    """
    if not weighed:
        return []
    utilities = evidence_matrix(weighed, list(fit.weights)) @ list(fit.weights.values())
    return cast("list[float]", softmax_with_constant(utilities, fit.nothing).tolist())


def softmax_with_constant(utilities: Floats, constant: float) -> Floats:
    """Return the shares of the exponentials of these utilities where a constant takes part as well."""
    top = max(float(utilities.max()), constant)
    shares = np.exp(utilities - top)
    return np.asarray(shares / (shares.sum() + np.exp(constant - top)))


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
    shares = confidences(evidence, calibration.FITS[mode_of(scorer)])
    pairs = zip(weighed.candidates, _rounded(shares), strict=True)
    found = sorted(pairs, key=lambda pair: (-pair[1], pair[0].entry_id))[:limit]
    likely = [candidate.entry_id for candidate, confidence in found[:_COMPARED] if confidence >= _LIKELY]
    differences = _differences(index, Comparison(index, query, weighed.model), likely) if likely else {}
    compared = _compared(index, query, found, differences)
    differing = differences.get(compared[0].entry_id, ()) if compared else ()
    return Ranking(query, compared, scorer, differing)


def mode_of(scorer: str) -> str:
    """Return which of the calibrations a scorer goes by, whatever its version."""
    return scorer.rpartition(" ")[2]


def model_of(scorer: str) -> Model | None:
    """Return the sentence encoder that takes part in a scorer, whatever its version."""
    return next((model for model, each in _SCORERS.items() if mode_of(each) == mode_of(scorer)), None)


def _differences(index: EntryIndex, comparison: Comparison, likely: Sequence[str]) -> dict[str, tuple[Difference, ...]]:
    """Return what differs about each of the likely entries, for those where something does."""
    all_of = {entry_id: comparison.differences(index.entry(entry_id)) for entry_id in likely}
    return {entry_id: differs for entry_id, differs in all_of.items() if differs}


def _compared(
    index: EntryIndex, query: Query, found: Sequence[_Found], differing: Collection[str]
) -> tuple[Match, ...]:
    """Return the matches with those further back that differ from the question in what matters."""
    shares = [confidence * (DISCOUNT if one.entry_id in differing else 1) for one, confidence in found]
    total = 1 - sum(confidence for _, confidence in found) + sum(shares)
    pairs = zip((one for one, _ in found), _rounded([share / total for share in shares]), strict=True)
    order = sorted(pairs, key=lambda pair: (-pair[1], pair[0].entry_id))
    candidates = [one for one, _ in order]
    tied = _tied(index, query, [one.entry_id for one in candidates[:_COMPARED]], differing)
    return tuple(
        Match(
            entry_id=one.entry_id,
            phrase=one.phrase,
            confidence=confidence,
            features=features,
        )
        for (one, confidence), features in zip(
            order, _features(candidates, differing=differing, tied=tied), strict=True
        )
    )


def _features(
    candidates: Sequence[Candidate], *, differing: Collection[str], tied: Collection[str]
) -> Iterator[dict[str, float]]:
    """Yield what speaks for each of these entries, and against it."""
    values = np.array([one.evidence for one in candidates]).round(_DECIMALS).tolist()
    for one, evidence in zip(candidates, values, strict=True):
        features = dict(zip(Evidence._fields, evidence, strict=True))
        features[DIFFERS], features[TIED] = float(one.entry_id in differing), float(one.entry_id in tied)
        yield features


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
