"""Compare texts in scripts without spaces: a run of letters that stands in the place of another.

Words cannot be told there, so that no list of opposites finds them. What asks and what bends a word is taken out first.
"""

import re
import unicodedata
from collections.abc import Sequence

from bot.core.searching.text import HAN, UNSPACED

# What makes a question, and politeness, in Chinese, Japanese and Thai; what bends a Japanese word is in Hiragana.
_FRAMES = re.compile(
    "请问|怎么办|怎么样|怎么|怎样|如何|方法|可以|能不能|可不可以|是不是|有没有|是否|不知道|不会|不懂|[我你您的了吗呢吧啊要想]"
    "|[\u3041-\u309f]|อย่างไร|ยังไง|ต้อง|ทำ|ได้ไหม|ไหม|ครับ|ค่ะ|คะ|ฉัน|ผม|หน่อย|ช่วย|อยาก|วิธี|การ"
)
_RUN = re.compile(f"[{UNSPACED}]")
_KATAKANA = re.compile("[\u30a1-\u30ff\u31f0-\u31ff]+")
_HAN = re.compile(f"[{HAN}]")
# Names that are written in Katakana may be long, and have to share so much around them.
_BESIDE_A_NAME = 2
# So many letters may stand in the place of others; as many have to be shared.
_MOST_OTHER = 4
# The sign that a letter stands below the one before it.
_BELOW = frozenset("\u1039\u17d2")


def has_unspaced(words: Sequence[str]) -> bool:
    """Return whether a text has letters of such a script."""
    return any(not word.isascii() and _RUN.search(word) for word in words)


def put_in_place(mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, str] | None:
    """Return the letters of one text that stand where another has others, with these; None where nothing does."""
    one, other = _letters(mine), _letters(theirs)
    if not one or not other:
        return None
    least = min(len(one), len(other))
    start = next((at for at in range(least) if one[at] != other[at]), least)
    end = next((at for at in range(least - start) if one[-1 - at] != other[-1 - at]), least - start)
    put, taken = "".join(one[start : len(one) - end]), "".join(other[start : len(other) - end])
    sizes = len(one) - start - end, len(other) - start - end
    if min(sizes) == 0 or put in taken or taken in put:  # the same, said at more length
        return None
    if _KATAKANA.fullmatch(put) and _KATAKANA.fullmatch(taken):
        return (put, taken) if start + end >= _BESIDE_A_NAME else None
    # What is opposite in Chinese characters is as long; a loanword or a phrase may as well mean the same.
    han = [bool(_HAN.search(each)) for each in (put, taken)]
    is_alike = all(han) and sizes[0] == sizes[1] if any(han) else not _KATAKANA.search(put + taken)
    return (put, taken) if is_alike and max(sizes) <= min(_MOST_OTHER, start + end) else None


def _letters(words: Sequence[str]) -> list[str]:
    """Return the letters, each with its marks, of a text with such a script; nothing for another text."""
    text = "".join(words)
    if not _RUN.search(text):
        return []
    letters: list[str] = []
    for letter in _FRAMES.sub("", text):
        if letters and (unicodedata.category(letter).startswith("M") or letters[-1][-1] in _BELOW):
            letters[-1] += letter
        else:
            letters.append(letter)
    return letters
