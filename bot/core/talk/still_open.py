"""Understand what people answer when they are asked whether something is still open."""

from bot.core.searching.text import tokens
from bot.core.talk.cues import ASKING, bare, cues
from bot.core.talk.said_back import WORDINGS, SaidBack, said_back

_STILL_OPEN = "still_open.txt"


def still_open(text: str) -> bool | None:
    """Return whether a message says that something is still open, None where it says neither that nor the opposite."""
    words = bare(" ".join(tokens(text)))
    if not words or ASKING.search(text):
        return None
    said = cues(_STILL_OPEN).parts(words)
    if said is None:
        return _said_back(text, words)
    if "open" in said:
        return True
    if said & {"solved", "no"}:  # "no" to that question is that it is not open
        return None if "yes" in said and "solved" not in said else False
    return True if "yes" in said else None


def _said_back(text: str, words: str) -> bool | None:
    """Return what the wordings for answers tell: loosely that it is open, which ends nothing."""
    if said_back(text) is SaidBack.SOLVED:
        return False
    is_wait = SaidBack.WAIT in (cues(WORDINGS).parts(words) or ())  # and not "k"
    return True if is_wait or said_back(text, loosely=True) is SaidBack.NOT_HELPED else None
