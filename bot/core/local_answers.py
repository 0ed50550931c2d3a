"""Define an answer of an entry for some of its readers."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalAnswer:
    """An answer of an entry for a locale and a region; without one of the two it is for any.

    The question and the aliases belong to the locale, whatever the region: its first answer has them.
    """

    answer: str
    locale: str | None = None
    region: str | None = None
    question: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def phrasings(self) -> tuple[str, ...]:
        """Return the question, if there is one, and its aliases."""
        return self.aliases if self.question is None else (self.question, *self.aliases)

    @property
    def place(self) -> str:
        """Return for whom it is: its locale and its region."""
        return " \u00b7 ".join(filter(None, (self.locale, self.region)))


def language_of(locale: str) -> str:
    """Return the language of a locale such as pt-BR."""
    return locale.partition("-")[0].casefold()


def locale_of(answers: Iterable[LocalAnswer], phrasing: str) -> str | None:
    """Return the locale of a phrasing that belongs to one of these answers, None of any other."""
    return next((one.locale for one in answers if phrasing in one.phrasings), None)
