"""Part a message into the questions that it asks."""

import re

from bot.core.searching.contrasts.reading import rule_out_each_other
from bot.core.searching.text import plain, tokens
from bot.core.searching.words import carrying

MOST = 4
# More would be a story; each part that is ranked costs as much as a question.
_ASKS = r"(?:how|what|whats|why|when|where|who|which|can|could|do|does|did|is|are|will|would|should|may)\b"
_BREAK = re.compile(
    rf"[?\uff1f\u061f\u0964]+\s+|[.!;\n]+\s*(?={_ASKS})"
    rf"|\s*,?\s+(?:and|also|plus|or)\s+(?:also\s+|then\s+|secondly\s+)?(?={_ASKS})",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b([\w-]+)\s*(?:\band\b|\bor\b|&|/)\s*([\w-]+)\b", re.IGNORECASE)
_QUESTION = re.compile(rf"(?:^|[\s,.:;(]){_ASKS}|[?\uff1f\u061f]", re.IGNORECASE)


def questions_in(text: str) -> tuple[str, ...]:
    """Return the questions of a message that asks several, each with words of its own; nothing where it asks one.

    What is no question by its own look, such as the story before it, is none.
    """
    parts = _BREAK.split(plain(text))
    found = [part.strip() for part in parts if _QUESTION.search(part) and carrying(tokens(part))]
    if len(found) > 1:
        return tuple(found[:MOST])
    return _each_of_two(plain(text))


def _each_of_two(text: str) -> tuple[str, ...]:
    """Return "how do I deposit" and "how do I withdraw" for "how do I deposit and withdraw"."""
    for joined in _JOINED.finditer(text):
        one, other = joined.group(1), joined.group(2)
        if rule_out_each_other(one, other):
            before, after = text[: joined.start()], text[joined.end() :]
            return f"{before}{one}{after}".strip(), f"{before}{other}{after}".strip()
    return ()
