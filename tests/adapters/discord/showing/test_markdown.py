"""Show that Discord shows entries well, and obeys only the styles that their authors chose."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.showing.markdown import rendered
from tests.adapters.discord.showing.test_markup import TEXTS
from tests.loopback.discord.reading import PINGS, links, read, seen

DOMAINS = ("example.com",)
CHOSEN = {"text", "link", "code", "style", "block"}
BLOCKS = ("\n\n", "\n- ", "\n  1. ", "\n> ", "\n# ", "\n```py\n", "\n~~~\n", "\n|a|b|\n|-|-|\n|1|2|\n", "`", "**")
DOCUMENTS = st.lists(
    st.one_of(
        TEXTS,
        st.sampled_from(BLOCKS),
        TEXTS.map(lambda text: f"[{text}](https://example.com/?q={text})"),
        TEXTS.map(lambda text: f"![{text}](https://evil.net/{text})"),
    ),
    max_size=10,
).map("".join)


@given(DOCUMENTS)
def test_no_entry_pings_or_masks_a_link_or_leaves_the_domains(markdown: str) -> None:
    shown = rendered(markdown, domains=DOMAINS)
    assert not PINGS.search(shown)
    assert {part.kind for part in read(shown)} <= CHOSEN
    assert {urlsplit(link).hostname for link in links(shown)} <= {"example.com"}
    assert {part.text for part in read(shown) if part.kind == "style"} <= {"**", "*", "~~"}


@given(TEXTS)
def test_nothing_ends_a_block_of_code(code: str) -> None:
    shown = rendered(f"~~~\n{code.replace('~', '')}\n~~~\nafter *this*")
    assert seen(shown).count("after") <= 1 + code.count("after")
    assert [part.kind for part in read(shown)][-3:] == ["style", "text", "style"]


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("# How *it* works", "**How *it* works**"),
        ("one\ntwo\n\nthree", "one\ntwo\n\nthree"),
        ("__bold__ _leaning_ ~~gone~~ `code`", "**bold** *leaning* ~~gone~~ `code`"),
        ("**one **two** three**", "**one two three**"),
        ("Do this:\n1. one\n   - a\n   - b\n2. two", "Do this:\n1. one\n   - a\n   - b\n2. two"),
        ("- one\n\n  more\n- two", "- one\n  more\n- two"),
        ("> quoted\n> > twice", "> quoted\n> \n> twice"),
        ("|A|Fee|\n|---|---|\n| **TRON** | 1 |\n| | 2 |", "- **A**: **TRON** · **Fee**: 1\n- **Fee**: 2"),
        ("```python\nprint(1)\n```", "```python\nprint(1)\n```"),
        ("```ansi\n\x1b[31mred\n```", "```\n[31mred\n```"),
        ("~~~\n```\n~~~", "```\n`\u200b``\n```"),
        ("`` a`b ``", "a\\`b"),
        ("`a`<!-- -->`b`", "`a`\\<!-- -->`b`"),
        ("\\``a`", "\\`\u200b`a`"),
        ("*a*_b_", "*a*\u200b*b*"),
        ("***", "———"),
        ("<b>bold</b> &lt;i&gt;", "\\<b>bold\\<\u200b/b> \\<i>"),
        ("||spoiler|| [1] a_b", "\\|\\|spoiler\\|\\| \\[1] a\\_b"),
        ("", ""),
    ],
)
def test_markdown_becomes_what_discord_knows(markdown: str, shown: str) -> None:
    assert rendered(markdown) == shown


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("[our page](https://example.com/a)", "our page (<https://example.com/a>)"),
        ("[**our** page](https://help.example.com/)", "**our** page (<https://help.example.com/>)"),
        ("<https://example.com/a>", "<https://example.com/a>"),
        ("[https://example.com/a](https://example.com/a)", "<https://example.com/a>"),
        ("https://example.com/a.", "<https://example.com/a>."),
        ("![a chart](https://example.com/c.png)", "a chart (<https://example.com/c.png>)"),
        ("[prize](https://evil.net/x)", "prize (https:\u200b//evil.net/x)"),
        ("[https://example.com](https://evil.net)", "<https://example.com> (https:\u200b//evil.net)"),
        ("[there](#anchor)", "there (\\#anchor)"),
        ("[run](javascript:alert(1))", "\\[run](javascript:alert(1))"),
        ("@[everyone](https://example.com/)", "@\u200beveryone (<https://example.com/>)"),
        ("&#64;here", "@\u200bhere"),
    ],
)
def test_a_link_shows_where_it_leads(markdown: str, shown: str) -> None:
    assert rendered(markdown, domains=DOMAINS) == shown


@pytest.mark.parametrize("markdown", ["> " * 3000 + "x", "*a " * 3000 + "b*" * 3000, "[" * 3000, "- " * 3000 + "x"])
def test_depth_harms_nobody(markdown: str) -> None:
    assert not PINGS.search(rendered(markdown))
