"""Remove from a text what nobody sees and what makes it look like another."""

import re

# Control characters, marks that turn the direction of writing, fillers and spaces of no width.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e001f\U000e0080-\U000e0fff]"
)
# Tags belong to the flag that they follow, and have no shape anywhere else; the same holds for the choice of a shape
# behind a plain letter, which has only one.
_ASTRAY = re.compile(
    "(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+|(?<![^\x00-\x22$-)+-/:-\x7f])[\ufe00-\ufe0f]+"
)
_JOINERS = re.compile("[\u200c\u200d]+")
# More of these marks than a letter of any language has are there to write over the lines around it.
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILE = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}\u200c\u200d\ufe00-\ufe0f]+")
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """Return the text without characters that hide, forge or turn around; every line break is a line feed.

    Joiners stay where they make one sign of several, as in emoji and in many scripts.
    """
    text = _HALF_A_PAIR.sub("\ufffd", _BREAK.sub("\n", text))
    if text.isascii():
        return _UNSEEN.sub("", text)
    text = _JOINERS.sub(_joiner, _ASTRAY.sub("", _UNSEEN.sub("", text)))
    return _PILE.sub(r"\1", text)


def visible_line(text: str) -> str:
    """Return the same in one line, with one space between words."""
    return " ".join(visible(text).split())


def lines_in_a_field(text: str) -> list[str]:
    """Return the lines of a text as somebody reads it in a field of a dialog, where blanks at the ends do not show."""
    return [line.rstrip() for line in visible(text).strip().split("\n")]


def _joiner(found: re.Match[str]) -> str:
    before, after = found.string[max(found.start() - 1, 0) : found.start()], found.string[found.end() : found.end() + 1]
    joins = before and after and not before.isascii() and not after.isascii()
    return found[0][0] if joins else ""
