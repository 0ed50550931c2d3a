"""The content of a review card, once for all platforms."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.models import Audience, DecisionKind, Entry, ItemKind, ItemStatus, Match
from bot.core.review import HeldReply, HeldStatus, ItemQuestion, ItemResolution, ReviewItem
from bot.core.wording.labels import AUDIENCES, DECISIONS, ENTRY_STATUSES, KINDS, REASONS, STATUSES, Label
from bot.core.wording.languages import Counted, Message, counted, day, moment

SEALED = Message("For staff only: others read along here. Please look at it in the app.")
_NEAREST = 5
_WORDINGS = 5
_AND = Message("{first} and {second}")
_ASKED = {
    True: Counted("Asked once by one person", "Asked once by {count} people"),
    False: Counted("Asked {times} times by one person", "Asked {times} times by {count} people"),
}
"""By whether it was asked once."""

_ASKED_ON = {
    True: Counted("Asked once by one person on {where}", "Asked once by {count} people on {where}"),
    False: Counted("Asked {times} times by one person on {where}", "Asked {times} times by {count} people on {where}"),
}
_BY_NOBODY = Message("Asked by nobody yet")
_DATED = {
    ItemKind.EXPIRED: Message("Its last day was {day}"),
    ItemKind.DUE: Message("It was to be looked at by {day}"),
    ItemKind.OVERTAKEN: Message("Its source changed on {day}, and its answer is still what a moderator wrote"),
}
_PHRASINGS = Counted("One phrasing", "{count} phrasings")
NOTHING_TO_GRADE = Message("No decision waits to be graded.")
GRADED = Counted(
    "One decision is graded in all. What that tells: faqbot tune",
    "{count} decisions are graded in all. What that tells: faqbot tune",
)
IS_FIRST_RIGHT = Message("Is the first entry the right one? If another is, name it. Wrong says that none is.")
CHANGED, SILENCED = "changed", "silenced"
_HELD: Mapping[str, Message] = {
    HeldStatus.SENT: Message("Sent by {actor}"),
    HeldStatus.EDITED: Message("Sent by {actor} in other words"),
    HeldStatus.DROPPED: Message("Dropped by {actor}"),
    HeldStatus.EXPIRED: Message("Expired; the question is in the review"),
    HeldStatus.HELPED: Message("Not sent: a team member has answered"),
    HeldStatus.GONE: Message("Not sent: the question was changed or deleted, or its author wants no later answers"),
    CHANGED: Message("Edited meanwhile, and nothing was sent. Please look at it again."),
    SILENCED: Message("The channel is off or in shadow mode now, and nothing was sent."),
}
"""Why a reply does not wait as it did, by the status that the store keeps, or by the reason of a refusal."""

_WITHOUT_DRAFTS = Message(
    "another mode: drafts wait in a review channel, and {setting} names none; set it and start the bot again"
)
_DRAFTS = Counted(
    "One draft waits to be sent, edited or dropped.", "{count} drafts wait to be sent, edited or dropped."
)
_WAITS = Message("Waits for a moderator until {time}")
_SUGGESTED = 3
_SUGGESTIONS = {
    (False, True): Message("{author}: {answer}"),
    (True, True): Message("{author}, solved it: {answer}"),
    (False, False): Message("{author}, not to be published as it stands: {answer}"),
    (True, False): Message("{author}, solved it, not to be published as it stands: {answer}"),
}
"""By whether it solved the question, and whether it may be published."""

_SNOOZED = Message("Snoozed until {time}")
_RESOLVED = Message("{status} by {actor} on {time}")


def grading_heading(question_id: str, place: int, most: int, decision: DecisionKind) -> str:
    """Return which decision of a sitting is shown, and how it went."""
    return f"{place}/{most} · {question_id} · {DECISIONS[decision]}"


def graded_so_far(count: int, *, is_over: bool) -> str:
    """Return what to say at the end of a sitting, or where there is nothing to grade any more."""
    lead = "" if is_over else f"{NOTHING_TO_GRADE} "
    return lead + GRADED.format(count, count=count)


def held_heading(held: HeldReply) -> str:
    """Return the id of a question whose reply is held, and that it is a draft."""
    return f"{held.question_id} · {Label.DRAFT}"


def drafts_waiting(count: int) -> str:
    """Return how many drafts wait for a moderator."""
    return _DRAFTS.format(count, count=counted(count))


def held_line(held: HeldReply) -> str:
    """Return a held reply in one line: the question, and what would be said to it; not made safe."""
    said = held.answer or ", ".join(match.phrase for match in held.matches)
    return f"{held_heading(held)} · {held.text} → {said}"


def held_until(held: HeldReply) -> str:
    """Return until when a held reply waits, or what became of it."""
    if held.waits_until is not None:
        return _WAITS.format(time=moment(held.waits_until))
    return held_state(held.status, held.actor or "")


def held_state(status: str, actor: str) -> str:
    """Return what became of a reply that was held."""
    return _HELD[status].format(actor=actor)


def without_drafts(platform: str) -> str:
    """Return that there are no drafts without a review channel of the platform."""
    return _WITHOUT_DRAFTS.format(setting=f"FAQBOT_{platform.upper()}_REVIEW_CHANNEL")


def sealed_held(held: HeldReply) -> HeldReply:
    """Return a held reply without a word of it, for a place where others than its audience read along."""
    return replace(held, text=str(SEALED), answer="", matches=())


def heading(item: ReviewItem) -> str:
    """Return the id of an item, what brought it into the review, and how it stands."""
    return f"{item.id} · {KINDS[item.kind]} · {STATUSES[item.status]}"


def often(item: ReviewItem) -> str:
    """Return how often and by how many people it was asked, and where; or the date or the flaw that an entry has."""
    if item.finding is not None:
        return item.finding
    if item.day is not None:
        return _DATED[item.kind].format(day=day(item.day))
    if not item.count:
        return str(_BY_NOBODY)
    template = (_ASKED_ON if item.platforms else _ASKED)[item.count == 1]
    where = _together(tuple(map(str.capitalize, item.platforms)))
    return template.format(item.askers, count=item.askers, times=item.count, where=where)


def state(item: ReviewItem) -> str:
    """Return what became of an item, or until when it sleeps; nothing of one that just waits."""
    if item.resolution is not None:
        return _resolved(item.status, item.resolution)
    if item.status is ItemStatus.SNOOZED and item.snoozed_until is not None:
        return _SNOOZED.format(time=moment(item.snoozed_until))
    return ""


def about_entry(entry: Entry) -> str:
    """Return what an entry is known by, who reads it, how it stands, and in how many ways it can be asked for."""
    phrasings = _PHRASINGS.format(len(entry.phrasings), count=counted(len(entry.phrasings)))
    return " · ".join((entry.id, str(AUDIENCES[entry.audience]), str(ENTRY_STATUSES[entry.status]), phrasings))


def sealed(item: ReviewItem) -> ReviewItem:
    """Return an item without a word of what was asked, for a place where others than its audience read along."""
    resolution = None if item.resolution is None else replace(item.resolution, entry_id=None, note=None)
    return replace(
        item,
        text=str(SEALED),
        nearest=(),
        suggested=(),
        questions=(),
        entry_id=None,
        entry_question=None,
        finding=None,
        resolution=resolution,
    )


def nearest(item: ReviewItem) -> tuple[Match, ...]:
    """Return the entries that come nearest to what was asked, as many as a card has room for."""
    return item.nearest[:_NEAREST]


def suggested(item: ReviewItem) -> list[str]:
    """Return what people suggest as the answer, as much as a card has room for; what is not to publish says so."""
    shown = item.suggested[:_SUGGESTED] if item.is_open else ()
    public = item.audience is Audience.PUBLIC
    return [
        _SUGGESTIONS[each.solves, each.consented or not public].format(author=each.author, answer=each.text)
        for each in shown
    ]


def quoted(item: ReviewItem) -> tuple[ItemQuestion, ...]:
    """Return the last questions, newest first, each wording once, as many as a card has room for."""
    latest = {question.text: question for question in item.questions}
    return tuple(list(latest.values())[::-1][:_WORDINGS])


def near(match: Match) -> str:
    """Return how likely an entry is the right one, and which it is."""
    return f"{match.confidence:.0%} {match.entry_id}"


def _resolved(status: ItemStatus, resolution: ItemResolution) -> str:
    what = (
        resolution.entry_id
        or resolution.merged_into
        or (str(REASONS[resolution.reason]) if resolution.reason else None)
    )
    done = _RESOLVED.format(status=STATUSES[status], actor=resolution.actor, time=moment(resolution.at))
    return ": ".join(filter(None, (done, what, resolution.note)))


def _together(platforms: Sequence[str]) -> str:
    """Return the names of platforms, in a row."""
    first, *others = platforms or ("",)
    for other in others:
        first = _AND.format(first=first, second=other)
    return first
