"""Make messages: English that becomes a text only where it is shown, and the names of languages, numbers and days.

A `Message` is no text: only `str(message)`, `message.format(...)` and f-strings make one of it, so that a type checker
finds what is shown before that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from bot.core.local_answers import language_of

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "Arabic",
        "bn": "Bengali",
        "cs": "Czech",
        "da": "Danish",
        "de": "German",
        "el": "Greek",
        "en": "English",
        "es": "Spanish",
        "fa": "Persian",
        "fi": "Finnish",
        "fr": "French",
        "he": "Hebrew",
        "hi": "Hindi",
        "hu": "Hungarian",
        "id": "Indonesian",
        "it": "Italian",
        "ja": "Japanese",
        "ko": "Korean",
        "ms": "Malay",
        "nl": "Dutch",
        "no": "Norwegian",
        "pl": "Polish",
        "pt": "Portuguese",
        "ro": "Romanian",
        "ru": "Russian",
        "sv": "Swedish",
        "th": "Thai",
        "tr": "Turkish",
        "uk": "Ukrainian",
        "vi": "Vietnamese",
        "zh": "Chinese",
    }
)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence or a label."""

    english: str

    def __str__(self) -> str:
        """Return it as it is shown."""
        return self.english

    def format(self, **values: object) -> str:
        """Return it with the values in their places."""
        return str(self).format(**values)


@dataclass(frozen=True, slots=True)
class Counted:
    """A message about a number, `{count}`, for one and for any other."""

    one: str
    many: str

    def format(self, number: int, **values: object) -> str:
        """Return it for a number, which is written as usual unless `count` says how."""
        template = self.one if number == 1 else self.many
        return template.format(**{"count": counted(number), **values})


def language_name(locale: str) -> str:
    """Return the name of the language of a locale, or the locale where that has none here."""
    return _NAMES.get(language_of(locale), locale)


def counted(number: int) -> str:
    """Return a number as it is written."""
    return f"{number:,}"


def day(on: date) -> str:
    """Return a day in words."""
    return f"{on:%-d %B %Y}"


def day_of_year(on: date) -> str:
    """Return a day in words, without the year."""
    return f"{on:%-d %B}"


def moment(at: datetime) -> str:
    """Return a point in time, in UTC."""
    return f"{day(at)}, {at:%H:%M} UTC"
