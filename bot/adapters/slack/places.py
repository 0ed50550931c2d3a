"""Look up who can read a conversation in Slack."""

import logging
from datetime import timedelta
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.calls import FAULTS, pages
from bot.adapters.slack.lookups import Lookups
from bot.adapters.slack.people import People
from bot.core.models import Audience

_log = logging.getLogger(__name__)
_HOLD = timedelta(seconds=30)
_PAGE = 200
_SHARED = ("is_ext_shared", "is_pending_ext_shared")


class Places:
    """Look up who reads a conversation and cache it; where Slack does not answer, it counts as public."""

    def __init__(self, client: AsyncWebClient, people: People) -> None:
        self._client = client
        self._people = people
        self._inside = Lookups(self._ask_whether_inside, lifetime=_HOLD)

    async def audience(self, channel_id: str, *, marked: Audience) -> Audience:
        """Return who can read a channel that is marked so: staff only where nobody else is in it."""
        if marked is Audience.PUBLIC:
            return Audience.PUBLIC
        try:
            return Audience.INTERNAL if await self._inside.get(channel_id) else Audience.PUBLIC
        except FAULTS as error:
            _log.warning("slack.channel_members.failed", extra={"channel": channel_id, "fault": str(error)})
            return Audience.PUBLIC

    async def audience_with(self, user_id: str) -> Audience:
        """Return the audience of what nobody but this person reads."""
        return Audience.INTERNAL if await self._people.is_staff(user_id) else Audience.PUBLIC

    def forget(self, channel_id: str) -> None:
        """Drop the cached readers of a channel, since somebody joined it or it was shared."""
        self._inside.forget(channel_id)

    async def _ask_whether_inside(self, channel_id: str) -> bool:
        """Return whether only full members of the workspace read a channel, or only staff direct messages."""
        answer = await self._client.conversations_info(channel=channel_id)
        channel = answer["channel"]
        if any(channel.get(name) for name in _SHARED):
            return False
        if channel.get("is_im"):
            return await self._people.is_staff(str(channel.get("user")))
        members = partial(self._client.conversations_members, channel=channel_id, limit=_PAGE)
        async for page in pages(lambda cursor: members(cursor=cursor)):
            if not await self._people.are_all_inside(page["members"]):
                return False
        return True
