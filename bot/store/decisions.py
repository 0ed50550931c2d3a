"""Turn decisions and matches into what columns hold, and back."""

from collections.abc import Mapping
from typing import Any

from bot.core.models import Answered, Decision, DecisionKind, Ignored, IgnoreReason, Match, Suggested, Unanswered

# What is decided about a question; what is ignored was none.
QUESTIONS = (DecisionKind.ANSWERED, DecisionKind.SUGGESTED, DecisionKind.UNANSWERED)
WHOLE = 5  # as many as cards and `faqbot grade` show
_DIGITS = 3  # as many as --why shows


def decision_from(kind: DecisionKind, offered: tuple[Match, ...], reason: IgnoreReason | None) -> Decision:
    """Return the decision that was taken apart before."""
    match kind, reason:
        case DecisionKind.ANSWERED, _:
            return Answered(offered[0])
        case DecisionKind.SUGGESTED, _:
            return Suggested(offered)
        case DecisionKind.IGNORED, IgnoreReason():
            return Ignored(reason)
    return Unanswered()


def packed(matches: tuple[Match, ...], known: tuple[Match, ...] = ()) -> list[Any]:
    """Return matches as lists: entry id, confidence, and of the first few also the phrase and the features.

    Nobody asks for more of the others, and the log is a fifth as large. A match that is `known` is told in full there.
    The features of the first are exact, since they decide again when thresholds are tuned; others are only shown.
    """
    return [
        [one.entry_id, one.confidence]
        if place >= WHOLE or one in known[:WHOLE]
        else [one.entry_id, one.confidence, one.phrase, _rounded(one.features, _DIGITS if place else None)]
        for place, one in enumerate(matches)
    ]


def unpacked(content: list[Any] | None, known: tuple[Match, ...] = ()) -> tuple[Match, ...]:
    """Return the matches again; a short one that is among the `known` is that one."""
    there = {(one.entry_id, one.confidence): one for one in known}
    return tuple(_match(there, *fields) for fields in content or ())


def _rounded(features: Mapping[str, float], digits: int | None) -> dict[str, float]:
    return {name: value if digits is None else round(value, digits) for name, value in features.items()}


def _match(
    there: Mapping[tuple[str, float], Match],
    entry_id: str,
    confidence: float,
    phrase: str | None = None,
    features: Mapping[str, float] | None = None,
) -> Match:
    if phrase is None and (entry_id, confidence) in there:
        return there[entry_id, confidence]
    return Match(entry_id=entry_id, phrase=phrase or "", confidence=confidence, features=features or {})
