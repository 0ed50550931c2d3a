"""Change entries where they were answered with, in a Slack or on a Discord, behind one face."""

from abc import ABC, abstractmethod
from functools import partial

from bot.adapters.slack.moderators.entries import FAQ_ENTRY
from bot.adapters.slack.showing.ids import SlackAction
from bot.service.app import App
from tests.adapters.discord import bots as discord_bots
from tests.adapters.discord.bots import button, replies
from tests.adapters.discord.moderators.staff import everything
from tests.adapters.slack.moderators.desks import GROUP, begun, choice, entry, texts
from tests.contract.reviews import DiscordReview, Open, SlackReview, on_discord, on_slack
from tests.loopback.discord.invoking import answered, choose, click, submit, use_on
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who, mention
from tests.loopback.discord.world import Invocation
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import Message, View
from tests.service.deliveries import Watch

ACTIONS = {
    "edit": SlackAction.EDIT,
    "correct": SlackAction.CORRECT,
    "phrase": SlackAction.ADD_PHRASING,
    "unphrase": SlackAction.REMOVE_PHRASING,
    "retire": SlackAction.RETIRE,
}


class Mending(ABC):
    """A platform with one person who asks, and a moderator who mends what they were answered with."""

    app: App

    @abstractmethod
    async def restarts(self) -> None:
        """End the bot, and start another one over the same store."""

    @property
    @abstractmethod
    def moderator(self) -> str:
        """Return the name of the moderator in the audit log."""

    @abstractmethod
    async def answered(self, text: str) -> None:
        """Have the member ask, and wait for the reply."""

    @abstractmethod
    async def hears(self, saying: str) -> None:
        """Wait until the bot says something more to the member, in the thread of what they asked."""

    @abstractmethod
    async def opens(self, *, moderator: bool = True) -> str:
        """Use the command on the reply, and return what is shown for that."""

    @abstractmethod
    async def opens_item(self, item_id: str, *, moderator: bool = True) -> str:
        """Press the button on the card of an item, and return what is shown for that."""

    @abstractmethod
    async def takes(self, entry_id: str) -> str:
        """Choose another one of the entries that the reply offers, and return what is shown for that."""

    @abstractmethod
    async def begins(self, kind: str) -> dict[str, str]:
        """Press the button for a change, and return what stands in the dialog."""

    @abstractmethod
    async def begins_answer(self, number: int) -> dict[str, str]:
        """Choose one of the answers to edit it alone, and return what stands in the dialog."""

    @abstractmethod
    async def fills_in(self, **values: str) -> str:
        """Submit the dialog, and return what is shown for that."""

    @abstractmethod
    async def chooses_answer(self, number: int) -> str:
        """Choose an answer that cannot be edited any more, and return what is said."""

    @abstractmethod
    async def saves(self) -> str:
        """Save what was proposed, and return what the moderator is told."""

    @abstractmethod
    async def presses(self, kind: str) -> str:
        """Press the button for a change that is refused, and return what is said."""

    @abstractmethod
    def dismisses_moderator(self) -> None:
        """Remove the role of the moderator."""

    async def tries(self, kind: str, **values: str) -> str:
        """Press the button for a change, fill in its dialog, and return what is shown for that."""
        await self.begins(kind)
        return await self.fills_in(**values)


