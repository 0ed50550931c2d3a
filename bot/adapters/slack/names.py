"""Call people by the names that they have in Slack."""

import logging
import re
from dataclasses import replace
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.calls import FAULTS, error_code
from bot.adapters.slack.lookups import Lookups
from bot.adapters.slack.options import PLATFORM
from bot.core.review import ReviewItem

_log = logging.getLogger(__name__)
_HOLD = timedelta(minutes=10)
_ACTOR = re.compile(rf"\b{PLATFORM}:([UW][A-Z0-9]+)\b")


class Names:
    """Look up people's names in Slack and cache them; where Slack does not answer, the id stays."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known = Lookups(self._ask, lifetime=_HOLD)

    async def within(self, text: str) -> str:
        """Return a text with names in the place of ids like slack:U123."""
        names = {match[1]: await self._of(match[1], match[0]) for match in _ACTOR.finditer(text)}
        return _ACTOR.sub(lambda match: names[match[1]], text)

    async def on(self, item: ReviewItem) -> ReviewItem:
        """Return a card with the names of those who have to do with it."""
        assignee = None if item.assignee is None else await self.within(item.assignee)
        resolution = item.resolution
        if resolution is not None:
            resolution = replace(resolution, actor=await self.within(resolution.actor))
        return replace(item, assignee=assignee, resolution=resolution)

    async def _of(self, user_id: str, otherwise: str) -> str:
        try:
            return await self._known.get(user_id)
        except FAULTS as error:
            _log.info("slack.users_info.failed", extra={"fault": error_code(error)})
            return otherwise

    async def _ask(self, user_id: str) -> str:
        user = (await self._client.users_info(user=user_id))["user"]
        profile = user.get("profile") or {}
        return str(profile.get("display_name") or user.get("real_name") or user.get("name") or user_id)
