"""Make text harmless for Slack: it cannot ping, forge a link or change how it is shown."""

import re
from collections.abc import Collection

from bot.adapters.slack.showing.limits import FALLBACK
from bot.chat.links import kept
from bot.chat.truncation import MARK, beginning, cut, width
from bot.core.wording.visible import visible, visible_line

GAP = "\u2060"  # a word joiner: takes no room, and no parser reads on across it
_PING = re.compile(
    r"(?<=<)(?=[@#!]|\w[\w+.-]{0,20}://|mailto:|tel:)|(?<=&lt;)(?=[@#!])|(?<=@)(?=(?:here|channel|everyone)(?![a-z0-9]))",
    re.IGNORECASE,
)
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_HALF_ENTITY = re.compile(r"&[a-z]{0,3}\Z")
_MEMBER = re.compile(r"[UW][A-Z0-9]{2,30}")
_GROUP = re.compile(r"S[A-Z0-9]{2,30}")


def tamed(text: str) -> str:
    """Return text in which nothing is read as a mention, a channel, a broadcast or a link in angle brackets."""
    return _PING.sub(GAP, visible(text))


def mrkdwn(text: str, limit: int = FALLBACK) -> str:
    """Return text for a field of Slack's own markup, cut to a limit and shown as it was written."""
    shown = tamed(text).translate(ENTITIES)
    if width(shown) <= limit:
        return shown
    return _HALF_ENTITY.sub("", beginning(shown, limit - width(MARK))).rstrip() + MARK


def plain(text: str, limit: int) -> str:
    """Return text for a field that knows no markup, cut to a limit and never empty."""
    return cut(_PING.sub(GAP, visible_line(text)), limit) or MARK


def link(url: str | None, label: str, domains: Collection[str], *, limit: int = 300) -> str:
    """Return a link in Slack's own markup; the label alone where the address is not allowed."""
    text = mrkdwn(visible_line(label).replace("|", "/"), limit)
    address = None if url is None else kept(url, domains)
    return text if address is None else f"<{address.translate(ENTITIES)}|{text}>"


def mention(member_id: str) -> str:
    """Return what pings one member; nothing for what is no id of a member."""
    return f"<@{member_id}>" if _MEMBER.fullmatch(member_id) else ""


def group_mention(group_id: str) -> str:
    """Return what pings a user group; nothing for what is no id of one."""
    return f"<!subteam^{group_id}>" if _GROUP.fullmatch(group_id) else ""