class SlackMending(SlackReview, Mending):
    """A Slack."""

    reply: Message
    shown: View

    def __init__(self, slack: Slack, app: App, watch: Watch) -> None:
        super().__init__(slack, app, watch)
        slack.space.usergroups[GROUP] = [self.ann.id, self.bea.id]
        self.moderators = frozenset({GROUP})

    @property
    def moderator(self) -> str:
        """Return the name of the moderator."""
        return f"slack:{self.ann.id}"

    async def answered(self, text: str) -> None:
        """Ask in a channel."""
        asked = await self.desk.asks(text)
        self.reply = [one for one in self.slack.visible() if one.thread_ts == asked.ts][-1]

    async def hears(self, saying: str) -> None:
        """Send what is due."""
        await self.desk.office.bot.responder.deliver()
        self.reply = [one for one in self.slack.visible() if one.thread_ts == self.reply.thread_ts][-1]
        assert saying in texts(self.reply)

    async def opens(self, *, moderator: bool = True) -> str:
        """Use the shortcut."""
        who = self.ann if moderator else self.mel
        views = len(self.slack.space.views)
        await who.uses_message_shortcut(FAQ_ENTRY, self.reply)
        await self.desk.office.quiet()
        return await self._seen(who, views)

    async def opens_item(self, item_id: str, *, moderator: bool = True) -> str:
        """Press the button."""
        (card,) = [card for card in await self.desk.cards() if f"{item_id} " in texts(card)]
        who, views = self.ann if moderator else self.mel, len(self.slack.space.views)
        await self.desk.presses(who, card, SlackAction.ENTRY_OF_ITEM)
        return await self._seen(who, views)

    async def takes(self, entry_id: str) -> str:
        """Choose from the menu."""
        (menu,) = [one for _, one in self.shown.elements() if one["action_id"] == SlackAction.OTHER_ENTRY]
        (line,) = [one for one in menu["options"] if one["value"] == entry_id]
        await self.ann.enters(self.shown, SlackAction.OTHER_ENTRY, line)
        await self.desk.office.quiet()
        return texts(self.shown)

    async def begins(self, kind: str) -> dict[str, str]:
        """Press the button."""
        self.shown = await self.desk.opens(self.ann, self.shown, ACTIONS[kind])
        return begun(self.shown)

    async def _chooses(self, number: int) -> None:
        (menu,) = [one for _, one in self.shown.elements() if one["action_id"] == SlackAction.EDIT_ANSWER]
        (line,) = [one for one in menu["options"] if one["value"] == str(number)]
        await self.ann.enters(self.shown, SlackAction.EDIT_ANSWER, line)
        await self.desk.office.quiet()

    async def begins_answer(self, number: int) -> dict[str, str]:
        """Choose from the menu."""
        await self._chooses(number)
        self.shown = self.ann.modal()
        return begun(self.shown)

    async def chooses_answer(self, number: int) -> str:
        """Choose from the menu."""
        await self._chooses(number)
        return str(self.slack.space.messages[-1].text)

    async def fills_in(self, **values: str) -> str:
        """Submit the dialog."""
        given = {name: self._given(name, value) for name, value in values.items()}
        said = await self.desk.sends(self.ann, self.shown, **given)
        return str(said["errors"]) if "errors" in said else texts(self.shown)

    def _given(self, name: str, value: str) -> object:
        (block,) = [one for one in self.shown.arguments["blocks"] if one.get("block_id") == name]
        match block["element"]["type"]:
            case "external_select":
                return entry(value)
            case "static_select":
                return choice(self.shown, name, value)
        return value

    async def saves(self) -> str:
        """Submit the dialog again."""
        told = len(self.slack.private(self.ann))
        said = await self.desk.sends(self.ann, self.shown)
        if "errors" in said:
            return str(said["errors"])
        return str((await self.slack.told(self.ann, told + 1))[-1].text)

    async def presses(self, kind: str) -> str:
        """Press the button."""
        await self.desk.presses(self.ann, self.shown, ACTIONS[kind])
        return str(self.slack.space.messages[-1].text)

    def dismisses_moderator(self) -> None:
        """Remove everybody from the group."""
        self.desk.dismisses_moderators()

    async def _seen(self, who: Member, views: int) -> str:
        if len(self.slack.space.views) > views:
            self.shown = who.modal()
            return texts(self.shown)
        return str((await self.slack.told(who))[-1].text)


