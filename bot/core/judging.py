"""Take a text all the way to a decision: the one path of the bots, the command line and the evaluation."""

from dataclasses import dataclass

from bot.core.deciding import Thresholds, Verdict, decide
from bot.core.index import EntryIndex
from bot.core.matching import Ranking, rank
from bot.core.models import Ignored, IgnoreReason
from bot.core.redaction import redact


@dataclass(frozen=True, slots=True)
class Judgement:
    """Hold what may be kept of a text, None where that is nothing, and the decision on it."""

    text: str | None
    ranking: Ranking
    verdict: Verdict


def judge(index: EntryIndex, text: str, *, thresholds: Thresholds) -> Judgement:
    """Redact a text, rank the entries for what is left, and decide; a secret is neither kept nor matched."""
    redacted = redact(text)
    if redacted.secret:
        verdict = Verdict(decision=Ignored(IgnoreReason.SECRET), thresholds=thresholds)
        return Judgement(None, Ranking(index.query(redacted.text), ()), verdict)
    ranking = rank(index, redacted.text)
    return Judgement(redacted.text, ranking, decide(ranking, thresholds=thresholds))
