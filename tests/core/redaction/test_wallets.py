"""Seed phrases and private keys: every way to write them, and what only looks like one."""

import json
import unicodedata
from typing import Literal
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from bot.core.redaction import FindingKind, redact
from bot.core.redaction.view import fold

ENGLISH = Mnemonic("english").wordlist
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
WORDS = PHRASE.split()
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip
LATE_ORDINALS = ("thirteenth", "nineteenth", "twentieth", *(f"twenty-{ordinal}" for ordinal in ORDINALS[:9]))
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
HEX = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"
ADDRESS = "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23"


def numbered(form: str, separator: str) -> str:
    """Return the words as a list of this form."""
    return separator.join(form.format(number=number, word=word) for number, word in enumerate(WORDS, 1))


LISTINGS = {
    "spaces": PHRASE,
    "commas": ", ".join(WORDS),
    "commas alone": ",".join(WORDS),
    "semicolons": ";".join(WORDS),
    "pipes": "|".join(WORDS),
    "lines": "\n".join(WORDS),
    "empty lines": "\r\n\r\n".join(WORDS),
    "tabs": "\t".join(WORDS),
    "dashes": "-".join(WORDS),
    "underscores": "_".join(WORDS),
    "dots": ". ".join(WORDS),
    "upper case": PHRASE.upper(),
    "title case": PHRASE.title(),
    "1.": numbered("{number}. {word}", "\n"),
    "1. in one line": numbered("{number}. {word}", " "),
    "1)": numbered("{number}) {word}", " "),
    "(1)": numbered("({number}) {word}", ", "),
    "#1": numbered("#{number} {word}", "\n"),
    "1:": numbered("{number}: {word}", "\n"),
    "1 is": numbered("{number} is {word}", ", "),
    "1 glued": numbered("{number}{word}", " "),
    "1.glued": numbered("{number}.{word}", ""),
    "1st": numbered("{number}st {word}", ", "),
    "the 1st word is": numbered("the {number}th word is {word}", ", "),
    "word1": numbered("word{number}: {word}", "\n"),
    "Word 1 -": numbered("Word {number} - {word}", "\n"),
    "word 1 is": numbered("word {number} is {word}", ", "),
    "first:": "\n".join(f"{number}: {word}" for number, word in zip(ORDINALS, WORDS, strict=True)),
    "the first word is": ", ".join(f"the {n} word is {word}" for n, word in zip(ORDINALS, WORDS, strict=True)),
    "to the twenty-fourth": " ".join(f"{n} word: {word}" for n, word in zip(LATE_ORDINALS, WORDS, strict=True)),
    "w1=": numbered("w{number}={word}", "&"),
    "Wort 1": numbered("Wort {number}: {word}", "\n"),
    "palabra 1": numbered("palabra {number}: {word}", "\n"),
    "after the word": numbered("{word} ({number})", ", "),
    "letters": "\n".join(f"{letter}) {word}" for letter, word in zip("abcdefghijkl", WORDS, strict=True)),
    "roman": "\n".join(f"{number}. {word}" for number, word in zip(ROMAN, WORDS, strict=True)),
    "bullets": numbered("• {word}", "\n"),
    "stars": numbered("* {word}", "\n"),
    "boxes": numbered("- [ ] {word}", "\n"),
    "table": numbered("| {number} | {word} |", "\n"),
    "quote": numbered("> {word}", "\n"),
    "bold": numbered("**{word}**", " "),
    "spoilers": numbered("||{word}||", " "),
    "code": numbered("`{word}`", " "),
    "code fence": "```\n" + "\n".join(WORDS) + "\n```",
    "arrows": " -> ".join(WORDS),
    "emoji": " 🔑 ".join(WORDS),
    "keycaps": numbered("{number}\ufe0f\u20e3 {word}", " "),
    "json": json.dumps(WORDS),
    "json object": json.dumps(dict(enumerate(WORDS))),
    "json string": json.dumps("\n".join(WORDS)),
    "python": str(tuple(WORDS)),
    "html list": numbered("<li>{word}</li>", ""),
    "html lines": "<br/>".join(WORDS),
    "html spaces": "&nbsp;".join(WORDS),
    "url": "%20".join(WORDS),
    "and": ", ".join(WORDS[:-1]) + " and " + WORDS[-1],
    "two columns": "\n".join(f"{a}\t{a + 6}. {WORDS[a - 1]}   {WORDS[a + 5]}" for a in range(1, 7)),
    "mixed": "1. legal, 2) winner\n- thank / year; WAVE 'sausage' \"worth\"\n\n8: useful legal | winner, thank yellow!",
    "zero width": " ".join("\u200b".join(word) for word in WORDS),
    "zero width separators": "\u200b \u200b".join(WORDS),
    "no-break spaces": "\u00a0".join(WORDS),
    "full width": PHRASE.translate({code: code + 0xFEE0 for code in range(0x61, 0x7B)}),
    "mathematical": "".join(chr(ord(c) - 97 + 0x1D41A) if c.islower() else c for c in PHRASE),
    "NULs": " \x00".join(WORDS),
    "four letters": " ".join(word[:4] for word in WORDS),
    "in a sentence": f"please help, my wallet is gone, it was {PHRASE} and now I see nothing",
    "after a label": f"Recovery phrase: {PHRASE}",
    "one misspelt": f"my seed phrase: {PHRASE}".replace("sausage", "sausege"),
    "short and misspelt": f"my seed phrase: {PHRASE}".replace("year", "yaer"),
    "two misspelt": f"my seed phrase: {PHRASE}".replace("sausage", "sausege").replace("year", "yeear"),
}


