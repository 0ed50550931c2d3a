"""Parse message events of Slack; a malformed one is no message."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from bot.adapters.slack.identity import Identity
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.reading import words
from bot.core.models import Audience, MessageRef, Question, Surface

_BY_PEOPLE = frozenset({None, "file_share", "me_message", "thread_broadcast"})
_BY_BOTS = frozenset({None, "bot_message", "file_share", "thread_broadcast"})
_OWN_ACTIONS = "faqbot_"
_SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message that somebody wrote, as Slack describes it; `begun_by` wrote the first one of its thread."""

    ref: MessageRef
    author_id: str
    text: str
    begun_by: str | None = None
    by_bot: bool = False

    @property
    def is_direct(self) -> bool:
        """Return whether nobody but the author and the bot reads it."""
        return self.ref.channel_id.startswith("D")


def said(message: Mapping[str, Any], channel_id: object, *, me: Identity, bots: frozenset[str]) -> Said | None:
    """Return what was said, unless it was said by the bot, by one of its kind, or by a bot that is not listed.

    A bot that is listed begins threads and is not answered within one, so that no two go on for ever.
    """
    text, author, ts = message.get("text"), message.get("user") or message.get("bot_id"), message.get("ts")
    if not (_is_id(channel_id) and _is_id(ts) and _is_id(author) and isinstance(text, str)):
        return None
    thread = message.get("thread_ts")
    thread_id = thread if _is_id(thread) and thread != ts else None
    by_bot = any(message.get(name) for name in ("bot_id", "bot_profile")) or message.get("subtype") == "bot_message"
    if by_bot and not _is_heeded(message, bots, in_thread=thread_id is not None):
        return None
    subtypes = _BY_BOTS if by_bot else _BY_PEOPLE
    if message.get("subtype") not in subtypes or author in {me.user_id, me.bot_id, _SLACKBOT}:
        return None
    begun_by = message.get("parent_user_id")
    return Said(
        ref=MessageRef(
            platform=PLATFORM,
            workspace_id=me.workspace_id,
            channel_id=channel_id,
            message_id=ts,
            thread_id=thread_id,
        ),
        author_id=author,
        text=text,
        begun_by=begun_by if _is_id(begun_by) else None,
        by_bot=by_bot,
    )


def question_of(message: Said, surface: Surface, audience: Audience) -> Question:
    """Return a message as a question that came in some way, for those who can read the place."""
    return Question(
        text=words(message.text),
        ref=message.ref,
        author_id=message.author_id,
        surface=surface,
        audience=audience,
    )


def spot(
    channel_id: object, message_id: object, message: Mapping[str, Any] | None, *, me: Identity
) -> MessageRef | None:
    """Return where a message stood of which little is left."""
    if not (_is_id(channel_id) and _is_id(message_id)):
        return None
    thread = (message or {}).get("thread_ts")
    return MessageRef(
        platform=PLATFORM,
        workspace_id=me.workspace_id,
        channel_id=channel_id,
        message_id=message_id,
        thread_id=thread if _is_id(thread) and thread != message_id else None,
    )


def part(payload: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a part of a payload that has parts itself; nothing where it has none."""
    value = payload.get(name)
    return value if isinstance(value, Mapping) else {}


def _is_id(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= 64  # noqa: PLR2004  # longer than any id, shorter than a column


def _is_heeded(message: Mapping[str, Any], bots: frozenset[str], *, in_thread: bool) -> bool:
    ids = {message.get(name) for name in ("bot_id", "app_id", "user")} | {part(message, "bot_profile").get("app_id")}
    return not in_thread and bool(ids & bots) and _OWN_ACTIONS not in str(message.get("blocks"))
