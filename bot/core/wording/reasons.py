"""Word for moderators why the bot decided as it did, a line for each fact."""

from collections.abc import Iterable
from datetime import datetime

from bot.core.models import Audience, Entry, IgnoreReason, Surface
from bot.core.reader import Withheld
from bot.core.searching.contrasts.comparison import Difference, Kind
from bot.core.wording.languages import Message, day, moment

ELSEWHERE = Message("an entry that is not for here")
"""Names an entry that those who read along may not know of."""

NO_ANSWER = Message("Decided: no answer fits")
NOTHING_TO_SAY = Message("nothing to say")
ONLY_LOGGED = Message("only logged")
EDITED = Message("the question was edited")
HUMAN_ASKED = Message("somebody asked for a human")
CALLED = Message("the people on call were told")
DELETED = Message("the question was deleted")
_NOT_KEPT = Message("{question_id}: the text is not kept")
_ASKED = Message("Asked on {time} as {surface}, for an audience that is {audience}")
_ANSWERED = Message("Decided: answered with {entry}")
_OFFERED = Message("Decided: offered {entries}")
_IGNORED = Message("Decided: no question ({reason})")
_NEAREST = Message("Nearest: {entries}")
_DIFFERS = Message("Not answered, since it differs: {differences}")
GIVEN_LATELY = Message("the channel had this answer shortly before")
SPOKE_LATELY = Message("the channel had an answer shortly before that nobody asked for")
_ENDED = Message("{entry}, whose last day was {day}")
_AT_OTHER_HOURS = Message("{entry}, which counts at other hours ({hours})")
_OTHER_TOPIC = Message("{entry}, which is of a category that this channel does not answer from ({category})")
_ELSEWHERE = Message("{entry}, which counts in other channels ({channels})")
_WITHHELD = Message("Withheld: {entries}")
_THRESHOLDS = Message("Thresholds: {values}")
_VERSIONS = Message("Versions: scorer {scorer}, content {content}")
_REPLY = Message("Reply: {facts}")
_IN_REVIEW = Message("In the review: {item_id}")
_SURFACES = {
    Surface.AMBIENT: Message("ambient"),
    Surface.MENTION: Message("mention"),
    Surface.COMMAND: Message("command"),
    Surface.DIRECT: Message("direct"),
    Surface.SHORTCUT: Message("shortcut"),
    Surface.CONSOLE: Message("console"),
}
_AUDIENCES = {Audience.PUBLIC: Message("public"), Audience.INTERNAL: Message("internal")}
_REASONS = {
    IgnoreReason.NO_CONTENT: Message("no content"),
    IgnoreReason.GREETING: Message("greeting"),
    IgnoreReason.THANKS: Message("thanks"),
    IgnoreReason.PART: Message("part"),
    IgnoreReason.STATEMENT: Message("statement"),
    IgnoreReason.TOO_LONG: Message("too long"),
    IgnoreReason.WAIT: Message("wait"),
    IgnoreReason.OPTED_OUT: Message("its author opted out"),
    IgnoreReason.CHOICE: Message("choice"),
    IgnoreReason.NOT_HELPED: Message("not helped"),
    IgnoreReason.HUMAN: Message("human"),
    IgnoreReason.SECRET: Message("secret"),
}
_KINDS = {
    Kind.OPPOSITE: Message("opposite"),
    Kind.NUMBER: Message("number"),
    Kind.NAME: Message("name"),
    Kind.NEGATION: Message("negation"),
    Kind.FAILURE: Message("failure"),
    Kind.STATE: Message("state"),
    Kind.ASPECT: Message("aspect"),
    Kind.OTHER: Message("other"),
}
_ASKED_SIDE, _ENTRY_SIDE = Message("asked: {words}"), Message("entry: {words}")


def question(question_id: str, text: str | None) -> str:
    """Return which question it is."""
    return _NOT_KEPT.format(question_id=question_id) if text is None else f"{question_id}: {text}"


def asked(at: datetime, surface: Surface, audience: Audience) -> str:
    """Return when and where it was asked."""
    return _ASKED.format(time=moment(at), surface=_SURFACES[surface], audience=_AUDIENCES[audience])


def answered(entry: str) -> str:
    """Return what it was answered with."""
    return _ANSWERED.format(entry=entry)


def offered(entries: Iterable[str]) -> str:
    """Return what was offered."""
    return _OFFERED.format(entries=", ".join(entries))


def ignored(reason: IgnoreReason) -> str:
    """Return why it is no question."""
    return _IGNORED.format(reason=_REASONS[reason])


def nearest(entries: Iterable[str]) -> str:
    """Return the entries that came nearest."""
    return _NEAREST.format(entries=", ".join(entries))


def differs(differences: Iterable[Difference]) -> str:
    """Return why the nearest entry was only offered."""
    return _DIFFERS.format(differences="; ".join(map(_difference, differences)))


def _difference(one: Difference) -> str:
    sides = ((_ASKED_SIDE, one.asked), (_ENTRY_SIDE, one.entry))
    return f"{_KINDS[one.kind]} ({', '.join(side.format(words=words) for side, words in sides if words)})"


def kept_back(entry: Entry, why: Withheld) -> str:
    """Return which entry was withheld, and why."""
    if why is Withheld.HOURS:
        return _AT_OTHER_HOURS.format(entry=entry.id, hours=entry.hours)
    if why is Withheld.TOPIC:
        return _OTHER_TOPIC.format(entry=entry.id, category=entry.category or "-")
    if why is Withheld.CHANNELS:
        return _ELSEWHERE.format(entry=entry.id, channels=entry.channels)
    return _ENDED.format(entry=entry.id, day="" if entry.valid_until is None else day(entry.valid_until))


def withheld(entries: Iterable[str]) -> str:
    """Return which entries were not given."""
    return _WITHHELD.format(entries="; ".join(entries))


def thresholds(values: Iterable[str]) -> str:
    """Return the thresholds that counted."""
    return _THRESHOLDS.format(values=", ".join(values))


def versions(scorer: object, content: object) -> str:
    """Return by which versions it was decided."""
    return _VERSIONS.format(scorer=scorer, content=content)


def reply(facts: Iterable[str]) -> str:
    """Return what became of the reply."""
    return _REPLY.format(facts=", ".join(facts))


def in_review(item_id: str) -> str:
    """Return the item that the question is in."""
    return _IN_REVIEW.format(item_id=item_id)
