"""Distinguish messages that ask, or report a trouble, from those that only say something.

A logistic model over cues: which of the wordings in `asking.txt` a sentence has, pairs of those, and common words as
they are. `bench/asking.py` fits it. A message asks when one of its sentences does.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import pairwise
from math import fsum
from pathlib import Path

from bot.core.searching.characters import is_latin
from bot.core.talk.cues import Sentence, clauses, cues, sentences

CUES, WEIGHTS = "asking.txt", "asking_weights.txt"
"""Name the files of the wordings and of the weights."""
_FORMS = frozenset({"opens", "asks"})
BIAS, WORD = "bias", "="
# Of so many words is a sentence that is short, and one that is long.
_SHORT, _LONG = 3, 12
# To overlook a question is worse than to look up what is none: an answer has to be found for it as well.
LEAST = -0.1
PAIRS = (
    *(("trouble", other) for other in ("mine", "others", "past", "settled", "speaker", "topic", "opinion", "chatter")),
    *(("asks", other) for other in ("tells", "opinion", "chatter", "past", "settled", "gives", "finite")),
    *(("opens", other) for other in ("tells", "opinion", "chatter", "past", "settled", "gives", "finite")),
    *(("mark", other) for other in ("chatter", "opens", "tells")),
    *(("loss", other) for other in ("mine", "topic", "past", "finite")),
    *(("mine", other) for other in ("past", "settled")),
    *((one, "finite") for one in ("topic", "opinion", "speaker", "trouble", "help", "action")),
    ("wants", "topic"),
    ("action", "short"),
)
"""Names the cues that say together something else than each by itself."""


def asks(text: str) -> bool:
    """Return whether a message asks something or tells of a trouble, as far as its wordings give that away.

    In scripts that the lists have no wordings of, every message may ask.
    """
    if not _is_listed(text):
        return True
    weights = _weights()
    # Features have no order: a plain sum would differ from process to process in its last digit.
    return any(fsum(weights.get(name, 0) for name in {*each, BIAS}) > LEAST for each in features(text))


def features(text: str) -> list[frozenset[str]]:
    """Return the features of each sentence of a message."""
    found = [(sentence, cues(CUES).of(sentence.words)) for sentence in sentences(text)]
    settled = len(found) > 1 and any("settled" in meanings for _, meanings in found)
    # What is told first must not drown the question that comes after a comma.
    parts = [(part, cues(CUES).of(part.words)) for part in clauses(text)]
    asking = [(part, meanings) for part, meanings in parts if meanings & _FORMS and "tells" not in meanings]
    return [_features(sentence, meanings, settled=settled) for sentence, meanings in (*found, *asking)]


def _features(sentence: Sentence, meanings: AbstractSet[str], *, settled: bool) -> frozenset[str]:
    length = len(sentence.words.split())
    shapes = {
        "mark": sentence.asks,
        "one": length == 1,
        "short": 1 < length <= _SHORT,
        "long": length > _LONG,
        "fragment": "topic" in meanings and not meanings & {"finite", "speaker", "opinion"},
        "all settled": settled,
    }
    found = {*meanings, *(name for name, is_there in shapes.items() if is_there)}
    pairs = {f"{one} {other}" for one, other in PAIRS if one in found and other in found}
    return frozenset(found | pairs | _words(sentence.words.split()))


def _words(words: Sequence[str]) -> set[str]:
    """Return the words of a sentence, pairs of neighbours, and what it begins and ends with."""
    neighbours = {f"{one}_{other}" for one, other in pairwise(words)}
    ends = {f"^{words[0]}", f"{words[-1]}$", f"^{'_'.join(words[:2])}"}
    return {f"{WORD}{each}" for each in {*words, *neighbours, *ends}}


@cache
def _weights() -> Mapping[str, float]:
    lines = (Path(__file__).parent / WEIGHTS).read_text("utf-8").splitlines()
    pairs = (line.rpartition(" ") for line in lines if line and not line.startswith("#"))
    return {name: float(weight) for name, _, weight in pairs}


def _is_listed(text: str) -> bool:
    """Return whether a text is in Latin or Cyrillic letters."""
    letters = [letter for letter in text if letter.isalpha()]
    cyrillic = sum("\u0400" <= letter <= "\u052f" for letter in letters)
    return is_latin(text) or 2 * cyrillic >= len(letters)
