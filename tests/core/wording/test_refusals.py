"""People are told in one polite line why something was refused, and nothing of how the bot is run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import errors
from bot.core.wording.refusals import NOT_NOW, refusal
from bot.errors import (
    ChannelFieldError,
    DatabaseUnreachableError,
    EntryChangedError,
    EntryExistsError,
    EntryFieldError,
    EntryNotFoundError,
    EntryUnchangedError,
    EntryUnfitError,
    FaqbotError,
    ItemChangedError,
    ItemClosedError,
    ItemNotFoundError,
    ItemOpenError,
    ItemPartError,
    ItemsUnlikeError,
    NothingToGradeError,
    NothingToRevertError,
    PhraseTakenError,
    QuestionNotFoundError,
    SuggestionNotFoundError,
    Unlike,
    Unrevertable,
)

TOLD = {
    ItemChangedError("R3", "answered", "anna"): (
        "R3 was answered by anna meanwhile, and I changed nothing. Please look at it again."
    ),
    ItemClosedError("R3", "merged", "anna"): "R3 was merged by anna already.",
    ItemClosedError("R3", "merged", ""): "R3 was merged already.",
    ItemOpenError("R3"): "R3 is open already.",
    ItemNotFoundError("R3"): "The review has no item R3.",
    ItemsUnlikeError("R3", "R4", Unlike.AUDIENCES): "R3 cannot become a part of R4: their audiences differ.",
    ItemPartError("R3", None): "R3 cannot be split like that: some of its questions must go, and some must stay.",
    ItemPartError("R3", "Q5"): "Q5 is not in R3.",
    NothingToRevertError("R3", Unrevertable.ENTRY_CHANGED, "fees"): (
        "R3 stays as it is: fees has changed since; retire it, or edit it."
    ),
    SuggestionNotFoundError("7"): "That suggestion was taken or turned down already.",
    PhraseTakenError("what is the fee", "fees"): "“what is the fee” is a wording of fees already.",
    PhraseTakenError("the fee", "fees", retired=True): "“the fee” is a wording of the retired entry fees already.",
    EntryUnfitError("limits", "R3", "audience", "internal"): (
        "limits cannot answer that: its audience is internal. Please choose another entry."
    ),
    EntryNotFoundError("fee"): "There is no entry fee.",
    EntryNotFoundError("fe", ("fee", "fees")): "There is no entry fe. Did you mean fee or fees?",
    EntryChangedError("fees", "anna"): (
        "fees was changed by anna meanwhile, and I changed nothing. Please look at it again."
    ),
    EntryChangedError("fees", None): "fees was changed meanwhile, and I changed nothing. Please look at it again.",
    EntryUnchangedError("fees"): "That changes nothing of fees.",
    EntryExistsError("fees"): "There is an entry fees already.",
    EntryFieldError("answer", "", "text"): "Answer: please give text.",
    EntryFieldError("staff_note", "", "text"): "For staff only: please give text.",
    ChannelFieldError("wait_seconds", "x", "a number"): "Wait (seconds): please give a number.",
    QuestionNotFoundError("Q9"): "I know nothing of a question Q9.",
    NothingToGradeError("Q9"): "Q9 was no question, or nothing is left of it.",
}


@pytest.mark.parametrize(("error", "line"), TOLD.items(), ids=lambda value: type(value).__name__)
def test_each_refusal_has_its_line(error: FaqbotError, line: str) -> None:
    assert refusal(error) == line


def test_what_people_cannot_mend_is_not_told_to_them() -> None:
    told = refusal(DatabaseUnreachableError("db.example.org", "no route"))

    assert told == str(NOT_NOW)
    assert "example" not in told


def test_errors_of_the_review_and_of_entries_all_have_a_line() -> None:
    of_people = {
        kind
        for name, kind in vars(errors).items()
        if name.startswith(("Item", "Entry", "Phrase", "Suggestion")) and isinstance(kind, type)
    }

    assert of_people <= {type(error) for error in TOLD}


@given(phrase=st.text())
def test_what_people_wrote_stays_on_one_short_line(phrase: str) -> None:
    told = refusal(PhraseTakenError(phrase, "fees"))

    assert len(told.splitlines()) == 1
    assert len(told) < 130
