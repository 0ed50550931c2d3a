"""Name what is taken out of a text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What was found; the first in this list wins where two findings meet."""

    SEED_PHRASE = "seed phrase"
    PRIVATE_KEY = "private key"
    KEY = "key"
    PASSWORD = "password"  # noqa: S105  # the name of a kind, not a password
    CARD = "card"
    EMAIL = "email"
    PHONE = "phone"
    CODE = "code"

    @property
    def placeholder(self) -> str:
        """Return what stands in the text instead."""
        return f"[{self}]"


_ORDER = list(FindingKind)
SECRET_KINDS = frozenset({FindingKind.SEED_PHRASE, FindingKind.PRIVATE_KEY})
"""What gives a wallet away for good: of a text with one of these nothing is kept."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One stretch of text to redact."""

    start: int
    end: int
    kind: FindingKind


_JOINED = re.compile(r"[A-Za-z0-9]*(?:[+.:/_()#-]{1,3}[A-Za-z0-9]+)*")


def merge(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings in order of place, those that overlap made one.

    Each takes what is joined to its end along: half of a secret may be left there, or the next one, which no pattern
    would know without the letters before it.
    """
    merged: list[Finding] = []
    for found in sorted(findings, key=lambda found: found.start):
        last = merged.pop() if merged and found.start < merged[-1].end else found
        kind = min(last.kind, found.kind, key=_ORDER.index)
        end = last.end if last.end > found.end else _joined_end(text, found.end)
        merged.append(Finding(last.start, end, kind))
    return merged


def _joined_end(text: str, end: int) -> int:
    joined = _JOINED.match(text, end)
    return joined.end() if joined else end
