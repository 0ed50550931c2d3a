"""Do again and again what nobody waits for, in each store."""

from datetime import timedelta

from bot.chat.apps import Apps, Stores
from bot.chat.tasks import Round

ADAPT = timedelta(hours=1)
"""So often thresholds are adapted to the log."""
EXPIRE = timedelta(minutes=1)
"""So often it is looked for drafts that have waited for too long; a press on one that has is refused meanwhile."""


class Upkeep:
    """Adapt thresholds, and close drafts that nobody decided about."""

    def __init__(self, apps: Apps) -> None:
        self._stores = Stores(apps)

    @property
    def steps(self) -> dict[Round, timedelta]:
        """Return what is done, and how often."""
        return {self.adapt: ADAPT, self.expire: EXPIRE}

    async def adapt(self) -> None:
        """Adapt each store's thresholds to how many of its questions have no answer."""
        await self._stores.each(lambda app: app.tuning.adapt())

    async def expire(self) -> None:
        """Close the drafts that have waited for too long."""
        await self._stores.each(lambda app: app.held.expire())
