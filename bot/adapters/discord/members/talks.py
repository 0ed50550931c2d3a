"""Tell threads where people talk with each other from those where one talks with the bot."""

from collections import OrderedDict

import discord

_MOST = 1_000


class Talks:
    """Remember who wrote in the last threads."""

    def __init__(self, *, most: int = _MOST) -> None:
        self._writers: OrderedDict[int, set[int]] = OrderedDict()
        self._most = most

    def note(self, message: discord.Message) -> None:
        """Take note that somebody wrote."""
        thread = message.channel
        if isinstance(thread, discord.Thread):
            self._writers.setdefault(thread.id, set()).add(message.author.id)
            self._writers.move_to_end(thread.id)
            if len(self._writers) > self._most:
                self._writers.popitem(last=False)

    def has_several(self, thread: discord.Thread) -> bool:
        """Tell whether several people wrote in a thread."""
        return len(self._writers.get(thread.id, ())) > 1
