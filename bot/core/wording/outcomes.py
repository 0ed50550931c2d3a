"""Word the outcomes of actions, once for all platforms."""

from collections.abc import Mapping

from bot.core.models import Audience, ItemStatus
from bot.core.modes import ChannelSettings
from bot.core.wording.labels import STATUSES, Label

NOTHING_DONE = "Nothing was changed."
LOST = "I no longer have what you wrote: too much time has passed. Please write it again."
TOO_SLOW = "That took me too long. Please try it again."
TOO_LATE = "Sorry, that took too long for Slack. Please try again."
NO_OTHERS = "There is no other open item that this one could be merged into."
NO_TEXT = "That message has no text that could be an answer."
NOT_WAITING = "That answers no question on the moderators' list. It has to be a reply to one, or stand in its thread."
SUGGESTED = "Thank you. The moderators see your suggestion when they answer the question."
UNKNOWN_MESSAGE = "I know of no question that belongs to that message."
NOTHING_FOUND = "No entry fits these words. Please give the id of one."
IN_SERVERS_ONLY = "Please use that in a server: here I cannot tell which FAQ you mean."
ELSEWHERE = "Please use that in the channel that you mean."
FORGET_SURE = (
    "I will remove what you asked, what you said of answers, and what was to be sent to you. Nobody can undo it."
)
FORGOTTEN = "I have forgotten what you asked, and what you said of answers."
LEFT_ALONE = "I send you no later answers any more."
TOLD_AGAIN = "I tell you again when a question of yours is answered later."
ALL_THAT_IS_KEPT = "This is everything I store about you."
MORE_IS_KEPT = "There is more than a dialog can show. Whoever runs this bot can send you all of it."
READ_BY_ALL = "Everybody can read this channel, so it gets what is public, whatever is set."
THINKING = "is looking that up …"
"""What a platform shows behind the name of the bot."""

_RESOLVED: Mapping[ItemStatus, str] = {
    ItemStatus.ANSWERED: "{item_id} is answered with {entry_id}.",
    ItemStatus.LINKED: "{item_id} is linked with {entry_id}.",
}
_SETTINGS = "{title}: {mode}, {audience}, a wait of {seconds} seconds."


def resolved(item_id: str, status: ItemStatus, entry_id: str | None, *, told: int) -> str:
    """Return what became of an item that was answered or linked, and how many people are told."""
    template = _RESOLVED.get(status)
    if template is None or entry_id is None:
        done = f"{item_id} is {STATUSES[status].lower()}."
    else:
        done = template.format(item_id=item_id, entry_id=entry_id)
    return f"{done} {_told(told)}"


def _told(people: int) -> str:
    if not people:
        return "Nobody is told in the thread where they asked."
    if people == 1:
        return "One person is told in the thread where they asked."
    return f"{people} people are told in the thread where they asked."


def added(entry_id: str) -> str:
    """Return that an entry is there."""
    return f"{entry_id} is in the FAQ now."


def answered_by(item_id: str, entry_id: str, question: str) -> str:
    """Return which entry a link would answer an item with."""
    return f"{item_id} is answered by {entry_id}: {question}"


def set_to(settings: ChannelSettings, *, audience: Audience) -> str:
    """Return how the bot behaves in a channel now, and that more people read it than was thought."""
    words = _SETTINGS.format(
        title=Label.SETTINGS, mode=settings.mode, audience=settings.audience, seconds=settings.wait_seconds
    )
    return words if settings.audience is audience else f"{words} {READ_BY_ALL}"
