"""Set up a review channel, people to review, and somebody who asks."""

from dataclasses import dataclass
from typing import Any

from bot.adapters.slack.showing.ids import SlackAction
from bot.service.app import App
from tests.adapters.slack.bots import Office, StartBot
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import BOT_USER, Channel, Json, Message, View

GROUP = "S0MODERATORS"
PARROT = "where is the parrot"
CAT = "who feeds the cat at night"


@dataclass(frozen=True)
class Desk:
    """An office with two moderators, a colleague who is none, and the channel of the review."""

    office: Office
    ann: Member
    bea: Member
    mel: Member
    review: Channel

    @property
    def app(self) -> App:
        """Return the services."""
        return self.office.app

    @property
    def slack(self) -> Slack:
        """Return the Slack."""
        return self.office.slack

    async def asks(self, text: str = PARROT, *, by: Member | None = None, channel: Channel | None = None) -> Message:
        """Ask what the bot cannot answer, and wait for its reply."""
        asker = by or self.mel
        where = channel or await self.office.channel(asker)
        asked = await asker.says(where, f"<@{BOT_USER}> {text}")
        await self.office.quiet()
        return asked

    async def cards(self) -> list[Message]:
        """Show what is due, and return all cards."""
        await self.office.quiet()
        board = self.office.bot.board
        assert board is not None
        await board.show()
        return self.slack.visible(self.review)

    async def card(self) -> Message:
        """Show what is due, and return the only card."""
        (card,) = await self.cards()
        return card

    async def presses(self, who: Member, on: Message | View, action: SlackAction) -> None:
        """Press a button, and wait until that is dealt with."""
        await who.clicks(on, action.value)
        await self.office.quiet()

    async def opens(self, who: Member, on: Message | View, action: SlackAction) -> View:
        """Press a button, and return the dialog that it opened."""
        await self.presses(who, on, action)
        return who.modal()

    async def sends(self, who: Member, view: View, **values: object) -> Json:
        """Submit a dialog, wait until that is dealt with, and return what Slack was told."""
        delivery = await who.submits(view, **values)
        await self.office.quiet()
        return delivery.answer

    def dismisses_moderators(self) -> None:
        """Remove everybody from the group."""
        self.slack.space.usergroups[GROUP] = []
        self.waits()

    def waits(self) -> None:
        """Move the clock by the few seconds for which the bot caches who is in the group."""
        self.office.bot.people._groups.forget(GROUP)  # noqa: SLF001  # a test does not sleep


async def open_desk(slack: Slack, start_bot: StartBot, *, by_list: bool = False, **settings: Any) -> Desk:  # noqa: ANN401  # the fields of Channel
    """Start the bot with a review channel, and moderators who are a user group or a list."""
    ann, bea, mel = (slack.member(name) for name in ("ann", "bea", "mel"))
    review = slack.space.channel("review", ann.user, bea.user, mel.user, **settings)
    slack.space.usergroups[GROUP] = [ann.id, bea.id]
    moderators = frozenset({ann.id, bea.id} if by_list else {GROUP})
    office = await start_bot(review_channel=review.id, moderators=moderators)
    return Desk(office, ann, bea, mel, review)


def texts(shown: Message | View) -> str:
    """Return everything that is written in a message or a view."""
    return str(shown.blocks if isinstance(shown, Message) else shown.arguments["blocks"])


def begun(view: View) -> dict[str, str]:
    """Return what stands in the fields of a dialog before somebody types."""
    found: dict[str, str] = {}
    for block in view.arguments["blocks"]:
        element = block.get("element", {})
        value = element.get("initial_value") or element.get("initial_option", {}).get("value")
        if value is not None:
            found[block["block_id"]] = value
    return found


def choice(view: View, field: str, value: str) -> Json:
    """Return a line of a menu."""
    (block,) = [block for block in view.arguments["blocks"] if block.get("block_id") == field]
    (line,) = [line for line in block["element"]["options"] if line["value"] == value]
    found: Json = line
    return found


def entry(value: str) -> Json:
    """Return a line that the menu of entries offered."""
    return {"text": {"type": "plain_text", "text": value, "emoji": False}, "value": value}
