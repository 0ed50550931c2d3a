"""Distinguish a sheet's name that is a category from one that a program or a habit gave it."""

import re

_USUAL = re.compile(
    r"(?:sheet|tabelle|feuille|feuil|hoja|foglio|planilha|folha|blad|лист|arkusz|sayfa|工作表|シート|table|tab)\s*\d*"
    r"|faqs?|q\s*&\s*a|data|daten|export|import|entries|fragen|questions?|knowledge ?base|kb|all|main|content",
    re.IGNORECASE,
)


def category_of(title: str) -> str | None:
    """Return the category that a sheet's name is, None for names such as `Sheet1`."""
    return None if _USUAL.fullmatch(title.strip()) else title.strip()
