"""Mark posts of a forum as solved."""

from typing import Any

import discord

from bot.adapters.discord.calls import FAULTS, tell
from bot.adapters.discord.options import DiscordOptions

_MOST_TAGS = 5


async def solve(interaction: discord.Interaction[Any], options: DiscordOptions) -> None:
    """Tag a post and close it, as far as that is set."""
    thread = interaction.channel
    if not isinstance(thread, discord.Thread) or not isinstance(thread.parent, discord.ForumChannel):
        return
    changes: dict[str, Any] = {}
    tag = _tag(thread.parent, options.solved_tag)
    if tag is not None and tag.id not in {one.id for one in thread.applied_tags}:
        changes["applied_tags"] = [tag, *thread.applied_tags][:_MOST_TAGS]
    if options.close_solved:
        changes["archived"] = True
    if not changes:
        return
    try:
        await thread.edit(**changes)
    except FAULTS as error:
        tell(error, thread, channel_id=thread.id, also="manage_threads")


def _tag(forum: discord.ForumChannel, name: str | None) -> discord.ForumTag | None:
    wanted = None if name is None else name.casefold()
    return next((tag for tag in forum.available_tags if tag.name.casefold() == wanted), None)
