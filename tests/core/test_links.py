"""Show which links may be followed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.links import WEB_LINK, is_allowed, tidy

DOMAINS = ("example.com", "Help.Example.org")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "http://www.example.com/a?b=c#d",
        "HTTPS://EXAMPLE.COM/x",
        "https://help.example.org/a_(b)/c",
    ],
)
def test_a_domain_and_what_is_under_it_is_allowed(url: str) -> None:
    assert is_allowed(url, DOMAINS)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com.evil.net/",
        "https://notexample.com/",
        "https://example.org/",
        "https://example.com@evil.net/",
        "https://evil.net\\@example.com/",
        "https://evil.net/?https://example.com",
        "https://ex\u0430mple.com/",
        "https://example.com:8443/",
        "https://example.com:port/",
        "https://[::1]/",
        "https://[example.com/",
        "https://example.com/ and more",
        "//example.com/",
        "javascript://example.com/",
        "",
    ],
)
def test_anything_that_only_looks_like_it_is_not(url: str) -> None:
    assert not is_allowed(url, DOMAINS)


def test_no_domains_allow_nothing() -> None:
    assert not is_allowed("https://example.com/", ())


def test_the_end_of_a_sentence_is_no_part_of_a_link() -> None:
    assert WEB_LINK.findall("See (https://example.com/a), or https://example.com/b.") == [
        "https://example.com/a",
        "https://example.com/b",
    ]


@given(st.text())
def test_a_tidy_link_holds_no_sign_of_formatting_and_is_tidied_once(path: str) -> None:
    url = tidy(f"https://example.com/{path.encode('utf-8', 'ignore').decode()}")
    assert not set('<>*|~`@\\"{} \n') & set(url)
    assert tidy(url) == url
