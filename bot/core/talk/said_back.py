"""Understand what people say back to an answer, by rules: a message that consists of nothing but known wordings."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.core.searching.text import tokens
from bot.core.searching.words import is_greeting
from bot.core.talk.cues import bare, cues

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
