"""Put the bot into a channel of drafts, in a Slack or on a Discord, with moderators who decide about them."""

from abc import abstractmethod
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.adapters.discord.showing.parts import DiscordAction
from bot.adapters.slack.showing.ids import SlackAction
from bot.chat.upkeep import Upkeep
from bot.service.app import App
from bot.service.privacy import Person
from bot.store import Database
from tests.adapters.discord import bots as discord_bots
from tests.adapters.discord.bots import behave, button, quiet, words
from tests.adapters.discord.moderators.staff import everything, labels, title
from tests.adapters.slack.moderators.desks import entry, texts
from tests.contract.reviews import DiscordReview, ReviewSide, SlackReview
from tests.loopback.discord import checking, people
from tests.loopback.discord.invoking import answered, choose, click, slash, submit
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who
from tests.loopback.discord.server import Loopback, running
from tests.loopback.slack.server import Slack, running_slack
from tests.loopback.slack.workspace import Channel, Message
from tests.service import samples
from tests.service.deliveries import Watch

ANN, BEA, MEL = "ann", "bea", "mel"
"""Two moderators, and a colleague who is none."""


class Drafting(ReviewSide):
    """A platform with a channel of drafts; `ann` and `bea` are moderators."""

    database: Database
    watch: Watch
    author: Person

    @abstractmethod
    async def says(self, text: str, *, under: str | None = None) -> str:
        """Have somebody write into the channel, or into the thread of a message, and return the id of the message."""

    @abstractmethod
    async def edits(self, message_id: str, text: str) -> None:
        """Change a message."""

    @abstractmethod
    async def deletes(self, message_id: str) -> None:
        """Delete a message."""

    @abstractmethod
    async def card(self, question_id: str, *saying: str) -> str:
        """Return what the card of a draft says, with its buttons, as soon as it says something."""

    @abstractmethod
    async def cards(self) -> int:
        """Return how many messages there are in the review channel, once all that is due is shown."""

    @abstractmethod
    async def press(self, question_id: str, presses: Mapping[str, str]) -> None:
        """Have some people press `send` or `drop` at once on the card of a draft."""

    @abstractmethod
    async def rewrites(self, who: str, question_id: str, words: str) -> str:
        """Open the dialog of a draft, and send other words; return what stood there before."""

    @abstractmethod
    def told(self, who: str) -> list[str]:
        """Return what only one person saw."""

    @abstractmethod
    async def goes_round(self) -> None:
        """Do what the bot does again and again, and wait until it is through."""

    @abstractmethod
    async def lists(self, who: str) -> str:
        """Return what the list of the review shows somebody."""

    @abstractmethod
    async def opens_draft(self, who: str, question_id: str) -> str:
        """Choose a draft of the list, and return what is shown of it in private, with its buttons."""

    @abstractmethod
    async def press_there(self, who: str, what: str) -> str:
        """Press `send` or `drop` there, and return what is shown in its place."""

    @abstractmethod
    async def rewrites_there(self, who: str, words: str) -> None:
        """Open the dialog from there, and send other words."""

    @abstractmethod
    async def opens_grading(self, who: str) -> str:
        """Use the command to grade decisions, and return what is shown in private."""

    @abstractmethod
    async def grades(self, who: str, what: str) -> str:
        """Press `right`, `wrong` or `skip` below the decision that is shown, and return what is shown then."""

    @abstractmethod
    async def names(self, who: str, entry_id: str) -> str:
        """Name the right entry for the decision that is shown, and return what is shown then."""

    @abstractmethod
    def replies(self, message_id: str) -> list[str]:
        """Return what the bot said in the thread of a message, with its buttons."""


