"""Choose the entries to offer beside an answer, from those that the same question was compared with."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from bot.core.deciding.decision import ALIKE
from bot.core.models import Entry, Match
from bot.core.reader import Reader, regions_of
from bot.core.searching.text import normalise

MOST = 2
# Of what speaks for the entry that answers, so much has to speak for another one of its category, or of another one.
# At these 27 of the 175 answers to the labelled questions of the pack have one beside them, and 6 have two.
SAME_CATEGORY, OTHER_CATEGORY = 0.3, 0.5
_EVIDENCE = "explained"


def related_to(
    given: str, matches: Sequence[Match], entries: Mapping[str, Entry], *, reader: Reader
) -> tuple[Entry, ...]:
    """Return what may interest whom an entry is given, as they read it, the likeliest first.

    - It is among the matches of their question, and what speaks for it is not little beside what speaks for the answer.
    - They may read it there and then, in their language, and it is no near copy of the answer or of another one.
    - It has one answer for them: which region they are in is not asked for it.
    """
    least = {each.entry_id: each.features.get(_EVIDENCE, 0.0) for each in matches}.get(given, 0.0)
    answered = entries.get(given)
    found: list[Entry] = []
    if answered is None or least <= 0:
        return ()
    shown = [reader.entry(answered) or answered]
    for match in matches:
        entry = entries.get(match.entry_id)
        if entry is None or match.entry_id == given or len(found) == MOST:
            continue
        floor = SAME_CATEGORY if entry.category and entry.category == answered.category else OTHER_CATEGORY
        visible = _as_read(entry, reader)
        near = match.features.get(_EVIDENCE, 0.0) >= floor * least
        if near and visible is not None and not any(_is_copy(visible, other) for other in shown):
            found.append(visible)
            shown.append(visible)
    return tuple(found)


def _as_read(entry: Entry, reader: Reader) -> Entry | None:
    """Return an entry as somebody reads it, None where they may not, do not understand it, or it is for elsewhere."""
    visible = reader.entry(entry)
    if visible is None or not reader.understands(visible.locale) or (reader.region is None and regions_of(entry)):
        return None
    return visible if visible.region is None or reader.is_in(visible.region) else None


def _is_copy(one: Entry, other: Entry) -> bool:
    titles = (normalise(one.question), normalise(other.question))
    return one.answer == other.answer or fuzz.token_sort_ratio(*titles) >= ALIKE
