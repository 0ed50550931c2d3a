"""Judge a text: the one path from text to decision of the bots, the command line and the evaluation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.core.deciding.decision import MAX_CHOICES, Decided, Guard, Thresholds, built_in
from bot.core.deciding.entry_rules import allowed, decide_with
from bot.core.deciding.parts import questions_in
from bot.core.deciding.ranking import Ranking, rank
from bot.core.models import Answered, Ignored, IgnoreReason, Match, Suggested, Surface, offered_by
from bot.core.reader import ANYBODY, Reader
from bot.core.redaction import redact
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.text import MAX_CHARACTERS
from bot.core.talk.asking import asks
from bot.core.talk.own_words import own_words

_NONE_APPLIED: Mapping[str, Thresholds] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may be stored of a text, None where that is nothing, and the decision on it."""

    text: str | None
    ranking: Ranking
    decided: Decided


def judge(
    index: EntryIndex,
    text: str,
    *,
    surface: Surface,
    applied: Mapping[str, Thresholds] = _NONE_APPLIED,
    reader: Reader = ANYBODY,
) -> Judgement:
    """Redact a text, rank the entries for what is left, and decide; a secret is neither kept nor matched.

    The thresholds that are `applied` for the scorer that ranked the entries go before the built-in ones, and what has
    ended for the `reader` is not offered.
    """
    redacted = redact(text)
    if redacted.secret:
        ranking = Ranking(index.query(redacted.text), ())
        thresholds = built_in(surface, ranking.scorer)
        return Judgement(None, ranking, Decided(decision=Ignored(IgnoreReason.SECRET), thresholds=thresholds))
    own = own_words(redacted.text)
    # Of what is longer than the log keeps, it keeps the question.
    kept = redacted.text if len(redacted.text) <= MAX_CHARACTERS else own
    ranking = rank(index, own, locale=reader.locale)
    thresholds = applied.get(ranking.scorer) or built_in(surface, ranking.scorer)
    decided = decide_with(index, ranking, thresholds=thresholds)
    if (reason := _no_question(own, ranking, decided, surface)) is not None:
        return Judgement(kept, ranking, replace(decided, decision=Ignored(reason)))
    decided = _of_several(index, own, decided, thresholds) or decided
    return Judgement(kept, ranking, allowed(index, ranking.query, decided, reader))


def _no_question(own: str, ranking: Ranking, decided: Decided, surface: Surface) -> IgnoreReason | None:
    """Return why a message is no question as a whole, by its length or by where it was said."""
    if len(own) > MAX_CHARACTERS:
        return IgnoreReason.TOO_LONG
    if isinstance(decided.decision, Ignored):
        return None
    is_statement = surface is Surface.AMBIENT and _is_statement(own, ranking)
    return IgnoreReason.STATEMENT if is_statement else None


def _is_statement(text: str, ranking: Ranking) -> bool:
    """Return whether a message that nobody addressed to the bot asks nothing; what an entry is asked by always asks."""
    exact = bool(ranking.matches) and ranking.matches[0].features["spelling"] >= 1
    return not exact and not asks(text)


def _of_several(index: EntryIndex, text: str, decided: Decided, thresholds: Thresholds) -> Decided | None:
    """Return choices that cover the questions of a message that asks several, None where one reply does."""
    if not isinstance(decided.decision, Answered | Suggested):
        return None
    firsts: dict[str, Match] = {}
    for part in questions_in(text):
        for first in offered_by(decide_with(index, rank(index, part), thresholds=thresholds).decision)[:1]:
            firsts.setdefault(first.entry_id, first)
    if len(firsts) <= 1:
        return None
    choices = tuple(firsts.values())[:MAX_CHOICES]
    return replace(decided, decision=Suggested(choices), guards=(*decided.guards, Guard.SEVERAL))
