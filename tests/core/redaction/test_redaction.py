"""Redaction as a whole: what a stored text looks like, and what no text can do to it."""

import json
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.redaction import FindingKind, redact
from tests.shared import shared

SEED = "legal winner thank year wave sausage worth useful legal winner thank yellow"

# Each is taken out alone, whatever stands around it.
SECRETS = {
    "bob.smith+okx@mail.example.co.uk": FindingKind.EMAIL,
    "+1 (123) 456-7890": FindingKind.PHONE,
    "4111 1111 1111 1111": FindingKind.CARD,
    f"AKIA{'A1B2C3D4' * 2}": FindingKind.KEY,
    "password: 'hunter 2'": FindingKind.PASSWORD,
    "otp 482911": FindingKind.CODE,
}
# Pieces that make a text look like many things at once, or stop in the middle of one.
FRAGMENTS = (
    *SECRETS, *(kind.placeholder for kind in FindingKind), SEED, "abandon ", "word 1 ", "and ", "private key ",
    "ab" * 32,
    "5K", "-----BEGIN PRIVATE KEY-----", "password ", "password is ", "pw:", "secret=", "key ", "token: ", "bearer ",
    "eyJab.", "sk-", "://", "a:b@", "@", "a@b.", "<@", "<@U12>", "code ", "is ", "my ", "backup codes ", "123", "1234 ",
    "0", "00", "+", "(", "1-", "1.", ", ", " ", "\n", "\x00", "\u200b", "\u202e", "e\u0301", "\ufdfa", "\ud800", "٤٥",
    "😀",
)  # fmt: skip


def full_width(text: str) -> str:
    """Return the text in the wide letters of East Asian keyboards."""
    return text.translate({code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)})


@pytest.mark.parametrize(("secret", "kind"), SECRETS.items())
@pytest.mark.parametrize(
    "frame", ["{}", "Hi, {} does not work", "```\n{}\n```", "`{}`", "«{}»", "❓{}❗", "\u202b{}\u202c"]
)
def test_a_finding_gives_way_to_a_placeholder(secret: str, kind: FindingKind, frame: str) -> None:
    redacted = redact(frame.format(secret))
    before, _, after = frame.partition("{}")
    assert redacted.text.startswith(before)
    assert redacted.text.endswith(f"[{kind}]{after}")
    assert redacted.found == (kind,)
    assert not redacted.secret


def test_findings_are_told_in_order_of_place() -> None:
    redacted = redact("call +1 (123) 456-7890 or mail a@b.com, card 4111111111111111, or c@d.org")
    assert redacted.text == "call [phone] or mail [email], card [card], or [email]"
    assert redacted.found == (FindingKind.PHONE, FindingKind.EMAIL, FindingKind.CARD, FindingKind.EMAIL)


def test_what_overlaps_becomes_one_placeholder_of_the_graver_kind() -> None:
    assert redact("my password is bob@example.com").text == "my password is [password]"


@pytest.mark.parametrize("secret", [SEED, "my private key is " + "ab12" * 16])
def test_nothing_is_left_of_a_text_with_a_wallet_secret(secret: str) -> None:
    redacted = redact(f"I am Bob (bob@example.com), and here it is: {secret} thanks!")
    assert redacted.secret
    assert redacted.text in {"[seed phrase]", "[private key]"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "How do I withdraw 1,234,567.89 USDT, or 0.00012345 BTC?",
        "I traded 12345678 contracts on 2024-05-06 10:30:00 and 01.02.2024",
        "stuck since block 19876543, order 123456789012, uid 432432432432432432",
        "<@112233445566778899> see <#112233445566778899> <:ok:112233445566778899> <t:1714953600:R>",
        "my address is 0xdAC17F958D2ee523a2206206994597C13D831ec7",
        "sent to bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        "tx 0x" + "ab12" * 16 + " is pending",
        "100-200 USDT per day, 24/7, 1-2 hours, 50/50",
        "version 2026.09.1, ratio 3.14159265358979",
        "مرحبا، كيف أسحب أموالي؟",
        "我忘记了密码怎么办",
        "\x00\ud800\udfff😀\u202e",
    ],
)
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert redact(text).text == text
    assert not redact(text).found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{full_width('mail bob@example.com')}!", f"{full_width('mail')} [email]!"),
        (f"ﬁne: {full_width('4111 1111 1111 1111')}.", "ﬁne: [card]."),
        ("é card 4111\u00a01111\u20111111\u200b1111 ﷺ", "é card [card] ﷺ"),
        ("кафе\u0301 +٤٩ ١٥١٢ ٣٤٥٦٧٨٩ да", "кафе\u0301 [phone] да"),
        ("bo\u200bb@exa\u00admple.com\u200b!", "[email]\u200b!"),
        ("b\x00ob@example.com", "[email]"),
        ("bo\u0301b@example.com", "[email]"),
        (f"㎏ otp {full_width('482911')} ㎏", "㎏ otp [code] ㎏"),
    ],
)
def test_other_forms_of_the_same_letters_are_found_where_they_stand(text: str, expected: str) -> None:
    assert redact(text).text == expected


