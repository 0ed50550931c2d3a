"""Find what gives something away in the texts of an entry, without showing it."""

from collections.abc import Iterator

from bot.core.checking.answers import texts
from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, finding_in
from bot.core.redaction import FindingKind, redact

# Addresses and numbers of the house are what people ask an FAQ for.
_CONTACTS = frozenset({FindingKind.EMAIL, FindingKind.PHONE})


def in_secrets(checked: Checked) -> Iterator[CheckFinding]:
    """Yield the secrets in an entry, each kind once a text."""
    for field, text in texts(checked):
        for kind in dict.fromkeys(redact(text).found):
            if kind not in _CONTACTS:
                severity = Severity.WARNING if kind is FindingKind.CODE else Severity.ERROR
                what = f"the text holds what looks like a {kind}"
                remedy = "take it out, and change it where it counts"
                yield finding_in(checked, Check.SECRET, severity, field=field, what=what, remedy=remedy)
