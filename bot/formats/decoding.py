"""Turn the bytes of a file into text, or name the encodings that its bytes speak for.

An encoding is a candidate when all that is not ASCII reads as writing in it: letters of languages that are written in
it, in words of one script, with no capital within a word. A short text leaves several candidates, or none. Nothing is
read by this: a wrong guess would put wrong letters into answers.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bot.errors import Problem

_SAMPLE = 65_536
_MOST_NAMED = 3
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = frozenset(
    "\u00a0\u2018\u2019\u201c\u201d\u201a\u201e\u2039\u203a\u00ab\u00bb\u2013\u2014\u2026\u2022\u20ac\u2116\u2122\u00a9"
    "\u00ae\u00a7\u00b0\u00b7\u00bf\u00a1\u00a3\u00ba\u00aa"
)
"""What writing has besides letters, in any of the encodings with one byte a letter."""
_NOT_IN_WORDS = "".join(_SIGNS - frozenset("\u00a0\u2018\u2019\u2013\u2014\u2026\u00b7"))
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
_FEW = 0.1
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
        all(sign.lower() in alphabet or sign in _SIGNS for sign in _beyond_ascii(text))
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


SIZE_LIMIT = 32 * 1024 * 1024

# The longer marks first: the one of UTF-16 begins that of UTF-32.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_KINDS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\0", "an SQLite database"),
)
_CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# With the two code points that are no character, of which one would be a mark of the other byte order.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_NEWLINE = re.compile(rb"\r\n|\r|\n")

_TEXT_REMEDY = "export it as text and import that"
_UTF8_REMEDY = "save it as UTF-8"


def decode(name: str, content: bytes, *, size_limit: int = SIZE_LIMIT) -> tuple[str, tuple[Problem, ...]]:
    """Return the text with plain line ends, or the reasons why there is none.

    UTF-8 needs no mark; UTF-16 and UTF-32 are known by their mark, UTF-16 also by its zero bytes. Older encodings
    are named where the bytes speak for them, and never guessed: a wrong guess would put wrong letters into answers.
    """
    if len(content) > size_limit:
        what = f"the file has {len(content):,} bytes, more than the {size_limit:,} that are read"
        return "", (Problem(where=name, what=what, remedy="split it into several files"),)
    codec = _codec(content)
    if codec is None or content.startswith(tuple(start for start, _ in _KINDS)):
        return "", (_binary(name, content),)
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        return "", (_undecodable(name, content, error),)
    # A mark is left in the middle where files were joined.
    return _checked(name, text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n"))


def _codec(content: bytes) -> str | None:
    """Return the encoding that the bytes are in, None for bytes that are no text."""
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return codec
    return "utf-8" if b"\0" not in content or _has_few_zeros(content) else _utf16_without_mark(content)


def _has_few_zeros(content: bytes) -> bool:
    """Return whether bytes are a text with some zeros in it, which are told by their lines."""
    sample = content[:_SAMPLE]
    rest = sample.replace(b"\0", b"")
    return rest.isascii() and not _CONTROL_BYTE.search(rest) and len(sample) - len(rest) <= _FEW * len(sample)


def _utf16_without_mark(content: bytes) -> str | None:
    """Return the byte order in which the bytes read as text with some ASCII in it, if there is one."""
    counts = {codec: _ascii_count(content[:_SAMPLE], codec) for codec in ("utf-16-le", "utf-16-be")}
    best = max(counts, key=lambda codec: counts[codec])
    return best if counts[best] and len(content) % 2 == 0 else None


def _ascii_count(sample: bytes, codec: str) -> int:
    """Return how many ASCII characters the sample has in this encoding, 0 when it cannot be text in it."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(sample)
    except UnicodeDecodeError:
        return 0
    if _CONTROL.search(text) or any(unicodedata.category(character) in {"Cn", "Co"} for character in text):
        return 0
    return sum(map(str.isascii, text))


def _checked(name: str, text: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text when it has something in it and nothing that cannot be shown."""
    if not text.strip():
        return "", (Problem(where=name, what="the file is empty", remedy="leave it out or fill it"),)
    problems = tuple(_controls(name, text))
    return ("" if problems else text), problems


def _controls(name: str, text: str) -> Iterator[Problem]:
    """Yield the control characters, each once a line."""
    if not _CONTROL.search(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        for character in sorted(set(_CONTROL.findall(line))):
            what = f"the line holds the control character U+{ord(character):04X}"
            yield Problem(where=name, what=what, remedy="take it out", line=number)


def _binary(name: str, content: bytes) -> Problem:
    kind = next((kind for start, kind in _KINDS if content.startswith(start)), None)
    what = f"the file is not text: it looks like {kind}" if kind else "the file is not text but binary"
    return Problem(where=name, what=what, remedy=_TEXT_REMEDY)


def _undecodable(name: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    if error.encoding != "utf-8":
        what = f"the file begins as {error.encoding.upper()} but breaks at byte {error.start:,}"
        return Problem(where=name, what=what, remedy=_UTF8_REMEDY)
    if _CONTROL_BYTE.search(content):
        return _binary(name, content)
    # Without the byte order mark, if there was one: that is what the error counts in.
    body = error.object
    line = len(_NEWLINE.split(body[: error.start]))
    what, remedy = _not_utf8(body, error)
    return Problem(where=name, what=what, remedy=remedy, line=line)


def _not_utf8(body: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    """Return which byte is not UTF-8, which encodings the bytes suggest, and the remedy."""
    if _SURROGATE.match(body, error.start):
        return "the file holds half a surrogate pair, which is no character", _UTF8_REMEDY
    if error.reason == "unexpected end of data" and not body[: error.start].isascii():
        return "the file ends in the middle of a character, as if it had been cut off", _UTF8_REMEDY
    what = f"the file is not UTF-8: byte 0x{body[error.start]:02X} cannot stand here"
    found = candidates(body)
    if not found:
        return what, f"{_UTF8_REMEDY} in the program that wrote it"
    maybe = f"{what}, and it may be {' or '.join(encoding.name for encoding in found)}"
    codec = found[0].codec if len(found) == 1 else "ENCODING"
    return maybe, f"{_UTF8_REMEDY}, or convert it: iconv -f {codec} -t utf-8"
