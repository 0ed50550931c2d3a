"""Show that a text which is cut fits, says where the rest is, and leaves nothing open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.showing.markdown import rendered
from bot.adapters.discord.showing.markup import line, plain, rest_at, shortened
from bot.chat.markdown import width
from tests.adapters.discord.showing.test_markdown import DOCUMENTS, DOMAINS
from tests.adapters.discord.showing.test_markup import TEXTS
from tests.loopback.discord.reading import PINGS, read

URL = "https://example.com/articles/1"
ENDING = "…\nRead the rest: <https://example.com/articles/1>"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@given(DOCUMENTS, st.integers(1, 300))
def test_an_entry_that_is_cut_fits_and_leaves_no_style_and_no_code_open(markdown: str, limit: int) -> None:
    shown = shortened(rendered(markdown, domains=DOMAINS), limit)
    assert width(shown) <= limit
    assert not PINGS.search(shown)
    kinds = {part.kind for part in read(shown)}
    assert kinds <= {"text", "link", "code", "style", "block"}
    styles = [part.text for part in read(shown) if part.kind == "style"]
    assert all(styles.count(style) % 2 == 0 for style in styles)


@given(TEXTS, st.integers(1, 60))
def test_a_text_that_is_cut_is_still_only_text(text: str, limit: int) -> None:
    shown = shortened(plain(text), limit)
    assert width(shown) <= limit
    assert {part.kind for part in read(shown)} <= {"text"}


@pytest.mark.parametrize("limit", [256, 1_024, 2_000, 4_096])
def test_what_just_fits_stays_and_one_more_is_cut(limit: int) -> None:
    ending = rest_at(URL, domains=DOMAINS)
    assert shortened("x" * limit, limit, ending=ending) == "x" * limit
    over = shortened("x" * (limit + 1), limit, ending=ending)
    assert width(over) == limit
    assert over.endswith(ENDING)


def test_the_rest_is_named_only_where_links_may_lead() -> None:
    assert rest_at(URL, domains=DOMAINS) == ENDING
    assert rest_at("https://evil.net/", domains=DOMAINS) == "…"
    assert rest_at(None, domains=DOMAINS) == "…"


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("one two three", 10, "one two…"),
        ("**one two three**", 12, "**one two**…"),
        ("***one two three***", 14, "***one two***…"),
        ("one **two**", 7, "one…"),
        ("a **bbbbb**", 7, "a…"),
        ("see <https://example.com/a> now", 20, "see…"),
        ("ab\\*\\*\\*", 6, "ab\\*…"),
        ("a **b\\_\\_**", 8, "a **b**…"),
        ("```py\none\ntwo\nthree\n```", 20, "```py\none\ntwo\n```…"),
        ("text `some code` text", 14, "text…"),
        ("ab" + FAMILY, 9, "ab…"),
        ("ab" + FAMILY, 10, "ab" + FAMILY),
        ("ab\U0001f1eb\U0001f1f7cd", 6, "ab…"),
        ("1234\\*\ufe0f\u20e3 stop", 8, "1234…"),
        ("12\U0001f600", 3, "12…"),
    ],
)
def test_nothing_is_taken_apart(text: str, limit: int, shown: str) -> None:
    assert shortened(text, limit) == shown


def test_an_ending_that_leaves_no_room_is_left_out() -> None:
    assert shortened("one two three", 10, ending=ENDING) == "one two…"


@given(TEXTS, st.integers(1, 100))
def test_a_line_has_no_break_and_fits(text: str, limit: int) -> None:
    shown = line(text, limit)
    assert "\n" not in shown
    assert width(shown) <= limit
