"""Have a platform refuse what the bot asks of it, the same on both."""

from tests.adapters.discord.bots import POSTED, THREADED
from tests.contract.sides import DiscordSide, Side, SlackSide
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.faults import Fault, ServerError
from tests.loopback.slack.faults import refused

_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_ON_DISCORD: dict[str, tuple[str, Fault]] = {
    "to post for now": (THREADED, Refusal.THREADS_FULL),
    "to post, being cut off": (POSTED, ServerError(403)),
    "to post": (THREADED, ServerError()),
    "to rename": ("PATCH /channels/{channel_id}", Refusal.MISSING_PERMISSIONS),
    "to rename for now": ("PATCH /channels/{channel_id}", ServerError(403)),
    "to read": ("GET /channels/{channel_id}/messages", ServerError(403)),
}
_TWICE = ("to post for now", "to post, being cut off")
_IN_SLACK = {
    "to post for now": ("chat.postMessage", "org_login_required"),
    "to post, being cut off": ("chat.postMessage", "accesslimited"),
    "to post": ("chat.postMessage", "internal_error"),
    "to read": ("conversations.replies", "accesslimited"),
}


def refuse(side: Side, what: str) -> None:
    """Have a call refused, where a platform has that call; what is tried again at once is refused twice."""
    if isinstance(side, SlackSide) and what in _IN_SLACK:
        method, code = _IN_SLACK[what]
        side.office.slack.fail(method, refused(code))
    elif isinstance(side, DiscordSide):
        route, fault = _ON_DISCORD[what]
        side.loopback.faults.plan(route, fault, times=2 if what in _TWICE else 1)
