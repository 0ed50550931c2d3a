"""Word for moderators why the bot decided as it did, a line for each fact."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.core.models import IgnoreReason

ELSEWHERE = "an entry that is not for here"
"""Names an entry that those who read along may not know of."""

NO_ANSWER = "Decided: no answer fits"
NOTHING_TO_SAY = "nothing to say"
ONLY_LOGGED = "only logged"
EDITED = "the question was edited"
HUMAN_ASKED = "somebody asked for a human"
CALLED = "the people on call were told"
DELETED = "the question was deleted"
_TIME = "%-d %B %Y, %H:%M UTC"


def question(question_id: str, text: str | None) -> str:
    """Return which question it is."""
    return f"{question_id}: the text is not kept" if text is None else f"{question_id}: {text}"


def asked(at: datetime, surface: str, audience: str) -> str:
    """Return when and where it was asked."""
    return f"Asked on {at:{_TIME}} as {surface}, for an audience that is {audience}"


def answered(entry: str) -> str:
    """Return what it was answered with."""
    return f"Decided: answered with {entry}"


def offered(entries: Iterable[str]) -> str:
    """Return what was offered."""
    return f"Decided: offered {', '.join(entries)}"


def ignored(reason: IgnoreReason) -> str:
    """Return why it is no question."""
    return f"Decided: no question ({reason.replace('_', ' ')})"


def nearest(entries: Iterable[str]) -> str:
    """Return the entries that came nearest."""
    return f"Nearest: {', '.join(entries)}"


def differs(differences: Iterable[str]) -> str:
    """Return why the nearest entry was only offered."""
    return f"Not answered, since it differs: {'; '.join(differences)}"


def ended(entry: str, day: date) -> str:
    """Return which entry has ended, and when."""
    return f"{entry}, whose last day was {day:%-d %B %Y}"


def withheld(entries: Iterable[str]) -> str:
    """Return which entries were not given, since they had ended."""
    return f"Withheld: {'; '.join(entries)}"


def thresholds(values: Iterable[str]) -> str:
    """Return the thresholds that counted."""
    return f"Thresholds: {', '.join(values)}"


def versions(scorer: object, content: object) -> str:
    """Return by which versions it was decided."""
    return f"Versions: scorer {scorer}, content {content}"


def reply(facts: Iterable[str]) -> str:
    """Return what became of the reply."""
    return f"Reply: {', '.join(facts)}"


def in_review(item_id: str) -> str:
    """Return the item that the question is in."""
    return f"In the review: {item_id}"
