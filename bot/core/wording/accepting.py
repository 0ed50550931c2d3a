"""Word what moderators pick to accept, several suggestions at once, and what became of each."""

from bot.core.wording.languages import Message
from bot.core.wording.outcomes import cut

PICK = Message("Pick what you want to accept: you see what all of it would change before anything is saved.")
NOTHING_TO_ACCEPT = Message("Nothing is suggested that could be accepted as it stands.")
_LEFT_OUT = Message("{name} is left out: {reason}")
_SAME_ITEM = Message("{item_id} is picked already, with {other}.")
_FAILED = Message("{name} was not accepted: {reason}")
_DONE = Message("Accepted: {done} of {count}.")


def offered(name: str, item_id: str, asked: str, answer: str) -> str:
    """Return in one line what is suggested for an item; not made safe."""
    of = name if name == item_id else f"{name} · {item_id}"
    return f"{of} · {cut(asked)} → {cut(answer)}"


def left_out(name: str, reason: str) -> str:
    """Return why something that was picked will not be accepted."""
    return _LEFT_OUT.format(name=name, reason=reason)


def same_item(name: str, item_id: str, other: str) -> str:
    """Return that two things were picked for one item."""
    return left_out(name, _SAME_ITEM.format(item_id=item_id, other=other))


def failed(name: str, reason: str) -> str:
    """Return why something was not accepted."""
    return _FAILED.format(name=name, reason=reason)


def accepted(done: int, count: int) -> str:
    """Return how much of what was picked was accepted."""
    return _DONE.format(done=done, count=count)
