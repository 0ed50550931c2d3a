"""Word which wordings of an item become phrasings of an entry, and which stay open, once for all surfaces."""

from collections.abc import Iterator, Sequence

from bot.core.deciding.differences import SortedWordings
from bot.core.wording.languages import Counted, Message, counted
from bot.core.wording.replay import MOST_TOLD, cut

_LEFT_OPEN = Counted(
    "One wording differs from it and stays open as {item_id}.",
    "{count} wordings differ from it and stay open as {item_id}.",
)
_NEW = Message('New phrasing: "{alias}"')
_MORE_NEW = Message("New phrasings: {count} more")
_DESPITE = Message("Take care: what was asked differs from the entry, by {difference}.")
_APART = Message('Differs, stays open: "{text}", {difference}')
_MORE_APART = Message("Differ, stay open: {count} more")


def sorting(aliases: Sequence[str], wordings: SortedWordings) -> tuple[str, ...]:
    """Return a line for each wording that becomes a phrasing or differs, of many the first; not made safe."""
    return (*_new(aliases, wordings), *_apart(wordings))


def left_open(wordings: SortedWordings | None, item_id: str | None) -> str:
    """Return a sentence about what stays open since it differs, with a space before it; nothing where all is closed."""
    if wordings is None or item_id is None:
        return ""
    return f" {_LEFT_OPEN.format(len(wordings.apart), item_id=item_id)}"


def _new(aliases: Sequence[str], wordings: SortedWordings) -> Iterator[str]:
    for alias in aliases[:MOST_TOLD]:
        yield _NEW.format(alias=cut(alias))
    if len(aliases) > MOST_TOLD:
        yield _MORE_NEW.format(count=counted(len(aliases) - MOST_TOLD))
    if wordings.despite is not None:
        yield _DESPITE.format(difference=wordings.despite)


def _apart(wordings: SortedWordings) -> Iterator[str]:
    for one in wordings.apart[:MOST_TOLD]:
        yield _APART.format(text=cut(one.text), difference=one.difference)
    if len(wordings.apart) > MOST_TOLD:
        yield _MORE_APART.format(count=counted(len(wordings.apart) - MOST_TOLD))
