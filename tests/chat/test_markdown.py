"""Markdown is walked alike for all platforms, links that lie are none, and texts are cut between characters."""

import unicodedata
from collections.abc import Sequence
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markdown import MARK, Block, Item, Renderer, Span, beginning, cut, host_of, kept, parse, width


class Outline(Renderer):
    """Write the structure of a document with the names of its parts."""

    def gap(self, before: Block, block: Block, text: str, *, in_item: bool) -> str:
        """Return how two blocks follow each other."""
        del text
        return f" {before.kind}{'-' if in_item else '+'}{block.kind} "

    def items(self, items: Sequence[Item]) -> str:
        """Return the items with their numbers and signs."""
        return ";".join(f"{item.number}{item.markup}{item.text}" for item in items)

    def style(self, kind: str, markup: str, inner: str, *, outermost: bool) -> str:
        """Return words with the name of their style."""
        return f"{kind}{markup}{outermost}({inner})"

    def link(self, label: Span, url: str) -> str:
        """Return a label as it is written and as it is seen, and the address."""
        return f"{label.kind}({label.written}|{label.seen}|{url})"


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("a\n\nb", "a paragraph+paragraph b"),
        ("3. a\n   - b", "3.a paragraph-bullet_list None-b"),
        ("**a __b__**", "strong**True(a strong__False(b))"),
        ("[*a* `b`](x)![c](y)", "link(em*True(a) b|a b|x)image(|c|y)"),
    ],
)
def test_each_part_is_handed_to_the_renderer(source: str, written: str) -> None:
    assert Outline().blocks(parse(source)) == written


def test_words_alone_are_rendered_by_default() -> None:
    source = "# A\n\n> - *b* [c](https://d.test)\n\n---\n\n|e|f|\n|-|-|\n|g||\n\n```py\nh\n```"
    assert Renderer().blocks(parse(source)) == "A\nb c\ne | f\ng\nh"


@pytest.mark.parametrize("source", ["> " * 3_000 + "x", "*a " * 3_000 + "b*" * 3_000, "[" * 3_000, "- a " * 3_000])
def test_any_depth_is_walked(source: str) -> None:
    assert Renderer().blocks(parse(f"above\n\n{source}")).startswith("above")


DOMAINS = {"example.com"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com", "https://example.com"),
        ("HTTP://Docs.Example.COM/A?b=c#d", "http://docs.example.com/A?b=c#d"),
        ("https://example.com:8443/x", "https://example.com:8443/x"),
        ("https://example.com./x", "https://example.com/x"),
        ("https://example.com/a(b)|c>d", "https://example.com/a%28b%29%7Cc%3Ed"),
        ("https://example.com/ä b", "https://example.com/%C3%A4%20b"),
        ("https://example.com/%C3%A4", "https://example.com/%C3%A4"),
    ],
)
def test_keeps_pages_of_the_allowed_domains(url: str, expected: str) -> None:
    assert kept(url, DOMAINS) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com.evil.test",
        "https://notexample.com",
        "https://example.com@evil.test",
        "https://evil.test\\.example.com",
        "https://evil.test\\@example.com",
        "https://evil.test#.example.com",
        "https://evil.test?.example.com",
        "//example.com",
        "javascript:alert(1)//example.com",
        "ftp://example.com",
        "slack://example.com",
        "https:///example.com",
        "https://\u0435xample.com",
        "",
    ],
)
def test_refuses_everything_else(url: str) -> None:
    assert kept(url, DOMAINS) is None


def test_keeps_nothing_without_domains() -> None:
    assert kept("https://example.com", ()) is None


@given(st.text(max_size=20), st.text(max_size=20))
def test_what_is_kept_leads_to_an_allowed_host(before: str, after: str) -> None:
    url = kept(f"https://{before}example.com{after}", DOMAINS)
    if url is not None:
        host = urlsplit(url).hostname or ""
        assert host == host_of(url)
        assert host == "example.com" or host.endswith(".example.com")
        assert not set(url) & set(' <>|()\\`"\n')


def test_names_no_host_where_it_is_in_doubt() -> None:
    assert host_of("https://a.test/x") == "a.test"
    assert host_of("https://a@b.test") is None


FAMILY = "👨‍👩‍👧"
FLAGS = "🇩🇪🇫🇷"


@given(st.text())
def test_counts_what_utf_16_counts(text: str) -> None:
    assert width(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(), st.integers(1, 30))
def test_stays_within_the_limit_and_begins_as_the_text_does(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert width(shown) <= limit
    assert shown == text or (shown.endswith(MARK) and text.startswith(shown.removesuffix(MARK)))


@given(st.text(alphabet="ae\u0301👍🏽\u200d", max_size=20), st.integers(0, 20))
def test_what_is_left_out_never_begins_with_a_part_of_a_character(text: str, limit: int) -> None:
    kept = beginning(text, limit)
    rest = text[len(kept) :]
    assert not (kept and rest and unicodedata.category(rest[0]).startswith("M"))
    assert not (kept and rest[:1] in {"\u200d", "🏽"})


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab…"),
        ("👍👍", 4, "👍👍"),
        ("👍👍👍", 4, "👍…"),
        ("a👍🏽b", 4, "a…"),
        (FAMILY + "abc", 9, FAMILY + "…"),
        (FAMILY + "abc", 8, "…"),
        (FLAGS + "a", 8, "🇩🇪…"),
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
    ],
)
def test_cuts_between_whole_characters(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected
