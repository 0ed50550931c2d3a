"""Define by which day entries are read, whether one that has ended is withheld, and in which language."""

from dataclasses import dataclass, replace
from datetime import UTC, date

from bot.core.local_answers import language_of
from bot.core.models import Audience
from bot.core.reader import Reader
from bot.core.searching.languages import IsEnglish, asked_in
from bot.core.searching.text import plain, tokens
from bot.service import Clock, utc_now
from bot.store import Transaction
from bot.store.records import LoggedQuestion
from bot.store.regions import region_of


def _unknown(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Validity:
    """The days of UTC by the clock; where it is `hedged`, what has ended is given with a warning.

    The language of a question is told by its words: `is_english` knows those of English.
    """

    clock: Clock = utc_now
    hedged: bool = False
    is_english: IsEnglish = _unknown

    @property
    def today(self) -> date:
        """Return the day that it is."""
        return self.clock().astimezone(UTC).date()

    def reader(
        self, audience: Audience, *, locale: str | None = None, text: str | None = None, region: str | None = None
    ) -> Reader:
        """Return who reads today in a place of this audience.

        `locale` is theirs or that of the place, if it is known; a `text` of theirs goes before, where it tells.
        """
        return Reader(
            audience=audience,
            locale=self._locale(text, locale),
            region=region,
            today=self.today,
            hedged=self.hedged,
        )

    def writer(self, reader: Reader, text: str, *, near: str | None = None) -> Reader:
        """Return a reader who has written a text and gets a reply, with buttons if need be.

        Where its small words do not tell its language, that of the phrasing that it is `near` counts, unless each of
        its words is English as well.
        """
        locale = self._locale(text, reader.locale)
        if near is not None and self._locale(text, None) is None and not all(map(self.is_english, tokens(text))):
            locale = near
        return replace(reader, locale=locale, may_choose=True)

    async def asker(self, tx: Transaction, asked: LoggedQuestion, *, author: str | None = None) -> Reader:
        """Return who reads the reply to a question of the log: who asked it, or another person by their pseudonym."""
        text = None if asked.outcome is None else asked.outcome.text
        region = await region_of(tx, author or asked.author)
        return self.reader(asked.audience, text=text, region=region)

    def _locale(self, text: str | None, locale: str | None) -> str | None:
        if text is None:
            return locale
        written = asked_in(plain(text), tokens(text), self.is_english, locale=locale)
        return locale if locale is not None and language_of(locale) == written else written
