"""Render the warnings about a seed phrase or a private key that somebody posted, without any of its text."""

from bot.adapters.discord.showing.answers import reply_message
from bot.adapters.discord.showing.markup import linked
from bot.adapters.discord.showing.messages import Message, only
from bot.core.wording.replies import LEAKED, WARNING, Reply, ReplyKind

_PLATFORM = frozenset({"discord.com"})


def warning_message(author: int, *, embeds: bool = True) -> Message:
    """Return the warning to the author, who alone is mentioned."""
    warning = reply_message(Reply(kind=ReplyKind.WARNING, text=WARNING), question_id=None, domains=(), embeds=embeds)
    content = " ".join(filter(None, (f"<@{author}>", warning.content)))
    return Message(content=content, embed=warning.embed, mentions=only(users=[author]))


def notice_message(author: int, *, url: str, deleted: bool) -> Message:
    """Return the notice to moderators: who posted it and where, and whether the bot has deleted it."""
    words = f"{LEAKED[deleted]} <@{author}> {linked(url, domains=_PLATFORM) or ''}"
    return Message(content=words.strip(), has_links=True)
