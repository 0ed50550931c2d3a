"""Read what people write in Slack: message events, what they pass on, and whom they mention."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.identity import Identity
from bot.adapters.slack.options import PLATFORM
from bot.core.models import Audience, MessageRef, Question, Surface
from bot.service.deliveries import NotSent
from bot.service.learning import PersonsReply
from bot.service.privacy import Person

# Deeper than this nothing is nested that people write.
_DEEPEST = 8
_OWN_LINES = frozenset({"rich_text_section", "rich_text_preformatted", "rich_text_quote"})


def shared_text(message: Mapping[str, Any]) -> str:
    """Return the texts of what is attached to a message, or else of its blocks."""
    attached = [_attached(each) for each in _parts(message.get("attachments"))]
    return "\n".join(text for text in attached if text) or _in_blocks(message.get("blocks"))


def _attached(attachment: Mapping[str, Any]) -> str:
    blocks = [each.get("message") for each in _parts(attachment.get("message_blocks"))]
    shown = [_in_blocks(each.get("blocks")) for each in blocks if isinstance(each, Mapping)]
    found = [attachment.get("text"), *shown, _in_blocks(attachment.get("blocks")), attachment.get("fallback")]
    return next((text for text in found if isinstance(text, str) and text.strip()), "")


def _in_blocks(blocks: object) -> str:
    lines = ["".join(_texts(block, 0)).strip() for block in _parts(blocks)]
    return "\n".join(line for line in lines if line)


def _texts(block: Mapping[str, Any], depth: int) -> Iterator[str]:
    """Yield the texts of a block and of what it holds; what is pressed or mentioned says nothing."""
    if depth > _DEEPEST:
        return
    match block.get("type"), block.get("text"):
        case "section" | "header", {"text": str(text)}:
            yield text
        case "text" | "link", str(text):
            yield text
    for element in _parts(block.get("elements")) if block.get("type") != "actions" else ():
        yield from _texts(element, depth + 1)
    if block.get("type") in _OWN_LINES:
        yield "\n"


def _parts(value: object) -> Sequence[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


_BY_PEOPLE = frozenset({None, "file_share", "me_message", "thread_broadcast"})
_BY_BOTS = frozenset({None, "bot_message", "file_share", "thread_broadcast"})
_OWN_ACTIONS = "faqbot_"
_SLACKBOT = "USLACKBOT"
_MARKED = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|([^<>]*))?>")
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_STRUCK = re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])")
_BULLET = re.compile(r"^(\s*)• ", re.MULTILINE)
_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message that somebody wrote, as Slack describes it; `begun_by` wrote the first one of its thread.

    What it passes on is `shared`, and counts where it has no words of its own.
    """

    ref: MessageRef
    author_id: str
    text: str
    shared: str = ""
    begun_by: str | None = None
    by_bot: bool = False

    @property
    def is_direct(self) -> bool:
        """Return whether nobody but the author and the bot reads it."""
        return self.ref.channel_id.startswith("D")

    @property
    def words(self) -> str:
        """Return what it says as people see it."""
        return own_or_shared(self.text, self.shared)


def said(message: Mapping[str, Any], channel_id: object, *, me: Identity, bots: frozenset[str]) -> Said | None:
    """Return what was said, unless it was said by the bot, by one of its kind, or by a bot that is not listed.

    A bot that is listed begins threads and is not answered within one, so that no two go on for ever.
    """
    text, author, ts = message.get("text"), message.get("user") or message.get("bot_id"), message.get("ts")
    shared = shared_text(message)
    text = "" if text is None and shared else text
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
        shared=shared,
        begun_by=begun_by if _is_id(begun_by) else None,
        by_bot=by_bot,
    )


def question_of(message: Said, surface: Surface, audience: Audience) -> Question:
    """Return a message as a question that came in some way, for those who can read the place."""
    author_id = message.author_id
    return Question(text=message.words, ref=message.ref, author_id=author_id, surface=surface, audience=audience)


async def begun_with(bot: SlackBot, message: Said) -> Question | None:
    """Return what the thread of a message began with, if a person wrote it."""
    if message.ref.thread_id is None:
        return None
    first = await bot.messenger.read(replace(message.ref, message_id=message.ref.thread_id, thread_id=None))
    if isinstance(first, NotSent):
        return None
    asked = said(first, message.ref.channel_id, me=bot.me, bots=bot.options.bots)
    return None if asked is None else question_of(asked, Surface.MENTION, Audience.PUBLIC)


async def words_at(bot: SlackBot, place: MessageRef) -> str | NotSent:
    """Return what a message says now."""
    found = await bot.messenger.read(place)
    return found if isinstance(found, NotSent) else own_or_shared(found.get("text") or "", shared_text(found))


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


def words(text: str) -> str:
    """Return a text as people see it, without mentions and broadcasts."""
    plain = _MARKED.sub(_shown, text)
    for entity, character in _ENTITIES:
        plain = plain.replace(entity, character)
    return plain.strip()


def own_or_shared(text: str, shared: str) -> str:
    """Return a message as people see it: its own words, or where it has none those that it passes on."""
    return words(text) or words(shared)


def mentioned(text: str) -> frozenset[str]:
    """Return the ids of the members whom a text mentions."""
    return frozenset(_MENTION.findall(text))


def _shown(marked: re.Match[str]) -> str:
    """Return what is shown of a part in angle brackets: a link by its label, a channel by its name."""
    target, label = marked[1], marked[2]
    if target[:1] in {"@", "!"}:
        return " "
    if target[:1] == "#":
        return f"#{label}" if label else " "
    return label or target


def quoted(text: str) -> str:
    """Return a message as Markdown, without mentions; code stays as it is written."""
    marked = [part if number % 2 else _as_markdown(part) for number, part in enumerate(_CODE.split(text))]
    return words("".join(marked))


def _as_markdown(text: str) -> str:
    text = _LINK.sub(_markdown_link, text)
    text = _BOLD.sub(r"**\1**", text)
    text = _STRUCK.sub(r"~~\1~~", text)
    return _BULLET.sub(r"\1- ", text)


def _markdown_link(found: re.Match[str]) -> str:
    address, label = found[1], found[2]
    if not label or label == address:
        return address
    return f"[{label.replace('[', '(').replace(']', ')')}]({address})"


def reply_of(found: Said) -> PersonsReply:
    """Return a message as a reply that may answer a question, as Markdown and without mentions."""
    return PersonsReply(ref=found.ref, author=Person(PLATFORM, found.author_id), text=quoted(found.text))
