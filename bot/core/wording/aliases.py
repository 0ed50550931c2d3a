"""Word which wordings of an item become phrasings of an entry, and which stay open, once for all surfaces."""

from collections.abc import Iterator, Sequence

from bot.core.deciding.differences import SortedWordings
from bot.core.wording.replay import MOST_TOLD, cut


def sorting(aliases: Sequence[str], wordings: SortedWordings) -> tuple[str, ...]:
    """Return a line for each wording that becomes a phrasing or differs, of many the first; not made safe."""
    return (*_new(aliases, wordings), *_apart(wordings))


def left_open(wordings: SortedWordings | None, item_id: str | None) -> str:
    """Return a sentence about what stays open since it differs, with a space before it; nothing where all is closed."""
    if wordings is None or item_id is None:
        return ""
    count = len(wordings.apart)
    what = "One wording differs from it and stays" if count == 1 else f"{count:,} wordings differ from it and stay"
    return f" {what} open as {item_id}."


def _new(aliases: Sequence[str], wordings: SortedWordings) -> Iterator[str]:
    for alias in aliases[:MOST_TOLD]:
        yield f'New phrasing: "{cut(alias)}"'
    if len(aliases) > MOST_TOLD:
        yield f"New phrasings: {len(aliases) - MOST_TOLD:,} more"
    if wordings.despite is not None:
        yield f"Take care: what was asked differs from the entry, by {wordings.despite}."


def _apart(wordings: SortedWordings) -> Iterator[str]:
    for one in wordings.apart[:MOST_TOLD]:
        yield f'Differs, stays open: "{cut(one.text)}", {one.difference}'
    if len(wordings.apart) > MOST_TOLD:
        yield f"Differ, stay open: {len(wordings.apart) - MOST_TOLD:,} more"
