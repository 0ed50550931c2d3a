"""Show what a change makes of an entry, field by field and word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rich.text import Text

from bot.core.models import Entry, fields_of

_WORDS = re.compile(r"\s+|[^\s]+")
_AROUND = 12
"""How many words and blanks are shown on both sides of what differs."""
_GAP = "…"


def entry_diff(before: Entry, after: Entry, *, names: Sequence[str] = ()) -> Iterator[Text]:
    """Yield a line for each field that differs, of `names` where they are given."""
    old, new = dict(_fields(before)), dict(_fields(after))
    for name, value in new.items():
        if old[name] != value and (not names or name in names):
            yield Text.assemble((f"  {name}: ", "bold"), *word_diff(old[name], value))


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    for name, value in fields_of(entry).items():
        if name == "source":
            yield from ((f"source.{inner}", _text(each)) for inner, each in fields_of(value).items())
        elif name == "answers":
            yield name, "\n\n".join(_text(each) for one in value for each in fields_of(one).values() if each)
        else:
            yield name, "\n".join(value) if isinstance(value, tuple) else _text(value)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def word_diff(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield pieces of text with their styles: what goes in [-…-], what comes in {+…+}, and a few words around."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, old_from, old_to, new_from, new_to) in enumerate(steps):
        if kind == "equal":
            yield _context(old[old_from:old_to], first=number == 0, last=number == len(steps) - 1), ""
            continue
        if old_to > old_from:
            yield f"[-{_joined(old[old_from:old_to])}-]", "red"
        if new_to > new_from:
            yield f"{{+{_joined(new[new_from:new_to])}+}}", "green"


def _context(words: Sequence[str], *, first: bool, last: bool) -> str:
    """Return the words next to what differs: the end of the first run, the beginning of the last, both of others."""
    head = [] if first else list(words[:_AROUND])
    tail = [] if last else list(words[-_AROUND:])
    if len(words) <= len(head) + len(tail):
        return _joined(words)
    return "".join((_joined(head), f" {_GAP} ", _joined(tail)))


def _joined(words: Sequence[str]) -> str:
    return "".join(words).replace("\n", " ⏎ ")
