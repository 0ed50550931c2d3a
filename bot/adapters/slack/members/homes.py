"""Show the home of the app and what is proposed in the agent view, and handle what people press there."""

import json
import logging
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from bot.adapters.slack.bot import SlackBot, actor, person, tell
from bot.adapters.slack.identity import domains_with
from bot.adapters.slack.interactions import Interaction, InteractionStep, moderated, pressed, taken
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.sending import FAULTS, error_code
from bot.adapters.slack.showing import parts
from bot.adapters.slack.showing.answers import reply_parts
from bot.adapters.slack.showing.cards import ANY, HELD, MINE, PAGE, Queue, home_view
from bot.adapters.slack.showing.dialogs import packed, shown_dialog, unpacked
from bot.adapters.slack.showing.ids import FILTERS, PAGES, SlackAction, filter_name
from bot.adapters.slack.showing.parts import Part, context, mrkdwn, section
from bot.chat.markdown import cut
from bot.core.manners import OptOut
from bot.core.models import Audience, ItemKind, ItemStatus
from bot.core.wording.labels import Label
from bot.core.wording.languages import speaking
from bot.core.wording.outcomes import FORGOTTEN, MORE_IS_KEPT
from bot.core.wording.replies import gone
from bot.core.wording.visible import visible_line
from bot.service.app import App
from bot.service.review import OPEN_ITEMS

# Nobody is named in the audit log for what they want of their own data.
_THEMSELVES = PLATFORM
# Nobody can copy more than so much out of a dialog.
_MOST = 60
# Leaves room for characters that take two units, and for what keeps names from pinging.
_CHUNK = 1_300
# Slack writes these in four or five characters, and a backtick would end the block.
_MARKUP = frozenset("&<>`")
# Control, format, unassigned and private characters, and separators of lines and paragraphs.
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def _register_own_data(bot: SlackBot) -> None:
    """Listen to the buttons for one's own data."""
    for action, step in _STEPS.items():
        bot.app.action(action)(pressed(bot, step, by=taken, name="do what was pressed about own data"))


async def _export(interaction: Interaction) -> None:
    kept = await interaction.app.privacy.export(person(interaction.user_id), actor=_THEMSELVES)
    await interaction.show(kept_dialog(asdict(kept)))


async def _forget(interaction: Interaction) -> None:
    await interaction.app.privacy.forget(person(interaction.user_id), actor=_THEMSELVES)
    await publish(interaction.bot, interaction.app, interaction.user_id, interaction.home or "")
    await tell(interaction.bot, interaction.body, FORGOTTEN)


async def _opt_out(interaction: Interaction) -> None:
    await interaction.app.privacy.opt_out(person(interaction.user_id), actor=_THEMSELVES)
    await publish(interaction.bot, interaction.app, interaction.user_id, interaction.home or "")


async def _only_asked(interaction: Interaction) -> None:
    me = person(interaction.user_id)
    await interaction.app.privacy.opt_out(me, actor=_THEMSELVES, extent=OptOut.UNASKED)
    await publish(interaction.bot, interaction.app, interaction.user_id, interaction.home or "")


async def _opt_in(interaction: Interaction) -> None:
    await interaction.app.privacy.opt_in(person(interaction.user_id), actor=_THEMSELVES)
    await publish(interaction.bot, interaction.app, interaction.user_id, interaction.home or "")


def kept_dialog(kept: Mapping[str, object]) -> Part:
    """Show everything that is kept of a person, as JSON."""
    text = "".join(map(_written, json.dumps(kept, ensure_ascii=False, indent=1)))
    chunks = [text[begin : begin + _CHUNK] for begin in range(0, len(text), _CHUNK)]
    shown = [section(f"```{mrkdwn(chunk, parts.SECTION - 6)}```") for chunk in chunks[:_MOST]]
    return shown_dialog(Label.MY_DATA, [*shown, *([context(str(MORE_IS_KEPT))] if chunks[_MOST:] else [])])


def _written(character: str) -> str:
    """Return a character as it is, or in the other way that JSON has, where Slack would not show it as it is."""
    if character in _MARKUP:
        return f"\\u{ord(character):04x}"
    is_hidden = unicodedata.category(character) in _HIDDEN and character != "\n"
    return json.dumps(character)[1:-1] if is_hidden else character


_STEPS: Mapping[SlackAction, InteractionStep] = {
    SlackAction.EXPORT: _export,
    SlackAction.FORGET: _forget,
    SlackAction.OPT_OUT: _opt_out,
    SlackAction.OPT_IN: _opt_in,
    SlackAction.ONLY_ASKED: _only_asked,
}


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
    _register_own_data(bot)


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
    with speaking(await bot.messenger.names.locale_of(user_id)):
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
    items = [await bot.messenger.names.on(item) for item in found.items]
    held = await app.held.waiting(PLATFORM, audience=Audience.INTERNAL, limit=HELD)
    return Queue(items=items, first=first, more=found.total > first + PAGE, chosen=chosen, held=held)


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
    with speaking(await bot.messenger.names.locale_of(user_id)):
        title = str(Label.PROMPTS)
    try:
        await bot.client.assistant_threads_setSuggestedPrompts(
            channel_id=channel_id, title=title, prompts=prompts(used)
        )
    except FAULTS as error:
        _log.info("slack.suggested_prompts.failed", extra={"fault": error_code(error)})


def prompts(questions: Iterable[str]) -> list[dict[str, str]]:
    """Return the most asked questions as prompts: each once, as many as Slack shows."""
    lines = dict.fromkeys(filter(None, map(visible_line, questions)))
    return [{"title": cut(line, parts.BUTTON), "message": cut(line, _MESSAGE)} for line in lines][:MOST_PROMPTS]
