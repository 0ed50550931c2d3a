"""Word the weekly digest for moderators, a line for each fact, in Markdown."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from bot.core.models import ItemKind
from bot.core.wording.languages import Counted, Message, day, day_of_year, in_words

NOBODY_ASKED = Message("- Nobody asked anything.")
MOST_WANTED = Message("- Most wanted without an answer:")
NONE_QUOTED = Message("- Open questions are there, none of them asked by enough people to quote it.")


class Trend(StrEnum):
    """How a week compares with the one before."""

    FIRST = "first"
    SAME = "same"
    MORE = "more"
    FEWER = "fewer"


_HEADING = Message("**FAQ, {first} to {last}**")
_ASKED: Mapping[Trend, Message] = {
    Trend.FIRST: Message("- {questions} from {people}, after a week without any."),
    Trend.SAME: Message("- {questions} from {people}, as many as the week before."),
    Trend.MORE: Message("- {questions} from {people}, {share} more than the week before."),
    Trend.FEWER: Message("- {questions} from {people}, {share} fewer than the week before."),
}
_SHARES = Message("- {answered} answered, {suggested} offered as choices, {unanswered} without an answer.")
_RATINGS = Counted(
    "- {helpful} of {count} rating said that the answer helped.",
    "- {helpful} of {count} ratings said that the answer helped.",
)
_ANSWERED_LATER = Counted(
    "- {count} question got an answer from a moderator, the median after {time}.",
    "- {count} questions got an answer from a moderator, the median after {time}.",
)
_GAP = Message("  {place}. “{text}” ({people})")
_NOT_ASKED_FOR = Message("- {count} of {entries} not asked for: {some}.")
_MORE_NOT_ASKED_FOR = Message("- {count} of {entries} not asked for: {some} and others.")

_DATED: Mapping[ItemKind, Message] = {
    ItemKind.EXPIRED: Message("- {count} past the last day: {some}."),
    ItemKind.DUE: Message("- {count} to be looked at again: {some}."),
    ItemKind.OVERTAKEN: Message("- {count} whose source is newer: {some}."),
}
_MORE_DATED: Mapping[ItemKind, Message] = {
    ItemKind.EXPIRED: Message("- {count} past the last day: {some} and others."),
    ItemKind.DUE: Message("- {count} to be looked at again: {some} and others."),
    ItemKind.OVERTAKEN: Message("- {count} whose source is newer: {some} and others."),
}
_TO_MEND = Message("- {some} in the entries; see them with `faqbot faq check`.")
_BOTH = Message("{first} and {second}")
_ERRORS = Counted("{count} error", "{count} errors")
_WARNINGS = Counted("{count} warning", "{count} warnings")
_QUESTIONS = Counted("{count} question", "{count} questions")
_PEOPLE = Counted("{count} person", "{count} people")
_ENTRIES = Counted("{count} entry", "{count} entries")


def heading(first: date, last: date) -> str:
    """Return which week it is."""
    return _HEADING.format(first=day_of_year(first), last=day(last))


def asked(questions: int, people: int, trend: Trend, share: str) -> str:
    """Return how much was asked, by how many, and how that compares; `share` is of the difference."""
    return _ASKED[trend].format(questions=_QUESTIONS.format(questions), people=_PEOPLE.format(people), share=share)


def shares(answered: str, suggested: str, unanswered: str) -> str:
    """Return what became of the questions."""
    return _SHARES.format(answered=answered, suggested=suggested, unanswered=unanswered)


def ratings(helpful: int, rated: int) -> str:
    """Return how many said that an answer helped."""
    return _RATINGS.format(rated, helpful=helpful)


def answered_later(count: int, median: timedelta) -> str:
    """Return how many got an answer from a moderator, and how soon."""
    return _ANSWERED_LATER.format(count, count=count, time=in_words(median.total_seconds()))


def gap(place: int, text: str, people: int) -> str:
    """Return an open question, and how many asked it."""
    return _GAP.format(place=place, text=text, people=_PEOPLE.format(people))


def not_asked_for(count: int, entries: int, some: str, *, more: bool) -> str:
    """Return how many entries nobody asked for, and some of them."""
    template = _MORE_NOT_ASKED_FOR if more else _NOT_ASKED_FOR
    return template.format(count=count, entries=_ENTRIES.format(entries), some=some)


def entry(entry_id: str, owner: str | None) -> str:
    """Return an entry and who looks after it."""
    return entry_id if owner is None else f"{entry_id} ({owner})"


def dated(kind: ItemKind, count: int, some: str, *, more: bool) -> str:
    """Return how many entries have a date that has come, and some of them."""
    return (_MORE_DATED if more else _DATED)[kind].format(count=_ENTRIES.format(count), some=some)


def to_mend(errors: int, warnings: int) -> str:
    """Return how many things are wrong with the entries, and how to see them."""
    found = [words.format(count) for words, count in ((_ERRORS, errors), (_WARNINGS, warnings)) if count]
    some = _BOTH.format(first=found[0], second=found[1]) if found[1:] else "".join(found)
    return _TO_MEND.format(some=some)
