"""Cut text to the lengths that platforms allow, never through what a reader sees as one character."""

import unicodedata

MARK = "…"
_JOINERS = frozenset("\u200d\u2060")
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_REGIONS = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0000, 0xE0080)


def width(text: str) -> int:
    """Return the length in UTF-16 units: the most that any platform counts for a text."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, limit: int, *, mark: str = MARK) -> str:
    """Return the text, or as much of its beginning as fits together with a mark that there was more."""
    if width(text) <= limit:
        return text
    return beginning(text, limit - width(mark)).rstrip() + mark


def beginning(text: str, limit: int) -> str:
    """Return the longest beginning of a text within the limit that ends between two whole characters."""
    room = limit
    end = 0
    for end, character in enumerate(text):  # noqa: B007  # the place where the loop stops is the result
        room -= width(character)
        if room < 0:
            break
    else:
        return text
    while end > 0 and _belongs_together(text, end):
        end -= 1
    return text[:end]


def _belongs_together(text: str, at: int) -> bool:
    """Return whether the characters on both sides of a place make up one that people see."""
    before, after = text[at - 1], text[at]
    return (
        before in _JOINERS
        or after in _JOINERS
        or unicodedata.category(after).startswith("M")
        or ord(after) in _SKIN_TONES
        or ord(after) in _TAGS
        or (before, after) == ("\r", "\n")
        or (ord(after) in _REGIONS and _regions_before(text, at) % 2 == 1)
    )


def _regions_before(text: str, at: int) -> int:
    count = 0
    while count < at and ord(text[at - 1 - count]) in _REGIONS:
        count += 1
    return count
