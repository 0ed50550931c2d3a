"""State what each field of an entry may hold, from wherever it comes: a file, a dialog or the command line.

A rule takes what somebody wrote and returns the value, or an `Unfit` that says what is wrong with it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from bot.core.availability import CHANNELS_EXAMPLE, read_channels
from bot.core.hours import HOURS_EXAMPLE, HOURS_LIMIT, read_hours
from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Status

QUESTION_LIMIT = 300
ANSWER_LIMIT = 20_000
LABEL_LIMIT = 100
LINK_LIMIT = 2_000
ALIAS_COUNT = 200
VIEWS_LIMIT = 2**31 - 1
COOLDOWN_LIMIT = 7 * 24 * 60
SHOWN_LENGTH = 40

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHARE = re.compile(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?")
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Unfit:
    """What is wrong with a text, and what to do about it."""

    what: str
    remedy: str


Rule = Callable[[str], _T | Unfit]


def shown(text: str) -> str:
    """Return the text short and harmless enough for a message."""
    visible = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return visible if len(visible) <= SHOWN_LENGTH else f"{visible[: SHOWN_LENGTH - 1]}…"


def words(written: str) -> str | Unfit:
    """Return what is written, without white space around it."""
    written = written.strip()
    if not written:
        return Unfit("the value is empty", "write something or leave the field out")
    unwritable = _UNWRITABLE.search(written)
    if unwritable:
        return Unfit(f"the text holds U+{ord(unwritable[0]):04X}, which cannot be stored", "take it out")
    return written


def prose(limit: int) -> Rule[str]:
    """Accept text of several lines, which stay."""

    def rule(written: str) -> str | Unfit:
        text = words(written)
        if isinstance(text, str) and len(text) > limit:
            return Unfit(f"the text has {len(text):,} characters, more than {limit:,}", "shorten it")
        return text

    return rule


def line(limit: int) -> Rule[str]:
    """Accept text of one line; line breaks become spaces."""
    several = prose(limit)

    def rule(written: str) -> str | Unfit:
        text = several(written)
        if isinstance(text, Unfit):
            return text
        one_line = " ".join(text.split())
        return text if one_line == text else one_line  # of a large table no text is held twice

    return rule


def matching(pattern: re.Pattern[str], *, what: str, remedy: str) -> Rule[str]:
    """Accept text of a given form."""

    def rule(written: str) -> str | Unfit:
        text = words(written)
        if isinstance(text, str) and not pattern.fullmatch(text):
            return Unfit(f"'{shown(text)}' is no {what}", remedy)
        return text

    return rule


def one_of(choices: type[StrEnum]) -> Rule[StrEnum]:
    """Accept one of a few words."""

    def rule(written: str) -> StrEnum | Unfit:
        text = words(written)
        if isinstance(text, Unfit):
            return text
        if text in list(choices):
            return choices(text)
        return Unfit(f"'{shown(text)}' is not known here", f"use one of {', '.join(choices)}")

    return rule


def day(written: str) -> date | Unfit:
    """Accept a date in the form 2026-04-24."""
    text = words(written)
    if isinstance(text, Unfit):
        return text
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        return Unfit(f"'{shown(text)}' is no date", "write it like 2026-04-24")


def whole_number(limit: int) -> Rule[int]:
    """Accept a count up to a limit."""

    def rule(written: str) -> int | Unfit:
        text = words(written)
        if isinstance(text, Unfit):
            return text
        if text.isascii() and text.isdigit() and len(text) <= len(str(limit)) and int(text) <= limit:
            return int(text)
        return Unfit(f"'{shown(text)}' is no count", f"write a whole number from 0 to {limit}, digits only")

    return rule


def hours(written: str) -> str | Unfit:
    """Accept hours of the week, and return them in their usual form."""
    text = line(HOURS_LIMIT)(written)
    if isinstance(text, Unfit):
        return text
    found = read_hours(text)
    if found is None or len(str(found)) > HOURS_LIMIT:
        return Unfit(f"'{shown(text)}' are no hours of the week", f"write them like {HOURS_EXAMPLE}")
    return str(found)


def channels(written: str) -> str | Unfit:
    """Accept names of channels, and return them with a comma between them."""
    text = line(LINK_LIMIT)(written)
    if isinstance(text, Unfit):
        return text
    names = read_channels(text)
    if names is None:
        return Unfit(f"'{shown(text)}' names no channels", f"write them like {CHANNELS_EXAMPLE}")
    return ", ".join(names)


def share(written: str) -> float | Unfit:
    """Accept a part of one, such as 0.85."""
    text = words(written)
    if isinstance(text, Unfit):
        return text
    found = float(text) if _SHARE.fullmatch(text) else None
    return Unfit(f"'{shown(text)}' is no number from 0 to 1", "write it like 0.85") if found is None else found


def link(limit: int) -> Rule[str]:
    """Accept the address of a web page."""
    one_line = line(limit)

    def rule(written: str) -> str | Unfit:
        text = one_line(written)
        if isinstance(text, Unfit) or _is_link(text):
            return text
        return Unfit(f"'{shown(text)}' is no address of a web page", "write it like https://example.com/page")

    return rule


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        return False


ALIAS: Rule[str] = line(QUESTION_LIMIT)
OF_ENTRY: Mapping[str, Rule[Any]] = MappingProxyType({
    "id": matching(_ID, what="id", remedy="use 1 to 80 of a-z, 0-9 and '-', a letter or digit first"),
    "question": line(QUESTION_LIMIT),
    "answer": prose(ANSWER_LIMIT),
    "staff_note": prose(ANSWER_LIMIT),
    "audience": one_of(Audience),
    "category": line(LABEL_LIMIT),
    "region": line(LABEL_LIMIT),
    "locale": matching(_LOCALE, what="locale", remedy="write it like en or pt-BR"),
    "status": one_of(Status),
    "owner": line(LABEL_LIMIT),
    "review_by": day,
    "valid_until": day,
    "threshold": share,
    "hours": hours,
    "channels": channels,
    "cooldown": whole_number(COOLDOWN_LIMIT),
})  # fmt: skip
"""The rules of the fields that hold one value."""

OF_SOURCE: Mapping[str, Rule[Any]] = MappingProxyType({
    "title": line(QUESTION_LIMIT),
    "url": link(LINK_LIMIT),
    "published": day,
    "updated": day,
    "views": whole_number(VIEWS_LIMIT),
})  # fmt: skip
"""The rules of the fields of its source."""

ANSWER_COUNT = 50
OF_ANSWER: Mapping[str, Rule[str]] = MappingProxyType(
    {name: OF_ENTRY[name] for name in ("locale", "region", "question", "answer")}
)
"""The rules of the fields of a further answer that hold one value."""

SCALARS: Mapping[str, Rule[Any]] = MappingProxyType(
    {**OF_ENTRY, **{f"source.{name}": rule for name, rule in OF_SOURCE.items()}}
)
"""The rules of all these, those of the source under names like `source.url`."""


def unfit_answers(answers: Sequence[LocalAnswer], *, locale: str, region: str | None) -> Unfit | None:
    """Return what keeps answers from standing beside the plain one, which is for a locale and a region."""
    seen, phrased = {(locale, _folded(region))}, {locale}
    for one in answers:
        place = one.locale or locale, _folded(one.region)
        if one.locale is None and one.region is None:
            return Unfit("an answer is for no locale and no region of its own", "name one, or leave the answer out")
        if place in seen:
            return Unfit(f"two answers are for {' and '.join(filter(None, place))}", "keep one of the two")
        if one.phrasings and place[0] in phrased:
            what = f"the phrasings of {place[0]} are in two places"
            return Unfit(what, "write them with the first answer of that locale, or above for the entry's own")
        seen.add(place)
        phrased |= {place[0]}
    return None


def _folded(region: str | None) -> str | None:
    return None if region is None else region.casefold()


def read_value(name: str, written: str) -> Any:  # noqa: ANN401  # each field has a type of its own
    """Return what one of the `SCALARS` is when this is written, None when that is refused."""
    value = SCALARS[name](written)
    return None if isinstance(value, Unfit) else value


def fields_of(value: Any) -> dict[str, Any]:  # noqa: ANN401  # a value of any data class
    """Return the fields of a value by name, as they are: copying each, as `asdict` does, takes ten times as long."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
