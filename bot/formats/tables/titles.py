"""Remove markup, labels and numbers from the questions of tables."""

import html
import re

from bot.formats.marks import plain_title

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_HEADING = re.compile(r"^\s*(?:#{1,6}|[-*•])\s+")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`|~~)(?=\S)(.+?)(?<=\S)\1")
_UNDERLINE = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")


def clean_question(written: str) -> str:
    """Return the words of a question in one line."""
    text = _LINK.sub(r"\1", html.unescape(_TAG.sub(" ", written)))
    plain = _UNDERLINE.sub(r"\1", _EMPHASIS.sub(r"\2", _HEADING.sub("", text)))
    return plain_title(plain) or " ".join(text.split())