class DiscordMending(DiscordReview, Mending):
    """A Discord."""

    asked: int
    panel: Json

    @property
    def moderator(self) -> str:
        """Return the name of the moderator."""
        return f"discord:{self.use.mo.user_id}"

    @property
    def _here(self) -> Who:
        return Who(self.asked, self.use.mo.user_id)

    async def answered(self, text: str) -> None:
        """Ask in a channel."""
        self.asked = await mention(self.loopback, self.asker, text)
        await replies(self.loopback, self.asked)
        await discord_bots.quiet(self.loopback, self.use.bot)

    async def hears(self, saying: str) -> None:
        """Send what is due."""
        world = self.loopback.world
        await self.use.bot.responder.deliver()
        await self.loopback.log.until(lambda: saying in everything(world.by_bot(self.asked)[-1]) or None)

    async def opens(self, *, moderator: bool = True) -> str:
        """Use the command, and press the button below what it shows."""
        *_, reply = self.loopback.world.by_bot(self.asked)
        who = self._here if moderator else Who(self.asked, self.asker.user_id)
        why = await self.use.answer_to(await use_on(self.loopback, who, "Why?", int(reply["id"])))
        if not why["components"]:
            return everything(why)
        used = await click(self.loopback, who, int(why["id"]), button(why, "of-message"))
        self.panel = await self.use.answer_to(used)
        return f"{everything(self.panel)} {self.panel['components']}"

    async def opens_item(self, item_id: str, *, moderator: bool = True) -> str:
        """Press the button."""
        self.use.bot.rounds.ask()
        self.asked = self.use.mo.channel_id
        who = self.use.mo if moderator else Who(self.use.mo.channel_id, self.asker.user_id)
        self.panel = await self.use.answer_to(await self.use.pressed(who, item_id, "of-item"))
        return f"{everything(self.panel)} {self.panel['components']}"

    async def takes(self, entry_id: str) -> str:
        """Choose from the menu."""
        number, menu = int(self.panel["id"]), button(self.panel, "other")
        before = everything(self.panel)
        await choose(self.loopback, self._here, number, menu, [entry_id])

        def other() -> Json | None:
            shown = self.loopback.world.messages[number]
            return None if everything(shown) == before else shown

        self.panel = await self.loopback.log.until(other)
        return f"{everything(self.panel)} {self.panel['components']}"

    async def begins(self, kind: str) -> dict[str, str]:
        """Press the button."""
        self.opened = await click(self.loopback, self._here, int(self.panel["id"]), button(self.panel, kind))
        return await self._begun()

    async def _begun(self) -> dict[str, str]:
        form = await answered(self.loopback, self.opened)
        fields = [row["component"] for row in form["data"]["components"]]
        return {field["custom_id"]: field["value"] for field in fields if field.get("value")}

    async def begins_answer(self, number: int) -> dict[str, str]:
        """Choose from the menu."""
        self.opened = await self._chooses(number)
        return await self._begun()

    async def chooses_answer(self, number: int) -> str:
        """Choose from the menu."""
        return everything(await self.use.answer_to(await self._chooses(number)))

    async def _chooses(self, number: int) -> Invocation:
        menu = button(self.panel, "edit-answer")
        return await choose(self.loopback, self._here, int(self.panel["id"]), menu, [str(number)])

    async def fills_in(self, **values: str) -> str:
        """Submit the dialog."""
        typed = {"entry_id" if name == "entry" else name: value for name, value in values.items()}
        self.proposal = await self.use.answer_to(await submit(self.loopback, self._here, self.opened, **typed))
        return discord_bots.words(self.proposal)

    async def presses(self, kind: str) -> str:
        """Press the button."""
        used = await click(self.loopback, self._here, int(self.panel["id"]), button(self.panel, kind))
        return everything(await self.use.answer_to(used))

    async def saves(self) -> str:
        """Press the button below what was proposed."""
        told = len(self.loopback.world.private(self.use.mo.user_id))
        number = int(self.proposal["id"])
        confirm = button(self.proposal, "confirm")
        await click(self.loopback, self._here, number, confirm)

        def said() -> str | None:
            shown, private = self.loopback.world.messages[number], self.loopback.world.private(self.use.mo.user_id)
            if len(private) > told:
                return discord_bots.words(private[-1])
            return None if shown["components"] else discord_bots.words(shown)

        return await self.loopback.log.until(said)

    def dismisses_moderator(self) -> None:
        """Remove all roles."""
        guild = self.loopback.world.guild_of(self.use.mo.channel_id)
        self.loopback.world.guilds[guild or 0].members[self.use.mo.user_id]["roles"] = []


slack_mending: Open[Mending] = partial(on_slack, make=SlackMending)
discord_mending: Open[Mending] = partial(on_discord, make=DiscordMending)
