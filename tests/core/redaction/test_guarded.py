"""Show that what tells quickly that a text has nothing of a kind leaves out nothing that the patterns would find."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.redaction import access, api_keys, contacts, payment_cards, redact, wallets
from tests.core.redaction.test_redaction import FRAGMENTS

# More pieces that patterns look for, each as something else than FRAGMENTS has it.
PIECES = (
    "abandon ability able about above absent absorb abstract absurd abuse access accident", "zoo ", "misspelled ",
    "1. ", "word 3: ", "first is ", "a) ", "iv. ", "<b>", "&amp;", "\\n", "seed phrase ", "twelve words ",
    "p\u0131n 123456 ", "PIN: 4821 ", "2-fa 123456 ", "cvv 123 ", "G-123456 is your code ", "backup code ab-12-cd ",
    "0000 ", "4111", "1111 ", "visa", "378282246310005", "6011.1111.1111.1117", "order 1234567890123456 ",
    "Kennwort ist ", "Contrase\u00f1a: ", "senha ", "hunter2 ", "://u:p@h ", "api key = ", "otpauth://totp/x?secret=A",
    "xoxb-123456789012 ", "AKIA" + "ABCDEFGHIJKLMNOP ", "eyJabcdefghi.abcdefghi ", "0x", "[1," + "2," * 62 + "3]",
    "bob [at] mail [dot] com ", "tel 1234567 ", "call me on ", "private key is ", "PuTTY-User-Key-File-2",
)  # fmt: skip
TEXT = st.lists(st.sampled_from((*FRAGMENTS, *PIECES)), max_size=16).map("".join)
ANYTHING = re.compile("")


def _open_all(patch: pytest.MonkeyPatch) -> None:
    view = sys.modules["bot.core.redaction.view"]
    for module in (view, access):
        patch.setattr(module, "has_any", lambda *_: True)
    for module in (access, contacts, payment_cards):
        patch.setattr(module, "digits", lambda _: 1000)
    for module in (api_keys, wallets):
        patch.setattr(module, "_MAY_HAVE_FORM", ANYTHING)
    patch.setattr(wallets, "_may_have", lambda _: True)
    patch.setattr(view, "_CONTROL", ANYTHING)


@given(text=TEXT)
def test_a_guard_leaves_out_nothing(text: str) -> None:
    found = redact(text)
    with pytest.MonkeyPatch.context() as patch:
        _open_all(patch)
        assert redact(text) == found