@pytest.mark.parametrize("text", LISTINGS.values(), ids=LISTINGS)
def test_a_seed_phrase_is_found_however_it_is_listed(text: str) -> None:
    assert redact(text).found == (FindingKind.SEED_PHRASE,)


@pytest.mark.parametrize(
    "form", ["{number}. {word}", "{number} {word}", "{number}) {word}", "{number}.{word}", "{word}"]
)
def test_words_that_also_number_a_list_count(form: str) -> None:
    words = [*WORDS[:8], "word", "first", "second", "thing"]
    text = " ".join(form.format(number=number, word=word) for number, word in enumerate(words, 1))
    assert redact(text).found == (FindingKind.SEED_PHRASE,)


@pytest.mark.parametrize("language", sorted(Mnemonic.list_languages()))
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
@pytest.mark.parametrize("separator", [" ", "\n", ", ", "\u3000"])
def test_every_language_of_bip_39_is_known(language: str, form: Literal["NFC", "NFD", "NFKD"], separator: str) -> None:
    phrase = Mnemonic(language).to_mnemonic(bytes(range(32)))
    text = unicodedata.normalize(form, separator.join(phrase.split()))
    assert redact(text).found == (FindingKind.SEED_PHRASE,)


@pytest.mark.parametrize(("language", "accents"), [("spanish", "áéíóúñ"), ("french", "éèà"), ("turkish", "ğüşöç")])
def test_accents_may_be_left_out(language: str, accents: str) -> None:
    words = [unicodedata.normalize("NFC", word) for word in Mnemonic(language).wordlist]
    accented = " ".join([word for word in words if set(word) & set(accents)][:12])
    plain = "".join(c for c in unicodedata.normalize("NFD", accented) if not unicodedata.combining(c))
    assert plain != accented
    assert redact(plain).secret


