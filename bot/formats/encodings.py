"""Name the encodings that a text which is not UTF-8 may be in, where its bytes speak for them.

An encoding is a candidate when all that is not ASCII reads as writing in it: letters of languages that are written in
it, in words of one script, with no capital within a word. A short text leaves several candidates, or none. Nothing is
read by this: a wrong guess would put wrong letters into answers.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

_SAMPLE = 65_536
_MOST_NAMED = 3
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = frozenset(
    "\u00a0\u2018\u2019\u201c\u201d\u201a\u201e\u2039\u203a\u00ab\u00bb\u2013\u2014\u2026\u2022\u20ac\u2116\u2122\u00a9"
    "\u00ae\u00a7\u00b0\u00b7\u00bf\u00a1\u00a3\u00ba\u00aa"
)
"""What writing has besides letters, in any of the encodings with one byte a letter."""
_NOT_IN_WORDS = "".join(_MARKS - frozenset("\u00a0\u2018\u2019\u2013\u2014\u2026\u00b7"))
_MARK_IN_WORD = re.compile(rf"[^\W\d_][{_NOT_IN_WORDS}][^\W\d_]")
_WESTERN = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœ"
_CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžäöüßőűâăîşţôĺľŕđç"
_TURKISH = "çğıöşüâîû"
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў"
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
_OFTEN = frozenset("оеаинтсрвліαοιετσνρ")
_LEAST_OFTEN = 0.45  # of Russian, Ukrainian, Bulgarian, Serbian and Greek these letters make 60 %
_ENOUGH = 12
_LONG_WORD = 3
_LEAST_LETTERS, _LEAST_SIGNS = 3, 4
_LEAST_KANA, _LEAST_HANGUL, _LEAST_FREQUENT = 0.2, 0.8, 0.95


class Encoding(NamedTuple):
    """Name an encoding for people, and for programs that convert."""

    name: str
    codec: str


def candidates(content: bytes) -> tuple[Encoding, ...]:
    """Return the encodings that the bytes may be in, none when nothing or too much speaks for it."""
    found = tuple(encoding for encoding, fits in _ENCODINGS if _fits(content[:_SAMPLE], encoding.codec, fits))
    return found if len(found) <= _MOST_NAMED else ()


def _fits(sample: bytes, codec: str, fits: Callable[[str], bool]) -> bool:
    try:
        text = codecs.getincrementaldecoder(codec)().decode(sample)  # the sample may end within a letter
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(sign) in {"Cc", "Cn", "Co"} for sign in _beyond_ascii(text)) and fits(text)


def _beyond_ascii(text: str) -> list[str]:
    return [sign for sign in text if not sign.isascii()]


def _latin(alphabet: str) -> Callable[[str], bool]:
    """Return what tells a text in Latin letters, of which some are ASCII in every word but the shortest."""

    def fits(text: str) -> bool:
        words = [word for word in _WORD.findall(text) if not word.isascii()]
        strange = any(len(word) >= _LONG_WORD and not any(map(str.isascii, word)) for word in words)
        return bool(words) and not strange and _is_writing(text, alphabet)

    return fits


def _other(alphabet: str) -> Callable[[str], bool]:
    """Return what tells a text in letters that do not stand in a word with Latin ones."""

    def fits(text: str) -> bool:
        letters = [sign for sign in text.lower() if sign in alphabet]
        usual = sum(map(_OFTEN.__contains__, letters)) >= _LEAST_OFTEN * len(letters)
        mixed = any(not word.isascii() and any(map(str.isascii, word)) for word in _WORD.findall(text))
        return (
            len(set(letters)) >= _LEAST_LETTERS
            and not mixed
            and (usual or len(letters) < _ENOUGH)
            and _is_writing(text, alphabet)
        )

    return fits


def _is_writing(text: str, alphabet: str) -> bool:
    """Return whether all letters are of this alphabet or ASCII, in words as they are written, with marks between."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return (
        all(sign.lower() in alphabet or sign in _MARKS for sign in _beyond_ascii(text))
        and all(word in {word.lower(), word.upper(), word.capitalize()} for word in words)
        and not _MARK_IN_WORD.search(text)
    )


def _japanese(text: str) -> bool:
    signs = _beyond_ascii(text)
    kana = sum("\u3040" <= sign <= "\u30ff" for sign in signs)
    return (
        len(signs) >= _LEAST_SIGNS
        and kana >= _LEAST_KANA * len(signs)
        and not any("\uff61" <= sign <= "\uff9f" for sign in signs)
    )


def _korean(text: str) -> bool:
    signs = _beyond_ascii(text)
    hangul = sum("\uac00" <= sign <= "\ud7a3" for sign in signs)
    return len(signs) >= _LEAST_SIGNS and hangul >= _LEAST_HANGUL * len(signs)


def _leads(*ranges: range, codec: str) -> Callable[[str], bool]:
    """Return what tells a text whose signs are among the frequent ones, which stand together in the encoding."""

    def fits(text: str) -> bool:
        firsts = [sign.encode(codec)[0] for sign in _beyond_ascii(text)]
        frequent = sum(any(first in each for each in ranges) for first in firsts)
        return len(firsts) >= _LEAST_SIGNS and frequent >= _LEAST_FREQUENT * len(firsts)

    return fits


_ENCODINGS = (
    (Encoding("Windows-1252", "cp1252"), _latin(_WESTERN)),
    (Encoding("Windows-1250", "cp1250"), _latin(_CENTRAL)),
    (Encoding("Windows-1254", "cp1254"), _latin(_TURKISH)),
    (Encoding("Windows-1251", "cp1251"), _other(_CYRILLIC)),
    (Encoding("KOI8-R", "koi8-r"), _other(_CYRILLIC)),
    (Encoding("CP866", "cp866"), _other(_CYRILLIC)),
    (Encoding("Windows-1253", "cp1253"), _other(_GREEK)),
    (Encoding("Shift-JIS", "cp932"), _japanese),
    (Encoding("EUC-JP", "euc-jp"), _japanese),
    (Encoding("EUC-KR", "euc-kr"), _korean),
    (Encoding("GB2312", "gb2312"), _leads(range(0xA1, 0xA4), range(0xB0, 0xD8), codec="gb2312")),
    (Encoding("Big5", "big5"), _leads(range(0xA1, 0xC7), codec="big5")),
)
