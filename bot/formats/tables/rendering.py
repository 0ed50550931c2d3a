"""Turn the text of an answer into Markdown, also where it is HTML or a card."""

import html
import json
import re

from bot.formats.structured import markdown_of

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|a|b|i|u|strong|em|h[1-6]|table|tr|td|th|pre|code|img|blockquote|hr|script|style)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    r"&(?:amp|nbsp|quot|lt|gt|apos|[lr]squo|[lr]dquo|[mn]dash|hellip|#\d{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE
)
_CARD_KEYS = frozenset({"title", "subtitle", "description", "imageUrl", "redirectionUrl"})


def render(written: str) -> str:
    """Return the text as Markdown."""
    card = _card(written)
    if card is not None:
        return card
    spoken = _CODE.sub(" ", written)
    if _MARKUP.search(spoken):
        return markdown_of(written)
    return html.unescape(written).replace("\u00a0", " ") if _ENTITY.search(spoken) else written


def _card(written: str) -> str | None:
    """Return the text of a card, which FAQ Plus keeps as JSON in place of an answer."""
    if not written.startswith("{"):
        return None
    try:
        card = json.loads(written)
    except (json.JSONDecodeError, RecursionError):
        return None
    if not isinstance(card, dict) or "description" not in card or not card.keys() <= _CARD_KEYS:
        return None
    url = str(card.get("redirectionUrl") or "")
    link = f"[{card.get('title') or card.get('subtitle') or url}]({url})" if url else ""
    return "\n\n".join(part for part in (str(card["description"] or ""), link) if part)
