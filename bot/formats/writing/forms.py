"""Choose the form in which entries are written, and arrange them in files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from types import MappingProxyType

from bot.core.models import Entry
from bot.formats.titles import slug
from bot.formats.writing.texts import is_readable, write_csv, write_jsonl, write_markdown, write_workbook, write_yaml

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


class FormName(StrEnum):
    """Name the forms; files end like that."""

    YAML = "yaml"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    MARKDOWN = "md"


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """How a form is written, which entries it may have, and what it cannot hold, in words."""

    write: Callable[[Iterable[Entry]], bytes]
    lost: str | None = None
    takes: Callable[[Entry], bool] = lambda _: True


def _utf8(write: Callable[[Iterable[Entry]], str]) -> Callable[[Iterable[Entry]], bytes]:
    return lambda entries: write(entries).encode()


_UNSEEN = "characters that nobody sees, such as U+FEFF"
_NOT_ON_A_PAGE = "all but the question, the answer and the category of what is published for everybody"
FORMS: Mapping[FormName, WrittenForm] = MappingProxyType(
    {
        FormName.YAML: WrittenForm(_utf8(write_yaml)),
        FormName.JSONL: WrittenForm(_utf8(write_jsonl)),
        FormName.CSV: WrittenForm(_utf8(write_csv), _UNSEEN),
        FormName.XLSX: WrittenForm(write_workbook, _UNSEEN),
        FormName.MARKDOWN: WrittenForm(_utf8(write_markdown), _NOT_ON_A_PAGE, takes=is_readable),
    }
)
"""The forms by their names."""

_ALSO = {"yml": FormName.YAML, "ndjson": FormName.JSONL, "markdown": FormName.MARKDOWN}


def form_of(suffix: str) -> FormName | None:
    """Return the form that a suffix without its dot stands for, None when there is none."""
    by_suffix = {str(name): name for name in FormName} | _ALSO
    return by_suffix.get(suffix.lower())
