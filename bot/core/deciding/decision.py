"""Decide whether to answer, to offer choices or to say that nothing fits, as the entries themselves allow."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from rapidfuzz import fuzz

from bot.core.deciding import calibration
from bot.core.deciding.adaptation import OwnPhrasings, Prior, estimate, shifted
from bot.core.deciding.ranking import DIFFERS, TIED, Ranking, mode_of, model_of
from bot.core.models import (
    Answered,
    Decision,
    Entry,
    Ignored,
    IgnoreReason,
    Match,
    Suggested,
    Surface,
    Unanswered,
    kind_of,
    offered_by,
)
from bot.core.reader import Reader, Withheld
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.query import Query
from bot.core.searching.text import is_greeting, is_thanks, normalise
from bot.core.searching.vectors import Model
from bot.core.talk.said_back import SaidBack, said_back

MAX_CHOICES = 4
# A choice beside the first is at least this part as likely: the others only make the list longer.
BESIDE = 1 / 4
# By words alone, less than this share of the content words in what an entry says is too little to answer on.
MIN_COVERAGE = 0.3
# By meaning a sentence about one word, such as "how do I get pro", is answered from here on; a bare word is not.
SURE_OF_ONE_WORD = 0.85
# Of 100 for the same words: from here on a question is one of the examples, but for its spelling and its order.
ALIKE = 85


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The numbers that decide, all confidences between 0 and 1.

    An answer needs `answer` and a lead of `ambiguity` over the runner-up; to offer choices, the first needs `suggest`.
    `nothing` is by how much, in log-odds, "nothing fits" is likelier here than where confidence was fitted: `Prior`.
    """

    answer: float
    suggest: float
    ambiguity: float
    nothing: float = 0.0


# Nobody asked the bot about an ambient message, so it speaks there only when it is surer.
ASKED = Thresholds(answer=calibration.LEXICAL.asked, suggest=0.3, ambiguity=0.25)
AMBIENT = Thresholds(answer=calibration.LEXICAL.ambient, suggest=0.5, ambiguity=0.4)


def fit_of(scorer: str) -> calibration.Fit:
    """Return the fit that the confidence of a scorer comes from."""
    return calibration.FITS.get(mode_of(scorer), calibration.LEXICAL)


def built_in(surface: Surface, scorer: str) -> Thresholds:
    """Return the thresholds that count for a scorer where nobody applied others."""
    fit = fit_of(scorer)
    if surface is Surface.AMBIENT:
        return replace(AMBIENT, answer=fit.ambient)
    return replace(ASKED, answer=fit.asked)


def prior_of(logged: Iterable[Sequence[Match]], scorer: str, own: OwnPhrasings | None = None) -> Prior | None:
    """Return the prior of a log by the matches of its decisions, all of one scorer; None where it is too short."""
    found = [(no_match(matches), matches[0].entry_id if matches else "") for matches in logged]
    nothing, firsts = [one for one, _ in found], {first for _, first in found}
    return estimate(nothing, base=fit_of(scorer).base, own=own, topics=len(firsts))


def no_match(matches: Sequence[Match]) -> float:
    """Return the probability that none of the matches of a question fits."""
    return 1 - sum(one.confidence for one in matches)


# To ask for a human, and to say that something does not work, may be a question of the FAQ.
_SAID_BACK: Mapping[SaidBack | None, IgnoreReason] = MappingProxyType(
    {
        SaidBack.SOLVED: IgnoreReason.THANKS,
        SaidBack.THANKS: IgnoreReason.THANKS,
        SaidBack.WAIT: IgnoreReason.WAIT,
        SaidBack.NO: IgnoreReason.NO_CONTENT,
        SaidBack.PICTURE: IgnoreReason.NO_CONTENT,
    }
)


