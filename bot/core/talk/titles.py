# ruff: noqa: RUF001  # words of other languages
"""Extract the title of an entry from what somebody asked, without greetings, names and order numbers."""

import re

from bot.core.searching.text import tokens
from bot.core.talk.asking import asks, own_words
from bot.core.talk.cues import ASKING
from bot.core.talk.said_back import may_follow

_NUMBERED = (
    r"order|ticket|invoice|booking|reference|ref|case|tracking|customer|transaction|bestellung|bestellnummer|rechnung"
    r"|buchung|vorgang|kundennummer|pedido|factura|reserva|commande|facture|dossier|заказ\w*|счёт\w*|номер"
)
# What is kept says what it is about; whose it is goes: "my order #4821-99" is "my order".
_NUMBER = re.compile(
    rf"\b({_NUMBERED})((?:\s+(?:number|no\.?|nr\.?|id|n[°º]))?\s*[#:№]?\s*(?=[\w-]*\d{{3}})[\w-]+)", re.IGNORECASE
)
_SIGNED_NUMBER = re.compile(r"\s*[#№]\s?\d{3}[\w-]*")
_NAME = re.compile(
    r"\b(?:and\s+|und\s+)?(?:my name is|i am called|mein name ist|ich hei(?:ß|ss)e|me llamo|mi nombre es"
    r"|je m['’]appelle|mon nom est|меня зовут)\s+\w+(?:[\s-]+(?!(?:and|und|y|et|и)\b)\w+)?[\s,.;:]*"
    r"(?:(?:and|und|y|et|и)\s+)?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?\u3002\uff1f\u061f])\s+|\n+")


def title_of(text: str) -> str:
    """Return the question of a text without greeting, signature, names and order numbers; it may be what it was.

    Of several sentences the first one that asks counts, unless it points at what stands in another one.
    """
    said = _SIGNED_NUMBER.sub("", _NUMBER.sub(r"\1", " ".join(_NAME.sub(" ", own_words(text)).split())))
    sentences = [part for part in _SENTENCE.split(said) if tokens(part)]
    asking = [part for part in sentences if ASKING.search(part)] or [part for part in sentences if asks(part)]
    if len(sentences) > 1 and asking and not may_follow(asking[0]):
        said = asking[0]
    found = said.strip(" ,;:-")
    return found if tokens(found) else " ".join(text.split())
