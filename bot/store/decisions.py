"""Turn decisions and matches into what columns hold, and back."""

from typing import Any

from bot.core.models import Answered, Decision, DecisionKind, Ignored, IgnoreReason, Match, Suggested, Unanswered

# What is decided about a question; what is ignored was none.
QUESTIONS = (DecisionKind.ANSWERED, DecisionKind.SUGGESTED, DecisionKind.UNANSWERED)


def offered_by(decision: Decision) -> tuple[Match, ...]:
    """Return the matches that a decision shows to the person who asked."""
    match decision:
        case Answered(match=only):
            return (only,)
        case Suggested(matches=matches):
            return matches
        case Unanswered() | Ignored():
            return ()


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


def matches_to_json(matches: tuple[Match, ...]) -> list[Any]:
    """Return matches as plain lists and dicts."""
    return [
        {"entry_id": one.entry_id, "phrase": one.phrase, "confidence": one.confidence, "features": dict(one.features)}
        for one in matches
    ]


def matches_from_json(content: list[Any] | None) -> tuple[Match, ...]:
    """Return the matches again."""
    return tuple(Match(**fields) for fields in content or ())
