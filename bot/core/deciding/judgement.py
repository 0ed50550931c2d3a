"""Judge a text: the one path from text to decision of the bots, the command line and the evaluation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.core.deciding.decision import MAX_CHOICES, Decided, Guard, Thresholds, allowed, built_in, decide_with
from bot.core.deciding.ranking import Ranking, rank
from bot.core.models import Answered, Ignored, IgnoreReason, Match, Suggested, Surface, offered_by
from bot.core.reader import ANYBODY, Reader
from bot.core.redaction import redact
from bot.core.searching.contrasts.reading import rule_out_each_other
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.text import MAX_CHARACTERS, carrying, plain, tokens
from bot.core.talk.asking import LEAST, clearness, own_words

# What asks less clearly than `LEAST` may still ask for an entry that is sure enough to be the answer.
LEAST_ANSWERED = -0.3
_NONE_APPLIED: Mapping[str, Thresholds] = MappingProxyType({})
MOST = 4
# More would be a story; each part that is ranked costs as much as a question.
_ASKS = r"(?:how|what|whats|why|when|where|who|which|can|could|do|does|did|is|are|will|would|should|may)\b"
_ALSO = r"(?:(?:and|also|then|plus|secondly)\s*,?\s+){0,2}"
_BREAK = re.compile(
    rf"(?<=[\uff1f\u061f\u0964])\s*|(?<=\?)\s+|[.!;\n]+\s*{_ALSO}(?={_ASKS})"
    rf"|\s*,?\s+(?:and|also|plus|or|\+|&)\s+{_ALSO}(?={_ASKS})",
    re.IGNORECASE,
)
# "When it is late, do I get money back" is one question.
_BY_COMMA = re.compile(rf",\s*(?={_ASKS})", re.IGNORECASE)
_BEGUN = re.compile(r"\W*(?:how|what|whats|why|where|who|which|can|could|do|does|is|are|will)\b", re.IGNORECASE)
# A wish is a question where another one follows it as such.
_WISH = re.compile(r"\bi\s?(?:want|need|(?:woul)?d like) to\b", re.IGNORECASE)
_BESIDES = re.compile(r"\b(?:also|plus|secondly|another)\b", re.IGNORECASE)
_JOINED = re.compile(r"\b([\w-]+)\s*(?:\band\b|\bor\b|&|/)\s*([\w-]+)\b", re.IGNORECASE)
_QUESTION = re.compile(rf"(?:^|[\s,.:;(]){_ASKS}|[?\uff1f\u061f]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may be stored of a text, None where that is nothing, and the decision on it."""

    text: str | None
    ranking: Ranking
    decided: Decided


def matched(text: str) -> str | None:
    """Return what of a text entries are ranked for: its redacted own words; None where it holds a secret."""
    redacted = redact(text)
    return None if redacted.secret else own_words(redacted.text)


def judge(  # noqa: PLR0913  # what a decision goes by
    index: EntryIndex,
    text: str,
    *,
    surface: Surface,
    unaddressed: bool = False,
    applied: Mapping[str, Thresholds] = _NONE_APPLIED,
    reader: Reader = ANYBODY,
) -> Judgement:
    """Redact a text, rank the entries for what is left, and decide; a secret is neither kept nor matched.

    What is overheard, or `unaddressed`, has to ask. The thresholds that are `applied` for the scorer that ranked the
    entries go before the built-in ones, and what has ended for the `reader` is not offered.
    """
    redacted = redact(text)
    if redacted.secret:
        ranking = Ranking(index.query(redacted.text), ())
        thresholds = built_in(surface, ranking.scorer)
        return Judgement(None, ranking, Decided(decision=Ignored(IgnoreReason.SECRET), thresholds=thresholds))
    own = own_words(redacted.text)
    # Of what is longer than the log keeps, it keeps the question.
    kept = redacted.text if len(redacted.text) <= MAX_CHARACTERS else own
    clear = _clearness(index, own) if unaddressed or surface is Surface.AMBIENT else 1.0
    # Chatter is most of what is overheard, and no entry makes a question of what is plainly told.
    is_told = clear <= LEAST_ANSWERED
    ranking = Ranking(index.query(own), ()) if is_told else rank(index, own, locale=reader.locale)
    thresholds = applied.get(ranking.scorer) or built_in(surface, ranking.scorer)
    decided = decide_with(index, ranking, thresholds=thresholds)
    if (reason := _no_question(own, decided, clear)) is not None:
        return Judgement(kept, ranking, replace(decided, decision=Ignored(reason)))
    decided = _of_several(index, own, decided, thresholds) or decided
    return Judgement(kept, ranking, allowed(index, ranking.query, decided, reader))


def _no_question(own: str, decided: Decided, clear: float) -> IgnoreReason | None:
    """Return why a message is no question as a whole: by its length, or since it rather tells than asks."""
    if len(own) > MAX_CHARACTERS:
        return IgnoreReason.TOO_LONG
    if isinstance(decided.decision, Ignored):
        return None
    least = LEAST_ANSWERED if isinstance(decided.decision, Answered) else LEAST
    return IgnoreReason.STATEMENT if clear <= least else None


def _clearness(index: EntryIndex, own: str) -> float:
    """Return how clearly a message asks that nobody addressed to the bot; what an entry is asked by always asks."""
    return 1.0 if index.is_phrasing(own) else clearness(own, index.encode, meant=lambda: index.query(own).meant)


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


def questions_in(text: str) -> tuple[str, ...]:
    """Return the questions of a message that asks several, each with words of its own; nothing where it asks one.

    What is no question by its own look, such as the story before it, is none.
    """
    besides = _BESIDES.search(text)
    pieces = (_BY_COMMA.split(each) if _BEGUN.match(each) else [each] for each in _BREAK.split(plain(text)))
    parts = [part for each in pieces for part in each]
    asks = [part for part in parts if _QUESTION.search(part) or (besides and _WISH.search(part))]
    found = [part.strip() for part in asks if carrying(tokens(part))]
    if len(found) > 1:
        return tuple(found[:MOST])
    return _each_of_two(plain(text))


def _each_of_two(text: str) -> tuple[str, ...]:
    """Return "how do I deposit" and "how do I withdraw" for "how do I deposit and withdraw"."""
    for joined in _JOINED.finditer(text):
        one, other = joined.group(1), joined.group(2)
        if rule_out_each_other(one, other):
            before, after = text[: joined.start()], text[joined.end() :]
            return f"{before}{one}{after}".strip(), f"{before}{other}{after}".strip()
    return ()