@pytest.mark.parametrize("bits", [128, 160, 192, 224, 256])
@given(entropy=st.binary(min_size=32, max_size=32), separator=st.sampled_from([" ", ", ", "\n", " / "]))
def test_a_phrase_of_any_length_is_found(bits: int, entropy: bytes, separator: str) -> None:
    phrase = Mnemonic("english").to_mnemonic(entropy[: bits // 8])
    assert redact(separator.join(phrase.split())).secret


@pytest.mark.slow
@given(st.lists(st.sampled_from(ENGLISH), min_size=12, max_size=30, unique=True), st.integers(0, 28))
def test_twelve_words_in_a_row_decide(words: list[str], cut: int) -> None:
    assert redact(" ".join(words)).secret
    broken = [*words[:11], "the", *words[11:][:11], "the"][: 12 + cut]
    assert not redact(" ".join(broken)).secret


@pytest.mark.parametrize(
    "text",
    [
        " ".join(WORDS[:11]),
        PHRASE.replace("sausage", "sausege"),
        f"seed phrase: {PHRASE}".replace("sausage", "sausege").replace("year", "yeear").replace("wave", "wavve"),
        f"seed phrase: {PHRASE}".replace("sausage", "of"),
        f"seed phrase: {PHRASE}".replace("sausage", "which"),
        "help " * 20,
        "can you please help me, I have this problem with my account and there is no way that you can help",
        "Your seed phrase is a list of 12 or 24 words that restores your wallet: keep it offline, never share it.",
        "word 1, word 2, word 3, word 4, word 5, word 6, word 7, word 8, word 9, word 10, word 11, word 12",
        "I lost my recovery phrase, can you still help me to get access to the wallet where my coins are?",
        "La phrase de récupération est une liste de douze mots que vous devez garder pour vous, merci beaucoup",
        "我的助记词忘记了怎么办请帮助我找回账户谢谢你们的帮助",
    ],
)
def test_a_sentence_is_no_seed_phrase(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk",
        "\u2014\u2014BEGIN PRIVATE KEY\u2014\u2014\nMIIEow",
        "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF\n-----END PGP PRIVATE KEY BLOCK-----",
        "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ",
        "L1aW4aubDFB7yfras2S1mN3bqg9nwySY8nkoLmJebSLD5BWv3ENZ",
        "6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg",
        "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi",
        "SBFGFF27Y64ZUGFAIG5AMJGQODZZKV2YQKAVUUN4HNE24XZXD2OEUVUP",
        "sn259rEFXrQrWyx3Q7XneWcwV6dfL",
        "nsec1" + "q" * 58,
        "edsk" + "3" * 50,
        "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none",
        str([7] * 64),
        f"my private key is {HEX}",
        f"private key: 0x{HEX}",
        f"PRIVATE_KEY={HEX}",
        f"{HEX} is my private key, is it safe?",
        f"why can I not import {HEX}",
        f"the transaction {HEX} is my private key",
        f"is {HEX} the secret of a wallet?",
        f"secret {HEX}",
        f"key {HEX}",
        f"this is the tx of my withdrawal, no wait, the private key: {HEX}",
        f"I withdrew with 0x{HEX} <- that is my private key",
        f"the address {ADDRESS} has this key:\n{HEX}",
        f"private key: {HEX[:40]}",
        "my priv key is Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZg==",
    ],
)
def test_a_private_key_is_found(text: str) -> None:
    redacted = redact(text)
    assert redacted.found == (FindingKind.PRIVATE_KEY,)
    assert redacted.secret


@pytest.mark.parametrize(
    "text",
    [
        f"tx {HEX}",
        f"transaction hash: 0x{HEX} pending for 3 hours",
        f"https://etherscan.io/tx/0x{HEX}",
        f"my withdrawal 0x{HEX} has not arrived",
        f"0x{HEX} is not confirmed yet",
        f"I did not share my private key. The hash is {HEX}",
        f"public key {HEX}",
        f"TxID: {HEX}. And how do I export my private key?",
        f"my sui address is 0x{HEX}",
        f"private key of {ADDRESS} lost",
        "how do I export my private key?",
        "is the private key stored encrypted on your servers?",
        "xprv and WIF are formats, BEGIN PRIVATE messages",
    ],
)
def test_public_numbers_are_no_private_keys(text: str) -> None:
    assert redact(text).text == text


def test_a_number_that_may_be_a_private_key_is_not_kept_but_the_question_is() -> None:
    redacted = redact(f"what is {HEX}?")
    assert redacted.text == "what is [key]?"
    assert not redacted.secret


def test_the_lists_of_words_are_not_read_for_a_text_that_is_too_short_for_a_phrase(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lists = Mock(return_value={})
    monkeypatch.setattr("bot.core.redaction.wallets._lists", lists)

    redact("how do I get back in after forgetting my password")
    lists.assert_not_called()
    redact(PHRASE)
    lists.assert_called_once()


@given(text=st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_folded_as_it_is_beside_other_text(text: str) -> None:
    assert fold(f"{text}\N{RIGHT SINGLE QUOTATION MARK}") == f"{fold(text)}'"
