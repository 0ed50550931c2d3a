"""Word what a field or a setting may hold, for errors on every surface."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.core.fields import ANSWER_LIMIT, LABEL_LIMIT, LINK_LIMIT, QUESTION_LIMIT, VIEWS_LIMIT
from bot.core.manners import LONGEST_WAIT, NO_ANSWER_LIMIT
from bot.core.models import Audience, Mode, Status
from bot.core.wording.languages import LANGUAGES, Message


@dataclass(frozen=True, slots=True)
class Expected:
    """A message and the values that belong in it."""

    message: Message
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return it as it is shown."""
        return self.message.format(**self.values)


def _text(limit: int) -> Expected:
    return Expected(Message("text of at most {limit} characters"), {"limit": limit})


def _one_of(values: Iterable[str]) -> Expected:
    return Expected(Message("one of {values}"), {"values": ", ".join(values)})


_LOCALE = Expected(Message("a locale like en or pt-BR"))
_SENTENCE = _text(QUESTION_LIMIT)
_PROSE = Expected(Message("text of at most {limit} characters"), {"limit": f"{ANSWER_LIMIT:,}"})
_LABEL = _text(LABEL_LIMIT)
_DATE = Expected(Message("a date like 2026-04-24"))

OF_ENTRY: Mapping[str, Expected] = MappingProxyType({
    "id": Expected(Message("1 to 80 of a-z, 0-9 and '-', a letter or digit first")),
    "question": _SENTENCE,
    "aliases": _SENTENCE,
    "answer": _PROSE,
    "staff_note": _PROSE,
    "audience": _one_of(Audience),
    "category": _LABEL,
    "region": _LABEL,
    "locale": _LOCALE,
    "status": _one_of(Status),
    "owner": _LABEL,
    "review_by": _DATE,
    "valid_until": _DATE,
    "threshold": Expected(Message("a number from 0 to 1, such as 0.85")),
    "source.title": _SENTENCE,
    "source.url": Expected(
        Message("the address of a web page, at most {limit} characters"), {"limit": f"{LINK_LIMIT:,}"}
    ),
    "source.published": _DATE,
    "source.updated": _DATE,
    "source.views": Expected(Message("a whole number from 0 to {limit}"), {"limit": VIEWS_LIMIT}),
})  # fmt: skip
"""What is expected of each field of an entry."""

OF_CHANNEL: Mapping[str, Expected] = MappingProxyType({
    "mode": _one_of(Mode),
    "audience": _one_of(Audience),
    "locale": Expected(
        Message("a locale like de or pt-BR; the bot itself speaks {languages}"), {"languages": ", ".join(LANGUAGES)}
    ),
    "no_answer": Expected(Message("text of 1 to {limit} characters"), {"limit": NO_ANSWER_LIMIT}),
    "wait_seconds": Expected(Message("a whole number from 0 to {limit}"), {"limit": LONGEST_WAIT}),
})  # fmt: skip
"""What is expected of each setting of a channel."""

_FIELDS = Message("one of the fields {names}")
_SETTINGS = Message("one of the settings {names}")
_WORDS = Message("words, at most {limit} characters of them")


def one_field_of(names: Iterable[str]) -> str:
    """Return which fields there are."""
    return _FIELDS.format(names=", ".join(names))


def one_setting_of(names: Iterable[str]) -> str:
    """Return which settings there are."""
    return _SETTINGS.format(names=", ".join(names))


def words_of(longest: int) -> str:
    """Return that a phrasing needs words, and how long they may be together."""
    return _WORDS.format(limit=longest)
