"""Word what a field of an entry or a setting of a channel may hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.core.availability import CHANNELS_EXAMPLE
from bot.core.fields import ANSWER_LIMIT, COOLDOWN_LIMIT, LABEL_LIMIT, LINK_LIMIT, QUESTION_LIMIT, VIEWS_LIMIT
from bot.core.hours import HOURS_EXAMPLE, TIME_EXAMPLE
from bot.core.manners import (
    ASKERS_LIMIT,
    LONGEST_WAIT,
    MOST_A_MINUTE,
    MOST_STALE_DAYS,
    NO_ANSWER_LIMIT,
    TOPICS_LIMIT,
    ReplyPlace,
)
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
_NUMBER = Message("a whole number from 0 to {limit}")
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
    "hours": Expected(Message("hours such as {example}"), {"example": HOURS_EXAMPLE}),
    "channels": Expected(Message("channels like {example}"), {"example": CHANNELS_EXAMPLE}),
    "cooldown": Expected(_NUMBER, {"limit": COOLDOWN_LIMIT}),
    "source.title": _SENTENCE,
    "source.url": Expected(
        Message("the address of a web page, at most {limit} characters"), {"limit": f"{LINK_LIMIT:,}"}
    ),
    "source.published": _DATE,
    "source.updated": _DATE,
    "source.views": Expected(_NUMBER, {"limit": VIEWS_LIMIT}),
})  # fmt: skip
"""What is expected of each field of an entry."""

OF_CHANNEL: Mapping[str, Expected] = MappingProxyType({
    "mode": _one_of(Mode),
    "audience": _one_of(Audience),
    "locale": Expected(
        Message("a locale like de or pt-BR; the bot itself speaks {languages}"), {"languages": ", ".join(LANGUAGES)}
    ),
    "no_answer": Expected(Message("text of 1 to {limit} characters"), {"limit": NO_ANSWER_LIMIT}),
    "wait_seconds": Expected(_NUMBER, {"limit": LONGEST_WAIT}),
    "on_call": Expected(Message("the id of a role, such as 1187, or of a user group, such as S0614TZR7")),
    "topics": Expected(
        Message("categories with commas between them, in at most {limit} characters"), {"limit": TOPICS_LIMIT}
    ),
    "on_call_hours": Expected(Message("hours such as {example}"), {"example": HOURS_EXAMPLE}),
    "reply": _one_of(ReplyPlace),
    "news": Expected(Message("a time of the week such as {example}"), {"example": TIME_EXAMPLE}),
    "stale_days": Expected(Message("a whole number from 0 to {limit}"), {"limit": MOST_STALE_DAYS}),
    "askers": Expected(
        Message("ids of roles, such as 1187, or of user groups, such as S0614TZR7, at most {limit} of them"),
        {"limit": ASKERS_LIMIT},
    ),
    "cooldown": Expected(_NUMBER, {"limit": COOLDOWN_LIMIT}),
    "repeat_minutes": Expected(_NUMBER, {"limit": COOLDOWN_LIMIT}),
    "replies_per_minute": Expected(_NUMBER, {"limit": MOST_A_MINUTE}),
})  # fmt: skip
"""What is expected of each setting of a channel."""

NO_SECRETS = Expected(Message("text without a seed phrase or a private key"))
ONE_OF_ITS_OWN = Expected(Message("one of the phrasings of the entry"))
