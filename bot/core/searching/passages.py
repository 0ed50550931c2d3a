"""Cut an answer into passages, so that a question may be found in what an entry says as well as in how it is asked."""

import re

from bot.core.models import Entry
from bot.core.searching.text import cut

# The beginning of an answer tells its subject; what follows dilutes it.
OPENING = 600
# A passage of fewer words says too little to be found by, and no more passages are read once so many words were.
LEAST_WORDS, MOST_WORDS = 3, 250

_END = re.compile(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f\u061f\u06d4\u0964\u104b\u17d4])|\n+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_MARK = re.compile(r"[*_`~#>|]+")


def texts_of(entry: Entry) -> tuple[str, ...]:
    """Return the phrasings and passages that an entry is found by, each once and in order."""
    own = passages(entry.question, entry.answer)
    further = (text for one in entry.answers for text in passages(one.question or entry.question, one.answer))
    return tuple(dict.fromkeys((*entry.every_phrasing, *own, *further)))


def passages(question: str, answer: str) -> list[str]:
    """Return the question with the beginning of its answer, and the sentences of the answer, each once."""
    plain = _MARK.sub(" ", _LINK.sub(r"\1", answer))
    sentences = [" ".join(sentence.split()) for sentence in _END.split(plain)]
    read, words = [], 0
    for sentence in sentences:
        size = len(cut(sentence.split()))
        if size < LEAST_WORDS:
            continue
        read.append(sentence)
        words += size
        if words > MOST_WORDS:
            break
    if not read:
        return []
    opening = " ".join(f"{question} {plain}"[: len(question) + OPENING].split())
    return list(dict.fromkeys((opening, *read)))
