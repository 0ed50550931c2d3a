"""Show that Markdown of others stays readable in a markdown block, and can do no harm there."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.adapters.slack.showing.markdown import fallback, markdown
from bot.adapters.slack.showing.parts import FALLBACK, MARKDOWN
from bot.chat.markdown import kept, width

DOMAINS = {"example.com"}
# A client that shows the block may take HTML for HTML, unlike the parser of the product.
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
PIECES = [
    "<!channel>", "<@U123ABC>", "<#C1>", "<!subteam^S1>", "@here", "@everyone",
    "<0https://evil.test", "&lt;!here&gt;", "&#60;!here>", "\\<!here>",
    "[a](https://evil.test)", "[https://example.com](https://evil.test)", "[x]", "[x]: https://evil.test\n",
    "](https://evil.test)",
    "<https://evil.test|bank>", "<https://evil.test>", "https://evil.test/x", "evil.test", "![i](https://evil.test/i.png)",
    "[ok](https://example.com/a_(b))", "https://example.com", "[evil.test](https://example.com)",
    "[", "]", "(", ")", "!",
    "`", "``", "```", "```\n", "~~~\n", "~~", "*", "**", "_", "__", "\\", "|", "| a | b |\n|---|---|\n| c | d |\n",
    "#", "# ", "> ", "- ", "+ ", "* ",
    "1. ", "2) ", "---\n", "===\n", "    ", "\t", "\n", "\n\n", "  \n", " ", "a", "b c",
    "<b>", "<!--", "-->", "<script>", "<br>",
    "&", "&amp;", "&#10;", "&#32;", "\u202e", "\x00", "👍", "é",
]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)


def tokens(text: str) -> Iterator[Token]:
    """Yield every token of a text, those inside paragraphs too."""
    for token in READER.parse(text):
        yield token
        yield from token.children or ()


def words(text: str) -> str:
    """Return the words that a reader sees."""
    seen = "".join(token.content for token in tokens(text) if token.type in {"text", "code_inline", "fence"})
    return re.sub(r"[\W_]+", "", seen)


@given(HOSTILE)
def test_nothing_pings(text: str) -> None:
    shown = markdown(text, domains=DOMAINS)
    assert not re.search(r"<[@#!]|<\w+://|@(?:here|channel|everyone)\b", shown, re.IGNORECASE)
    assert not any(re.search(r"<[@#!]|&lt;[@#!]", token.content) for token in tokens(shown) if not token.children)


@given(HOSTILE)
def test_links_lead_to_allowed_domains_and_say_so(text: str) -> None:
    shown = list(tokens(markdown(text, domains=DOMAINS)))
    assert not [token for token in shown if token.type in {"image", "html_block", "html_inline"}]
    for number, token in enumerate(shown):
        if token.type == "link_open":
            assert kept(str(token.attrs["href"]), DOMAINS) == token.attrs["href"]
            assert "evil.test" not in shown[number + 1].content


@given(HOSTILE)
def test_other_addresses_are_only_shown_as_code(text: str) -> None:
    text = markdown(text, domains=DOMAINS)
    bare = [token.content for token in tokens(text) if token.type == "text" and "://" in token.content]
    assert not [content for content in bare if re.search(r"\w://\w", content) and "https://example.com" not in content]


@given(HOSTILE)
def test_nothing_breaks_out_of_the_block(text: str) -> None:
    last = READER.parse(markdown(text, domains=DOMAINS) + "\n\nEnd")[-3:]
    assert [token.type for token in last] == ["paragraph_open", "inline", "paragraph_close"]
    assert last[1].content == "End"
    assert last[0].level == 0


@given(HOSTILE)
def test_writing_it_anew_twice_changes_nothing(text: str) -> None:
    once = markdown(text, domains=DOMAINS)
    assert words(markdown(once, domains=DOMAINS)) == words(once)


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=40))
def test_plain_words_stay(text: str) -> None:
    letters = re.sub(r"[^a-z]", "", text)
    assert words(markdown(letters, domains=DOMAINS)) == letters


@given(HOSTILE, st.integers(50, 200))
def test_stays_within_a_limit_and_whole(text: str, limit: int) -> None:
    shown = markdown(text * 3, domains=DOMAINS, limit=limit, more="https://example.com/rest")
    assert width(shown) <= limit
    assert READER.parse(shown + "\n\nEnd")[-2].content == "End"


@pytest.mark.parametrize("unit", ["a", "👍", "&", "a ", "a\n\n", "- a\n", "`a` "])
def test_at_the_limit_nothing_is_left_out_and_beyond_it_the_rest_is_linked(unit: str) -> None:
    text = unit
    while width(markdown(text + unit, domains=DOMAINS, limit=200)) <= 200 and "…" not in markdown(
        text + unit, domains=DOMAINS, limit=200
    ):
        text += unit
    whole = markdown(text, domains=DOMAINS)
    assert markdown(text, domains=DOMAINS, limit=width(whole)) == whole
    less = markdown(text, domains=DOMAINS, limit=width(whole) - 1, more="https://example.com/a")
    assert less.endswith("… [Read the rest](https://example.com/a)")
    assert width(less) < width(whole)


@pytest.mark.parametrize(("length", "cut"), [(MARKDOWN, False), (MARKDOWN + 1, True)])
def test_cuts_at_what_a_markdown_block_takes(length: int, *, cut: bool) -> None:
    shown = markdown("a" * length, domains=())
    assert width(shown) <= MARKDOWN
    assert shown.endswith("…") is cut


def test_cuts_between_blocks_where_most_of_the_room_is_used() -> None:
    text = "one " * 20 + "\n\n```\n" + "two\n" * 20 + "```"
    assert markdown(text, domains=(), limit=120) == ("one " * 20).strip() + "\n\n…"


def test_a_fence_that_is_cut_is_closed() -> None:
    shown = markdown("```sh\n" + "run it\n" * 50 + "```", domains=(), limit=60)
    assert shown.startswith("```sh\nrun it\n")
    assert shown.endswith("\n```\n\n…")


def test_no_address_is_cut_into_another_one() -> None:
    text = "word " * 9 + "https://example.com/a/very/long/path"
    assert "https" not in markdown(text, domains=DOMAINS, limit=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* **b** ~~c~~ `d`", "*a* **b** ~~c~~ `d`"),
        ("a\nb  \nc", "a\nb  \nc"),
        ("Title\n=====\n\n- a\n  - b\n- c", "# Title\n\n- a\n  - b\n- c"),
        ("3) a\n4) b", "3) a\n4) b"),
        ("> a\n> > b", "> a\n>\n> > b"),
        ("```python\nx < 1\n```", "```python\nx < 1\n```"),
        ("|a|b|\n|-|-|\n|`x\\|y`|c|", "| a | b |\n| --- | --- |\n| `x\\|y` | c |"),
        ("a<br>b", "a  \nb"),
        ("snake_case 2 * 3 ~5 C# e-mail", "snake_case 2 * 3 ~5 C# e-mail"),
        ("\\# no \\* no", "\\# no * no"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("[a](https://example.com/x)", "[a](https://example.com/x)"),
        ("[a](https://evil.test/x)", "a (`https://evil.test/x`)"),
        ("[evil.test](https://example.com)", "`evil.test` ([https://example.com](https://example.com))"),
        ("![scheme](https://example.com/i.png)", "[scheme](https://example.com/i.png)"),
        ("Look\\![here](https://example.com)", "Look\\![here](https://example.com)"),
        ("[a\\](x) b](https://example.com)", "[a\\](x) b](https://example.com)"),
        ("~~~\n```\na\n~~~", "```\n`\u2060`\u2060`\u2060\na\n```"),
        ("[write](mailto:a@b.test)", "write (`a@b.test`)"),
        ("`` a`b https://evil.test ``", "a\\`b `https://evil.test`"),
        ("<https://a.test>`b`", "`https://a.test` `b`"),
        ("see docs.example.com.", "see [docs.example.com](https://docs.example.com)."),
        ("", "…"),
    ],
)
def test_keeps_what_is_good(text: str, expected: str) -> None:
    assert markdown(text, domains=DOMAINS) == expected


@given(HOSTILE)
def test_the_fallback_holds_nothing_that_slack_acts_on(text: str) -> None:
    assert not re.search(r"[<>]|@(?:here|channel|everyone)\b", fallback(text), re.IGNORECASE)


@pytest.mark.parametrize(("length", "cut"), [(FALLBACK, False), (FALLBACK + 1, True)])
def test_the_fallback_is_cut_at_its_limit(length: int, *, cut: bool) -> None:
    shown = fallback("a" * length)
    assert width(shown) == FALLBACK
    assert shown.endswith("…") is cut


def test_the_fallback_holds_the_words_alone() -> None:
    assert fallback("# A\n\n- *b* [c](https://d.test)\n\n|e|f|\n|-|-|\n|g|h|") == "A\nb c\ne | f\ng | h"


def test_takes_deep_nesting_and_long_runs() -> None:
    for text in (
        "> " * 2_000,
        "- " * 2_000,
        "[" * 5_000,
        "*" * 5_000,
        "`" * 5_000,
        "a_" * 5_000,
        "<" * 5_000,
        "*a " * 400 + "b*" * 400,
    ):
        assert width(markdown(text, domains=DOMAINS)) <= MARKDOWN


def test_the_fallback_is_never_empty() -> None:
    assert fallback("\u2060 \n") == fallback("") == "…"
