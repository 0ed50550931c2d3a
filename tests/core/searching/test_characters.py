"""Show which characters are part of a word, which go, and which part words."""

import sys
import unicodedata

import pytest

from bot.core.searching.text import is_latin, without_points, without_signs


def test_points_and_what_takes_no_room_go() -> None:
    assert without_points("a\u00ad\u200b\u200d\ufe0f\u20e3\u05b0\u064b\u0640b") == "ab"


def test_all_other_marks_stay() -> None:
    assert without_points("e\u0301 \u0915\u094d \u0e37 \u102d \u0654") == "e\u0301 \u0915\u094d \u0e37 \u102d \u0654"


def test_what_is_no_letter_and_no_mark_is_a_gap() -> None:
    text = "".join(map(chr, range(0x80, sys.maxunicode + 1)))
    kept = without_signs(text).replace(" ", "")
    assert all(letter.isalnum() or unicodedata.category(letter).startswith("M") for letter in kept)
    assert without_signs("log-in, \u201ca\u201d\u3002") == "log-in,  a  "


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("how do I reset it", True),
        ("\u00e7a marche \u1ec7 \u0130", True),
        ("12 \u2026 ?", True),
        ("", True),
        ("\u5fd8\u8bb0 my password", True),
        ("kyc \u8ba4\u8bc1\u5931\u8d25\u4e86", False),
        ("\u0441\u0431\u0440\u043e\u0441", False),
        ("\u0e25\u0e37\u0e21", False),
    ],
)
def test_a_text_is_latin_when_half_of_its_letters_are(text: str, *, latin: bool) -> None:
    assert is_latin(text) == latin
