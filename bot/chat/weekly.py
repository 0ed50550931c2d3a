"""Post the weekly digest in the channel of the moderators."""

import logging
from collections.abc import Awaitable, Callable

from bot.chat.apps import Apps
from bot.core.models import Audience, ChannelRef
from bot.service.deliveries import NotSent, Sent

_log = logging.getLogger(__name__)


class Weekly:
    """Post a digest when it is due, of what those who read the channel may know."""

    def __init__(
        self,
        apps: Apps,
        place: ChannelRef,
        *,
        audience: Callable[[], Awaitable[Audience]],
        post: Callable[[str], Awaitable[Sent | NotSent]],
    ) -> None:
        self._apps = apps
        self._place = place
        self._audience = audience
        self._post = post

    async def tell(self) -> None:
        """Post this week's digest, unless it was."""
        async with self._apps.use(self._place.workspace_id) as app:
            text = await app.weekly.take(self._place, audience=await self._audience())
            if text is None:
                return
            match await self._post(text):
                case NotSent(fault):
                    _log.warning("digest.failed", extra={"fault": fault})
                    await app.weekly.give_back(self._place)
