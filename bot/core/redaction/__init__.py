"""Redact what must not be stored: contacts, cards, keys, passwords, codes, seed phrases, private keys.

Where a text can be read in two ways the stricter one wins, with these exceptions, because they are public and support
needs them: wallet addresses, transaction hashes and the ids of orders, users and blocks. A string of 64 hexadecimal
digits may be a transaction hash or a private key; `wallets` decides by the words around it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.redaction.access import find_codes, find_passwords
from bot.core.redaction.identifiers import find_api_keys, find_emails, find_phones
from bot.core.redaction.payment_cards import find_payment_cards
from bot.core.redaction.view import SECRET_KINDS, Finding, FindingKind, View, merge, view
from bot.core.redaction.wallets import find_private_keys, find_seed_phrases

__all__ = ["FindingKind", "Redacted", "redact"]

_FINDERS: Final[tuple[Callable[[View], Iterator[Finding]], ...]] = (
    find_seed_phrases,
    find_private_keys,
    find_api_keys,
    find_passwords,
    find_payment_cards,
    find_emails,
    find_phones,
    find_codes,
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text that may be stored, and what was taken out of it; of a `secret` text only placeholders are left."""

    text: str
    found: tuple[FindingKind, ...] = ()

    @property
    def secret(self) -> bool:
        """Return whether the text held a seed phrase or a private key, so that nothing of it may be stored."""
        return any(kind in self.found for kind in SECRET_KINDS)


def redact(text: str) -> Redacted:
    """Return the text with a placeholder for everything that must not be stored."""
    found: list[FindingKind] = []
    while findings := _find(text):  # what one placeholder uncovers, the next round takes
        found += [kind for _, _, kind in findings]
        text = _replace(text, findings)
    secrets = sorted((kind for kind in SECRET_KINDS if kind in found), key=found.index)
    if secrets:  # what stood beside it may be the rest of it
        text = " ".join(kind.placeholder for kind in secrets)
    return Redacted(text, tuple(found))


def _find(text: str) -> Sequence[Finding]:
    seen = view(text)
    return seen.originals(merge(seen.text, (found for find in _FINDERS for found in find(seen))))


def _replace(text: str, findings: Sequence[Finding]) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop, kind in findings:
        pieces += (text[end:start], kind.placeholder)
        end = stop
    return "".join((*pieces, text[end:]))
