"""Handle what moderators reach in the menu of a message: an entry from a reply, and why."""

import logging

from bot.adapters.slack.bot import SlackBot, tell
from bot.adapters.slack.interactions import (
    ADDRESS,
    Interaction,
    Submission,
    moderated,
    pressed,
    submitted,
    taken,
    tell_sender,
)
from bot.adapters.slack.reading import quoted, words
from bot.adapters.slack.sending import FAULTS, error_code
from bot.adapters.slack.showing.dialogs import draft_dialog, shown_dialog
from bot.adapters.slack.showing.ids import Dialog, SlackField
from bot.adapters.slack.showing.parts import plain_section
from bot.chat.moderators import reasons, told_of
from bot.core.models import Audience, Entry, MessageRef
from bot.core.redaction import redact
from bot.core.wording.labels import Label
from bot.core.wording.outcomes import (
    NO_TEXT,
    NOT_WAITING,
    SUGGESTED,
    UNKNOWN_MESSAGE,
    added,
)
from bot.core.wording.refusals import KEPT_BY_NOBODY
from bot.service.conversations import Conversation

_CHANNEL = "channel"
ADD_TO_FAQ = "faqbot_add_to_faq"
_ITEM = "item"
_log = logging.getLogger(__name__)
WHY = "faqbot_why"


def register(bot: SlackBot) -> None:
    """Listen to the commands in the order of this file."""
    _register_drafts(bot)
    _register_why(bot)


def _register_drafts(bot: SlackBot) -> None:
    """Listen to the shortcut and to its dialog."""
    add = pressed(bot, _open, by=taken, name="make an entry of a reply")
    bot.app.shortcut({"type": "message_action", "callback_id": ADD_TO_FAQ})(add)
    bot.app.view(Dialog.DRAFT.value)(submitted(bot, _save, anybody=True))


async def _open(interaction: Interaction) -> None:
    """Show the reply and what was asked; who is no moderator may only suggest an answer to what waits for one."""
    bot, body = interaction.bot, interaction.body
    answer, asked = quoted(str(body["message"].get("text") or "")), await _asked(interaction)
    item_id = asked.item_id if asked is not None else None
    if not await bot.people.is_moderator(interaction.user_id) and item_id is None:
        await tell(bot, body, NOT_WAITING)
    elif not answer:
        await tell(bot, body, NO_TEXT)
    elif redact(answer).secret:
        await tell(bot, body, KEPT_BY_NOBODY)
    else:
        question = (asked.outcome.text or "") if asked is not None else await _begun_with(interaction)
        about = {_ITEM: item_id or "", ADDRESS: body.get("response_url") or ""}
        audience = await _audience(interaction)
        await interaction.show(draft_dialog(question=question, answer=answer, audience=audience, about=about))


async def _save(sent: Submission) -> None:
    typed, item_id = sent.typed, sent.about[_ITEM] or None
    question, answer = typed[SlackField.QUESTION], typed[SlackField.ANSWER]
    if not sent.moderator:
        await _suggest(sent, item_id, question=question, answer=answer)
        return
    entry = Entry(
        id="",
        question=question,
        answer=answer,
        staff_note=typed.get(SlackField.STAFF_NOTE),
        category=typed.get(SlackField.CATEGORY),
        audience=Audience(typed[SlackField.AUDIENCE]),
    )
    saved = await sent.app.drafts.save(entry, item_id=item_id, actor=sent.actor)
    sent.bot.rounds.ask()
    await tell_sender(sent, added(saved.entry.id) if saved.done is None else told_of(saved.done))


async def _suggest(sent: Submission, item_id: str | None, *, question: str, answer: str) -> None:
    if item_id is None:
        await tell_sender(sent, NOT_WAITING)
        return
    await sent.app.review.suggest(item_id, question=question, answer=answer, actor=sent.actor)
    await tell_sender(sent, SUGGESTED)


async def _asked(interaction: Interaction) -> Conversation | None:
    """Return the question that a reply is in the thread of, if the bot knows it."""
    root = interaction.body["message"].get("thread_ts")
    if root is None:
        return None
    place = interaction.bot.place(interaction.body["channel"]["id"])
    where = {"platform": place.platform, "workspace_id": place.workspace_id, "message_id": root}
    return await interaction.app.conversations.why(MessageRef(**where))


async def _begun_with(interaction: Interaction) -> str:
    """Return the first message of the thread, with secrets removed."""
    message, channel = interaction.body["message"], interaction.body["channel"]["id"]
    root = message.get("thread_ts")
    if root in {None, message["ts"]}:
        return ""
    try:
        page = await interaction.bot.client.conversations_replies(channel=channel, ts=root, limit=1)
    except FAULTS as error:
        _log.info("slack.thread.unreadable", extra={"fault": error_code(error)})
        return ""
    found = redact(words(str(page["messages"][0].get("text") or "")))
    return "" if found.secret else found.text


async def _audience(interaction: Interaction) -> Audience:
    """Return who reads the place, whom the entry is most likely for."""
    channel = interaction.body["channel"]["id"]
    settings = await interaction.app.channels.behaviour(interaction.bot.place(channel))
    return await interaction.bot.places.audience(channel, marked=settings.audience)


def _register_why(bot: SlackBot) -> None:
    """Listen to the shortcut."""
    asked = pressed(bot, _why, by=moderated, name="tell why")
    bot.app.shortcut({"type": "message_action", "callback_id": WHY})(asked)


async def _why(interaction: Interaction) -> None:
    """Show it to the moderator alone, who is staff and may know everything."""
    place = interaction.bot.place(interaction.body["channel"]["id"])
    where = {"platform": place.platform, "workspace_id": place.workspace_id}
    message_id = interaction.body["message"]["ts"]
    lines = await reasons(interaction.app, **where, message_id=message_id, audience=Audience.INTERNAL)
    if lines is None:
        await tell(interaction.bot, interaction.body, UNKNOWN_MESSAGE)
    else:
        await interaction.show(shown_dialog(Label.WHY, [plain_section(line) for line in lines]))
