"""Show how people look around in the FAQ: by category, page and entry, in private."""

from dataclasses import dataclass

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.core.models import Audience, Entry
from bot.service.app import App
from tests.adapters.discord.bots import behave, button, words
from tests.loopback.discord.constants import MessageFlag
from tests.loopback.discord.invoking import answered, choose, click, slash
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.world import Invocation
from tests.store.samples import saved

BIRDS = tuple(
    Entry(
        id=f"bird-{number:02}", question=f"What does bird {number:02} eat?", answer=f"Seed {number}.", category="Birds"
    )
    for number in range(26)
)


@dataclass(frozen=True)
class Reader:
    """Look around, from somewhere."""

    loopback: Loopback
    bot: DiscordBot
    who: Who

    async def opened(self) -> Json:
        """Use the command, and return what it shows."""
        return await self._shown(await slash(self.loopback, self.who, "faq browse"))

    async def taken(self, message: Json, label: str) -> Json:
        """Choose a line of a menu, and return what is shown for that."""
        menu = message["components"][0]["components"][0]
        (value,) = [one["value"] for one in menu["options"] if one["label"] == label]
        return await self._shown(await choose(self.loopback, self.who, int(message["id"]), menu["custom_id"], [value]))

    async def turned(self, message: Json) -> Json:
        """Go to the next page."""
        return await self._shown(await click(self.loopback, self.who, int(message["id"]), button(message, "browse")))

    async def _shown(self, invocation: Invocation) -> Json:
        await answered(self.loopback, invocation)
        await self.bot.work.settled()
        return self.loopback.world.messages[invocation.answer_id or 0]


@pytest.fixture
def reader(loopback: Loopback, bot: DiscordBot, asker: Who) -> Reader:
    """Return a member in a channel that everybody reads."""
    return Reader(loopback, bot, asker)


def lines(message: Json) -> list[str]:
    """Return what there is to choose from."""
    return [one["label"] for one in message["components"][0]["components"][0]["options"]]


async def test_a_category_leads_to_its_entries_and_those_to_answers(app: App, reader: Reader) -> None:
    await saved(app.database, *BIRDS[:2])
    categories = await reader.opened()
    assert lines(categories) == ["Birds", "Everything else"]
    birds = await reader.taken(categories, "Birds")
    assert lines(birds) == ["What does bird 00 eat?", "What does bird 01 eat?"]
    answer = await reader.taken(birds, "What does bird 01 eat?")

    assert "Seed 1." in words(answer)
    assert all(one["flags"] & MessageFlag.EPHEMERAL for one in (categories, birds, answer))


async def test_what_a_menu_has_no_room_for_is_on_the_next_page(app: App, reader: Reader) -> None:
    await saved(app.database, *BIRDS)
    birds = await reader.taken(await reader.opened(), "Birds")
    assert len(lines(birds)) == 25

    assert lines(await reader.turned(birds)) == ["What does bird 25 eat?"]


async def test_what_is_for_staff_is_not_there(reader: Reader) -> None:
    everything = await reader.taken(await reader.opened(), "Everything else")

    assert len(lines(everything)) == 3
    assert [one for one in lines(everything) if "compliance" in one] == []


async def test_staff_see_it_among_themselves(app: App, hidden: Who, reader: Reader) -> None:
    await behave(app, reader.loopback, hidden.channel_id, mode="mention", audience="internal")
    among = Reader(reader.loopback, reader.bot, hidden)
    everything = await among.taken(await among.opened(), "Everything else")
    answer = await among.taken(everything, "When does compliance raise a deposit ceiling?")

    assert "team Zebra" in words(answer)


async def test_an_entry_that_is_not_for_everybody_any_more_is_not_shown(app: App, reader: Reader) -> None:
    everything = await reader.taken(await reader.opened(), "Everything else")
    await app.catalogue.edit("fees", {"audience": Audience.INTERNAL}, actor="ann")
    answer = await reader.taken(everything, "How much does a withdrawal cost?")

    assert "I do not have that answer any more." in words(answer)


async def test_what_counts_in_other_channels_is_not_there(app: App, reader: Reader) -> None:
    everything = await reader.taken(await reader.opened(), "Everything else")
    await app.catalogue.edit("fees", {"channels": "slack"}, actor="ann")
    answer = await reader.taken(everything, "How much does a withdrawal cost?")

    assert "I do not have that answer any more." in words(answer)
    left = await reader.taken(await reader.opened(), "Everything else")
    assert "How much does a withdrawal cost?" not in lines(left)
