"""Try a pattern only on texts that have what no match of it can be without: most texts have nothing of the kind."""

import re
from collections.abc import Iterator

# Where case is ignored, a pattern takes this letter for an i. All others like it are folded by `view`.
_DOTLESS = "\u0131"


class Guarded:
    """A pattern, and words in lower case one of which stands in each match."""

    def __init__(self, pattern: re.Pattern[str], *words: str) -> None:
        self._pattern = pattern
        self._words = words

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return all matches in order."""
        return self._pattern.finditer(text) if has_any(text, self._words) else iter(())


def has_any(text: str, words: tuple[str, ...]) -> bool:
    """Return whether one of these words, in lower case, stands in a text, if only as part of another word."""
    low = text.lower().replace(_DOTLESS, "i")
    return any(word in low for word in words)


def digits(text: str) -> int:
    """Return how many digits a text has."""
    return sum(map(text.count, "0123456789"))
