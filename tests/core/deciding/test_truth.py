"""Show whose word counts about which entry was right."""

from dataclasses import replace

import pytest

from bot.core.deciding.truth import Authority, DecisionFeedback, Truth, truth
from bot.core.models import DecisionKind, Grade

ANSWERED = DecisionFeedback(decision=DecisionKind.ANSWERED)
SUGGESTED = DecisionFeedback(decision=DecisionKind.SUGGESTED)
UNANSWERED = DecisionFeedback(decision=DecisionKind.UNANSWERED)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (ANSWERED, None),
        (replace(ANSWERED, votes=2), Truth("first", Authority.ASKER)),
        (replace(ANSWERED, votes=-1), Truth(None, Authority.ASKER)),
        (replace(ANSWERED, votes=-3, moderators_votes=1), Truth("first", Authority.ASKER)),
        (replace(ANSWERED, votes=3, reviewed=True, reviewed_entry_id="other"), Truth("other", Authority.REVIEW)),
        (replace(UNANSWERED, reviewed=True, reviewed_entry_id="first"), Truth("first", Authority.REVIEW)),
        (replace(UNANSWERED, reviewed=True), Truth(None, Authority.REVIEW)),
        (replace(SUGGESTED, chosen="second"), Truth("second", Authority.ASKER)),
        (replace(SUGGESTED, chosen="second", votes=-1), None),
        (replace(SUGGESTED, votes=1), None),
        (replace(UNANSWERED, votes=1, chosen="second"), None),
        (
            replace(ANSWERED, grade=Grade.RIGHT, graded_entry_id="first", reviewed=True, votes=-9),
            Truth("first", Authority.GRADE),
        ),
        (replace(ANSWERED, grade=Grade.WRONG, reviewed=True, reviewed_entry_id="first"), Truth(None, Authority.GRADE)),
    ],
)
def test_a_grade_goes_before_the_review_and_that_before_those_who_asked(
    said: DecisionFeedback, expected: Truth | None
) -> None:
    assert truth(said, "first") == expected
