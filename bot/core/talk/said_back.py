"""Understand what people say back to an answer, and which choice they mean who write instead of pressing."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from bot.core.searching.text import STOP_WORDS, is_greeting, tokens
from bot.core.talk.asking import features
from bot.core.talk.cues import bare, cues

CHOICES = "choosing.txt"
# What is longer says something more.
_MOST_CHOOSING_WORDS = 8
_FORMS = frozenset({"opens", "asks"})
_NUMBER = re.compile(
    r"(?:(?:number|no|nr|option|choice|answer|nummer|numero|opcion|вариант|номер) )?#?([1-9])(?:st|nd|rd|th)?"
)


def chosen(text: str, titles: Sequence[str]) -> int | None:
    """Return the place of the choice that a message names: by number or by words that only its title has."""
    words = bare(" ".join(tokens(text)))
    if not words or words.count(" ") >= _MOST_CHOOSING_WORDS:
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
    said = (cues(CHOICES).parts(words) or frozenset()) - {"filler"}
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


WORDINGS = "said_back.txt"
# What is longer says something more.
_MOST_WORDS = 14
_THUMBS_UP = ("\U0001f44d", ":+1:", ":thumbsup:", "+1", "\U0001f64f", "\u2705", ":white_check_mark:", ":pray:")


class SaidBack(StrEnum):
    """What somebody says back."""

    HUMAN = "human"
    NOT_HELPED = "not helped"
    PICTURE = "picture"
    NO = "no"
    SOLVED = "solved"
    WAIT = "wait"
    THANKS = "thanks"


# Of several the first one here counts, but in "no, it works now" what follows does.
_OUTWEIGHED: Mapping[SaidBack, frozenset[SaidBack]] = MappingProxyType(
    {SaidBack.NO: frozenset({SaidBack.SOLVED, SaidBack.WAIT})}
)


def said_back(text: str) -> SaidBack | None:
    """Return what a message says back to an answer; None where it says or asks something of its own."""
    words = bare(" ".join(tokens(text)))
    if not words or text.strip() in _THUMBS_UP:
        return SaidBack.THANKS if any(sign in text for sign in _THUMBS_UP) else None
    if words.count(" ") >= _MOST_WORDS:
        return None
    said = cues(WORDINGS).parts(words)
    if said is None or is_greeting(words.split()):
        return None
    kinds = [kind for kind in SaidBack if kind in said]
    left = [kind for kind in kinds if _OUTWEIGHED.get(kind, frozenset()).isdisjoint(kinds)]
    return left[0] if left else SaidBack.WAIT  # "ok"
