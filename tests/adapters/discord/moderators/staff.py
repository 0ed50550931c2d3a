"""Be the moderators of a server: wait for cards, and use them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.showing.parts import DiscordAction, Press
from bot.service.app import App
from tests.adapters.discord.bots import button, replies, words
from tests.loopback.discord.constants import MEMBER, Permission
from tests.loopback.discord.invoking import click, shown, slash, submit, use_on
from tests.loopback.discord.payloads import Json, overwrite
from tests.loopback.discord.people import Who, mention, say
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.world import Invocation, World

PARROT, FERRET = "where is the parrot", "what do ferrets eat on sundays"


@dataclass(frozen=True)
class Staff:
    """Two moderators in their channel, which only they and the bot can view."""

    role: int
    mo: Who
    max: Who

    @property
    def room(self) -> int:
        """Return the channel."""
        return self.mo.channel_id


def staff_of(world: World, guild: int) -> Staff:
    """Make a role for moderators, two of them, and their channel."""
    role = world.add_role(guild, "Moderators", permissions=MEMBER | Permission.MANAGE_MESSAGES)
    hidden = [
        overwrite(guild, deny=Permission.VIEW_CHANNEL),
        overwrite(role, allow=Permission.VIEW_CHANNEL),
        overwrite(world.application_id, allow=Permission.VIEW_CHANNEL, for_member=True),
    ]
    room = world.add_channel(guild, "moderators", overwrites=hidden)
    mo, other = (Who(room, world.add_member(guild, name, roles=[role])) for name in ("mo", "max"))
    return Staff(role, mo, other)


@dataclass(frozen=True)
class Review:
    """A server where the bot runs with a channel for the moderators, and use it as people do."""

    loopback: Loopback
    app: App
    bot: DiscordBot
    staff: Staff
    asker: Who

    @property
    def mo(self) -> Who:
        """Return the first moderator, in the moderators' channel."""
        return self.staff.mo

    @property
    def max(self) -> Who:
        """Return the other moderator."""
        return self.staff.max

    @property
    def outside(self) -> Who:
        """Return the first moderator, in the channel of everybody."""
        return Who(self.asker.channel_id, self.mo.user_id)

    async def unanswered(self, text: str = PARROT) -> int:
        """Have somebody ask what nothing fits, and return the message."""
        asked = await mention(self.loopback, self.asker, text)
        await replies(self.loopback, asked)
        await self.bot.work.settled()  # a reply is there before it is stored that it is
        self.bot.rounds.ask()
        return asked

    async def card(self, item_id: str, *saying: str) -> Json:
        """Return the message that shows an item, as soon as it does, and says what it is to say."""

        def there() -> Json | None:
            cards = [one for one in self.loopback.world.by_bot(self.staff.room) if title(one).startswith(f"{item_id} ")]
            return next((one for one in cards if all(each in everything(one) for each in saying)), None)

        return await self.loopback.log.until(there)

    async def press(self, who: Who, message: Json, action: str) -> Invocation:
        """Press a button of a message by what it does."""
        return await click(self.loopback, who, int(message["id"]), button(message, action))

    async def pressed(self, who: Who, item_id: str, action: str) -> Invocation:
        """Press a button of the card of an item."""
        return await self.press(who, await self.card(item_id), action)

    async def filled(self, who: Who, item_id: str, action: str, **values: str) -> Json:
        """Press a button of a card, fill in the dialog that it opens, and return what somebody is shown for that."""
        sent = await submit(self.loopback, who, await self.pressed(who, item_id, action), **values)
        return await self.answer_to(sent)

    async def used(self, who: Who, command: str) -> Json:
        """Use a slash command, and return what somebody is shown for that."""
        return await self.answer_to(await slash(self.loopback, who, command))

    async def used_on(self, who: Who, command: str, message_id: int) -> Json:
        """Use a command of the menu of a message, and return what somebody is shown for that."""
        return await self.answer_to(await use_on(self.loopback, who, command, message_id))

    async def answer_to(self, invocation: Invocation) -> Json:
        """Return what answers something that somebody used; nobody else sees it unless it is a card."""
        message = await shown(self.loopback, invocation)
        assert int(message["id"]) in self.loopback.world.seen_by or message["channel_id"] == str(self.staff.room)
        return message

    async def told(self, who: Who, *, times: int = 1) -> list[str]:
        """Return what somebody was told in private so far, as soon as that is so many messages."""

        def there() -> list[str] | None:
            said = [everything(one).strip() for one in self.loopback.world.private(who.user_id)]
            return said if len(list(filter(None, said))) >= times else None

        return await self.loopback.log.until(there)

    async def until(self, message: Mapping[str, str], saying: str) -> Json:
        """Return a message as soon as it says something."""
        number = int(message["id"])

        def there() -> Json | None:
            shown = self.loopback.world.messages[number]
            return shown if saying in everything(shown) else None

        return await self.loopback.log.until(there)


async def forged(review: Review, who: Who, action: str, subject: str = "R1", detail: str = "1") -> Invocation:
    """Press a button for some action, under a message that the bot wrote into the moderators' channel."""
    custom_id = Press(DiscordAction(action), subject, detail).custom_id
    part = {"type": 2, "id": 2, "style": 2, "label": "x", "custom_id": custom_id}
    bot = Who(review.staff.room, review.loopback.world.application_id)
    row = {"type": 1, "id": 1, "components": [part]}
    message = await say(review.loopback, bot, "", extra={"components": [row]})
    return await click(review.loopback, who, message, custom_id)


def title(message: Json) -> str:
    """Return what stands above a card."""
    return str(message["embeds"][0].get("title", "")) if message["embeds"] else ""


def everything(message: Json) -> str:
    """Return all words of a message, those of its fields too."""
    fields = [field["value"] for embed in message["embeds"] for field in embed.get("fields", ())]
    return "\n".join((words(message), *fields))


def labels(message: Json) -> list[str]:
    """Return what stands on the buttons of a message."""
    return [part["label"] for row in message["components"] for part in row["components"] if "label" in part]
