"""Turn the text of an answer into Markdown, also where it is HTML or a card."""

import json

_CARD_KEYS = frozenset({"title", "subtitle", "description", "imageUrl", "redirectionUrl"})


def render(written: str) -> str:
    """Return the text as Markdown."""
    return _card(written) or written


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
