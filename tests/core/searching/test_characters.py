"""Show which characters are part of a word, which go, and which part words."""

import sys
import unicodedata

from bot.core.searching.characters import without_points, without_signs


def test_points_and_what_takes_no_room_go() -> None:
    assert without_points("a\u00ad\u200b\u200d\ufe0f\u20e3\u05b0\u064b\u0640b") == "ab"


def test_all_other_marks_stay() -> None:
    assert without_points("e\u0301 \u0915\u094d \u0e37 \u102d \u0654") == "e\u0301 \u0915\u094d \u0e37 \u102d \u0654"


def test_what_is_no_letter_and_no_mark_is_a_gap() -> None:
    text = "".join(map(chr, range(0x80, sys.maxunicode + 1)))
    kept = without_signs(text).replace(" ", "")
    assert all(letter.isalnum() or unicodedata.category(letter).startswith("M") for letter in kept)
    assert without_signs("log-in, \u201ca\u201d\u3002") == "log-in,  a  "
