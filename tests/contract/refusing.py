"""Have a platform refuse what the bot asks of it, the same on both."""

from datetime import timedelta

from tests.adapters.discord.bots import POSTED, THREADED
from tests.contract.sides import DiscordSide, Side, SlackSide
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.faults import Fault, ServerError
from tests.loopback.slack.faults import refused

_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_REACTION = f"PUT {_MESSAGE}/reactions/{{emoji_name}}/@me"
_ON_DISCORD: dict[str, tuple[str, Fault]] = {
    "to post for now": (THREADED, Refusal.THREADS_FULL),
    "to post, being cut off": (POSTED, ServerError(403)),
    "to post": (THREADED, ServerError()),
    "to change": (f"PATCH {_MESSAGE}", Refusal.NOT_THE_AUTHOR),
    "to change for now": (f"PATCH {_MESSAGE}", Refusal.WRITING_LIMIT),
    "to delete": (f"DELETE {_MESSAGE}", Refusal.MISSING_PERMISSIONS),
    "a reaction": (_REACTION, Refusal.REACTION_BLOCKED),
    "an emoji": (_REACTION, Refusal.UNKNOWN_EMOJI),
    "a reaction to what is gone": (_REACTION, Refusal.UNKNOWN_MESSAGE),
    "a word to one alone": (_REACTION, Refusal.MISSING_PERMISSIONS),
    "typing": ("POST /channels/{channel_id}/typing", Refusal.MISSING_ACCESS),
    "to rename": ("PATCH /channels/{channel_id}", Refusal.MISSING_PERMISSIONS),
    "to rename for now": ("PATCH /channels/{channel_id}", ServerError(403)),
    "to read again": (f"GET {_MESSAGE}", ServerError(403)),
    "to read": ("GET /channels/{channel_id}/messages", ServerError(403)),
}
_TWICE = ("to post for now", "to post, being cut off", "to change for now")
_IN_SLACK = {
    "to post for now": ("chat.postMessage", "org_login_required"),
    "to post, being cut off": ("chat.postMessage", "accesslimited"),
    "to post": ("chat.postMessage", "internal_error"),
    "to change": ("chat.update", "cant_update_message"),
    "to change for now": ("chat.update", "internal_error"),
    "to delete": ("chat.delete", "cant_delete_message"),
    "a reaction": ("reactions.add", "too_many_reactions"),
    "an emoji": ("reactions.add", "invalid_name"),
    "a reaction to what is gone": ("reactions.add", "message_not_found"),
    "a word to one alone": ("chat.postEphemeral", "user_not_in_channel"),
    "typing": ("reactions.add", "thread_locked"),
    "to read": ("conversations.replies", "accesslimited"),
}


def refuse(side: Side, what: str) -> None:
    """Have a call refused, where a platform has that call; what is tried again at once is refused twice."""
    if isinstance(side, SlackSide) and what in _IN_SLACK:
        method, code = _IN_SLACK[what]
        side.office.slack.fail(method, refused(code), times=2 if what == "to change for now" else 1)
    elif isinstance(side, DiscordSide):
        route, fault = _ON_DISCORD[what]
        side.loopback.faults.plan(route, fault, times=2 if what in _TWICE else 1)


def shows_at_once(side: Side) -> None:
    """Have the bot show that it is at work however soon it is done."""
    if isinstance(side, SlackSide):
        side.office.bot.messenger._thinking._patience = timedelta()  # noqa: SLF001  # a test does not sleep
    elif isinstance(side, DiscordSide):
        side.bot.messenger._thinking._patience = timedelta()  # noqa: SLF001  # as above
