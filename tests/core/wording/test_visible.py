"""Show that nothing hides in a text, and that the signs of all languages stay whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.wording.visible import visible, visible_line


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("pay\u202epal", "paypal"),
        ("@\u200beveryone", "@everyone"),
        ("@\u200deveryone", "@everyone"),
        ("@\ufe0feveryone", "@everyone"),
        ("ev\u00adil", "evil"),
        ("red \x1b[31m alert", "red [31m alert"),
        ("hidden\U000e0068\U000e0069", "hidden"),
        ("\ud800", "\ufffd"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a" + "\u0301" * 40, "a" + "\u0301" * 4),
        ("\u200dtext\u200d", "text"),
    ],
)
def test_takes_out_what_hides_or_forges(written: str, shown: str) -> None:
    assert visible(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "a family: 👨\u200d👩\u200d👧, a keycap: 1\ufe0f\u20e3, a heart: ❤\ufe0f",
        "the flag of Scotland: 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "\u0645\u06cc\u200c\u062e\u0648",
        "क्\u200dष",
        "tab\tand\nlines",
    ],
)
def test_leaves_the_signs_of_all_languages_whole(text: str) -> None:
    assert visible(text) == text


def test_a_line_has_no_breaks() -> None:
    assert visible_line(" one \n\u2029 two\t\u200b three ") == "one two three"


@given(st.text())
def test_doing_it_twice_changes_nothing(text: str) -> None:
    assert visible(visible(text)) == visible(text)
