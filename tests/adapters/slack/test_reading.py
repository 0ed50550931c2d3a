"""Show that what people write in Slack is read as they see it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.reading import mentioned, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<@U0BOT> where is it?", "where is it?"),
        ("<@U0BOT|faq> hi <!here> all", "hi   all"),
        ("see <https://example.com/a|the plan> &amp; <https://example.com>", "see the plan & https://example.com"),
        ("in <#C1|general> or <#C2>", "in #general or"),
        ("1 &lt; 2 &amp;lt; 3", "1 < 2 &lt; 3"),
        ("mail <mailto:a@example.com|a@example.com>", "mail a@example.com"),
    ],
)
def test_markup_is_read_as_it_is_shown(text: str, expected: str) -> None:
    assert words(text) == expected


def test_members_who_are_mentioned_are_found() -> None:
    assert mentioned("<@U1> <@W2|will> <!channel> <@S3> @U4 &lt;@U5&gt;") == {"U1", "W2"}


@given(st.text(alphabet="<>@!#|&;ltgamp U1Cab", max_size=60))
def test_anything_is_read(text: str) -> None:
    assert words(text) == words(text).strip()
    assert all(f"<@{user}" in text for user in mentioned(text))
