"""Distinguish the words that carry a question from those that only connect it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path

STEMS = "stems.txt"
"""Name the file of words whose stems are known, written by `bench/stems.py`."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(text.split())


# Words that say nothing of the topic. Question words and negations that tell entries apart stay out of the list:
# why, when, where, not, no. Contractions stand as they are once their apostrophe is gone.
STOP_WORDS = word_set("""
    a an the this that these that those there here it its itself
    i im ive id ill me my mine myself we our ours us you your yours u ur he she they them their his her
    am is are was were be been being isnt arent wasnt werent do does did doing done
    have has had having havent hasnt can could would should shall will may might must
    of to in on at for from with by as into onto about and or but if so than then also just only very really
    too again still even ever already now
    what whats which who whom how hows
    please pls plz kindly hi hello hey thanks thank thx ok okay yes yeah well
    get got getting want wanted need needed like tell know let lets say some any anyone someone something
    guys sir team bro mate dear help
""")

_ADDRESSED = word_set("there all everyone everybody guys team folks sir bro mate friends")
_HELLO = word_set(
    "hi hello hey heya hiya yo sup gm gn morning afternoon evening night good greetings hola howdy welcome"
)
_FILLING = word_set("you u so much very a lot many again it got")
_THANKING = word_set("""
    thanks thank thx ty tysm thankyou tks cheers appreciated appreciate great nice cool perfect awesome
    ok okay kk k worked works solved np lol haha yes yeah yep sure done bye goodbye cya
""")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the Snowball (Porter 2) stem of one cleaned word."""
    return _known_stems().get(word) or _stemmer()(word)


@cache
def _known_stems() -> Mapping[str, str]:
    read = (Path(__file__).parent / STEMS).read_text("utf-8").split()
    return dict(zip(read[::2], read[1::2], strict=True))


@cache
def _stemmer() -> Callable[[str], str]:
    """Return what works out a stem; few processes need it at once."""
    found: Callable[[str], str] = import_module("snowballstemmer").stemmer("english").stemWord
    return found


STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS)


def content(stems: Iterable[str]) -> list[str]:
    """Return the stems that carry meaning, in order."""
    return [word for word in stems if word not in STOP_STEMS]


def carrying(words: Iterable[str]) -> list[str]:
    """Return the words that carry meaning, in order."""
    return [word for word in words if word not in STOP_WORDS]


# A prefix that makes a word another one, mostly its opposite; no slip of the pen puts it there or leaves it out.
PREFIXES = ("un", "dis", "non", "in", "im", "de", "re", "mis", "under")


def turns(one: str, other: str) -> bool:
    """Return whether one word is the other with a prefix that makes it another word."""
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer.endswith(shorter) and longer[: len(longer) - len(shorter)] in PREFIXES


def is_greeting(words: Collection[str]) -> bool:
    """Return whether the words only say hello."""
    return _is_only(words, _HELLO, around=_ADDRESSED)


def is_thanks(words: Collection[str]) -> bool:
    """Return whether the words only thank, agree or say goodbye."""
    return _is_only(words, _THANKING, around=_FILLING | _ADDRESSED)


def _is_only(words: Collection[str], core: frozenset[str], *, around: frozenset[str]) -> bool:
    return not core.isdisjoint(words) and (core | around).issuperset(words)
