"""Judge a text: the one path from text to decision of the bots, the command line and the evaluation."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.core.deciding.decision import Decided, Thresholds, decide
from bot.core.deciding.ranking import Ranking, rank
from bot.core.models import Ignored, IgnoreReason
from bot.core.redaction import redact
from bot.core.searching.entry_index import EntryIndex

_NONE_APPLIED: Mapping[str, Thresholds] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may be stored of a text, None where that is nothing, and the decision on it."""

    text: str | None
    ranking: Ranking
    decided: Decided


def judge(
    index: EntryIndex, text: str, *, thresholds: Thresholds, applied: Mapping[str, Thresholds] = _NONE_APPLIED
) -> Judgement:
    """Redact a text, rank the entries for what is left, and decide; a secret is neither kept nor matched.

    The thresholds that are `applied` for the scorer that ranked the entries go before the others.
    """
    redacted = redact(text)
    if redacted.secret:
        decided = Decided(decision=Ignored(IgnoreReason.SECRET), thresholds=thresholds)
        return Judgement(None, Ranking(index.query(redacted.text), ()), decided)
    ranking = rank(index, redacted.text)
    return Judgement(redacted.text, ranking, decide(ranking, thresholds=applied.get(ranking.scorer, thresholds)))
