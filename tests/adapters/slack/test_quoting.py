"""What somebody wrote in Slack becomes Markdown that says the same, and pings nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.reading import quoted


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("plain", "plain"),
        ("it is *bold* and _so_ and ~gone~", "it is **bold** and _so_ and ~~gone~~"),
        ("2 * 3 * 4 and a*b*c", "2 * 3 * 4 and a*b*c"),
        ("see <https://example.com/a|the [plan]>", "see [the (plan)](https://example.com/a)"),
        ("see <https://example.com/a>", "see https://example.com/a"),
        ("• one\n• two", "- one\n- two"),
        ("`*code*` and ```x = *y*```", "`*code*` and ```x = *y*```"),
        ("ask <@U00000001> in <#C00000001|help>", "ask   in #help"),
        ("<!channel> a &lt; b &amp;&amp; c", "a < b && c"),
    ],
)
def test_markup_says_the_same_in_markdown(written: str, markdown: str) -> None:
    assert quoted(written) == markdown


@given(
    st.lists(
        st.sampled_from(["*", "_", "~", "`", "```", "<", ">", "|", "@U1", "!here", "https://x.y", "&lt;", "a ", "\n"])
    )
)
def test_no_mention_of_slack_is_left(parts: list[str]) -> None:
    markdown = quoted("".join(parts))

    assert "<@U1>" not in markdown or "&lt;" in "".join(parts)
    assert "<!here>" not in markdown or "&lt;" in "".join(parts)
