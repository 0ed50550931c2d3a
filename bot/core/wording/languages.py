"""Render messages in the language of who reads them: English stands in the code, the others in `locales/*.po`.

A `Message` is no text: only `str(message)`, `message.format(...)` and f-strings make one of it, in the language that is
being spoken, so that a type checker finds what would be shown untranslated. The language is set once, with `speaking`,
where a message, a press or a command comes in and where a delivery, a card or a digest goes out.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from bot.core.local_answers import language_of

ENGLISH = "en"
LANGUAGES = ("de", "en", "es", "fr", "ru", "tr", "zh")
"""The languages that the bot speaks."""

CATALOGUES = Path(__file__).parent / "locales"
_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)

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
    """A sentence or a label in English, which reads as its translation in the language that is being spoken."""

    english: str

    def __str__(self) -> str:
        """Return it in the language that is being spoken."""
        language = _spoken.get()
        return self.english if language == ENGLISH else _catalogue(language).gettext(self.english)

    def format(self, **values: object) -> str:
        """Return it with the values in their places."""
        return str(self).format(**values)


@dataclass(frozen=True, slots=True)
class Counted:
    """A message about a number, `{count}`, in English for one and for any other."""

    one: str
    many: str

    def format(self, number: int, **values: object) -> str:
        """Return it for a number, which is written as usual in the language unless `count` says how."""
        language = _spoken.get()
        if language == ENGLISH:
            template = self.one if number == 1 else self.many
        else:
            template = _catalogue(language).ngettext(self.one, self.many, number)
        return template.format(**{"count": counted(number), **values})


def language_for(*locales: str | None) -> str:
    """Return the language of the first locale that is known, English where the bot does not speak it."""
    language = language_of(next(filter(None, locales), ENGLISH))
    return language if language in LANGUAGES else ENGLISH


@contextmanager
def speaking(*locales: str | None) -> Iterator[None]:
    """Speak the language of the first locale that is known, in this task and in those that it starts."""
    token = _spoken.set(language_for(*locales))
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """Return the language that is being spoken."""
    return _spoken.get()


def is_language(locale: str) -> bool:
    """Return whether there is such a language as that of a locale, whether or not the bot speaks it."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # who says nothing but English starts sooner

    try:
        Locale.parse(language_of(locale))
    except (UnknownLocaleError, ValueError):
        return False
    return True


def language_name(locale: str) -> str:
    """Return the name of the language of a locale, or the locale where that has none here."""
    language = language_of(locale)
    if _spoken.get() == ENGLISH:
        return _NAMES.get(language, locale)
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # as above

    try:
        return Locale.parse(language).get_display_name(_spoken.get()) or locale
    except (UnknownLocaleError, ValueError):
        return locale


def counted(number: int) -> str:
    """Return a number as it is written in the language."""
    if _spoken.get() == ENGLISH:
        return f"{number:,}"
    from babel.numbers import format_decimal  # noqa: PLC0415  # as above

    return format_decimal(number, locale=_spoken.get())


def in_percent(share: float) -> str:
    """Return a share in whole per cent."""
    if _spoken.get() == ENGLISH:
        return f"{share:.0%}".replace("%", " %")
    from babel.numbers import format_percent  # noqa: PLC0415  # as above

    return format_percent(share, locale=_spoken.get())


def day(on: date) -> str:
    """Return a day in words."""
    if _spoken.get() == ENGLISH:
        return f"{on:%-d %B %Y}"
    from babel.dates import format_date  # noqa: PLC0415  # as above

    return format_date(on, "long", locale=_spoken.get())


def day_of_year(on: date) -> str:
    """Return a day in words, without the year."""
    if _spoken.get() == ENGLISH:
        return f"{on:%-d %B}"
    from babel.dates import format_skeleton  # noqa: PLC0415  # as above

    return format_skeleton("MMMMd", on, locale=_spoken.get())


def moment(at: datetime) -> str:
    """Return a point in time, in UTC."""
    return f"{day(at)}, {at:%H:%M} UTC"


def time_of_week(at: datetime) -> str:
    """Return a day of the week and a time of it, with the name of its time zone."""
    if _spoken.get() == ENGLISH:
        return f"{at:%A, %H:%M} ({at.tzinfo})"
    from babel.dates import format_datetime  # noqa: PLC0415  # as above

    return f"{format_datetime(at, 'EEEE, HH:mm', tzinfo=at.tzinfo, locale=_spoken.get())} ({at.tzinfo})"


@cache
def _catalogue(language: str) -> GNUTranslations:
    """Return the translations into a language, which are read once."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  # as above
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = BytesIO()
    with (CATALOGUES / f"{language}.po").open("rb") as written:
        write_mo(compiled, read_po(written, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


_SECOND = Message("s")
_UNITS = ((Message("d"), 86_400), (Message("h"), 3_600), (Message("min"), 60), (_SECOND, 1))


def in_words(seconds: float) -> str:
    """Return a duration in its two largest units, such as `3 h 20 min`, cut and not rounded."""
    left, parts = int(seconds), list[str]()
    for place, (unit, size) in enumerate(_UNITS):
        if left >= size:
            parts.append(f"{left // size} {unit}")
            left %= size
            following = _UNITS[place + 1 : place + 2]
            parts += [f"{left // smaller} {name}" for name, smaller in following if left >= smaller]
            break
    return " ".join(parts) or f"0 {_SECOND}"
