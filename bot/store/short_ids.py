"""Convert row numbers to the ids that people see and type: a letter and the number."""

import re

# More digits do not fit into the column.
_QUESTION = re.compile(r"q([1-9][0-9]{0,8})", re.IGNORECASE)
_SUGGESTION = re.compile(r"s([1-9][0-9]{0,8})", re.IGNORECASE)
_ITEM = re.compile(r"r([1-9][0-9]{0,8})", re.IGNORECASE)


def to_question_id(number: int) -> str:
    """Return the id of the question in this row."""
    return f"Q{number}"


def from_question_id(question_id: str) -> int | None:
    """Return the row of a question, None when its id cannot be one."""
    return _number(_QUESTION, question_id)


def to_item_id(number: int) -> str:
    """Return the id of the review item in this row."""
    return f"R{number}"


def from_item_id(item_id: str) -> int | None:
    """Return the row of a review item, None when its id cannot be one."""
    return _number(_ITEM, item_id)


def to_suggestion_id(number: int) -> str:
    """Return the id of the suggestion in this row."""
    return f"S{number}"


def from_suggestion_id(suggestion_id: str) -> int | None:
    """Return the row of a suggestion, None when its id cannot be one."""
    return _number(_SUGGESTION, suggestion_id)


def _number(pattern: re.Pattern[str], written: str) -> int | None:
    found = pattern.fullmatch(written)
    return int(found[1]) if found else None
