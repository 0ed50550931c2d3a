"""Show that all ways to type a text come to the same words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.searching.text import MAX_CHARACTERS, cut, normalise, tokens


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
        (
            "\u05de\u05b0\u05d1\u05b7\u05d8\u05bc\u05b0\u05dc\u05b4\u05d9\u05dd",
            "\u05de\u05d1\u05d8\u05dc\u05d9\u05dd",
        ),  # niqqud
        ("\ufb2a\ufb4c", "\u05e9\u05d1"),
        (  # tashkeel
            "\u0643\u064e\u064a\u0652\u0641\u064e \u062d\u0650\u0633\u064e\u0640\u0640\u0627\u0628\u0650\u064a",
            "\u0643\u064a\u0641 \u062d\u0633\u0627\u0628\u064a",
        ),
        ("\u0627\u0654 \u0627\u0653 \u06d5\u0654", "\u0623 \u0622 \u06c0"),  # hamza and madda stay
        ("\u0130STANBUL i\u0307stanbul I\u0307stanbul", "istanbul istanbul istanbul"),
        ("re\u00adset pass\u200bword \u2066log\u2069\ufeff\u2060in 2\ufe0f\u20e3fa", "reset password login 2fa"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u062e\u0648"),
        (
            "\u0939\u0942\u0901\u0964 \u092a\u093e\u0938\u0935\u0930\u094d\u0921",
            "\u0939\u0942\u0901 \u092a\u093e\u0938\u0935\u0930\u094d\u0921",
        ),
        ("\u1014\u1031\u102c\u1004\u103a\u104b", "\u1014\u1031\u102c\u1004\u103a"),  # Burmese
        ("\u1781\u17d2\u1789\u17bb\u17c6\u17d4", "\u1781\u17d2\u1789\u17bb\u17c6"),  # Khmer
        ("\u0eab\u0ebc\u0eb7", "\u0eab\u0ebc\u0eb7"),  # Lao
        (
            "\u6211\u5fd8\u8bb0\u4e86\u5bc6\u7801\uff0c\u600e\u4e48\u529e\uff1f",
            "\u6211\u5fd8\u8bb0\u4e86\u5bc6\u7801 \u600e\u4e48\u529e",
        ),
        ("\ud800 broken \udfff", "broken"),
        ("\x00\x01\x02", ""),
        ("", ""),
    ],
)
def test_normalise_evens_out(typed: str, words: str) -> None:
    assert normalise(typed) == words


@given(text=st.text(alphabet="aab'_-1 c.<@:wWx\n\t", max_size=14))
def test_the_short_way_for_plain_texts_leads_to_the_same_words(text: str) -> None:
    # A letter that is not ASCII takes the long way, and is a word by itself here.
    assert tokens(text) == tokens(f"{text} \u00e9")[:-1]


def test_a_number_keeps_its_repeated_digits() -> None:
    assert normalise("error 50000") == "error 50000"


def test_an_email_address_is_no_mention() -> None:
    assert tokens("me@here.example") == ["me", "here", "example"]


def test_only_the_beginning_of_a_story_counts() -> None:
    assert "end" not in tokens("word " * MAX_CHARACTERS + "end")


@given(st.text())
def test_normalise_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(
    st.text(alphabet=st.characters(categories=["Ll", "Lu", "Lo", "Lm", "Mn", "Mc", "Me", "Cf"], max_codepoint=0x3200))
)
@example("i\u0307\u0307")
@example("i\u034f\u0307\u0301")
@example("x\u0430\u0301 x\u0456\u0307")
@example("\u0627\u0610\u0653")
def test_normalise_of_letters_and_marks_is_idempotent(text: str) -> None:
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


def test_words_that_differ_in_one_sign_are_two() -> None:
    assert normalise("\u1019\u102d") != normalise("\u1019\u102f")  # Burmese
    assert normalise("\u1780\u17b8") != normalise("\u1780\u17bb")  # Khmer
    assert normalise("\u0e81\u0eb4") != normalise("\u0e81\u0eb8")  # Lao


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("password", ["password"]),
        ("\u043f\u0430\u0440\u043e\u043b\u044c", ["\u043f\u0430\u0440\u043e\u043b\u044c"]),
        ("\u5bc6", ["\u5bc6"]),
        ("\u5fd8\u5bc6\u7801", ["\u5fd8", "\u5fd8\u5bc6", "\u5bc6", "\u5bc6\u7801", "\u7801"]),
        ("qr\u30b3\u30fc\u30c9", ["qr", "\u30b3\u30fc", "\u30fc\u30c9"]),
        ("2\u6bb5", ["2", "\u6bb5"]),
        ("\u0e25\u0e37\u0e21\u0e23", ["\u0e25\u0e37\u0e21", "\u0e21\u0e23"]),  # a Thai vowel sign stays with its letter
        ("\u1781\u17d2\u1789\u17bb\u1781", ["\u1781\u17d2\u1789\u17bb\u1781"]),  # and a Khmer one that stands below
    ],
)
def test_runs_without_spaces_are_cut(word: str, parts: list[str]) -> None:
    assert cut([word]) == parts
