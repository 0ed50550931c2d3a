"""Remove markup, prefixes and numbers from the questions of tables."""

import html
import re

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_PREFIX = re.compile(
    r"^(?:\s*(?:#{1,6}\s+|[-*•]\s+|\(?\d{1,3}(?:\.\d{1,3})*[.)]\s+"
    r"|(?:Q|F|P|Question|Frage|Pregunta|Domanda|Pergunta|Vraag|Вопрос|Pytanie|Soru|问|問|Вопр)\s*\d{0,3}\s*[:.)：]\s+))+",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(\*\*|__|\*|`|~~)(?=\S)(.+?)(?<=\S)\1")
_UNDERLINE = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")


def clean_question(written: str) -> str:
    """Return the words of a question in one line."""
    text = html.unescape(_TAG.sub(" ", written)) if _TAG.search(written) or "&" in written else written
    text = _LINK.sub(r"\1", text)
    text = _UNDERLINE.sub(r"\1", _EMPHASIS.sub(r"\2", text))
    bare = _EMPHASIS.sub(r"\2", _PREFIX.sub("", text))
    return " ".join(bare.split()) or " ".join(text.split())
