"""Show that Discord obeys nothing of what people wrote."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.adapters.discord.showing.markup import escaped, label, linked, plain, sealed
from bot.core.wording.visible import visible
from tests.loopback.discord.reading import PINGS, links, read, seen

DOMAINS = ("example.com",)
# What formatting is made of, so that chance finds more than letters.
SIGNS = st.sampled_from([
    *"\\*_~|`<>[]()#-+.:/@!&\n 1", "```", "||", "**", "@everyone", "@here", "<@123>", "<@&9>", "<#5>", "</ask:1>",
    "https://", "https://evil.net/x", "https://example.com/a_b*c", "discord.gg/abc", "[a](https://evil.net)",
    "<t:1:R>", "<:a:1>", "# ", "- ", "> ", ">>> ", "1. ", "-# ", "\u200b", "\u202e", "\u200d", "word", "\U0001f44d",
])  # fmt: skip
TEXTS = st.lists(st.one_of(SIGNS, st.text(max_size=3)), max_size=25).map("".join)


@example("# a\n-# b\n> c\n>>> d\n- e\n 1. f\n12) g\n* h\n+ i")
@example("@everyone @here <@1> <@!2> <@&3> <#4> </ask:5> <:a:6> <t:7:R> <id:home>")
@example("[a](https://evil.net) <https://evil.net> https://evil.net discord.gg/abc steam://run")
@example("**a** *b* __c__ _d_ ~~e~~ ||f|| `g` ```h```\\")
@given(TEXTS)
def test_a_text_is_seen_as_it_was_written_and_nothing_of_it_is_obeyed(text: str) -> None:
    shown = plain(text)
    assert {part.kind for part in read(shown)} <= {"text"}
    assert seen(shown) == visible(text)
    assert not PINGS.search(shown)


@given(TEXTS)
def test_links_lead_to_the_domains_alone(text: str) -> None:
    shown = plain(text, domains=DOMAINS)
    assert {part.kind for part in read(shown)} <= {"text", "link"}
    assert {urlsplit(link).hostname for link in links(shown)} <= {"example.com"}
    assert not PINGS.search(shown)


@given(st.lists(TEXTS, max_size=4))
def test_parts_make_no_mention_and_no_link_together(parts: list[str]) -> None:
    shown = sealed("**".join(escaped(visible(part)) for part in parts))
    assert {part.kind for part in read(shown)} <= {"text", "style"}
    assert not PINGS.search(shown)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (("@", "everyone"), "@\u200beveryone"),
        (("https:", "//evil.net"), "https:\u200b//evil.net"),
        (("discord", ".gg/abc"), "discord.\u200bgg/abc"),
        (("<", "@12>"), "\\<\u200b@12>"),
    ],
)
def test_what_comes_together_is_kept_apart(parts: tuple[str, ...], shown: str) -> None:
    assert sealed("".join(map(escaped, parts))) == shown


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com.evil.net/",
        "https://example.com@evil.net/",
        "https://evil.net\\@example.com/",
        "https://ex\u0430mple.com/",
        "javascript:alert(1)",
        "discord://example.com/",
    ],
)
def test_an_address_that_only_looks_like_the_domain_is_text(url: str) -> None:
    assert linked(url, domains=DOMAINS) is None
    assert links(plain(f"see {url} now", domains=DOMAINS)) == []


def test_a_link_to_the_domain_stays_one_without_the_end_of_the_sentence() -> None:
    shown = plain("Look (https://example.com/a_b), @here.", domains=DOMAINS)
    assert shown == "Look (<https://example.com/a_b>), @\u200bhere."


def test_signs_of_a_style_in_a_link_are_encoded() -> None:
    assert linked("https://example.com/**~~@everyone", domains=DOMAINS) == (
        "<https://example.com/%2A%2A%7E%7E%40everyone>"
    )


def test_a_label_is_one_visible_line_and_never_empty() -> None:
    assert label(" *one*\n\u202e two ", 80) == "*one* two"
    assert label("\u200b", 80) == "…"
    assert label("", 80, empty="Question") == "Question"


@pytest.mark.parametrize(("length", "shown"), [(80, 80), (81, 80)])
def test_a_label_fits(length: int, shown: int) -> None:
    assert len(label("x" * length, 80)) == shown
