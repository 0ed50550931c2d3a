"""Show that words that mean the same are folded into one."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.lexicon import Lexicon, merge_lexicons, parse_lexicon
from bot.core.searching.text import stem, tokens
from bot.errors import InvalidInputError

TEXT = """
# how people say it
two-factor authentication = 2fa, two factor
log in = login, sign in   # and its endings
"""


def fold(lexicon: Lexicon, text: str) -> list[str]:
    return lexicon.fold(tokens(text))


def test_every_name_becomes_the_first() -> None:
    lexicon = parse_lexicon(TEXT, name="x")
    expected = fold(lexicon, "two-factor authentication")
    assert (
        fold(lexicon, "2FA")
        == fold(lexicon, "two factor")
        == expected
        == [stem(w) for w in ("two", "factor", "authentication")]
    )


def test_names_in_scripts_without_spaces_are_found_inside_a_run() -> None:
    lexicon = parse_lexicon("\u5bc6\u7801 = \u53e3\u4ee4", name="x")  # both: password
    asked = fold(lexicon, "\u53e3\u4ee4")
    assert asked == fold(lexicon, "\u5bc6\u7801")
    assert fold(lexicon, "\u6539\u53e3\u4ee4\u5417")[2:5] == asked


def test_the_longest_run_wins() -> None:
    lexicon = parse_lexicon("alpha = a\nbeta = a b", name="x")
    assert fold(lexicon, "a b a") == ["beta", "alpha"]


def test_endings_are_folded_with_the_name() -> None:
    lexicon = parse_lexicon(TEXT, name="x")
    assert fold(lexicon, "signing in") == fold(lexicon, "log in")


def test_every_faulty_line_is_told() -> None:
    with pytest.raises(InvalidInputError) as raised:
        parse_lexicon("a = b\nno group\n = c\nd = b\na = b", name="mine.txt")
    assert [(problem.where, problem.line) for problem in raised.value.problems] == [
        ("mine.txt", 2),
        ("mine.txt", 3),
        ("mine.txt", 4),
    ]


def test_a_later_lexicon_overrides() -> None:
    merged = merge_lexicons(parse_lexicon("a = c", name="x"), parse_lexicon("b b = c", name="y"))
    assert fold(merged, "c") == ["b", "b"]


def test_the_built_in_lexicon_can_be_read() -> None:
    text = files("bot.core.searching").joinpath("english.txt").read_text("utf-8")
    lexicon = parse_lexicon(text, name="english.txt")
    assert fold(lexicon, "cant withdrawl") == fold(lexicon, "unable to cash out")


@given(st.lists(st.sampled_from(["two", "factor", "2fa", "sign", "in", "x"])))
def test_folding_twice_changes_nothing(words: list[str]) -> None:
    lexicon = parse_lexicon("2fa = two factor\nlogin = sign in", name="x")
    once = lexicon.fold(words)
    assert lexicon.fold(once) == once
