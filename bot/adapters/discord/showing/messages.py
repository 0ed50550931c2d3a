"""A message as it is sent to Discord."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.adapters.discord.showing import limits
from bot.adapters.discord.showing.buttons import view_of
from bot.chat.truncation import width

NOBODY = discord.AllowedMentions.none()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a message shows, its buttons and menus, and whom it may mention."""

    content: str = ""
    embed: discord.Embed | None = None
    items: tuple[ui.Item[Any], ...] = ()
    mentions: discord.AllowedMentions = NOBODY
    has_links: bool = False

    @property
    def sent(self) -> dict[str, Any]:
        """Return the arguments that send this message, which shows nothing of what its links lead to.

        Without previews a message has no embed of its own either: one that has an embed shows its links in there,
        where Discord makes no previews.
        """
        arguments: dict[str, Any] = {"allowed_mentions": self.mentions}
        if self.content:
            arguments["content"] = self.content
        if self.embed is not None:
            arguments["embed"] = self.embed
        elif self.has_links:
            arguments["suppress_embeds"] = True
        if self.items:
            arguments["view"] = view_of(self.items)
        return arguments

    @property
    def changed(self) -> dict[str, Any]:
        """Return the arguments that put this message in the place of an earlier one."""
        return {
            "content": self.content or None,
            "embeds": [] if self.embed is None else [self.embed],
            "view": view_of(self.items) if self.items else None,
            "allowed_mentions": self.mentions,
        }


def only(*, users: Sequence[int] = (), roles: Sequence[int] = ()) -> discord.AllowedMentions:
    """Return a permission to mention these people and roles and nobody else."""
    return discord.AllowedMentions(
        everyone=False,
        users=list(map(discord.Object, users)),
        roles=list(map(discord.Object, roles)),
        replied_user=False,
    )


def room(embed: discord.Embed) -> int:
    """Return how much more text an embed takes."""
    texts = [embed.title, embed.description, embed.footer.text]
    texts += [text for field in embed.fields for text in (field.name, field.value)]
    return limits.EMBED_TOTAL - sum(width(text) for text in texts if text)


def nonce_of(message_id: int | str) -> str:
    """Return the mark by which Discord knows the reply to a message again when it is sent twice."""
    return f"faq-{message_id}"[: limits.NONCE]
