"""Set how the bot behaves in a channel in the dialogs of a Slack or a Discord, behind one face."""

from abc import ABC, abstractmethod

from bot.chat.channel_settings import PARTS
from tests.adapters.discord.bots import button, words
from tests.adapters.slack.moderators.desks import begun, choice
from tests.contract.sides import DiscordSide, Side, SlackSide
from tests.loopback.discord.invoking import answered, click, shown, slash, submit
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who
from tests.loopback.discord.world import Invocation
from tests.loopback.slack.member import Member
from tests.loopback.slack.workspace import View


class Setting(ABC):
    """The dialog of one part of the settings; in Slack all parts are in one."""

    async def opens(self, who: str, part: str) -> dict[str, str]:
        """Open the dialog by the command, and return what stands in the fields of the part."""
        await self._open(who, part)
        return self._held(part)

    @abstractmethod
    async def fills_in(self, **values: str) -> str:
        """Fill in fields, submit the dialog, and return what is said to that."""

    @abstractmethod
    async def returns(self, part: str) -> dict[str, str]:
        """Go back to the dialog in which a value was refused, and return what stands in its fields."""

    @abstractmethod
    async def _open(self, who: str, part: str) -> None: ...

    @abstractmethod
    def _held(self, part: str) -> dict[str, str]: ...


class SlackSetting(Setting):
    """A dialog in Slack, which stays open where a value is refused."""

    view: View
    member: Member

    def __init__(self, side: SlackSide) -> None:
        self.side = side
        self.typed: dict[str, object] = {}

    async def _open(self, who: str, part: str) -> None:
        del part
        self.who, self.member, self.typed = who, self.side.member(who), {}
        await self.member.commands(self.side.channel, "/faq settings")
        await self.side.settle()
        self.view = self.member.modal()

    def _held(self, part: str) -> dict[str, str]:
        names = {field.name for field in PARTS[part]}
        return {name: value for name, value in begun(self.view).items() if name in names}

    async def fills_in(self, **values: str) -> str:
        """Submit the view, with what was typed into it before."""
        before = len(self.side.told(self.who))
        self.typed |= {name: self._filled(name, value) for name, value in values.items()}
        delivery = await self.member.submits(self.view, **self.typed)
        await self.side.settle()
        problems = delivery.answer.get("errors", {})
        return " ".join([*problems.values(), *self.side.told(self.who)[before:]])

    async def returns(self, part: str) -> dict[str, str]:
        """Return what stands in the view, which is still open."""
        names = {field.name for field in PARTS[part]} & self.typed.keys()
        return self._held(part) | {name: str(self.typed[name]) for name in names}

    def _filled(self, name: str, value: str) -> object:
        (block,) = [block for block in self.view.arguments["blocks"] if block.get("block_id") == name]
        return choice(self.view, name, value) if "options" in block["element"] else value


class DiscordSetting(Setting):
    """A dialog on Discord."""

    opened: Invocation
    form: Json
    told: Json

    def __init__(self, side: DiscordSide) -> None:
        self.side = side

    async def _open(self, who: str, part: str) -> None:
        self.who = Who(self.side.channel_id, self.side.member(who))
        await self._shown(await slash(self.side.loopback, self.who, "faq-settings", part=str(part)))

    async def _shown(self, opened: Invocation) -> None:
        self.opened, self.form = opened, await answered(self.side.loopback, opened)

    def _held(self, part: str) -> dict[str, str]:
        assert f":{part}:" in self.form["data"]["custom_id"]
        fields = [row["component"] for row in self.form["data"]["components"]]
        chosen = {
            field["custom_id"]: line["value"]
            for field in fields
            for line in field.get("options", ())
            if line.get("default")
        }
        picked = {field["custom_id"]: field.get("default_values", ()) for field in fields}
        chosen |= {name: ", ".join(str(one["id"]) for one in roles) for name, roles in picked.items() if roles}
        return chosen | {field["custom_id"]: field["value"] for field in fields if field.get("value")}

    async def fills_in(self, **values: str) -> str:
        """Submit the form."""
        sent = await submit(self.side.loopback, self.who, self.opened, **values)
        self.told = await shown(self.side.loopback, sent)
        return words(self.told)

    async def returns(self, part: str) -> dict[str, str]:
        """Press the button below the refusal."""
        message, pressed = int(self.told["id"]), button(self.told, "settings")
        await self._shown(await click(self.side.loopback, self.who, message, pressed))
        return self._held(part)


def setting(side: Side) -> Setting:
    """Return the dialogs of a platform."""
    if isinstance(side, SlackSide):
        return SlackSetting(side)
    assert isinstance(side, DiscordSide)
    return DiscordSetting(side)