class Guard(StrEnum):
    """Name a rule that kept the bot from answering although the confidence was there."""

    ONE_WORD = "one_word"
    COVERAGE = "coverage"
    AMBIGUOUS = "ambiguous"
    TIED = "tied"
    DIFFERS = "differs"
    SEVERAL = "several"
    ENDED = "ended"
    HOURS = "hours"
    CHANNELS = "channels"
    TOPIC = "topic"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision and how it came about; `withheld` are entries that would have been offered, and why they were not."""

    decision: Decision
    thresholds: Thresholds
    guards: tuple[Guard, ...] = ()
    withheld: Mapping[str, Withheld] = field(default_factory=dict)


def decide(ranking: Ranking, *, thresholds: Thresholds) -> Decided:
    """Decide what to do about a ranked question."""
    reason = _no_question(ranking.query)
    if reason is not None:
        return Decided(decision=Ignored(reason), thresholds=thresholds)
    matches = adapted(ranking.matches, thresholds.nothing)
    choices = _choices(matches, thresholds.suggest)
    if not choices:
        return Decided(decision=Unanswered(), thresholds=thresholds)
    guards: tuple[Guard, ...] = ()
    if choices[0].confidence >= thresholds.answer:
        guards = _guards(ranking, matches, thresholds)
        if not guards:
            return Decided(decision=Answered(choices[0]), thresholds=thresholds)
    return Decided(decision=Suggested(choices), thresholds=thresholds, guards=guards)


def without(decided: Decided, withholds: Callable[[str], Withheld | None]) -> Decided:
    """Return a decision without the entries that are withheld: what is left is offered if it was likely by itself."""
    offered = offered_by(decided.decision)
    found = ((match.entry_id, withholds(match.entry_id)) for match in offered)
    gone = {entry_id: why for entry_id, why in found if why is not None}
    if not gone:
        return decided
    least = decided.thresholds.suggest
    left = tuple(match for match in offered if match.entry_id not in gone and match.confidence >= least)
    decision = Suggested(left) if left else Unanswered()
    guards = dict.fromkeys(Guard(why) for why in gone.values())
    return replace(decided, decision=decision, guards=(*decided.guards, *guards), withheld=gone)


def lacks_entry(decision: Decision) -> bool:
    """Return whether the FAQ seems to lack an entry for a question: nothing fits, or only what looks alike."""
    if isinstance(decision, Suggested):
        return bool(decision.matches[0].features.get(DIFFERS))
    return isinstance(decision, Unanswered)


def adapted(matches: Sequence[Match], nothing: float) -> tuple[Match, ...]:
    """Return matches with the confidence that they have where "nothing fits" is likelier by so much, in log-odds."""
    if not nothing:
        return tuple(matches)
    shares = shifted([one.confidence for one in matches], nothing)
    return tuple(replace(one, confidence=round(share, 6)) for one, share in zip(matches, shares, strict=True))


def choices_beyond(
    candidates: Sequence[Match], ruled_out: Collection[str], *, suggest: float, nothing: float = 0.0
) -> tuple[Match, ...]:
    """Return the choices that are left when some entries are known to be wrong.

    Their probability goes to the others, and to there being no answer, in proportion.
    """
    candidates = adapted(candidates, nothing)
    wrong = sum(match.confidence for match in candidates if match.entry_id in ruled_out)
    if wrong >= 1:
        return ()
    left = [match for match in candidates if match.entry_id not in ruled_out]
    return _choices([replace(match, confidence=min(match.confidence / (1 - wrong), 1)) for match in left], suggest)


def is_close(matches: Sequence[Match], *, thresholds: Thresholds, shift: float) -> bool:
    """Return whether it may turn on numbers that shift by so much at most if the first match is answered with."""
    if not matches:
        return False
    matches = adapted(matches, thresholds.nothing)
    first, second = matches[0], matches[1].confidence if len(matches) > 1 else 0.0
    slack = min(
        first.confidence - thresholds.answer,
        first.confidence - second - thresholds.ambiguity,
        first.features.get("found", 1.0) - MIN_COVERAGE,
    )
    return abs(slack) <= shift


def _choices(matches: Sequence[Match], least: float) -> tuple[Match, ...]:
    if not matches or matches[0].confidence < least:
        return ()
    least = BESIDE * matches[0].confidence
    return tuple(one for one in matches if one.confidence >= least or one.features.get(TIED))[:MAX_CHOICES]


def _no_question(query: Query) -> IgnoreReason | None:
    if not query.words:
        return _SAID_BACK.get(said_back(query.text), IgnoreReason.NO_CONTENT)
    if is_greeting(query.words):
        return IgnoreReason.GREETING
    if (said := _SAID_BACK.get(said_back(query.text))) is not None:
        return said
    if is_thanks(query.words):
        return IgnoreReason.THANKS
    return None if query.content else IgnoreReason.NO_CONTENT


def _guards(ranking: Ranking, matches: Sequence[Match], thresholds: Thresholds) -> tuple[Guard, ...]:
    first, *rest = matches
    fired = []
    exact = first.features["spelling"] >= 1
    model = model_of(ranking.scorer)
    is_sentence = model is Model.ENGLISH and len(ranking.query.words) > 1 and first.confidence >= SURE_OF_ONE_WORD
    if len(set(ranking.query.content)) == 1 and not exact and not is_sentence:
        fired.append(Guard.ONE_WORD)
    if model is None and first.features["found"] < MIN_COVERAGE:
        fired.append(Guard.COVERAGE)
    if rest and first.confidence - rest[0].confidence < thresholds.ambiguity:
        fired.append(Guard.AMBIGUOUS)
    if first.features.get(TIED):
        fired.append(Guard.TIED)
    if first.features.get(DIFFERS):
        fired.append(Guard.DIFFERS)
    return tuple(fired)


def decide_with(index: EntryIndex, ranking: Ranking, *, thresholds: Thresholds) -> Decided:
    """Decide about a ranked question; the first entry may need another confidence than others."""
    own = index.entry(ranking.matches[0].entry_id).threshold if ranking.matches else None
    return decide(ranking, thresholds=thresholds if own is None else replace(thresholds, answer=own))


def allowed(index: EntryIndex, query: Query, decided: Decided, reader: Reader) -> Decided:
    """Return a decision without the entries that are withheld from a reader, or are never to answer this."""
    left = without(decided, lambda entry_id: reader.withholds(index.entry(entry_id)))
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


def is_worth_replacing(before: Decision, together: Decision, alone: Decision) -> bool:
    """Return whether what is decided about two messages together may take the place of what was said to the first."""
    if isinstance(together, Answered) or isinstance(before, Ignored | Unanswered):
        return True
    asks = isinstance(alone, Answered | Suggested)
    return isinstance(together, Suggested) and (asks or isinstance(before, Suggested))


def says_same(one: Decision, other: Decision) -> bool:
    """Return whether two decisions give or offer the same."""
    ids = [[match.entry_id for match in offered_by(each)] for each in (one, other)]
    return kind_of(one) is kind_of(other) and ids[0] == ids[1]
