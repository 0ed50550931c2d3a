"""Show the home of the app and what is proposed in the agent view, and do what people press there."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.adapters.slack.bot import SlackBot, actor, person
from bot.adapters.slack.calls import FAULTS, error_code
from bot.adapters.slack.identity import domains_with
from bot.adapters.slack.interactions import Interaction, moderated, pressed, taken
from bot.adapters.slack.showing import limits
from bot.adapters.slack.showing.answers import reply_parts
from bot.adapters.slack.showing.cards import ANY, MINE, PAGE, Queue, home_view
from bot.adapters.slack.showing.dialogs import packed, shown_dialog, unpacked
from bot.adapters.slack.showing.ids import FILTERS, PAGES, SlackAction, filter_name
from bot.chat.truncation import cut
from bot.core.models import Audience, ItemKind, ItemStatus
from bot.core.wording.labels import Label
from bot.core.wording.replies import gone
from bot.core.wording.visible import visible_line
from bot.service.app import App
from bot.service.review import OPEN_ITEMS

_log = logging.getLogger(__name__)
_FIRST = "first"
_AT_FIRST = {"status": ItemStatus.OPEN.value, "kind": ANY, "audience": ANY, "whose": ANY, _FIRST: "0"}
_NAME = "do what was pressed on a home"
MOST_PROMPTS = 4
_MESSAGE = 300


def register(bot: SlackBot) -> None:
    """Listen to the opening of the home and of the app's messages, and to what can be pressed on a home."""
    _register_home(bot)
    _register_prompts(bot)


def _register_home(bot: SlackBot) -> None:
    """Register listeners for the home: its opening, its search, its filters and its pages."""

    async def opened(event: dict[str, Any]) -> None:
        bot.work.start(_open(bot, event["user"]), name="show a home")

    async def of_home(event: dict[str, Any]) -> bool:
        return event.get("tab") == "home"

    bot.app.event("app_home_opened", matchers=[of_home])(opened)
    bot.app.action(SlackAction.SEARCH)(pressed(bot, _search, by=taken, name=_NAME))
    for pattern in (FILTERS, PAGES):
        bot.app.action(pattern)(pressed(bot, _turn, by=moderated, name=_NAME))


async def publish(bot: SlackBot, app: App, user_id: str, about: str) -> None:
    """Show somebody their home as everything is now; `about` is what the queue on it is filtered by."""
    chosen = {**_AT_FIRST, **unpacked(about)}
    mine = await app.conversations.mine(person(user_id))
    queue = await _queue(bot, app, user_id, chosen) if await bot.people.is_moderator(user_id) else None
    opted_out = await app.privacy.opted_out(person(user_id))
    view = home_view(
        mine, permalink=bot.messenger.permalink, opted_out=opted_out, queue=queue, domains=domains_with(bot.me)
    )
    await bot.client.views_publish(user_id=user_id, view=view | {"private_metadata": packed(chosen)})


async def refresh(bot: SlackBot, app: App, user_id: str, about: str) -> None:
    """Refresh somebody's home after an action, which is done even where Slack does not show it."""
    try:
        await publish(bot, app, user_id, about)
    except FAULTS as error:
        _log.warning("slack.home.failed", extra={"fault": error_code(error)})


async def _open(bot: SlackBot, user_id: str) -> None:
    async with bot.apps.use(bot.me.workspace_id) as app:
        await refresh(bot, app, user_id, "")


async def _queue(bot: SlackBot, app: App, user_id: str, chosen: Mapping[str, str]) -> Queue:
    first = int(chosen[_FIRST])
    wanted = replace(
        OPEN_ITEMS,
        status=None if chosen["status"] == ANY else ItemStatus(chosen["status"]),
        kind=None if chosen["kind"] == ANY else ItemKind(chosen["kind"]),
        audience=None if chosen["audience"] == ANY else Audience(chosen["audience"]),
        assignee=actor(user_id) if chosen["whose"] == MINE else None,
        first=first,
        limit=PAGE,
    )
    found = await app.review.page(wanted)
    items = [await bot.messenger.named(item) for item in found.items]
    return Queue(items=items, first=first, more=found.total > first + PAGE, chosen=chosen)


async def _turn(interaction: Interaction) -> None:
    """Filter the queue, or turn to another page of it."""
    chosen = unpacked(interaction.home or "")
    action = interaction.action
    if "selected_option" in action:
        chosen |= {filter_name(action["action_id"]): action["selected_option"]["value"], _FIRST: "0"}
    else:
        chosen[_FIRST] = action["value"]
    await publish(interaction.bot, interaction.app, interaction.user_id, packed(chosen))


async def _search(interaction: Interaction) -> None:
    """Show the entry that was chosen, if the user may read it."""
    audience = await interaction.bot.places.audience_with(interaction.user_id)
    reply = (
        await interaction.app.ask.choose(interaction.action["selected_option"]["value"], audience=audience) or gone()
    )
    await interaction.show(shown_dialog(Label.SEARCH, reply_parts(reply, domains=interaction.bot.options.domains)))


def _register_prompts(bot: SlackBot) -> None:
    """Listen to the opening of the app's messages (`app_home_opened` with the tab `messages`)."""

    async def on_messages(event: dict[str, Any]) -> bool:
        return event.get("tab") == "messages"

    async def opened(event: dict[str, Any]) -> None:
        if bot.options.agent:
            bot.work.start(_propose(bot, str(event.get("channel")), str(event.get("user"))), name="propose questions")

    async def moved(event: dict[str, Any]) -> None:
        """Acknowledge that somebody looks at something else."""
        del event

    bot.app.event("app_home_opened", matchers=[on_messages])(opened)
    bot.app.event("app_context_changed")(moved)


async def _propose(bot: SlackBot, channel_id: str, user_id: str) -> None:
    """Show the questions that are asked most, as far as this person may read their answers."""
    audience = await bot.places.audience_with(user_id)
    async with bot.apps.use(bot.me.workspace_id) as app:
        used = await app.stats.most_asked(audience=audience, limit=MOST_PROMPTS)
    if not used:
        return
    try:
        await bot.client.assistant_threads_setSuggestedPrompts(
            channel_id=channel_id, title=str(Label.PROMPTS), prompts=prompts(used)
        )
    except FAULTS as error:
        _log.info("slack.suggested_prompts.failed", extra={"fault": error_code(error)})


def prompts(questions: Iterable[str]) -> list[dict[str, str]]:
    """Return the most asked questions as prompts: each once, as many as Slack shows."""
    lines = dict.fromkeys(filter(None, map(visible_line, questions)))
    return [{"title": cut(line, limits.BUTTON), "message": cut(line, _MESSAGE)} for line in lines][:MOST_PROMPTS]
