"""Dispatch button presses, menus, shortcuts and commands: check the user, run the step, and report refusals."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.adapters.slack.calls import FAULTS
from bot.adapters.slack.private import tell, tell_trouble, worded
from bot.adapters.slack.showing.ids import seen_item
from bot.adapters.slack.showing.parts import Part
from bot.adapters.slack.slackbot import SlackBot, actor, user_of
from bot.chat.refusals import NOT_A_MODERATOR
from bot.errors import FaqbotError
from bot.service.app import App


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button, menu, shortcut or command that somebody used."""

    bot: SlackBot
    app: App
    body: Mapping[str, Any]

    @property
    def user_id(self) -> str:
        """Return who used it."""
        return user_of(self.body)

    @property
    def actor(self) -> str:
        """Return whom the audit log is to name."""
        return actor(self.user_id)

    @property
    def action(self) -> Mapping[str, Any]:
        """Return the button or menu."""
        action: Mapping[str, Any] = self.body["actions"][0]
        return action

    @property
    def item(self) -> tuple[str, int | None]:
        """Return the item that a button belongs to, and the version that its reader saw, if the row tells."""
        return seen_item(self.action.get("block_id", "")) or (self.action["value"], None)

    @property
    def home(self) -> str | None:
        """Return what the home is about on which it was pressed, or from which the dialog was opened."""
        view = self.body.get("view") or {}
        return view.get("private_metadata") if view.get("type") == "home" else None

    async def show(self, view: Part) -> None:
        """Open a dialog, on top of the one in which it was pressed."""
        trigger = self.body["trigger_id"]
        if (self.body.get("view") or {}).get("type") == "modal":
            await self.bot.client.views_push(trigger_id=trigger, view=view)
        else:
            await self.bot.client.views_open(trigger_id=trigger, view=view)


Step = Callable[[Press], Awaitable[None]]
Gate = Callable[[SlackBot, Mapping[str, Any], Step], Coroutine[Any, Any, None]]
Listener = Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]


def pressed(bot: SlackBot, step: Step, *, by: Gate, name: str) -> Listener:
    """Return a listener that acknowledges at once, and has the step taken afterwards by those who may."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        bot.work.start(by(bot, body, step), name=name)

    return listener


async def moderated(bot: SlackBot, body: Mapping[str, Any], step: Step) -> None:
    """Run a moderator's step; anybody else gets a refusal."""
    if await bot.people.is_moderator(user_of(body)):
        await taken(bot, body, step)
    else:
        await tell(bot, body, NOT_A_MODERATOR)


async def taken(bot: SlackBot, body: Mapping[str, Any], step: Step) -> None:
    """Run a user's step, and send them refusals in private."""
    try:
        async with bot.apps.use(bot.me.workspace_id) as app:
            await step(Press(bot=bot, app=app, body=body))
    except FaqbotError as error:
        await tell(bot, body, await worded(bot, error))
    except FAULTS as error:
        await tell_trouble(bot, body, error)
