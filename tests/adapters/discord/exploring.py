"""Use everything that the bot offers: all commands, and whatever comes up to be pressed, chosen or filled in."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.adapters.discord.bot import DiscordBot
from tests.loopback.discord.constants import CallbackType
from tests.loopback.discord.invoking import answered, choose, click, complete, slash, submit, use_on
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.world import Invocation

_SUBCOMMAND, _SUBCOMMAND_GROUP = 1, 2
_CHAT_INPUT, _MESSAGE_COMMAND = 1, 3
_BUTTON, _TEXT_SELECT = 2, 3
_WRITTEN = (0, 19)
_MOST = 500
_VERSION = re.compile(r"(?<=:R)(\d+):\d+$")


@dataclass
class Explorer:
    """Who uses the bot where, what they type, and what they have used so far: by name and message."""

    loopback: Loopback
    bot: DiscordBot
    who: Who
    typed: Sequence[str]
    used: Counter[str] = field(default_factory=Counter)
    _known: set[str] = field(default_factory=set)

    async def explore(self) -> None:
        """Use all commands, and then whatever is under the messages that there are by then, until nothing is new."""
        for command in list(self.loopback.world.commands[None]):
            if command["type"] == _MESSAGE_COMMAND:
                await self._use_on_messages(command["name"])
            elif command["type"] == _CHAT_INPUT:
                await self._use(command["name"], command.get("options") or [])
        for _ in range(_MOST):
            found = next(self._unused(), None)
            if found is None:
                return
            await self._press(*found)
        message = f"after {_MOST} steps there is still something new"
        raise AssertionError(message)

    async def _use(self, name: str, options: list[Json]) -> None:
        below = [one for one in options if one["type"] in {_SUBCOMMAND, _SUBCOMMAND_GROUP}]
        for one in below:
            await self._use(f"{name} {one['name']}", one.get("options") or [])
        if below:
            return
        self.used[name] += 1
        for text in self._given(options):
            given = {one["name"]: text for one in options}
            for one in options:
                if one.get("autocomplete"):
                    offered = await complete(self.loopback, self.who, name, focused=one["name"], **given)
                    for each in offered[:3]:
                        await self._settle(
                            await slash(self.loopback, self.who, name, **given | {one["name"]: each["value"]})
                        )
            await self._settle(await slash(self.loopback, self.who, name, **given))

    def _given(self, options: list[Json]) -> Sequence[str]:
        """Return what is typed or chosen in turn in the only option of a command."""
        if not options:
            return ("",)
        return [choice["value"] for choice in options[0].get("choices") or ()] or self.typed

    async def _use_on_messages(self, name: str) -> None:
        self.used[name] += 1
        for message in self.loopback.world.visible(self.who.channel_id):
            if message["type"] in _WRITTEN and int(message["id"]) in self.loopback.world.messages:
                await self._settle(await use_on(self.loopback, self.who, name, int(message["id"])))

    async def _press(self, message_id: int, component: Json, value: str | None) -> None:
        custom_id = component["custom_id"]
        self.used.update((_action(custom_id), str(message_id)))
        self._known.add(_named(custom_id, value))
        if value is None:
            await self._settle(await click(self.loopback, self.who, message_id, custom_id))
        else:
            await self._settle(await choose(self.loopback, self.who, message_id, custom_id, [value]))

    def _unused(self) -> Iterator[tuple[int, Json, str | None]]:
        """Yield what can be pressed and was not, in turn: of which message the least was pressed, and the least of it.

        One thing that is done to an item is the end of what can be done to it; the others are done to other items.
        What a menu offers comes before the next page of it.
        """
        world = self.loopback.world
        seen = [*world.visible(self.who.channel_id), *world.private(self.who.user_id)]
        for message in sorted(seen, key=lambda one: (self.used[one["id"]], -int(one["id"]))):
            parts = [part for row in message["components"] for part in row["components"]]
            for part in sorted(parts, key=lambda one: (one["type"] == _BUTTON, self.used[_action(one["custom_id"])])):
                for value in _values(part):
                    if _named(part["custom_id"], value) not in self._known:
                        yield int(message["id"]), part, value

    async def _settle(self, invocation: Invocation) -> None:
        """Wait until the bot is through with something, and fill in the form that it shows for it."""
        shown = await answered(self.loopback, invocation)
        if shown["type"] == CallbackType.MODAL:
            self.used[f"form {_action(shown['data']['custom_id'])}"] += 1
            values = {name: value for part in shown["data"]["components"] for name, value in self._fill(part)}
            await answered(self.loopback, await submit(self.loopback, self.who, invocation, **values))
        await self.bot.work.settled()

    def _fill(self, part: Json) -> Iterator[tuple[str, Any]]:
        """Yield what is filled into a field: what stands there, else anything."""
        component = part["component"]
        name, options = component["custom_id"], component.get("options") or []
        chosen = [one["value"] for one in options if one.get("default")] + [one["value"] for one in options]
        yield name, chosen[0] if chosen else component.get("value") or self.typed[0]


def _values(part: Json) -> Sequence[str | None]:
    return [one["value"] for one in part["options"]] if part["type"] == _TEXT_SELECT else [None]


def _action(custom_id: str) -> str:
    return custom_id.split(":")[1]


def _named(custom_id: str, value: str | None) -> str:
    """Return how a button is remembered: an item that has changed since is the same item."""
    name = _VERSION.sub(r"\1", custom_id)
    return name if value is None else f"{name}={value}"