class SlackDrafting(SlackReview, Drafting):
    """A Slack."""

    channel: Channel

    def __init__(self, slack: Slack, app: App, watch: Watch, database: Database) -> None:
        super().__init__(slack, app, watch)
        self.database = database
        self.author = Person("slack", self.mel.id)
        self.members = {ANN: self.ann, BEA: self.bea, MEL: self.mel}
        self.messages: dict[str, Message] = {}

    async def opens(self) -> None:
        """Make the channel."""
        self.channel = await self.desk.office.channel(self.mel, self.ann, mode="draft")

    async def says(self, text: str, *, under: str | None = None) -> str:
        """Write a message."""
        thread = None if under is None else self.messages[under]
        message = await self.mel.says(self.channel, text, thread=thread)
        self.messages[message.ts] = message
        await self.desk.office.quiet()
        return message.ts

    async def edits(self, message_id: str, text: str) -> None:
        """Change a message."""
        await self.mel.edits(self.messages[message_id], text)
        await self.desk.office.quiet()

    async def deletes(self, message_id: str) -> None:
        """Delete a message."""
        await self.mel.deletes(self.messages[message_id])
        await self.desk.office.quiet()

    def _card(self, question_id: str) -> Message:
        (card,) = [one for one in self.slack.visible(self.review) if f"{question_id} " in texts(one)]
        return card

    async def card(self, question_id: str, *saying: str) -> str:
        """Show what is due."""
        await self.desk.cards()
        shown = texts(self._card(question_id))
        assert all(each in shown for each in saying), shown
        return shown

    async def cards(self) -> int:
        """Show what is due."""
        return len(await self.desk.cards())

    async def press(self, question_id: str, presses: Mapping[str, str]) -> None:
        """Press buttons."""
        card, actions = self._card(question_id), {"send": SlackAction.SEND_HELD, "drop": SlackAction.DROP_HELD}
        for who, what in presses.items():
            await self.members[who].clicks(card, actions[what])
        await self.desk.office.quiet()

    async def rewrites(self, who: str, question_id: str, words: str) -> str:
        """Open the dialog and submit it."""
        view = await self.desk.opens(self.members[who], self._card(question_id), SlackAction.EDIT_HELD)
        assert await self.desk.sends(self.members[who], view, answer=words) == {}
        return texts(view)

    def told(self, who: str) -> list[str]:
        """Return ephemeral messages."""
        own = self.members[who].id
        return [one.text for one in self.slack.space.messages if one.visible_to == own]

    async def goes_round(self) -> None:
        """Run the rounds by hand."""
        bot = self.desk.office.bot
        await Upkeep(bot.apps).expire()
        await bot.responder.recover()
        await bot.responder.deliver()
        await self.desk.cards()

    async def lists(self, who: str) -> str:
        """Open the home."""
        await self.members[who].opens_home()
        await self.desk.office.quiet()
        return texts(self.members[who].home)

    async def opens_draft(self, who: str, question_id: str) -> str:
        """Press the button beside the draft."""
        home = self.members[who].home
        (block,) = [one for one in home.arguments["blocks"] if one.get("accessory", {}).get("value") == question_id]
        assert block["accessory"]["action_id"] == SlackAction.SHOW_HELD
        return texts(await self.desk.opens(self.members[who], home, SlackAction.SHOW_HELD))

    async def press_there(self, who: str, what: str) -> str:
        """Press a button of the dialog."""
        actions = {"send": SlackAction.SEND_HELD, "drop": SlackAction.DROP_HELD}
        await self.desk.presses(self.members[who], self.members[who].modal(), actions[what])
        return texts(self.members[who].modal())

    async def rewrites_there(self, who: str, words: str) -> None:
        """Open the dialog on top of the other, and submit it."""
        view = await self.desk.opens(self.members[who], self.members[who].modal(), SlackAction.EDIT_HELD)
        await self.desk.sends(self.members[who], view, answer=words)

    async def opens_grading(self, who: str) -> str:
        """Open the dialog."""
        await self.members[who].commands(self.channel, "/faq grade")
        await self.desk.office.quiet()
        return self._shown_to(who)

    async def grades(self, who: str, what: str) -> str:
        """Press a button of the dialog."""
        actions = {"right": SlackAction.GRADE_RIGHT, "wrong": SlackAction.GRADE_WRONG, "skip": SlackAction.GRADE_SKIP}
        await self.desk.presses(self.members[who], self.members[who].modal(), actions[what])
        return self._shown_to(who)

    async def names(self, who: str, entry_id: str) -> str:
        """Choose a line of the menu that is looked up by typing."""
        member = self.members[who]
        offered = await member.types(member.modal(), SlackAction.GRADE_OTHER, entry_id)
        (line,) = [one for one in offered if one["value"] == entry_id] or [entry(entry_id)]
        await member.enters(member.modal(), SlackAction.GRADE_OTHER, line)
        await self.desk.office.quiet()
        return self._shown_to(who)

    def _shown_to(self, who: str) -> str:
        told = self.told(who)
        return told[-1] if told else texts(self.members[who].modal())

    def replies(self, message_id: str) -> list[str]:
        """Return what stands in the thread."""
        return [f"{one.text} {one.blocks}" for one in self.slack.visible() if one.thread_ts == message_id]


