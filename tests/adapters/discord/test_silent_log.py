"""At debug level the log of a whole conversation on Discord holds no words of members, no ids of theirs, no tokens."""

import io
import json
from collections.abc import Iterator

import pytest

from bot.service.app import App
from tests.adapters.discord.bots import behave, button, quiet, replies, running_bot
from tests.logs import at_debug
from tests.loopback.discord.invoking import answered, click, shown, submit
from tests.loopback.discord.people import Who, edit, mention
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.world import TOKEN

WORDS = "zebracrossing"
ODD = f"where is the {WORDS} of my uncle"


@pytest.fixture(autouse=True)
def log() -> Iterator[io.StringIO]:
    """Return what is logged, from before the bot starts."""
    with at_debug() as stream:
        yield stream


async def test_a_conversation_leaves_nothing_of_it_in_the_log(
    loopback: Loopback, app: App, asker: Who, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    await behave(app, loopback, asker.channel_id, mode="mention")
    async with running_bot(loopback, app) as bot:
        asked = await mention(loopback, asker, "how much does a withdrawal cost?")
        (reply,) = await replies(loopback, asked)
        thread = Who(asked, asker.user_id)
        pressed = await click(loopback, thread, int(reply["id"]), button(reply, "wrong"))
        await shown(loopback, await submit(loopback, thread, pressed, reason=f"it is about the {WORDS}"))
        await answered(loopback, await click(loopback, thread, int(reply["id"]), button(reply, "helpful")))
        await edit(loopback, await mention(loopback, asker, ODD), f"{ODD} please")
        await quiet(loopback, bot)

        async def broken_store(*_: object, **__: object) -> None:
            raise RuntimeError

        with monkeypatch.context() as patch:
            patch.setattr(app.ask, "edited", broken_store)
            await edit(loopback, asked, f"<@{loopback.world.application_id}> {ODD}")
            await quiet(loopback, bot)

    lines = log.getvalue().splitlines()
    assert "RuntimeError" in log.getvalue()
    assert any(json.loads(line)["level"] == "debug" for line in lines)
    unwanted = (WORDS, "uncle", "withdrawal", str(asker.user_id), TOKEN, "/webhooks/", "/callback")
    assert [line for line in lines if any(one in line for one in unwanted)] == []
