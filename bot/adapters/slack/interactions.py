"""Dispatch button presses, menus, shortcuts, commands and submitted dialogs: check the user, run the step, report.

Slack waits three seconds for an answer to a dialog, and the work may take longer.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.adapters.slack.bot import SlackBot, actor, tell, tell_trouble, user_of, worded, words
from bot.adapters.slack.sending import FAULTS, error_code
from bot.adapters.slack.showing.dialogs import LANGUAGE, errors, shown_dialog, typed, unpacked
from bot.adapters.slack.showing.ids import SlackField, seen_item
from bot.adapters.slack.showing.parts import Part
from bot.core.manners import ChannelSettings
from bot.core.wording.labels import Label, Words
from bot.core.wording.languages import speaking
from bot.core.wording.refusals import NOT_A_MODERATOR, NOT_NOW
from bot.errors import (
    ChannelFieldError,
    EntryFieldError,
    EntryNotFoundError,
    EntryUnfitError,
    FaqbotError,
    PhraseTakenError,
)
from bot.service.app import App

PATIENCE = 2.0
"""So many seconds the answer to Slack is held back, so that it can show the result of the work."""

SETTLING = 0.5
"""For so many seconds Slack may still be busy showing what it was answered, and would show that last."""

ADDRESS = "url"
"""The key in a dialog's metadata of the response URL for messages to its sender."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
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


InteractionStep = Callable[[Interaction], Awaitable[None]]
Gate = Callable[[SlackBot, Mapping[str, Any], InteractionStep], Coroutine[Any, Any, None]]
Listener = Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]


def pressed(bot: SlackBot, step: InteractionStep, *, by: Gate, name: str) -> Listener:
    """Return a listener that acknowledges at once, and has the step taken afterwards by those who may."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        bot.work.start(_answered(bot, body, by, step), name=name)

    return listener


async def _answered(bot: SlackBot, body: Mapping[str, Any], by: Gate, step: InteractionStep) -> None:
    with speaking(await _locale(bot, body)):
        await by(bot, body, step)


async def _locale(bot: SlackBot, body: Mapping[str, Any]) -> str | None:
    """Return the locale of the channel, if it has one, else that of the user."""
    channel = body.get("channel_id") or (body.get("channel") or {}).get("id") or "D"
    settings = ChannelSettings()
    if not channel.startswith("D"):
        with suppress(FaqbotError):  # the step itself meets it, and says so
            async with bot.apps.use(bot.me.workspace_id) as app:
                settings = await app.channels.behaviour(bot.place(channel))
    return settings.locale or await bot.messenger.names.locale_of(user_of(body))


async def moderated(bot: SlackBot, body: Mapping[str, Any], step: InteractionStep) -> None:
    """Run a moderator's step; anybody else gets a refusal."""
    if await bot.people.is_moderator(user_of(body)):
        await taken(bot, body, step)
    else:
        await tell(bot, body, NOT_A_MODERATOR)


