"""Find messages of somebody who has no answer yet: they look, ask, pass it on, or do not know.

A message is such when all that it says is: one that also says something else may answer.
"""

import re

from bot.core.talk.cues import cues, sentences
from bot.core.talk.said_back import said_back

_WORDINGS, _HOLDING, _TELLS = "holding.txt", "holding", "tells"
_CLAUSE = re.compile(
    r"[,:]\s+|\s+[-\u2013\u2014]+\s+|\s+(?:but|meanwhile|aber|pero|mientras|mais|\u043d\u043e)\s+", re.IGNORECASE
)
_POINTS = re.compile(r"https?://|[>\u2192]")
# What is longer says something more, and so does a clause.
_LONGEST, _MOST_WORDS = 400, 14
# What is shorter says nothing by itself, but for a number: "no, 443".
_FEWEST_WORDS = 3


def is_holding(text: str) -> bool:
    """Return whether a message says that somebody looks into something or does not know, and nothing else."""
    if len(text) > _LONGEST or _POINTS.search(text):
        return False
    said = [each.words for part in _CLAUSE.split(text) for each in sentences(part)]
    holding = list(map(_holds_off, said))
    return any(holding) and all(holds or _says_nothing(words) for words, holds in zip(said, holding, strict=True))


def _holds_off(words: str) -> bool:
    meant = cues(_WORDINGS).of(words)
    return _HOLDING in meant and _TELLS not in meant and words.count(" ") < _MOST_WORDS and not _has_number(words)


def _says_nothing(words: str) -> bool:
    is_scrap = words.count(" ") + 1 < _FEWEST_WORDS and not _has_number(words)
    return is_scrap or said_back(words) is not None


def _has_number(words: str) -> bool:
    return any(map(str.isdigit, words))
