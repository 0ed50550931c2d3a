"""Show which texts are in another language than English, and that short English ones are not taken for one."""

import pytest

from bot.core.local_answers import language_of
from bot.core.searching.languages import Foreign, foreign, is_readable, language
from bot.core.searching.text import tokens

ENGLISH = frozenset(
    [
        "login",
        "verification",
        "code",
        "not",
        "arriving",
        "password",
        "reset",
        "account",
        "freeze",
        "ticket",
        "comment",
        "like",
        "that",
    ]
)


def spoken(text: str, author: str | None = None) -> Foreign:
    return foreign(text, tokens(text), ENGLISH.__contains__, author=author)


@pytest.mark.parametrize(
    "text",
    [
        "ich habe mein Passwort vergessen",
        "olvidé mi contraseña, qué puedo hacer",
        "j'ai oublié mon mot de passe",
        "bu neden olmuyor, ne zaman bitecek",
        "ik ben mijn wachtwoord vergeten",
        "esqueci minha senha, como faço para entrar",
        "non riesco più ad accedere",
        "nie mogę się zalogować",
        "我忘记密码了",
        "я забыл пароль",
    ],
)
def test_other_languages_are_known_by_their_script_and_their_small_words(text: str) -> None:
    assert spoken(text) is Foreign.YES


@pytest.mark.parametrize(
    "text",
    [
        "cant login",
        "how do i reset my password",
        "verification code not arriving",
        "like that comment",
        "i forgto my pasword",
        "no code on my account",
        "",
        "\u05e9\u05db\u05d7\u05ea\u05d9 \u05e1\u05d9\u05e1\u05de\u05d4",
        "\u092a\u093e\u0938\u0935\u0930\u094d\u0921",
    ],
)
def test_english_and_what_no_encoder_reads_stay(text: str) -> None:
    assert spoken(text) is Foreign.NO


def test_one_word_may_be_anything_unless_it_is_known_who_writes() -> None:
    assert spoken("passwort vergessen") is Foreign.UNSURE
    assert spoken("passwort vergessen", "de") is Foreign.YES
    assert spoken("passwort vergessen", "en") is Foreign.UNSURE
    assert spoken("cant login", "de") is Foreign.NO
    assert spoken("mein ticket") is Foreign.UNSURE
    assert spoken("do yo") is Foreign.UNSURE
    assert spoken("mein ticket", "de") is Foreign.YES
    assert spoken("para ticket account") is Foreign.NO
    assert spoken("para ticket account", "es") is Foreign.YES


def test_a_text_has_a_language_when_its_small_words_say_so() -> None:
    assert language("x", tokens("Wie kann ich mein Konto schließen?"), ENGLISH.__contains__) == "de"
    assert language("x", tokens("How can I close my account?"), ENGLISH.__contains__) is None
    assert language("x", tokens("Passwort"), ENGLISH.__contains__) is None
    assert language("\u6211\u5fd8\u8bb0\u5bc6\u7801\u4e86", [], ENGLISH.__contains__) == "other"


def test_a_locale_has_a_language() -> None:
    assert [language_of(locale) for locale in ("en", "pt-BR", "zh-Hant-TW")] == ["en", "pt", "zh"]


@pytest.mark.parametrize(("text", "readable"), [("abc", True), ("\u0e2a", True), ("\u05e9\u05e9", False), ("12", True)])
def test_an_encoder_of_many_languages_reads_some_scripts(text: str, *, readable: bool) -> None:
    assert is_readable(text) == readable
