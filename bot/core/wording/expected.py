"""Word what a field or a setting may hold, for errors on every surface."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bot.core.fields import ANSWER_LIMIT, LABEL_LIMIT, LINK_LIMIT, QUESTION_LIMIT, VIEWS_LIMIT
from bot.core.models import Audience, Mode, Status
from bot.core.modes import LONGEST_WAIT, NO_ANSWER_LIMIT

_LOCALE = "a locale like en or pt-BR"
_SENTENCE = f"text of at most {QUESTION_LIMIT} characters"
_PROSE = f"text of at most {ANSWER_LIMIT:,} characters"
_LABEL = f"text of at most {LABEL_LIMIT} characters"
_DATE = "a date like 2026-04-24"

OF_ENTRY: Mapping[str, str] = MappingProxyType({
    "id": "1 to 80 of a-z, 0-9 and '-', a letter or digit first",
    "question": _SENTENCE,
    "aliases": _SENTENCE,
    "answer": _PROSE,
    "staff_note": _PROSE,
    "audience": f"one of {', '.join(Audience)}",
    "category": _LABEL,
    "region": _LABEL,
    "locale": _LOCALE,
    "status": f"one of {', '.join(Status)}",
    "owner": _LABEL,
    "review_by": _DATE,
    "valid_until": _DATE,
    "threshold": "a number from 0 to 1, such as 0.85",
    "source.title": _SENTENCE,
    "source.url": f"the address of a web page, at most {LINK_LIMIT:,} characters",
    "source.published": _DATE,
    "source.updated": _DATE,
    "source.views": f"a whole number from 0 to {VIEWS_LIMIT}",
})  # fmt: skip
"""What is expected of each field of an entry."""

OF_CHANNEL: Mapping[str, str] = MappingProxyType({
    "mode": f"one of {', '.join(Mode)}",
    "audience": f"one of {', '.join(Audience)}",
    "locale": _LOCALE,
    "no_answer": f"text of 1 to {NO_ANSWER_LIMIT} characters",
    "wait_seconds": f"a whole number from 0 to {LONGEST_WAIT}",
})  # fmt: skip
"""What is expected of each setting of a channel."""


def one_field_of(names: Iterable[str]) -> str:
    """Return which fields there are."""
    return f"one of the fields {', '.join(names)}"


def one_setting_of(names: Iterable[str]) -> str:
    """Return which settings there are."""
    return f"one of the settings {', '.join(names)}"


def words_of(longest: int) -> str:
    """Return that a phrasing needs words, and how long they may be together."""
    return f"words, at most {longest} characters of them"