class DiscordDrafting(DiscordReview, Drafting):
    """A Discord."""

    def __init__(self, loopback: Loopback, app: App, watch: Watch, database: Database) -> None:
        super().__init__(loopback, app)
        self.watch, self.database = watch, database
        self.author = Person("discord", str(self.asker.user_id))
        self.shown: Json = {}
        self.listed: Json = {}

    def _who(self, who: str) -> Who:
        return {ANN: self.use.mo, BEA: self.use.max, MEL: Who(self.staff.room, self.asker.user_id)}[who]

    async def opens(self) -> None:
        """Set the channel."""
        await behave(self.app, self.loopback, self.asker.channel_id, mode="draft")

    async def says(self, text: str, *, under: str | None = None) -> str:
        """Write a message."""
        where = self.asker if under is None else Who(int(under), self.asker.user_id)
        said = await people.say(self.loopback, where, text)
        await quiet(self.loopback, self.use.bot)
        return str(said)

    async def edits(self, message_id: str, text: str) -> None:
        """Change a message."""
        await people.edit(self.loopback, int(message_id), text)
        await quiet(self.loopback, self.use.bot)

    async def deletes(self, message_id: str) -> None:
        """Delete a message."""
        await people.remove(self.loopback, int(message_id))
        await quiet(self.loopback, self.use.bot)

    def _there(self, question_id: str) -> list[Json]:
        return [one for one in self.loopback.world.by_bot(self.staff.room) if title(one).startswith(f"{question_id} ")]

    async def _until(self, question_id: str, *saying: str) -> Json:
        def there() -> Json | None:
            found = self._there(question_id)
            return next((one for one in found if all(each in everything(one) for each in saying)), None)

        self.use.bot.rounds.ask()
        return await self.loopback.log.until(there)

    async def card(self, question_id: str, *saying: str) -> str:
        """Wait for the card."""
        card = await self._until(question_id, *saying)
        return f"{everything(card)} {labels(card)}"

    async def cards(self) -> int:
        """Run the round by hand."""
        await self.use.bot.review_channel.show()
        return len(self.loopback.world.by_bot(self.staff.room))

    async def press(self, question_id: str, presses: Mapping[str, str]) -> None:
        """Press buttons."""
        (card,) = self._there(question_id)
        ids = {who: button(card, what) for who, what in presses.items()}
        pressed = [await click(self.loopback, self._who(who), int(card["id"]), one) for who, one in ids.items()]
        for each in pressed:
            await answered(self.loopback, each)
        await quiet(self.loopback, self.use.bot)

    async def rewrites(self, who: str, question_id: str, words: str) -> str:
        """Open the dialog and submit it."""
        (card,) = self._there(question_id)
        pressed = await click(self.loopback, self._who(who), int(card["id"]), button(card, DiscordAction.REWRITE))
        form = await answered(self.loopback, pressed)
        await self.use.answer_to(await submit(self.loopback, self._who(who), pressed, answer=words))
        return str(form["data"])

    def told(self, who: str) -> list[str]:
        """Return private messages."""
        return [words(one) for one in self.loopback.world.private(self._who(who).user_id)]

    async def goes_round(self) -> None:
        """Run the rounds by hand; they run by themselves besides."""
        bot = self.use.bot
        await Upkeep(bot.apps).expire()
        await bot.responder.recover()
        await bot.responder.deliver()
        await bot.review_channel.show()
        await quiet(self.loopback, bot)

    async def lists(self, who: str) -> str:
        """Use the command."""
        self.listed = await self.use.answer_to(await slash(self.loopback, self._who(who), "review"))
        return everything(self.listed)

    async def opens_draft(self, who: str, question_id: str) -> str:
        """Choose from the menu of the list."""
        menu = button(self.listed, DiscordAction.SHOW_HELD)
        chosen = await choose(self.loopback, self._who(who), int(self.listed["id"]), menu, [question_id])
        self.shown = await self.use.answer_to(chosen)
        return f"{everything(self.shown)} {labels(self.shown)}"

    async def press_there(self, who: str, what: str) -> str:
        """Press a button of the message."""
        before = everything(self.shown)
        await click(self.loopback, self._who(who), int(self.shown["id"]), button(self.shown, what))
        return await self._shown_after(before)

    async def rewrites_there(self, who: str, words: str) -> None:
        """Open the dialog and submit it."""
        rewrite = button(self.shown, DiscordAction.REWRITE)
        pressed = await click(self.loopback, self._who(who), int(self.shown["id"]), rewrite)
        await self.use.answer_to(await submit(self.loopback, self._who(who), pressed, answer=words))

    async def opens_grading(self, who: str) -> str:
        """Use the command."""
        self.shown = await self.use.answer_to(await slash(self.loopback, self._who(who), "faq-grade"))
        return everything(self.shown)

    async def grades(self, who: str, what: str) -> str:
        """Press a button of the message."""
        actions = {
            "right": DiscordAction.GRADE_RIGHT,
            "wrong": DiscordAction.GRADE_WRONG,
            "skip": DiscordAction.GRADE_SKIP,
        }
        before = everything(self.shown)
        await click(self.loopback, self._who(who), int(self.shown["id"]), button(self.shown, actions[what]))
        return await self._shown_after(before)

    async def names(self, who: str, entry_id: str) -> str:
        """Fill in the dialog."""
        name = button(self.shown, DiscordAction.GRADE_OTHER)
        pressed = await click(self.loopback, self._who(who), int(self.shown["id"]), name)
        await submit(self.loopback, self._who(who), pressed, entry_id=entry_id)
        await quiet(self.loopback, self.use.bot)
        self.shown = self.loopback.world.messages[int(self.shown["id"])]
        return everything(self.shown)

    async def _shown_after(self, before: str) -> str:
        number = int(self.shown["id"])

        def changed() -> Json | None:
            shown = self.loopback.world.messages[number]
            return None if everything(shown) == before else shown

        self.shown = await self.loopback.log.until(changed)
        return everything(self.shown)

    def replies(self, message_id: str) -> list[str]:
        """Return what stands in the thread."""
        return [f"{words(one)} {one['components']}" for one in self.loopback.world.by_bot(int(message_id))]


@asynccontextmanager
async def slack_drafting(url: str) -> AsyncIterator[Drafting]:
    """Yield a Slack with a channel of drafts."""
    database, watch = Database(url), Watch(datetime.now(UTC))
    async with running_slack() as slack:
        side = SlackDrafting(slack, samples.services(database, clock=watch), watch, database)
        await side.starts()
        await side.opens()
        yield side
        await side.ends()
    await database.aclose()
    assert slack.take_problems() == []


@asynccontextmanager
async def discord_drafting(url: str) -> AsyncIterator[Drafting]:
    """Yield a Discord with a channel of drafts."""
    database, watch = Database(url), Watch(datetime.now(UTC))
    async with running() as loopback:
        side = DiscordDrafting(loopback, discord_bots.services(database, clock=watch), watch, database)
        await side.starts()
        await side.opens()
        yield side
        await side.ends()
    await database.aclose()
    assert checking.told(loopback.log) == []
