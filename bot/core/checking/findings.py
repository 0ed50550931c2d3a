"""Define what a check of entries finds.

The `what` and the `remedy` of a finding are clauses without a capital and a full stop, as those of a `Problem`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.core.local_answers import LocalAnswer
from bot.core.models import Entry
from bot.core.reader import answers_of


class Severity(StrEnum):
    """How bad a finding is: surely wrong, likely wrong, or worth knowing; the worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Check(StrEnum):
    """What is looked for, in the order in which it is reported."""

    UNREADABLE = "unreadable"
    SECRET = "secret"  # noqa: S105  # the name of a check, not a secret
    EMPTY = "empty-answer"
    PLACEHOLDER = "placeholder"
    LINK = "link"
    MISPLACED = "misplaced-answer"
    CONTRADICTION = "contradiction"
    NEAR_COPY = "near-copy"
    CONFUSED = "confused-phrasing"
    EXCLUDED = "excluded-phrasing"
    CUT = "cut-answer"
    POINTER = "points-at-nothing"
    REPEATED = "repeated-passage"
    UNSEEN = "unseen-character"
    OVERDUE = "overdue"
    ENDED = "ended"
    RATED = "rated-wrong"
    NO_CATEGORY = "no-category"
    NEVER_ASKED = "never-asked"
    NO_ENTRY = "no-entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An entry to check, and the file and line that it is from; an `excerpt` was cut by the page it comes from.

    One that is `translated` is as it reads in a language that is not its own.
    """

    entry: Entry
    place: str | None = None
    excerpt: bool = False
    translated: bool = False

    @property
    def answers(self) -> Iterator[tuple[str, str, LocalAnswer]]:
        """Yield its answers, the plain one first, each with the field and how to name it in front of a finding."""
        for number, one in enumerate(answers_of(self.entry)):
            is_plain = number == 0 and not self.translated
            yield "answer" if is_plain else "answers", "" if is_plain else f"for {one.place}, ", one

    def field_of(self, phrasing: str) -> str:
        """Return the field that a phrasing stands in."""
        if self.translated or phrasing not in self.entry.phrasings:
            return "answers"
        return "question" if phrasing == self.entry.question else "aliases"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFinding:
    """One thing that is wrong: with which entry, where, what it is, and what to do about it.

    `place` is the file and line, if it was read from one; `field` is named as in a file. One without an entry is about
    the FAQ as a whole. What is `fixable` can be put right without a person.
    """

    check: Check
    severity: Severity
    what: str
    remedy: str
    entry_id: str | None = None
    field: str | None = None
    place: str | None = None
    fixable: bool = False

    @property
    def where(self) -> str:
        """Return the place, the entry and the field, as far as there are any."""
        return ": ".join(part for part in (self.place, self.entry_id, self.field) if part)


def finding_in(  # noqa: PLR0913  # what is said of a finding
    checked: Checked,
    check: Check,
    severity: Severity,
    *,
    field: str,
    what: str,
    remedy: str,
    fixable: bool = False,
) -> CheckFinding:
    """Return a finding in a field of an entry."""
    return CheckFinding(
        check=check,
        severity=severity,
        what=what,
        remedy=remedy,
        entry_id=checked.entry.id,
        field=field,
        place=checked.place,
        fixable=fixable,
    )


def in_order(findings: Iterable[CheckFinding]) -> tuple[CheckFinding, ...]:
    """Return findings with the worst first, then by check and entry."""
    severities, checks = list(Severity), list(Check)
    return tuple(
        sorted(
            findings,
            key=lambda each: (
                severities.index(each.severity),
                checks.index(each.check),
                each.entry_id or "",
                each.what,
            ),
        )
    )
