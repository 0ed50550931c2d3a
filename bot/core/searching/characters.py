"""Sort characters into parts of a word, gaps between words, and what is left out."""

import re
import unicodedata
from collections.abc import Callable

# Hebrew and Arabic points, which most people leave out; the stroke that only makes an Arabic word longer; fillers and
# the choice of a glyph. Hamza and madda are no points: they make other letters.
_LEFT_OUT = frozenset(
    code
    for first, last in (
        *((0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5), (0x05C7, 0x05C7), (0xFB1E, 0xFB1E)),
        *((0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x0652), (0x0656, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC)),
        *((0x06DF, 0x06E4), (0x06E7, 0x06E8), (0x06EA, 0x06ED), (0x08D3, 0x08E1), (0x08E3, 0x08FF)),
        *((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF)),
    )
    for code in range(first, last + 1)
)
# Soft hyphens, joiners, directions and the like; rings and keys around a character.
_LEFT_OUT_KINDS = frozenset(("Cf", "Me"))

_LATIN = re.compile(r"[a-z\u00aa-\u024f\u1e00-\u1eff]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


class _Translation(dict[int, str | None]):
    """A replacement for each character, looked up when it is first met."""

    def __init__(self, become: Callable[[str], str | None]) -> None:
        super().__init__()
        self._become = become

    def __missing__(self, code: int) -> str | None:
        become = self[code] = self._become(chr(code))
        return become


def _seen(letter: str) -> str | None:
    left_out = ord(letter) in _LEFT_OUT or unicodedata.category(letter) in _LEFT_OUT_KINDS
    return None if left_out else letter


def _in_a_word(letter: str) -> str:
    return letter if letter.isascii() or letter.isalnum() or unicodedata.category(letter).startswith("M") else " "


_SEEN, _IN_WORDS = _Translation(_seen), _Translation(_in_a_word)


def without_points(text: str) -> str:
    """Return a text without Hebrew and Arabic points, soft hyphens and whatever else takes no room."""
    return text.translate(_SEEN)


def without_signs(text: str) -> str:
    """Return a text with a space for each character beyond ASCII that is neither letter, digit nor mark."""
    return text.translate(_IN_WORDS)


def is_latin(text: str) -> bool:
    """Return whether at least half of the letters of a text are Latin: an English encoder can tell few others apart."""
    return text.isascii() or 2 * len(_LATIN.findall(text)) >= len(_LETTER.findall(text))
