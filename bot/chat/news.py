"""Post in the channels that are set so, once a month, what is new in the FAQ."""

import logging
from collections.abc import Awaitable, Callable, Collection

from bot.chat.apps import Apps, Stores
from bot.core.models import ChannelRef, Mode
from bot.core.wording.languages import speaking
from bot.service.app import App
from bot.service.deliveries import FOR_GOOD, NotSent, Sent

_log = logging.getLogger(__name__)
# There the bot says nothing to members.
_SILENT = frozenset({Mode.OFF, Mode.SHADOW})


class MonthlyNews:
    """Post what is new on one platform, in the workspaces that this process is connected to."""

    def __init__(
        self,
        apps: Apps,
        platform: str,
        *,
        workspaces: Callable[[], Collection[str]],
        post: Callable[[ChannelRef, str], Awaitable[Sent | NotSent]],
    ) -> None:
        self._stores = Stores(apps)
        self._platform = platform
        self._workspaces = workspaces
        self._post = post

    async def tell(self) -> None:
        """Post what is due."""
        await self._stores.each(self._tell)

    async def _tell(self, app: App) -> None:
        here = self._workspaces()
        for channel in await app.channels.list():
            place, settings = channel.place, channel.settings
            if place.platform != self._platform or place.workspace_id not in here or settings.mode in _SILENT:
                continue
            with speaking(settings.locale):
                text = await app.news.take(place, settings)
                outcome = None if text is None else await self._post(place, text)
            if isinstance(outcome, NotSent):
                _log.warning("news.failed", extra={"channel": str(place), "fault": outcome.fault})
                if outcome.fault not in FOR_GOOD:
                    await app.news.give_back(place)
