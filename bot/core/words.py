"""Tell the words that carry a question from those that only hold it together."""

from functools import lru_cache

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")

# Words that say nothing of the topic. Negations, question words and "my" are left out on purpose where they
# tell entries apart ("cannot", "why", "when", "where"); contractions stand without their apostrophe.
STOP_WORDS = frozenset(
    """
    a an the this that these those there here it its itself
    i im ive id ill me my mine myself we our ours us you your yours u ur he she they them their his her
    am is are was were be been being isnt arent wasnt werent do does did doing done
    have has had having havent hasnt can could would should shall will may might must
    of to in on at for from with by as into onto about and or but if so than then also just only very really
    too again still even ever already now
    what whats which who whom how hows
    please pls plz kindly hi hello hey thanks thank thx ok okay yes yeah well
    get got getting want wanted need needed like tell know let lets say some any anyone someone something
    guys sir team bro mate dear help
    """.split()
)

GREETINGS = frozenset(
    """
    hi hello hey heya hiya yo sup gm gn morning afternoon evening night good greetings hola howdy welcome
    there all everyone everybody guys team folks sir bro mate friends
    """.split()
)

THANKS = frozenset(
    """
    thanks thank thx ty tysm thankyou tks cheers appreciated appreciate you u so much very a lot many again it
    great nice cool perfect awesome ok okay kk k got worked works solved np lol haha yes no yeah yep nope sure done
    bye goodbye cya
    """.split()
)
_THANKS_CORE = THANKS - frozenset("you u so much very a lot many again it got".split())
_GREETING_CORE = GREETINGS - frozenset("there all everyone everybody guys team folks sir bro mate friends".split())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the Snowball (Porter 2) stem of one cleaned word."""
    return str(_STEMMER.stemWord(word))


def is_greeting(words: list[str]) -> bool:
    """Tell whether the words only say hello."""
    return _only(words, GREETINGS, _GREETING_CORE)


def is_thanks(words: list[str]) -> bool:
    """Tell whether the words only thank, agree or say goodbye."""
    return _only(words, THANKS, _THANKS_CORE)


def _only(words: list[str], allowed: frozenset[str], core: frozenset[str]) -> bool:
    return bool(words) and all(word in allowed for word in words) and any(word in core for word in words)