@pytest.mark.parametrize("kind", FindingKind)
@pytest.mark.parametrize(
    "before", ["", "my password is ", "otp: ", "api key: ", "private key ", "call me on ", "a@", "x"]
)
def test_a_placeholder_is_no_finding(kind: FindingKind, before: str) -> None:
    text = f"{before}{kind.placeholder} please"
    assert redact(text).text == text


def test_what_a_placeholder_stands_beside_is_still_found() -> None:
    assert redact("[email]bob@example.com[/email] [code]otp 123456").text == "[email][email][/email] [code]otp [code]"


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join) | st.text())
def test_a_redacted_text_holds_nothing_more(text: str) -> None:
    once = redact(text)
    again = redact(once.text)
    assert again.text == once.text
    assert not again.found


@given(st.text(alphabet=string.ascii_letters + " .,!?'\n😀é中", max_size=60), st.sampled_from(sorted(SECRETS)))
def test_the_text_before_a_finding_is_kept_to_the_letter(before: str, secret: str) -> None:
    redacted = redact(f"{before} | {secret}")
    assert redacted.text.startswith(f"{before} | ")
    assert secret not in redacted.text


@pytest.mark.slow
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=3).map("".join))
def test_a_long_hostile_text_takes_no_longer_per_letter(piece: str) -> None:
    """A pattern or a chain of placeholders that goes over the text again and again would run into the time limit."""
    text = (piece * (10_000 // len(piece) + 1))[:10_000]
    assert len(redact(text).text) < 10 * len(text)


@pytest.mark.slow
def test_a_hundred_thousand_letters_are_no_trouble() -> None:
    for piece in ("a", "1 ", "+12345678", "password:", "a@", "abandon ability ", "eyJ-", "[", "://a:a@"):
        redact((piece * 100_000)[:100_000])


def test_the_questions_people_ask_stay_as_they_are() -> None:
    changed = [text for text in _questions() if redact(text).found]
    assert changed == []


def _questions() -> list[str]:
    files = sorted(shared("data").glob("*/k5/queries.jsonl"))
    questions = [json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(questions) > 3000
    return questions


def test_the_pages_of_a_help_centre_stay_as_they_are() -> None:
    pages = [file.read_text(encoding="utf-8") for file in sorted(shared("seeds").glob("*.txt"))]
    assert pages
    assert [redact(page).found for page in pages] == [()] * len(pages)


def test_placeholders_are_short_words_in_brackets() -> None:
    assert all(re.fullmatch(r"\[[a-z ]+\]", kind.placeholder) for kind in FindingKind)


def test_old_forms_of_letters_hide_no_password() -> None:
    assert redact("\u041f\u0430\u0440\u1c82\u043b\u044c: hunter2hunter").found == (FindingKind.PASSWORD,)


def test_numbers_with_points_that_are_no_card_stay() -> None:
    assert redact("1234.5678.9012.3456 was shown").found == ()
    assert redact("4111.1111.1111.1111 was shown").found == (FindingKind.CARD,)