async def taken(bot: SlackBot, body: Mapping[str, Any], step: InteractionStep) -> None:
    """Run a user's step, and send them refusals in private."""
    try:
        async with bot.apps.use(bot.me.workspace_id) as app:
            await step(Interaction(bot=bot, app=app, body=body))
    except FaqbotError as error:
        await tell(bot, body, await worded(bot, error))
    except FAULTS as error:
        await tell_trouble(bot, body, error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A submitted dialog: what it was about, and what was typed and chosen."""

    bot: SlackBot
    app: App
    body: Mapping[str, Any]
    about: Mapping[str, str]
    typed: Mapping[SlackField, str]
    moderator: bool

    @property
    def user_id(self) -> str:
        """Return who submitted it."""
        return str(self.body["user"]["id"])

    @property
    def actor(self) -> str:
        """Return whom the audit log is to name."""
        return actor(self.user_id)

    @property
    def seen(self) -> int:
        """Return the version of the item that was seen."""
        return int(self.about["version"])


@dataclass(frozen=True, slots=True)
class Answer:
    """What a dialog does after a submission: it shows another view or errors at its fields, or it closes."""

    view: Part | None = None
    problems: Mapping[SlackField, str] = field(default_factory=dict)


DialogStep = Callable[[Submission], Awaitable[Part | None]]
"""Does the work, and returns what the dialog is to show next, if anything."""


def submitted(
    bot: SlackBot, step: DialogStep, *, anybody: bool = False
) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
    """Return a listener that takes the step when a dialog is submitted, by a moderator or by anybody."""

    async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
        await _take(bot, ack, body, step, anybody=anybody)

    return listener


async def tell_sender(sent: Submission, text: Words) -> None:
    """Send a text to the person who submitted a dialog, where they opened it."""
    await tell(sent.bot, {"user": sent.body["user"], "response_url": sent.about[ADDRESS]}, text)


async def _take(bot: SlackBot, ack: AsyncAck, body: Mapping[str, Any], step: DialogStep, *, anybody: bool) -> None:
    """Run the step, and answer Slack with its result; a step that takes longer reports when it is done."""
    with speaking(unpacked(body["view"]["private_metadata"]).get(LANGUAGE)):
        await _take_in_turn(bot, ack, body, step, anybody=anybody)


async def _take_in_turn(
    bot: SlackBot, ack: AsyncAck, body: Mapping[str, Any], step: DialogStep, *, anybody: bool
) -> None:
    found: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    bot.work.start(_work(bot, body, step, found, anybody=anybody), name="take a dialog")
    done, _ = await asyncio.wait([found], timeout=PATIENCE)
    if not done:
        await ack(response_action="update", view=shown_dialog(_title(body), _said(Label.ONE_MOMENT)))
        bot.work.start(_tell_late(bot, body, found), name="tell what came of a dialog")
        return
    answer = found.result()
    if answer.problems:
        await ack(response_action="errors", errors=errors(answer.problems))
    elif answer.view is not None:
        await ack(response_action="update", view=answer.view)
    elif body["view"].get("previous_view_id"):
        await ack(response_action="clear")
    else:
        await ack()


async def _work(
    bot: SlackBot, body: Mapping[str, Any], step: DialogStep, found: asyncio.Future[Answer], *, anybody: bool
) -> None:
    answer = Answer(problems={_first_field(body): str(NOT_NOW)})
    try:
        answer = await _answer(bot, body, step, anybody=anybody)
    finally:
        found.set_result(answer)


async def _answer(bot: SlackBot, body: Mapping[str, Any], step: DialogStep, *, anybody: bool) -> Answer:
    view = body["view"]
    moderator = await bot.people.is_moderator(body["user"]["id"])
    if not (moderator or anybody):
        return Answer(problems={_first_field(body): str(NOT_A_MODERATOR)})
    try:
        async with bot.apps.use(bot.me.workspace_id) as app:
            submission = Submission(
                bot=bot,
                app=app,
                body=body,
                about=unpacked(view["private_metadata"]),
                typed=typed(view["state"]),
                moderator=moderator,
            )
            return Answer(view=await step(submission))
    except FaqbotError as error:
        return Answer(problems={_field_of(error, body): await worded(bot, error)})
    except FAULTS as error:
        _log.warning("slack.dialog.failed", extra={"fault": error_code(error)})
        return Answer(problems={_first_field(body): str(NOT_NOW)})


async def _tell_late(bot: SlackBot, body: Mapping[str, Any], found: asyncio.Future[Answer]) -> None:
    """Show the result in the dialog, or as a message where the dialog was closed."""
    answer = await found
    said = " ".join(answer.problems.values()) or str(Label.DONE)
    view = answer.view or shown_dialog(_title(body), _said(said))
    await asyncio.sleep(SETTLING)
    try:
        await bot.client.views_update(view_id=body["view"]["id"], view=view)
    except FAULTS as error:
        _log.info("slack.dialog.closed", extra={"fault": error_code(error)})
        if answer.problems:
            await tell(bot, body, said)


def _said(text: Words) -> list[Part]:
    return list(words(text).blocks)


def _title(body: Mapping[str, Any]) -> str:
    return str(body["view"]["title"]["text"])


def _fields(body: Mapping[str, Any]) -> list[SlackField]:
    blocks = body["view"].get("blocks", ())
    names = [block["block_id"] for block in blocks if block["type"] == "input"]
    return [SlackField(name) for name in names if name in set(SlackField)]


def _first_field(body: Mapping[str, Any]) -> SlackField:
    return next(iter(_fields(body)), SlackField.QUESTION)


def _field_of(error: FaqbotError, body: Mapping[str, Any]) -> SlackField:
    """Return the field of a dialog that an error is about; the first one if it is about none."""
    wanted = None
    match error:
        case EntryFieldError(field=name) | ChannelFieldError(field=name):
            wanted = name
        case PhraseTakenError():
            wanted = SlackField.QUESTION
        case EntryUnfitError() | EntryNotFoundError():
            wanted = SlackField.ENTRY
    return next((each for each in _fields(body) if each == wanted), _first_field(body))
