"""Choose the form in which entries are written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.core.models import Entry
from bot.formats.writing.markdown_text import is_readable, write_markdown
from bot.formats.writing.tables import write_csv, write_jsonl
from bot.formats.writing.workbook import write_workbook
from bot.formats.writing.yaml_text import write_yaml


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
