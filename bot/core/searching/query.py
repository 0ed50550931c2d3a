"""Define a question that is made ready for matching, and what stands around it."""

import re
from dataclasses import dataclass

from bot.core.searching.arrays import Floats, Numbers
from bot.core.searching.text import latin


@dataclass(frozen=True, slots=True)
class Query:
    """A text made ready for matching.

    The text without links and mentions, its words as typed, the same with misspelt ones corrected, folded to stems,
    and those that carry meaning; and what an encoder is to read for each word.
    """

    text: str
    words: tuple[str, ...]
    corrected: tuple[str, ...]
    stems: tuple[str, ...]
    content: tuple[str, ...]
    intended: tuple[str, ...] = ()

    @property
    def normalised(self) -> str:
        """Return the words in one line."""
        return " ".join(self.words)

    @property
    def meant(self) -> str:
        """Return the text with misspelt words corrected: an encoder takes them for others, or for noise."""
        text = latin(self.text)
        for word, right in zip(self.words, self.intended, strict=True):
            if word != right:
                text, found = re.subn(rf"(?<!\w){re.escape(word)}(?!\w)", right, text, flags=re.IGNORECASE)
                if not found and word != right.replace("'", ""):  # it was not only misspelt
                    return " ".join(self.intended)
        return text


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The texts around a question, by row: how near each is and how much it explains; see `explained`.

    `semantic` tells that the sentence encoder took part.
    """

    rows: Numbers
    near: Floats
    explained: Floats
    semantic: bool
