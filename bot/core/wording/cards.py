"""The content of a review card, once for all platforms."""

from dataclasses import replace

from bot.core.models import ItemKind, ItemStatus, Match
from bot.core.review import ItemQuestion, ItemResolution, ReviewItem
from bot.core.wording.labels import KINDS, REASONS, STATUSES

SEALED = "For staff only: others read along here. Please look at it in the app."
_NEAREST = 5
_WORDINGS = 5
_TIME = "%-d %B %Y, %H:%M UTC"
_ASKED = {
    (True, True): "Asked once by one person",
    (True, False): "Asked once by {people} people",
    (False, True): "Asked {times} times by one person",
    (False, False): "Asked {times} times by {people} people",
}
"""By whether it was asked once, and by one person."""

_ASKED_ON = {
    (True, True): "Asked once by one person on {where}",
    (True, False): "Asked once by {people} people on {where}",
    (False, True): "Asked {times} times by one person on {where}",
    (False, False): "Asked {times} times by {people} people on {where}",
}

_DAY = "%-d %B %Y"
_DATED = {
    ItemKind.EXPIRED: "Its last day was {day}",
    ItemKind.DUE: "It was to be looked at by {day}",
    ItemKind.OVERTAKEN: "Its source changed on {day}, and its answer is still what a moderator wrote",
}


def heading(item: ReviewItem) -> str:
    """Return the id of an item, what brought it into the review, and how it stands."""
    return f"{item.id} · {KINDS[item.kind]} · {STATUSES[item.status]}"


def often(item: ReviewItem) -> str:
    """Return how often and by how many people it was asked, and where; or which date of an entry has come."""
    if item.day is not None:
        return _DATED[item.kind].format(day=f"{item.day:{_DAY}}")
    if not item.count:
        return "Asked by nobody yet"
    template = (_ASKED_ON if item.platforms else _ASKED)[item.count == 1, item.askers == 1]
    where = " and ".join(map(str.capitalize, item.platforms))
    return template.format(times=item.count, people=item.askers, where=where)


def state(item: ReviewItem) -> str:
    """Return what became of an item, or until when it sleeps; nothing of one that just waits."""
    if item.resolution is not None:
        return _resolved(item.status, item.resolution)
    if item.status is ItemStatus.SNOOZED and item.snoozed_until is not None:
        return f"Snoozed until {item.snoozed_until:{_TIME}}"
    return ""


def sealed(item: ReviewItem) -> ReviewItem:
    """Return an item without a word of what was asked, for a place where others than its audience read along."""
    resolution = None if item.resolution is None else replace(item.resolution, entry_id=None, note=None)
    return replace(
        item, text=SEALED, nearest=(), questions=(), entry_id=None, entry_question=None, resolution=resolution
    )


def nearest(item: ReviewItem) -> tuple[Match, ...]:
    """Return the entries that come nearest to what was asked, as many as a card has room for."""
    return item.nearest[:_NEAREST]


def quoted(item: ReviewItem) -> tuple[ItemQuestion, ...]:
    """Return the last questions, newest first, each wording once, as many as a card has room for."""
    latest = {question.text: question for question in item.questions}
    return tuple(list(latest.values())[::-1][:_WORDINGS])


def near(match: Match) -> str:
    """Return how likely an entry is the right one, and which it is."""
    return f"{match.confidence:.0%} {match.entry_id}"


def _resolved(status: ItemStatus, resolution: ItemResolution) -> str:
    what = resolution.entry_id or resolution.merged_into or (REASONS[resolution.reason] if resolution.reason else None)
    done = f"{STATUSES[status]} by {resolution.actor} on {resolution.at:{_TIME}}"
    return ": ".join(filter(None, (done, what, resolution.note)))
