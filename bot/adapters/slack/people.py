"""Look up who somebody in Slack is: a moderator, staff, a guest."""

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.calls import FAULTS, pages
from bot.adapters.slack.lookups import Lookups
from bot.adapters.slack.options import MEMBERS, SlackOptions

_log = logging.getLogger(__name__)
_GROUPS_HOLD = timedelta(seconds=5)
_PEOPLE_HOLD = timedelta(minutes=1)
# More people than this are quicker asked for all at once.
_ONE_BY_ONE = 20
_PAGE = 200
_OUTSIDE = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_invited_user")


class People:
    """Look up people in Slack and cache the answers; where Slack does not answer, nobody has a role."""

    def __init__(self, client: AsyncWebClient, options: SlackOptions, *, workspace_id: str) -> None:
        self._client = client
        self._options = options
        self._workspace_id = workspace_id
        self._groups = Lookups(self._members_of, lifetime=_GROUPS_HOLD)
        self._insiders = Lookups(self._ask_whether_inside, lifetime=_PEOPLE_HOLD)

    async def is_moderator(self, user_id: str) -> bool:
        """Return whether somebody is a moderator now; a guest never is."""
        return await self._is_among(user_id, self._options.moderators)

    async def is_staff(self, user_id: str) -> bool:
        """Return whether somebody may read what is for staff, wherever nobody else reads it; a guest never may."""
        return await self._is_among(user_id, self._options.staff | self._options.moderators)

    async def are_all_inside(self, user_ids: Iterable[str]) -> bool:
        """Return whether all are full members of the workspace: no guest, and nobody from elsewhere."""
        wanted = list(user_ids)
        try:
            if sum(not self._insiders.has(user) for user in wanted) > _ONE_BY_ONE:
                await self._learn()
            for user in wanted:
                if not await self._insiders.get(user):
                    return False
        except FAULTS as error:
            _log.warning("slack.users_info.failed", extra={"fault": str(error)})
            return False
        return True

    async def _is_among(self, user_id: str, listed: frozenset[str]) -> bool:
        return bool(listed) and await self._is_listed(user_id, listed) and await self.are_all_inside([user_id])

    async def _is_listed(self, user_id: str, listed: frozenset[str]) -> bool:
        if user_id in listed or MEMBERS in listed:
            return True
        try:
            groups = [await self._groups.get(group) for group in sorted(listed) if group.startswith("S")]
        except FAULTS as error:
            _log.warning("slack.user_group.failed", extra={"fault": str(error)})
            return False
        return any(user_id in group for group in groups)

    async def _members_of(self, group_id: str) -> frozenset[str]:
        answer = await self._client.usergroups_users_list(usergroup=group_id)
        return frozenset(answer["users"])

    async def _ask_whether_inside(self, user_id: str) -> bool:
        answer = await self._client.users_info(user=user_id)
        return self._is_inside(answer["user"])

    async def _learn(self) -> None:
        """Load all members in a few calls."""
        async for page in pages(lambda cursor: self._client.users_list(limit=_PAGE, cursor=cursor)):
            for user in page["members"]:
                self._insiders.put(user["id"], self._is_inside(user))

    def _is_inside(self, user: Mapping[str, Any]) -> bool:
        here = user.get("team_id", self._workspace_id) == self._workspace_id
        return here and not any(user.get(name) for name in _OUTSIDE)
