"""Understand which of some choices somebody means who writes instead of pressing a button."""

import re
from collections.abc import Sequence

from bot.core.searching.text import tokens
from bot.core.searching.words import STOP_WORDS
from bot.core.talk.asking import features
from bot.core.talk.cues import bare, cues

WORDINGS = "choosing.txt"
# What is longer says something more.
_MOST_WORDS = 8
_FORMS = frozenset({"opens", "asks"})
_NUMBER = re.compile(
    r"(?:(?:number|no|nr|option|choice|answer|nummer|numero|opcion|вариант|номер) )?#?([1-9])(?:st|nd|rd|th)?"
)


def chosen(text: str, titles: Sequence[str]) -> int | None:
    """Return the place of the choice that a message names: by number or by words that only its title has."""
    words = bare(" ".join(tokens(text)))
    if not words or words.count(" ") >= _MOST_WORDS:
        return None
    place = _counted(words, len(titles))
    if place is not None:
        return place if 0 <= place < len(titles) else None
    # "and what does it cost?" asks on, whatever the titles have in common with it.
    asks_on = any(not _FORMS.isdisjoint(each) for each in features(text))
    return None if asks_on else _named(words, titles)


def _counted(words: str, many: int) -> int | None:
    number = _NUMBER.fullmatch(words)
    if number is not None:
        return int(number[1]) - 1
    said = (cues(WORDINGS).parts(words) or frozenset()) - {"filler"}
    if said == {"yes"}:
        return 0 if many == 1 else None
    if len(said := said - {"yes"}) != 1:
        return None
    (one,) = said
    return many - 1 if one == "last" else int(one) - 1


def _named(words: str, titles: Sequence[str]) -> int | None:
    """Return the only choice whose title has all the words that say something, one of which no other title has."""
    said = {word for word in words.split() if word not in STOP_WORDS}
    theirs = [set(bare(" ".join(tokens(title))).split()) for title in titles]
    fitting = [place for place, title in enumerate(theirs) if said and said <= title]
    return fitting[0] if len(fitting) == 1 else None
