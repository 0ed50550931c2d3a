"""Blank what a page holds for its renderer and nobody reads: comments, imports, marks for a table of contents."""

import re

from bot.formats.containers import CODE_SPAN, fenced

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|\{/\*.*?\*/\}", re.DOTALL)
_MODULE = re.compile(r"import\s(?:.+\sfrom\s+)?['\"][^'\"]+['\"];?\s*$|export\s+(?:const|default|function)\b")
_TOC = re.compile(
    r"\s*--8<--(?:\s+\S.*)?$|\s*\[(?:TOC|\[_?TOC_?\])\]\s*$|\s*\[\[_?TOC_?\]\]\s*$|\s*\{:[^{}]*\}\s*$|\s*\{toc\}\s*$"
    r"|\s*\{%[^{}]*%\}\s*$|\s*\{\{[<%][^{}]*[%>]\}\}\s*$",
    re.IGNORECASE,
)


def without_comments(text: str) -> str:
    """Return the text with comments, imports and marks for a table of contents blank; its lines keep their numbers."""
    lines = text.split("\n")
    code = list(fenced(lines))
    masked = "\n".join(
        "\0" * len(line) if inside else CODE_SPAN.sub(lambda span: "\0" * len(span[0]), line)
        for line, inside in zip(lines, code, strict=True)
    )
    parts, end = [], 0
    for comment in _COMMENT.finditer(masked):
        parts += [text[end : comment.start()], "\n" * comment[0].count("\n")]
        end = comment.end()
    kept = "".join([*parts, text[end:]]).split("\n")
    return "\n".join(
        line if inside or not (_MODULE.match(line) or _TOC.match(line)) else ""
        for line, inside in zip(kept, code, strict=True)
    )
