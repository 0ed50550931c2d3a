"""The walk over Markdown hands every part to its renderer, at any depth, and renders words alone by default."""

from collections.abc import Sequence

import pytest

from bot.chat.markdown import Block, Item, Renderer, Span, parse


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
