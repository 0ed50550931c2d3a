"""Accept several suggestions at once, in a Slack or on a Discord, behind one face."""

from abc import abstractmethod
from functools import partial

from bot.adapters.discord.showing.parts import DiscordAction
from bot.adapters.slack.showing.ids import SlackAction
from bot.service.app import App
from tests.adapters.discord.bots import button, quiet
from tests.adapters.discord.moderators.staff import everything
from tests.adapters.slack.moderators.desks import GROUP, entry, texts
from tests.contract.reviews import DiscordReview, Open, ReviewSide, SlackReview, on_discord, on_slack
from tests.loopback.discord.invoking import choose, click, shown, slash
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.server import Loopback
from tests.loopback.slack.server import Slack
from tests.service.deliveries import Watch


class Accepting(ReviewSide):
    """A platform with the list of the review, which a moderator uses."""

    @abstractmethod
    async def offers(self) -> str:
        """Press what accepts several, and return what the moderator is shown, and may pick."""

    @abstractmethod
    async def picks(self, *names: str) -> str:
        """Pick some, and return what the moderator is shown for that."""

    @abstractmethod
    async def accepts(self) -> str:
        """Confirm what was picked, and return what the moderator is told."""

    @abstractmethod
    async def accepts_as_nobody(self) -> str:
        """Confirm as one who is no moderator any more, and return what they are told."""


class SlackAccepting(SlackReview, Accepting):
    """A Slack."""

    def __init__(self, slack: Slack, app: App, watch: Watch) -> None:
        super().__init__(slack, app, watch)
        slack.space.usergroups[GROUP] = [self.ann.id, self.bea.id]
        self.moderators = frozenset({GROUP})

    async def offers(self) -> str:
        """Press the button on the home."""
        await self.ann.opens_home()
        await self.desk.office.quiet()
        self.dialog = await self.desk.opens(self.ann, self.ann.home, SlackAction.ACCEPT_SEVERAL)
        return texts(self.dialog)

    async def picks(self, *names: str) -> str:
        """Choose lines of the menu, and submit the dialog."""
        assert self.dialog is not None
        await self.desk.sends(self.ann, self.dialog, picked=[entry(each) for each in names])
        return texts(self.dialog)

    async def accepts(self) -> str:
        """Submit the dialog again."""
        assert self.dialog is not None
        await self.desk.sends(self.ann, self.dialog)
        return texts(self.dialog)

    async def accepts_as_nobody(self) -> str:
        """Remove everybody from the group, and submit the dialog again."""
        self.desk.dismisses_moderators()
        assert self.dialog is not None
        return str(await self.desk.sends(self.ann, self.dialog))


class DiscordAccepting(DiscordReview, Accepting):
    """A Discord."""

    def __init__(self, loopback: Loopback, app: App) -> None:
        super().__init__(loopback, app)
        self.shown: Json = {}

    async def offers(self) -> str:
        """Press the button below the list."""
        listed = await self.use.answer_to(await slash(self.loopback, self.use.mo, "review"))
        self.shown = await self.use.answer_to(await self.use.press(self.use.mo, listed, DiscordAction.SEVERAL))
        return f"{everything(self.shown)} {self.shown['components']}"

    async def picks(self, *names: str) -> str:
        """Choose lines of the menu."""
        number, menu = int(self.shown["id"]), button(self.shown, DiscordAction.PICK)
        return await self._changed(await choose(self.loopback, self.use.mo, number, menu, names))

    async def accepts(self) -> str:
        """Press the button below."""
        number = int(self.shown["id"])
        confirm = button(self.shown, DiscordAction.ACCEPT_PICKS)
        return await self._changed(await click(self.loopback, self.use.mo, number, confirm))

    async def accepts_as_nobody(self) -> str:
        """Remove the role, and press the button below."""
        world, mo = self.loopback.world, self.use.mo
        world.guild(world.guild_of(mo.channel_id) or 0).members[mo.user_id]["roles"] = []
        pressed = await self.use.press(mo, self.shown, DiscordAction.ACCEPT_PICKS)
        return everything(await shown(self.loopback, pressed))

    async def _changed(self, invocation: object) -> str:
        del invocation
        number, before = int(self.shown["id"]), str(self.shown)

        def there() -> Json | None:
            message = self.loopback.world.messages[number]
            return None if str(message) == before else message

        self.shown = dict(await self.loopback.log.until(there))
        await quiet(self.loopback, self.use.bot)
        return everything(self.shown)


slack_accepting: Open[Accepting] = partial(on_slack, make=SlackAccepting)
discord_accepting: Open[Accepting] = partial(on_discord, make=DiscordAccepting)
