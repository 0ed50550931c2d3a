"""Arrange entries in files, one for each category."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from bot.core.models import Entry
from bot.formats.titles import slug

MARK = "# Written by faqbot faq export; what is changed here comes in with faqbot faq import.\n"
"""Begins each file of a folder, so that the next export knows which files it may remove."""

_WITHOUT = "without-category"


def by_category(entries: Iterable[Entry]) -> Mapping[str, Sequence[Entry]]:
    """Return the entries of each category under a name for its file, sorted by id."""
    found: dict[str | None, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: each.id):
        found.setdefault(entry.category, []).append(entry)
    named: dict[str, Sequence[Entry]] = {}
    for category in sorted(found, key=lambda each: (each is None, each or "")):
        name = _WITHOUT if category is None else slug(category)
        numbered = (name if number == 1 else f"{name}-{number}" for number in count(1))
        named[next(each for each in numbered if each not in named)] = found[category]
    return named
