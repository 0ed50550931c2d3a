"""Find what the log says of entries: those that nobody asks for or that do not help, and questions without one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.checking.findings import Check, CheckFinding, Severity
from bot.core.fields import shown

# So many ratings tell something of an answer, and so many questions of what is asked.
FEWEST_RATINGS, FEWEST_QUESTIONS = 3, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """How often an entry was asked for and rated; one that `is_new` may not have had the time."""

    entry_id: str
    asked: int
    helpful: int = 0
    wrong: int = 0
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Questions on one topic that nothing answers, quoted where enough people asked."""

    text: str | None
    askers: int


def in_usage(used: Sequence[Used], missing: Sequence[Missing], *, days: int) -> Iterator[CheckFinding]:
    """Yield what the questions of the last `days` say of the entries."""
    enough = sum(one.asked for one in used) >= FEWEST_QUESTIONS
    for one in used:
        rated = one.helpful + one.wrong
        if rated >= FEWEST_RATINGS and one.wrong > one.helpful:
            yield _about(
                one,
                Check.RATED,
                Severity.WARNING,
                what=f"{one.wrong} of {rated} ratings in {days} days say that the answer was wrong",
                remedy="look at what was asked: the answer is wrong, or a phrasing draws other questions",
            )
        if enough and not one.asked and not one.is_new:
            what = f"nobody asked for it in {days} days"
            yield _about(one, Check.NEVER_ASKED, Severity.NOTE, what=what, remedy="retire it, or add phrasings to it")
    for each in missing:
        if each.text is not None:
            yield CheckFinding(
                check=Check.NO_ENTRY,
                severity=Severity.NOTE,
                what=f"{each.askers} people asked '{shown(each.text)}', and no entry answers it",
                remedy="see faqbot review list, and answer it there",
            )


def _about(used: Used, check: Check, severity: Severity, *, what: str, remedy: str) -> CheckFinding:
    return CheckFinding(check=check, severity=severity, what=what, remedy=remedy, entry_id=used.entry_id)
