"""Word the weekly digest for moderators, a line for each fact, in Markdown."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from bot.core.models import ItemKind
from bot.core.wording.durations import in_words

NOBODY_ASKED = "- Nobody asked anything."
MOST_WANTED = "- Most wanted without an answer:"
NONE_QUOTED = "- Open questions are there, none of them asked by enough people to quote it."


class Trend(StrEnum):
    """How a week compares with the one before."""

    FIRST = "first"
    SAME = "same"
    MORE = "more"
    FEWER = "fewer"


_ASKED: Mapping[Trend, str] = {
    Trend.FIRST: "- {questions} from {people}, after a week without any.",
    Trend.SAME: "- {questions} from {people}, as many as the week before.",
    Trend.MORE: "- {questions} from {people}, {share} more than the week before.",
    Trend.FEWER: "- {questions} from {people}, {share} fewer than the week before.",
}
_ENTRIES = "- {count} of {entries} not asked for: {some}."
_MORE_ENTRIES = "- {count} of {entries} not asked for: {some} and others."

_DATES: Mapping[ItemKind, str] = {
    ItemKind.EXPIRED: "past the last day",
    ItemKind.DUE: "to be looked at again",
    ItemKind.OVERTAKEN: "whose source is newer",
}
_DATED = "- {count} {what}: {some}."
_MORE_DATED = "- {count} {what}: {some} and others."


def heading(first: date, last: date) -> str:
    """Return which week it is."""
    return f"**FAQ, {first.day} {first:%B} to {last.day} {last:%B %Y}**"


def asked(questions: int, people: int, trend: Trend, share: str) -> str:
    """Return how much was asked, by how many, and how that compares; `share` is of the difference."""
    return _ASKED[trend].format(questions=_questions(questions), people=_people(people), share=share)


def shares(answered: str, suggested: str, unanswered: str) -> str:
    """Return what became of the questions."""
    return f"- {answered} answered, {suggested} offered as choices, {unanswered} without an answer."


def ratings(helpful: int, rated: int) -> str:
    """Return how many said that an answer helped."""
    if rated == 1:
        return f"- {helpful} of {rated:,} rating said that the answer helped."
    return f"- {helpful} of {rated:,} ratings said that the answer helped."


def answered_later(count: int, median: timedelta) -> str:
    """Return how many got an answer from a moderator, and how soon."""
    time = in_words(median.total_seconds())
    if count == 1:
        return f"- {count} question got an answer from a moderator, the median after {time}."
    return f"- {count} questions got an answer from a moderator, the median after {time}."


def gap(place: int, text: str, people: int) -> str:
    """Return an open question, and how many asked it."""
    return f"  {place}. “{text}” ({_people(people)})"


def not_asked_for(count: int, entries: int, some: str, *, more: bool) -> str:
    """Return how many entries nobody asked for, and some of them."""
    template = _MORE_ENTRIES if more else _ENTRIES
    return template.format(count=count, entries=_entries(entries), some=some)


def entry(entry_id: str, owner: str | None) -> str:
    """Return an entry and who looks after it."""
    return entry_id if owner is None else f"{entry_id} ({owner})"


def dated(kind: ItemKind, count: int, some: str, *, more: bool) -> str:
    """Return how many entries have a date that has come, and some of them."""
    template = _MORE_DATED if more else _DATED
    return template.format(count=_entries(count), what=_DATES[kind], some=some)


def to_mend(errors: int, warnings: int) -> str:
    """Return how many things are wrong with the entries, and how to see them."""
    both = (_counted(errors, "error"), _counted(warnings, "warning"))
    some = " and ".join(part for part, count in zip(both, (errors, warnings), strict=True) if count)
    return f"- {some} in the entries; see them with `faqbot faq check`."


def _counted(count: int, one: str) -> str:
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"


def _questions(count: int) -> str:
    return f"{count:,} question" if count == 1 else f"{count:,} questions"


def _people(count: int) -> str:
    return f"{count:,} person" if count == 1 else f"{count:,} people"


def _entries(count: int) -> str:
    return f"{count:,} entry" if count == 1 else f"{count:,} entries"
