"""Sort the wordings of a review item into those that an entry may answer and those that differ from it.

The questions of an item were grouped by likeness. One that says the opposite of the entry, or another number, name or
thing, is not to become a phrasing: it would be answered with the entry for good. A failure or a state against a how-to
stays, since there a moderator sees better than a rule whether one answer serves both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.deciding.differences import comparison_of
from bot.core.models import Entry
from bot.core.searching.contrasts.comparison import Difference, Kind
from bot.core.searching.entry_index import EntryIndex
from bot.core.searching.text import normalise

_APART = frozenset({Kind.OPPOSITE, Kind.NUMBER, Kind.NAME, Kind.NEGATION, Kind.OTHER})
# A wording is held against so many of those that were taken before it: more of them say nothing new.
_MOST_COMPARED = 20


@dataclass(frozen=True, slots=True)
class Apart:
    """A wording, and why it is not one of the entry's."""

    text: str
    difference: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedWordings:
    """The wordings that an entry may answer and those that differ from it.

    Where all differ, a moderator who means this entry all the same is believed: `despite` is why the first does.
    """

    taken: tuple[str, ...] = ()
    apart: tuple[Apart, ...] = ()
    despite: Difference | None = None


def sort_wordings(
    index: EntryIndex, entry: Entry, wordings: Sequence[str], *, chosen: Sequence[str] | None = None
) -> SortedWordings:
    """Sort wordings, each against the entry and what was taken before it; who `chose` some wants these in any case."""
    names = set(map(normalise, chosen or ()))
    rest = [text for text in wordings if normalise(text) not in names]
    found = _sorted(index, _with(entry, chosen or ()), rest)
    if found.taken or chosen is not None or not rest:
        return replace(found, taken=(*(chosen or ()), *found.taken))
    first, *others = rest
    again = _sorted(index, _with(entry, [first]), others)
    return replace(again, taken=(first, *again.taken), despite=found.apart[0].difference)


def _sorted(index: EntryIndex, entry: Entry, wordings: Sequence[str]) -> SortedWordings:
    taken: list[str] = []
    apart: list[Apart] = []
    for text in wordings:
        found = comparison_of(index, text).differences(_with(entry, taken[:_MOST_COMPARED]))
        difference = next((one for one in found if one.kind in _APART), None)
        if difference is None:
            taken.append(text)
        else:
            apart.append(Apart(text, difference))
    return SortedWordings(taken=tuple(taken), apart=tuple(apart))


def _with(entry: Entry, aliases: Sequence[str]) -> Entry:
    return replace(entry, aliases=(*entry.aliases, *aliases))
