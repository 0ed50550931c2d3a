"""What HTML reads as in Markdown: what is seen stays, in its order, and what is not seen goes."""

import pytest

from bot.formats.markup import markdown_of


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        ("<p> </p>", ""),
        ("one\u00a0two\r\nthree", "one two\nthree"),
        ("<b>one</b>\n\ntwo\nthree", "**one**\n\ntwo\nthree"),
        ("&lt;p&gt;So.&lt;/p&gt;", "So."),
        ("<p>See &lt;b&gt;here&lt;/b&gt;, <code>&lt;i&gt;x&lt;/i&gt;</code>.</p>", "See **here**, `<i>x</i>`."),
        ("<p>The tag &lt;b&gt; makes text bold.</p>", "The tag <b> makes text bold."),
        ("<p>a <span hidden>no</span>b <span style='display: none'>no</span>c</p>", "a b c"),
        ("<p>a <code> </code><code>b`c</code></p>", "a `` b`c ``"),
        ("<ul><!--x--><li>one</li><ul><li>in</li></ul><li hidden>no</li><li>two</li></ul>", "- one\n  - in\n- two"),
        ("<ol start=3><li>x</li><li></li><li>y</li></ol>", "3. x\n4. y"),
        ("<ol start=second><li>x</li></ol>", "1. x"),
        ("<blockquote><p>one</p><p>two</p></blockquote><blockquote></blockquote>", "> one\n>\n> two"),
        ("<table><tr><td></td></tr></table>x", "x"),
        ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\n\nb"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td></tr></table>", "| a | b |\n| --- | --- |\n| 1\\|2 |  |"),
        ("<h2></h2><hr>x", "x"),
        ("<h2>Steps <!--x-->to<br>take</h2><hr>x", "**Steps to take**\n\nx"),
    ],
)
def test_what_is_seen_stays(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/a b(c)", "[here](https://example.org/a%20b%28c%29)"),
        ("here", "<here>"),
        ("", "here"),
        ("#top", "here"),
        ("javascript:alert(1)", "here"),
        ("data:text/html,x", "here"),
    ],
)
def test_a_link_leads_to_where_a_browser_goes_by_itself_or_is_words(address: str, link: str) -> None:
    assert markdown_of(f"<p><a href='{address}'>here</a></p>") == link


@pytest.mark.parametrize("tags", ["<div>", "<span>", "<b>", "<ul><li>", "<ul>", "<blockquote>"])
@pytest.mark.parametrize("depth", [110, 5_000])
def test_of_what_is_nested_without_end_the_words_stay(tags: str, depth: int) -> None:
    assert "deep below" in markdown_of(f"<p>top</p>{tags * depth}<li>deep <!--x--> below")


@pytest.mark.parametrize("size", [10, 200_000])
def test_tags_that_are_spelled_out_are_left_in_a_text_about_markup_and_in_an_endless_one(size: int) -> None:
    text = "<p>Write &lt;b&gt;x&lt;/b&gt; in HTML to make it bold.</p>" + "x" * size
    assert "<b>x</b> in HTML" in markdown_of(text)
