"""Show that what tells quickly that a text has nothing of a kind leaves out nothing that the patterns would find."""

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import combinations_with_replacement
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.redaction import access, identifiers, payment_cards, redact, wallets
from bot.core.redaction.payment_cards import with_right_digit
from bot.core.redaction.view import View
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
view: Any = import_module("bot.core.redaction.view")  # a function of the package has that name too


def _open_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(view.Anchored, "finditer", lambda self, low: self._pattern.finditer(low))
    for module in (access, identifiers):
        patch.setattr(module, "has_any", lambda *_: True)
    for module in (access, identifiers, payment_cards):
        patch.setattr(module, "digits", lambda _: 1000)
    for module in (identifiers, wallets):
        patch.setattr(module, "has_run", lambda *_, **__: True)
    patch.setattr(access, "_MAY_BE_BEFORE", ANYTHING)
    patch.setattr(access, "_told_before", _told_before_at_every_letter)
    patch.setattr(payment_cards, "_MAY_BE_ROW", ANYTHING)
    patch.setattr(payment_cards, "_MAY_NAME", ANYTHING)
    patch.setattr(payment_cards, "places", lambda low, _: range(len(low)))
    patch.setattr(wallets, "_may_have", lambda *_: True)
    patch.setattr(wallets, "_without_listing", _without_listing_at_every_letter)
    patch.setattr(view, "_CONTROL", ANYTHING)


def _told_before_at_every_letter(seen: View) -> Iterator[tuple[int, int]]:
    for match in access._BEFORE.finditer(seen.low):  # noqa: SLF001  # a guard is inside
        value = re.compile(r"\S+").match(seen.text, match.start())
        if value and access._CLEARLY.match(value[0]):  # noqa: SLF001  # as above
            yield value.span()


def _without_listing_at_every_letter(seen: View) -> str:
    listed = wallets._LISTING.sub(lambda match: "\0" * len(match[0]), seen.low)  # noqa: SLF001  # as above
    return "".join(" " if low == "\0" else letter for low, letter in zip(listed, seen.text, strict=True))


@given(text=TEXT)
def test_a_guard_leaves_out_nothing(text: str) -> None:
    found = redact(text)
    with pytest.MonkeyPatch.context() as patch:
        _open_all(patch)
        assert redact(text) == found


@given(text=TEXT | st.text(alphabet="0123456789 -_.x+\n", max_size=60))
def test_groups_of_digits_are_found_as_one_after_the_other(text: str) -> None:
    low = view.view(text).low
    found = with_right_digit(low, lengths=payment_cards.LENGTHS, longest_phone=15)
    assert sorted(found) == sorted(_one_after_the_other(low))


START, END = r"(?:(?<![a-z0-9])|(?<=card)|(?<=visa)|(?<=amex))(?<!\d\.)", r"(?!(?!cv[vc]|exp)[a-z0-9]|\.\d)"
ROW = re.compile(rf"{START}\d(?:[ \t_-]{{0,3}}\d){{11,}}{END}")


def _one_after_the_other(low: str) -> Iterator[tuple[int, int, str]]:
    for row in ROW.finditer(low):
        groups = [*re.compile(r"\d+").finditer(low, row.start(), row.end())]
        if low[: row.start()].endswith("+") and sum(len(group[0]) for group in groups) <= 15:
            continue
        for first, last in combinations_with_replacement(range(len(groups)), 2):
            *before, end = (len(group[0]) for group in groups[first : last + 1])
            number = "".join(group[0] for group in groups[first : last + 1])
            is_grouped = all(size >= 4 for size in before) or (len(set(before)) == 1 and end <= before[0])
            if is_grouped and (first == 0 or len(groups[first][0]) > 1) and payment_cards.passes_luhn(number):
                yield groups[first].start(), groups[last].end(), number
