"""Name threads after what the log has of the messages that they were made from."""

from collections.abc import Mapping

from bot.chat.messenger import Messenger
from bot.core.models import MessageRef
from bot.service.app import App

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
