"""Understand what people say back to an answer: which choice they mean, thanks and the like, and what they ask next.

What follows on a question, as "and what does it cost?" or "on android?", is understood by the words of that question:

- Only what is short, and begins like a continuation or points at something it does not name, is taken for one.
- It is decided alone first; what is answered so needs no context.
- Otherwise the words of the question before stand where the pronoun stands, or behind. Left out are those that the new
  words rule out, such as "app" beside "website", what was to be done where something else is now, as in "how do I
  create a key": "and delete it?", and what only makes a question, such as "how long".
- What comes of that counts only when it is an answer or choices that have half of the words, and is not the answer that
  was given before.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from bot.core.models import Answered, Decision, Suggested, offered_by
from bot.core.searching.contrasts.reading import rule_out_each_other
from bot.core.searching.text import STOP_WORDS, carrying, is_greeting, plain, tokens, word_set
from bot.core.talk.asking import HAN, features
from bot.core.talk.cues import ASKING, bare, cues, sentences

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


WORDINGS, LOOSELY = "said_back.txt", "loosely.txt"
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

_STATED = frozenset({SaidBack.SOLVED, SaidBack.WAIT})


def is_thumb(text: str) -> bool:
    """Return whether a text is a sign of thanks without a word."""
    return text.strip() in _THUMBS_UP


def said_back(text: str, *, loosely: bool = False) -> SaidBack | None:
    """Return what a message says back to an answer; None where it says or asks something of its own.

    Loosely, in the thread of an answer, its wordings may stand anywhere among words that name nothing: elsewhere
    "working hours" may well be a question.
    """
    words = bare(" ".join(tokens(text)))
    if not words or is_thumb(text):
        return SaidBack.THANKS if any(sign in text for sign in _THUMBS_UP) else None
    if words.count(" ") >= _MOST_WORDS or is_greeting(words.split()):
        return None
    said = cues(WORDINGS).parts(words)
    if said is None and loosely:
        said = _loosely(words)
    if said is None:
        return None
    kinds = [kind for kind in SaidBack if kind in said]
    left = [kind for kind in kinds if _OUTWEIGHED.get(kind, frozenset()).isdisjoint(kinds)]
    kind = left[0] if left else SaidBack.WAIT  # "ok"
    goes_on = not kinds and words.partition(" ")[0] in _OPENINGS  # "and then"
    return None if goes_on or (ASKING.search(text) and _may_ask(kind, words)) else kind


def _may_ask(kind: SaidBack, words: str) -> bool:
    """Return whether words ask with a question mark: "it works now?", "and tomorrow?", "and if it does not work?"."""
    return kind in _STATED or (kind is not SaidBack.HUMAN and _ASKS in cues(LOOSELY).of(words))


# What somebody cannot do themselves is a matter of its own, as what they ask is.
_ASKS = "asks"
_OF_THEIR_OWN = frozenset({_ASKS, "own"})


def _loosely(words: str) -> frozenset[str] | None:
    """Return what words say in no set order, None where they name anything of their own or ask."""
    if not all(map(_may_stand, words.split(" "))):
        return None
    said = cues(LOOSELY).of(words)
    return None if said & _OF_THEIR_OWN else said or None


def _may_stand(word: str) -> bool:
    return any(word in cues(name).words or word.startswith(cues(name).stems) for name in (WORDINGS, LOOSELY))


MOST_WORDS = 8
HALF = 0.5
"""So much of the words has to be found in the entry: else they are about something else."""
# In a few languages of the rules for what is said back; other languages ask in whole sentences.
_OPENINGS = word_set("""
    and what how about on for but or also then in with to from is if why
    y e et und oder auch pour sur para en pero mais aber bei mit для а и на но
""")  # noqa: RUF001  # one of the words is Russian
_BEGINNINGS = re.compile(
    r"^(?:(?:and|but|or|also|ok|okay|then|so|y|e|et|und|aber|mais|pero|а|и|но)\s+)*"  # noqa: RUF001  # as above
    r"(?:(?:what|how)\s+about|what\s+if|(?:y|et)\s+(?:para|pour|sur))?\s*",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(r"(?<!\w)(?:it|that|this|them|those|these|one|there)(?!\w)", re.IGNORECASE)
_ASKED = r"(?:how\s+(?:do|can|could|should|would)\s+(?:i|we|you)|how\s+to|(?:can|may|could)\s+i|i\s+want\s+to)"
_ACTION = re.compile(rf"{_ASKED}\s+(\w+(?:\s+(?:on|off|out|up))?)", re.IGNORECASE)
_ORDER = re.compile(
    r"^(?!(?:what|how|why|when|where|who|which|is|are|was|were|do|does|did|can|if|for|on)\b)"
    r"(\w+)(?:\s+\w+)?\s+(?:it|that|this|them|those|these|one|some)(?!\w)",
    re.IGNORECASE,
)
_FRAME = word_set("why when where long take takes much many work works way")
# These are about what was to be done before.
_BACK = word_set("undo reverse repeat")


def may_follow(text: str) -> bool:
    """Return whether a text is short, and begins like a continuation or points at what it does not name."""
    words = tokens(plain(text))
    if not 0 < len(words) <= MOST_WORDS:
        return False
    return words[0] in _OPENINGS or _PRONOUNS.search(text) is not None


def in_context(text: str, before: str) -> str:
    """Return a text with the words that carry the question before it."""
    own = plain(text)
    rest = _BEGINNINGS.sub("", own, count=1) or own
    said = set(tokens(rest))
    left_out = said | _FRAME | _done_before(rest, before)
    kept = [word for word in carrying(tokens(plain(before))) if word not in left_out]
    kept = [word for word in kept if not any(rule_out_each_other(word, other) for other in said)]
    context = " ".join(dict.fromkeys(kept))
    if _PRONOUNS.search(rest) is not None:
        return _PRONOUNS.sub(lambda _: context, rest, count=1)
    return f"{rest.rstrip('?!. ')} {context}".strip()


def _done_before(rest: str, before: str) -> frozenset[str]:
    """Return the words for what was to be done, where something else is to be done now."""
    now = _ACTION.search(rest) or _ORDER.search(rest)
    then = _ACTION.search(plain(before))
    if now is None or then is None or now.group(1).lower() in _BACK:
        return frozenset()
    return frozenset(tokens(then.group(1)))


def is_better(alone: Decision, together: Decision, *, before: Decision) -> bool:
    """Return whether what is decided with the question before it is to count."""
    if isinstance(alone, Answered) or not isinstance(together, Answered | Suggested):
        return False
    first = offered_by(together)[0]
    given = before.match.entry_id if isinstance(before, Answered) else None
    return first.entry_id != given and first.features.get("found", 1.0) >= HALF


# What is shorter answers nobody: "yes", "not yet".
_FEWEST_WORDS, _FEWEST_SIGNS = 3, 4


def may_answer(text: str) -> bool:
    """Return whether a message may answer what was asked: apart from questions and chatter, it says something.

    What reports a trouble may well explain one, so that only the form of a question counts here. Chinese is written
    without spaces: there, signs count.
    """
    said = [each.words for each in sentences(text) if not (each.asks or _is_question(each.words))]
    rest = " ".join(said)
    is_short = rest.count(" ") + 1 < _FEWEST_WORDS and len(HAN.findall(rest)) < _FEWEST_SIGNS
    return not is_short and any(said_back(each) is None for each in said)


def _is_question(words: str) -> bool:
    return any(not _FORMS.isdisjoint(each) for each in features(words))
