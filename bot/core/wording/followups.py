"""Word later messages: a question was answered after all, or an answer no longer holds."""

from dataclasses import dataclass

from bot.core.models import Entry, Status
from bot.core.reader import Reader
from bot.core.wording.languages import Message
from bot.core.wording.replies import Reply, answer

LATER = Message("You asked this earlier, and now there is an answer.")
CORRECTED = Message("The answer that I gave you here has changed. This is how it reads now.")
WITHDRAWN = Message(
    "The answer that I gave you here no longer holds, and there is no new one yet. Please do not rely on it."
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The first line of a later message, and the answer that comes after it, if there is one."""

    lead: str
    reply: Reply | None = None


def later(entry: Entry, *, reader: Reader) -> FollowUp | None:
    """Return an answer that came later, None when this reader gets no answer from the entry."""
    reply = _given(entry, reader)
    return None if reply is None else FollowUp(str(LATER), reply)


def corrected(entry: Entry, *, reader: Reader) -> FollowUp:
    """Return what the answer is now; of an entry that this reader gets no answer from it says just that."""
    reply = _given(entry, reader)
    return FollowUp(str(WITHDRAWN)) if reply is None else FollowUp(str(CORRECTED), reply)


def _given(entry: Entry, reader: Reader) -> Reply | None:
    return answer(entry, reader=reader) if entry.status is Status.PUBLISHED else None
