"""Define by which day entries are read, and whether one that has ended is withheld."""

from dataclasses import dataclass
from datetime import UTC, date

from bot.core.models import Audience
from bot.core.reader import Reader
from bot.service import Clock, utc_now


@dataclass(frozen=True, slots=True)
class Validity:
    """The days of UTC by the clock; where it is `hedged`, what has ended is given with a warning."""

    clock: Clock = utc_now
    hedged: bool = False

    @property
    def today(self) -> date:
        """Return the day that it is."""
        return self.clock().astimezone(UTC).date()

    def reader(self, audience: Audience, *, locale: str | None = None) -> Reader:
        """Return who reads today in a place of this audience; `locale` is theirs or that of the place, if known."""
        return Reader(audience=audience, locale=locale, today=self.today, hedged=self.hedged)
