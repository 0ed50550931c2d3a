"""Define a question that is made ready for matching, and what stands around it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.searching.arrays import Floats, Numbers
from bot.core.searching.languages import Foreign
from bot.core.searching.text import latin, without_long_runs
from bot.core.searching.vectors import Model


@dataclass(frozen=True, slots=True)
class Query:
    """A text made ready for matching.

    The text without links and mentions, its words as typed, the same with misspelt ones corrected, folded to stems,
    and those that carry meaning; what an encoder is to read for each word; and whether the text is for the encoder of
    many languages.
    """

    text: str
    words: tuple[str, ...]
    corrected: tuple[str, ...]
    stems: tuple[str, ...]
    content: tuple[str, ...]
    intended: tuple[str, ...] = ()
    foreign: Foreign = Foreign.NO

    @property
    def normalised(self) -> str:
        """Return the words in one line."""
        return " ".join(self.words)

    @property
    def for_models(self) -> Mapping[Model, str]:
        """Return what each encoder that may be asked is to read; words of another language are not misspelt English."""
        return {
            **({} if self.foreign is Foreign.YES else {Model.ENGLISH: self.meant}),
            **({} if self.foreign is Foreign.NO else {Model.MULTILINGUAL: self.text}),
        }

    @property
    def meant(self) -> str:
        """Return the text with misspelt words corrected: an encoder takes them for others, or for noise."""
        text = latin(without_long_runs(self.text))
        for word, right in dict.fromkeys(zip(self.words, self.intended, strict=True)):
            if word != right:
                text, found = re.subn(rf"(?<!\w){re.escape(word)}(?!\w)", right, text, flags=re.IGNORECASE)
                if not found and word != right.replace("'", ""):  # it was not only misspelt
                    return " ".join(self.intended)
        return text


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The texts around a question, by row: how near each is and how much it explains; see `explained`.

    `model` tells which sentence encoder took part.
    """

    rows: Numbers
    near: Floats
    explained: Floats
    model: Model | None
