"""Show whose word counts about which entry was right."""

from dataclasses import replace

import pytest

from bot.core.deciding.truth import By, Said, Truth, truth
from bot.core.models import DecisionKind, Grade

ANSWERED = Said(decision=DecisionKind.ANSWERED)
SUGGESTED = Said(decision=DecisionKind.SUGGESTED)
UNANSWERED = Said(decision=DecisionKind.UNANSWERED)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (ANSWERED, None),
        (replace(ANSWERED, votes=2), Truth("first", By.ASKER)),
        (replace(ANSWERED, votes=-1), Truth(None, By.ASKER)),
        (replace(ANSWERED, votes=-3, moderators_votes=1), Truth("first", By.ASKER)),
        (replace(ANSWERED, votes=3, reviewed=True, reviewed_entry_id="other"), Truth("other", By.REVIEW)),
        (replace(UNANSWERED, reviewed=True, reviewed_entry_id="first"), Truth("first", By.REVIEW)),
        (replace(UNANSWERED, reviewed=True), Truth(None, By.REVIEW)),
        (replace(SUGGESTED, chosen="second"), Truth("second", By.ASKER)),
        (replace(SUGGESTED, chosen="second", votes=-1), None),
        (replace(SUGGESTED, votes=1), None),
        (replace(UNANSWERED, votes=1, chosen="second"), None),
        (
            replace(ANSWERED, grade=Grade.RIGHT, graded_entry_id="first", reviewed=True, votes=-9),
            Truth("first", By.GRADE),
        ),
        (replace(ANSWERED, grade=Grade.WRONG, reviewed=True, reviewed_entry_id="first"), Truth(None, By.GRADE)),
    ],
)
def test_a_grade_goes_before_the_review_and_that_before_those_who_asked(said: Said, expected: Truth | None) -> None:
    assert truth(said, "first") == expected
