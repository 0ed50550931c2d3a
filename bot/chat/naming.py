"""Name threads after what the log has of the messages that they were made from."""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta

from bot.chat.apps import Apps, Stores
from bot.chat.messenger import Messenger, ThreadNames
from bot.core.models import MessageRef
from bot.core.wording.languages import speaking
from bot.service.app import App

TIDY = timedelta(minutes=1)
"""So often it is looked for threads whose questions were erased."""

Named = Mapping[MessageRef, str]


async def named_after(app: App, messenger: Messenger, place: MessageRef) -> Named:
    """Return the questions whose threads have the words of a message for a name; none where threads have no names."""
    return {} if messenger.thread_names is None else await app.pointed_at.replied_to(place)


async def name_threads(messenger: Messenger, asked: Named, *, gone: bool = False) -> None:
    """Name the threads of questions after what the log has of them, or after nothing when that is gone."""
    if (names := messenger.thread_names) is not None:
        for ref, text in asked.items():
            await names.rename(ref, "" if gone else text)


async def follow_words(app: App, messenger: Messenger, place: MessageRef, words: str) -> None:
    """Change what somebody asked by pointing at a message as that message changes, and what its thread is called."""
    await name_threads(messenger, await app.pointed_at.edited(place, words))


class ForgottenNames:
    """Rename threads whose questions were erased, in the workspaces that this process is connected to."""

    def __init__(
        self, apps: Apps, platform: str, names: ThreadNames, *, workspaces: Callable[[], Collection[str]]
    ) -> None:
        self._stores = Stores(apps)
        self._platform = platform
        self._names = names
        self._workspaces = workspaces

    async def tidy(self) -> None:
        """Rename those that are due."""
        await self._stores.each(self._tidy)

    async def _tidy(self, app: App) -> None:
        for ref in await app.privacy.nameless(self._platform, self._workspaces()):
            settings = await app.channels.behaviour(ref.channel)
            with speaking(settings.locale):
                if await self._names.rename(ref, ""):
                    await app.privacy.renamed(ref)
