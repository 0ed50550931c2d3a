"""Word the outcomes of actions, once for all platforms."""

from bot.core.models import Audience
from bot.core.modes import ChannelSettings
from bot.core.wording.labels import STATUSES, Label
from bot.service.review import Reviewed

NOTHING_DONE = "Nothing was changed."
LOST = "I no longer have what you wrote: too much time has passed, or I was started anew. Please write it again."
TOO_SLOW = "That took me too long. Please try it again."
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
READ_BY_ALL = "Everybody can read this channel, so it gets what is public, whatever is set."


def resolved(done: Reviewed) -> str:
    """Return what became of an item that was answered or linked, and how many people are told."""
    item_id, entry = done.item.id, done.entry
    how = STATUSES[done.item.status].lower()
    by = "" if entry is None else f" with {entry.entry.id}"
    people = "Nobody is" if not done.told else "One person is" if done.told == 1 else f"{done.told} people are"
    return f"{item_id} is {how}{by}. {people} told in the thread where they asked."


def added(entry_id: str) -> str:
    """Return that an entry is there."""
    return f"{entry_id} is in the FAQ now."


def set_to(settings: ChannelSettings, *, audience: Audience) -> str:
    """Return how the bot behaves in a channel now, and that more people read it than was thought."""
    words = f"{Label.SETTINGS}: {settings.mode}, {settings.audience}, a wait of {settings.wait_seconds} seconds."
    return words if settings.audience is audience else f"{words} {READ_BY_ALL}"
