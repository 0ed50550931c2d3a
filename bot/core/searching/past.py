"""Find the past questions that a new one is like by its words or its meaning, and is not the opposite of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.core.models import MessageRef
from bot.core.searching.groups import Groups, Meaning
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.text import content, normalise

# A title of one word says too little.
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PastQuestion:
    """A question of the log, where it was asked, and its words without what must not be stored."""

    ref: MessageRef
    text: str

    @property
    def title(self) -> str:
        """Return what is asked in short: the title of a post, below which stands its story, or else the whole text."""
        title = self.text.partition("\n")[0]
        says_enough = len(content(normalise(title).split())) >= _LEAST_WORDS
        return title if is_post(self.ref) and says_enough else self.text


def is_post(ref: MessageRef) -> bool:
    """Return whether a message is the first one of a post in a forum, which is a thread from the beginning."""
    return ref.thread_id == ref.message_id


def most_alike(
    lexicon: Lexicon,
    asked: PastQuestion,
    past: Sequence[PastQuestion],
    *,
    most: int,
    meanings: Mapping[str, Meaning] = MappingProxyType({}),
) -> tuple[PastQuestion, ...]:
    """Return the past questions that one is most like; of equals those that come first.

    Titles that are in `meanings` are compared by these too.
    """
    groups = Groups(lexicon)
    for number, one in enumerate(past):
        groups.add(number, one.title, meanings.get(one.title))
    return tuple(past[number] for number in groups.nearest(asked.title, meanings.get(asked.title), most=most))
