"""Split sentences: what they tell, what a negation in them is about, and what is written in one."""

import re
from collections.abc import Sequence

from bot.core.searching.lexicon import AROUND, GLUE, HOW, UNITS
from bot.core.searching.text import STOP_WORDS, word_set

_MEASURED = re.compile(r"(\d+)([a-z]{1,7})")
_PLACED = frozenset(("in", "on", "at"))
_ASKING = word_set("where when why how what which who")


def telling(words: Sequence[str]) -> list[str]:
    """Return words without those that stand around a question."""
    return [word for word in words if word not in AROUND]


def core(words: Sequence[str]) -> list[str]:
    """Return words without all that makes them a question: of "how do I get a permit" "get permit"."""
    line = " ".join(telling(words))
    how = HOW.search(line)
    return [word for word in (line[how.end() :] if how else line).split() if word not in GLUE]


def negated(words: Sequence[str]) -> Sequence[str]:
    """Return the two words that a negation before these is about; a question that follows, "where is it", is not."""
    # What is "not in my account" is not there.
    found: list[str] = ["there"] if words and words[0] in _PLACED else []
    for word in words:
        if word in _ASKING:
            if found:
                break
        elif word not in STOP_WORDS:
            found.append(word)
    return found[:2]


def parted(words: Sequence[str]) -> tuple[str, ...]:
    """Return words with a number and the unit that is written in one with it as two: "4gb" becomes "4", "gb"."""
    found: list[str] = []
    for word in words:
        measured = _MEASURED.fullmatch(word) if word[0].isdigit() else None
        found += measured.groups() if measured is not None and measured[2] in UNITS else (word,)
    return tuple(found)
