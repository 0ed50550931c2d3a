"""Show how a reply came about."""

from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console

from bot.cli.terminal import facts, one_line, table
from bot.core.deciding.decision import Thresholds
from bot.core.models import Answered, Decision, Ignored, Match, Suggested
from bot.service.questions import Explanation

_TEXT_LIMIT = 400
_COMPARED = 5  # so many columns of features fit on a terminal


def show_explanation(terminal: Console, explanation: Explanation) -> None:
    """Print the cleaned question, the decision with what led to it, and the candidates with their features."""
    query, decided = explanation.query, explanation.decided
    terminal.print()
    facts(
        terminal,
        {
            "normalised": one_line(query.normalised, limit=_TEXT_LIMIT),
            "content": one_line(" ".join(query.content), limit=_TEXT_LIMIT),
            "decision": _decision(decided.decision),
            "guards": ", ".join(decided.guards) or "none",
            "differs": "; ".join(map(str, explanation.ranking.differences)) or "nothing",
            "thresholds": _thresholds(decided.thresholds),
            "versions": f"scorer {explanation.scorer_version}, content {explanation.content_version}",
        },
    )
    if explanation.ranking.matches:
        _show_candidates(terminal, explanation.ranking.matches)


def _decision(decision: Decision) -> str:
    match decision:
        case Answered(match):
            return f"answered with {match.entry_id}"
        case Suggested(matches):
            return f"suggested {', '.join(match.entry_id for match in matches)}"
        case Ignored(reason):
            return f"ignored ({reason})"
    return "unanswered"


def _thresholds(thresholds: Thresholds) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in asdict(thresholds).items())


def _show_candidates(terminal: Console, matches: Sequence[Match]) -> None:
    terminal.print()
    rows = [
        (str(place), f"{match.confidence:.3f}", match.entry_id, match.phrase) for place, match in enumerate(matches, 1)
    ]
    table(terminal, ("", "confidence", "entry", "nearest phrasing"), rows)
    terminal.print()
    compared = matches[:_COMPARED]
    features = [(name, *(f"{match.features[name]:.3f}" for match in compared)) for name in compared[0].features]
    places = [str(place) for place in range(1, len(compared) + 1)]
    table(terminal, ("feature", *places), features, numbers=len(compared))
