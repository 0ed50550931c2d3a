"""Show that text in Slack's own markup is shown as it was written, and does nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.showing.parts import group_mention, link, mention, mrkdwn, plain
from bot.chat.markdown import width

HOSTILE = st.lists(
    st.sampled_from([
        "<!channel>", "<!here|x>", "<@U123ABC>", "<#C123|a>", "<!subteam^S1>", "<https://evil.test|bank>",
        "@here", "@channel",
        "&lt;!channel&gt;", "&amp;lt;@U1>", "<", ">", "&", "|", "\u202e", "\x00", "\n", "a", " ", "👍",
    ])
    | st.text(max_size=5)
).map("".join)  # fmt: skip
ACTIVE = re.compile(r"<|>|&(?!(?:amp|lt|gt);)|@(?:here|channel|everyone)\b", re.IGNORECASE)


@given(HOSTILE)
def test_holds_nothing_that_slack_acts_on(text: str) -> None:
    assert not ACTIVE.search(mrkdwn(text))


@given(HOSTILE)
def test_pings_nobody_even_when_it_is_read_twice(text: str) -> None:
    once = mrkdwn(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    twice = once.replace("&lt;", "<")
    assert not re.search(r"<[@#!]|<\w+://", once)
    assert not re.search(r"<[@#!]", twice)


@given(HOSTILE, st.integers(1, 60))
def test_stays_within_a_limit_with_whole_entities(text: str, limit: int) -> None:
    shown = mrkdwn(text, limit)
    assert width(shown) <= limit
    assert not re.search(r"&[a-z]*(?!.)|&(?!(?:amp|lt|gt);)", shown.removesuffix("…"), re.DOTALL)


@pytest.mark.parametrize(
    ("text", "expected"), [("a<b>", "a&lt;b&gt;"), ("<<<<", "&lt;&lt;…"), ("abcdefghijk&", "abcdefghijk…")]
)
def test_cuts_between_entities(text: str, expected: str) -> None:
    assert mrkdwn(text, 12) == expected


def test_drops_what_turns_the_reading_direction_and_what_nobody_sees() -> None:
    assert mrkdwn("a\u202eb\x00c\r\nd\u2060") == "abc\nd"


def test_plain_text_is_one_line_and_never_empty() -> None:
    assert plain(" a\n b ", 10) == "a b"
    assert plain("abcdefghijk", 10) == "abcdefghi…"
    assert plain("\x00 ", 10) == "…"


def test_links_to_allowed_domains_only() -> None:
    assert (
        link("https://a.test/x?a=1&b=2", "A & <B>|", {"a.test"}) == "<https://a.test/x?a=1&amp;b=2|A &amp; &lt;B&gt;/>"
    )
    assert link("https://b.test", "B", {"a.test"}) == "B"
    assert link(None, "B", {"a.test"}) == "B"


@given(st.text(), st.text())
def test_a_link_has_one_address_and_one_label(path: str, label: str) -> None:
    shown = link(f"https://a.test/{path}", label, {"a.test"})
    assert re.fullmatch(r"<https://a\.test/[!-;=?-{}~]*\|[^<>|]*>", shown)


def test_mentions_take_ids_and_nothing_else() -> None:
    assert mention("U123ABC") == "<@U123ABC>"
    assert group_mention("S123ABC") == "<!subteam^S123ABC>"
    assert mention("!channel") == mention("U1> <!channel") == group_mention("x") == ""
