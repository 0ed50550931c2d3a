"""An encoding is named only where the bytes speak for it, and then one of those named is right."""

# ruff: noqa: RUF001  # texts in many scripts

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.decoding import candidates, decode

RUSSIAN = (
    "Привет",
    "Как восстановить пароль? Откройте профиль.",
    "Как да отворя сметка? Оттук.",
    "ГДЕ МОИ ДЕНЬГИ И КАК ИХ ВЕРНУТЬ",
    "FAQ: как пополнить USDT?",
)
CENTRAL = (
    "Zażółć gęślą jaźń. Jak założyć konto?",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "Hogyan nyithatok számlát? Kérem írjon.",
    "Cum îmi deschid un cont? Scrieţi aici.",
)
TEXTS = {
    "cp1252": (
        "Où est mon dépôt? Voici « ici ».",
        "Wie öffne ich ein Konto? Über das Menü.",
        "¿Cómo retiro mis fondos?",
    ),
    "cp1250": CENTRAL,
    "cp1254": ("Hesabımı nasıl açarım? Şuradan: ayarlar, güvenlik.", "Şifremi unuttum"),
    "cp1251": (*RUSSIAN, "Як відновити пароль? Відкрийте профіль.", "где мой вывод? — он «в пути»."),
    "koi8-r": RUSSIAN,
    "cp866": RUSSIAN,
    "cp1253": ("Πώς ανοίγω λογαριασμό; Από το μενού.", "Πού είναι τα χρήματά μου"),
    "cp932": ("パスワードを忘れました。どうすればいいですか", "口座を開く方法は"),
    "euc-jp": ("パスワードを忘れました。どうすればいいですか", "口座を開く方法は"),
    "euc-kr": ("비밀번호를 잊어버렸어요. 어떻게 하나요?",),
    "gb2312": ("我忘记了密码,怎么办?请打开设置。", "如何开户"),
    "big5": ("我忘記了密碼,怎麼辦?請打開設定。", "如何開戶"),
}
CASES = [(codec, text) for codec, texts in TEXTS.items() for text in texts]


@pytest.mark.parametrize(("codec", "text"), CASES, ids=[f"{codec} {text[:12]}" for codec, text in CASES])
def test_the_right_encoding_is_among_those_named(codec: str, text: str) -> None:
    assert codec in [encoding.codec for encoding in candidates(text.encode(codec))]


@pytest.mark.parametrize("text", RUSSIAN[1:])
@pytest.mark.parametrize(("codec", "name"), [("cp1251", "Windows-1251"), ("koi8-r", "KOI8-R"), ("cp866", "CP866")])
def test_cyrillic_is_told_by_its_letters(codec: str, name: str, text: str) -> None:
    _, (problem,) = decode("a.txt", b"FAQ\n\n" + text.encode(codec))
    assert problem.line == 3
    assert problem.what.endswith(f" cannot stand here, and it may be {name}")
    assert problem.remedy == f"save it as UTF-8, or convert it: iconv -f {codec} -t utf-8"


@pytest.mark.parametrize("codec", ["iso8859-2", "iso8859-5", "mac-cyrillic", "iso8859-9", "utf-7"])
@pytest.mark.parametrize("text", [*RUSSIAN, *CENTRAL])
def test_what_is_in_none_of_these_is_not_said_to_be(codec: str, text: str) -> None:
    content = text.encode(codec, "ignore")
    if not content.isascii():
        named = candidates(content)
        assert not named or any(content.decode(each.codec) == content.decode(codec) for each in named)


@pytest.mark.parametrize("content", [b"it\x92s", b"\xff\xff\xff", b"100\x80"])
def test_marks_and_noise_speak_for_nothing(content: bytes) -> None:
    assert candidates(content) == ()
    _, (problem,) = decode("a.txt", content)
    assert problem.what.endswith(" cannot stand here")
    assert problem.remedy == "save it as UTF-8 in the program that wrote it"


@given(st.binary(max_size=60))
def test_any_bytes_can_be_looked_at(content: bytes) -> None:
    assert len(candidates(content)) <= 3
