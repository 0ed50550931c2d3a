"""Define for whom an entry is read, and what they get of it."""

from dataclasses import dataclass
from datetime import date

from bot.core.models import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads in a place, and on which day; without one no entry has ended.

    `locale` is that of the person, or of the place, if it is known. To one who is `hedged` what has ended is given with
    a warning; it is withheld otherwise.
    """

    audience: Audience = Audience.PUBLIC
    locale: str | None = None
    today: date | None = None
    hedged: bool = False

    def entry(self, entry: Entry | None) -> Entry | None:
        """Return what this reader gets of an entry: nothing, or a copy with what they may read."""
        if entry is None or self.lacks(entry):
            return None
        return entry.seen_by(self.audience)

    def lacks(self, entry: Entry) -> bool:
        """Return whether an entry is withheld from everybody because it has ended."""
        return not self.hedged and self.has_ended(entry)

    def has_ended(self, entry: Entry) -> bool:
        """Return whether the last day is over on which an entry holds."""
        return self.today is not None and entry.valid_until is not None and entry.valid_until < self.today


ANYBODY = Reader()
"""Reads what is public, on no day in particular."""
