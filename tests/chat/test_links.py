"""Show that only plain web addresses of the allowed domains stay links."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markdown import host_of, kept

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
