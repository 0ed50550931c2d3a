"""Look up who somebody in Slack is and what they are called, and who can read a conversation."""

import logging
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from cachetools import TTLCache
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.options import MEMBERS, PLATFORM, SlackOptions
from bot.adapters.slack.sending import FAULTS, Lookups, Timer, error_code, pages
from bot.core.models import Audience
from bot.core.review import ABOUT_ENTRIES, ReviewItem

_log = logging.getLogger(__name__)
_GROUPS_HOLD = timedelta(seconds=5)
# Who helps is asked for at each message, and matters less than who may do something.
_HELPERS_HOLD = timedelta(minutes=2)
_PEOPLE_HOLD = timedelta(minutes=1)
# More people than this are quicker asked for all at once.
_ONE_BY_ONE = 20
_PAGE = 200
_NO_GROUP = "no_such_subteam"
_OUTSIDE = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_invited_user")
_HOLD = timedelta(minutes=10)
# Each message waits for the locale of its author: where Slack refuses it, not every one does.
_UNTOLD_HOLD = timedelta(seconds=30)
_MOST_UNTOLD = 10_000
_ACTOR = re.compile(rf"\b{PLATFORM}:([UW][A-Z0-9]+)\b")
_READERS_HOLD = timedelta(seconds=30)
_SHARED = ("is_ext_shared", "is_pending_ext_shared")


class People:
    """Look up people in Slack and cache the answers; where Slack does not answer, nobody has a role."""

    def __init__(self, client: AsyncWebClient, options: SlackOptions, *, workspace_id: str) -> None:
        self._client = client
        self._options = options
        self._workspace_id = workspace_id
        self._groups = Lookups(self._members_of, lifetime=_GROUPS_HOLD)
        self._helping = Lookups(self._members_of, lifetime=_HELPERS_HOLD)
        self._insiders = Lookups(self._ask_whether_inside, lifetime=_PEOPLE_HOLD)

    async def is_moderator(self, user_id: str) -> bool:
        """Return whether somebody is a moderator now; a guest never is."""
        return await self._is_among(user_id, self._options.moderators)

    async def is_helper(self, user_id: str) -> bool:
        """Return whether somebody helps others: a moderator, or one of those who are listed; guests may be."""
        return await self._is_listed(user_id, self._options.helpers | self._options.moderators, self._helping)

    async def may_ask(self, user_id: str, asker_ids: frozenset[str]) -> bool:
        """Return whether somebody may ask in a channel: helpers, and those who are listed, or anybody without."""
        listed = asker_ids | self._options.helpers | self._options.moderators
        return not asker_ids or await self._is_listed(user_id, listed, self._helping)

    async def is_trusted(self, user_id: str) -> bool:
        """Return whether somebody's solutions become answers without approval; a guest's never do."""
        return await self._is_among(user_id, self._options.trusted)

    async def are_there(self, group_id: str) -> bool:
        """Return whether anybody is in a user group, as far as Slack tells: nobody is in one that is gone."""
        try:
            return bool(await self._helping.get(group_id))
        except FAULTS as error:
            _log.warning("slack.user_group.failed", extra={"group": group_id, "fault": str(error)})
            return True

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
        return (
            bool(listed)
            and await self._is_listed(user_id, listed, self._groups)
            and await self.are_all_inside([user_id])
        )

    async def _is_listed(self, user_id: str, listed: frozenset[str], known: Lookups[frozenset[str]]) -> bool:
        if user_id in listed or MEMBERS in listed:
            return True
        for group in sorted(each for each in listed if each.startswith("S")):
            try:
                if user_id in await known.get(group):
                    return True
            except FAULTS as error:  # who is in another group is not to suffer from it
                _log.warning("slack.user_group.failed", extra={"group": group, "fault": str(error)})
        return False

    async def _members_of(self, group_id: str) -> frozenset[str]:
        """Return the members of a user group, none of one that is gone: to ask for it again would only cost calls."""
        try:
            answer = await self._client.usergroups_users_list(usergroup=group_id)
        except SlackApiError as error:
            if error_code(error) != _NO_GROUP:
                raise
            _log.warning("slack.user_group.unknown", extra={"group": group_id})
            return frozenset()
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


def owner_of(item: ReviewItem) -> str | None:
    """Return the id of the member whose entry an item is about, if it is about the date of one."""
    found = _ACTOR.fullmatch(item.assignee or "") if item.kind in ABOUT_ENTRIES else None
    return None if found is None else found[1]


class _MemberProfile(NamedTuple):
    name: str
    locale: str | None


class Names:
    """Look up people's names and languages in Slack and cache them; where Slack does not answer, the id stays."""

    def __init__(self, client: AsyncWebClient, *, clock: Timer = time.monotonic) -> None:
        self._client = client
        self._known = Lookups(self._ask, lifetime=_HOLD, clock=clock)
        self._untold: TTLCache[str, bool] = TTLCache(_MOST_UNTOLD, _UNTOLD_HOLD.total_seconds(), clock)

    async def locale_of(self, user_id: str) -> str | None:
        """Return the locale of a member, None where Slack does not tell or did not a moment ago."""
        if user_id in self._untold:
            return None
        try:
            return (await self._known.get(user_id)).locale
        except FAULTS as error:
            self._untold[user_id] = True
            _log.info("slack.users_info.failed", extra={"fault": error_code(error)})
            return None

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
        suggested = tuple([replace(each, author=await self.within(each.author)) for each in item.suggested])
        return replace(item, assignee=assignee, resolution=resolution, suggested=suggested)

    async def _of(self, user_id: str, otherwise: str) -> str:
        try:
            return (await self._known.get(user_id)).name
        except FAULTS as error:
            _log.info("slack.users_info.failed", extra={"fault": error_code(error)})
            return otherwise

    async def _ask(self, user_id: str) -> _MemberProfile:
        user = (await self._client.users_info(user=user_id, include_locale=True))["user"]
        profile = user.get("profile") or {}
        name = profile.get("display_name") or user.get("real_name") or user.get("name") or user_id
        return _MemberProfile(str(name), user.get("locale"))


class Places:
    """Look up who reads a conversation and cache it; where Slack does not answer, it counts as public."""

    def __init__(self, client: AsyncWebClient, people: People) -> None:
        self._client = client
        self._people = people
        self._inside = Lookups(self._ask_whether_inside, lifetime=_READERS_HOLD)

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
