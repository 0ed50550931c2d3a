"""Show that a decision survives being taken apart for the columns."""

import json

import pytest

from bot.core.models import (
    Answered,
    Decision,
    DecisionKind,
    Ignored,
    IgnoreReason,
    Match,
    Suggested,
    Unanswered,
    kind_of,
)
from bot.store.decisions import (
    decision_from,
    matches_from_json,
    matches_to_json,
    offered_by,
)

FEES = Match(entry_id="fees", phrase="what do I pay", confidence=0.9, features={"cover": 0.1, "margin": 0.25})
COSTS = Match(entry_id="costs", phrase="costs", confidence=1 / 3)

DECISIONS = [
    (Answered(FEES), DecisionKind.ANSWERED),
    (Suggested((COSTS, FEES)), DecisionKind.SUGGESTED),
    (Unanswered(), DecisionKind.UNANSWERED),
    *[(Ignored(reason), DecisionKind.IGNORED) for reason in IgnoreReason],
]


@pytest.mark.parametrize(("decision", "kind"), DECISIONS)
def test_every_decision_comes_back(decision: Decision, kind: DecisionKind) -> None:
    offered = json.loads(json.dumps(matches_to_json(offered_by(decision))))
    reason = decision.reason if isinstance(decision, Ignored) else None

    assert kind_of(decision) is kind
    assert decision_from(kind, matches_from_json(offered), reason) == decision


def test_no_matches_come_from_an_empty_column() -> None:
    assert matches_from_json(None) == ()
