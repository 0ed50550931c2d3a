"""Show that all ways to type a text come to the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.text import MAX_CHARACTERS, normalise, tokens


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Can't log in!!!", "cant log in"),
        ("CAN\u2019T LOG IN", "cant log in"),
        ("heeeeelp", "heelp"),
        ("<@U0123ABCD> how do I reset 2FA?", "how do i reset 2fa"),
        ("<!channel> @everyone my KYC \U0001f621 :rage: failed", "my kyc failed"),
        ("see https://example.com/a?b=c and www.example.org/x for more", "see and for more"),
        ("it says ```Traceback (most recent call last)``` when I log in", "it says when i log in"),
        ("unclosed ```code", "unclosed"),
        ("the `withdraw` button", "the withdraw button"),
        ("\uff37\uff29\uff34\uff28\uff24\uff32\uff21\uff37", "withdraw"),
        ("cafe\u0301 caf\u00e9", "caf\u00e9 caf\u00e9"),
        ("stra\u00dfe STRASSE", "strasse strasse"),
        ("tag/memo e-mail", "tag memo e mail"),
        (
            "\u05d0\u05d9\u05da \u05de\u05e4\u05e7\u05d9\u05d3\u05d9\u05dd",
            "\u05d0\u05d9\u05da \u05de\u05e4\u05e7\u05d9\u05d3\u05d9\u05dd",
        ),
        ("1000 USDT", "1000 usdt"),
        ("\U0001f600\U0001f680", ""),
        ("\ud800 broken \udfff", "broken"),
        ("\x00\x01\x02", ""),
        ("", ""),
    ],
)
def test_normalise_evens_out(typed: str, words: str) -> None:
    assert normalise(typed) == words


def test_a_number_keeps_its_repeated_digits() -> None:
    assert normalise("error 50000") == "error 50000"


def test_an_email_address_is_no_mention() -> None:
    assert tokens("me@here.example") == ["me", "here", "example"]


def test_only_the_beginning_of_a_story_counts() -> None:
    assert "end" not in tokens("word " * MAX_CHARACTERS + "end")


@given(st.text())
def test_normalise_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Lo", "Mn", "Zs"])))
def test_any_character_can_be_typed(text: str) -> None:
    assert all(word and not word.isspace() for word in tokens(text))


def test_foreign_letters_in_latin_words_become_latin() -> None:
    assert normalise("p\u0430ssw\u043erd r\u0435set") == "password reset"


def test_words_of_another_alphabet_stay_as_they_are() -> None:
    assert normalise("\u0441\u0431\u0440\u043e\u0441 \u043f\u0430\u0440\u043e\u043b\u044f") == (
        "\u0441\u0431\u0440\u043e\u0441 \u043f\u0430\u0440\u043e\u043b\u044f"
    )


def test_a_run_of_letters_of_two_alphabets_is_evened_out_as_well() -> None:
    assert normalise("h\u0435eelp") == "heelp"
