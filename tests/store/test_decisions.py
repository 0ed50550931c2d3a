"""Show that a decision survives being taken apart for the columns."""

import json
from dataclasses import replace

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
    offered_by,
)
from bot.store.questions import (
    decision_from,
    packed,
    unpacked,
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
    offered = json.loads(json.dumps(packed(offered_by(decision))))
    reason = decision.reason if isinstance(decision, Ignored) else None

    assert kind_of(decision) is kind
    assert decision_from(kind, unpacked(offered), reason) == decision


def test_no_matches_come_from_an_empty_column() -> None:
    assert unpacked(None) == ()


def test_of_the_candidates_after_the_first_few_only_the_confidence_is_kept() -> None:
    first = replace(FEES, features={"found": 1 / 3})
    many = tuple(replace(first, entry_id=f"e{place}", confidence=0.5 / (place + 1)) for place in range(10))
    kept = unpacked(json.loads(json.dumps(packed(many))))

    assert kept[0] == many[0]
    assert kept[1:5] == tuple(replace(one, features={"found": 0.333}) for one in many[1:5])
    assert kept[5:] == tuple(replace(one, phrase="", features={}) for one in many[5:])


def test_what_was_offered_is_kept_once_where_it_is_among_the_candidates() -> None:
    other = replace(FEES, confidence=0.5)
    offered = packed((FEES, other), (FEES, COSTS))

    assert offered == [["fees", 0.9], ["fees", 0.5, FEES.phrase, FEES.features]]
    assert unpacked(offered, (FEES, COSTS)) == (FEES, other)
