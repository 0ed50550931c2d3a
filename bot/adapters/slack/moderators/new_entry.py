"""Turn a colleague's reply into an entry: a shortcut in the menu of messages."""

import logging

from bot.adapters.slack.actions import Press, pressed, taken
from bot.adapters.slack.calls import FAULTS, error_code
from bot.adapters.slack.private import tell
from bot.adapters.slack.reading import words
from bot.adapters.slack.showing.dialogs import draft_dialog
from bot.adapters.slack.showing.ids import Dialog, Field
from bot.adapters.slack.showing.quoting import quoted
from bot.adapters.slack.slackbot import SlackBot
from bot.adapters.slack.submissions import ADDRESS, Submission, submitted, tell_sender
from bot.chat.outcomes import NO_TEXT, NOT_WAITING, SUGGESTED, added, resolved
from bot.chat.refusals import KEPT_BY_NOBODY
from bot.core.models import Audience, Entry, MessageRef
from bot.core.redaction import redact
from bot.service.conversations import Conversation

ADD_TO_FAQ = "faqbot_add_to_faq"
_ITEM = "item"
_log = logging.getLogger(__name__)


def register(bot: SlackBot) -> None:
    """Listen to the shortcut and to its dialog."""
    add = pressed(bot, _open, by=taken, name="make an entry of a reply")
    bot.app.shortcut({"type": "message_action", "callback_id": ADD_TO_FAQ})(add)
    bot.app.view(Dialog.DRAFT.value)(submitted(bot, _save, anybody=True))


async def _open(press: Press) -> None:
    """Show the reply and what was asked; who is no moderator may only suggest an answer to what waits for one."""
    bot, body = press.bot, press.body
    answer, asked = quoted(str(body["message"].get("text") or "")), await _asked(press)
    item_id = asked.item_id if asked is not None else None
    if not await bot.people.is_moderator(press.user_id) and item_id is None:
        await tell(bot, body, NOT_WAITING)
    elif not answer:
        await tell(bot, body, NO_TEXT)
    elif redact(answer).secret:
        await tell(bot, body, KEPT_BY_NOBODY)
    else:
        question = (asked.outcome.text or "") if asked is not None else await _begun_with(press)
        about = {_ITEM: item_id or "", ADDRESS: body.get("response_url") or ""}
        audience = await _audience(press)
        await press.show(draft_dialog(question=question, answer=answer, audience=audience, about=about))


async def _save(sent: Submission) -> None:
    typed, item_id = sent.typed, sent.about[_ITEM] or None
    question, answer = typed[Field.QUESTION], typed[Field.ANSWER]
    if not sent.moderator:
        await _suggest(sent, item_id, question=question, answer=answer)
        return
    entry = Entry(
        id="",
        question=question,
        answer=answer,
        staff_note=typed.get(Field.STAFF_NOTE),
        category=typed.get(Field.CATEGORY),
        audience=Audience(typed[Field.AUDIENCE]),
    )
    saved = await sent.app.drafts.save(entry, item_id=item_id, actor=sent.actor)
    sent.bot.rounds.ask()
    await tell_sender(sent, added(saved.entry.id) if saved.done is None else resolved(saved.done))


async def _suggest(sent: Submission, item_id: str | None, *, question: str, answer: str) -> None:
    if item_id is None:
        await tell_sender(sent, NOT_WAITING)
        return
    await sent.app.review.suggest(item_id, question=question, answer=answer, actor=sent.actor)
    await tell_sender(sent, SUGGESTED)


async def _asked(press: Press) -> Conversation | None:
    """Return the question that a reply is in the thread of, if the bot knows it."""
    root = press.body["message"].get("thread_ts")
    if root is None:
        return None
    place = press.bot.place(press.body["channel"]["id"])
    where = {"platform": place.platform, "workspace_id": place.workspace_id, "message_id": root}
    return await press.app.conversations.why(MessageRef(**where))


async def _begun_with(press: Press) -> str:
    """Return the first message of the thread, with secrets removed."""
    message, channel = press.body["message"], press.body["channel"]["id"]
    root = message.get("thread_ts")
    if root in {None, message["ts"]}:
        return ""
    try:
        page = await press.bot.client.conversations_replies(channel=channel, ts=root, limit=1)
    except FAULTS as error:
        _log.info("slack.thread.unreadable", extra={"fault": error_code(error)})
        return ""
    found = redact(words(str(page["messages"][0].get("text") or "")))
    return "" if found.secret else found.text


async def _audience(press: Press) -> Audience:
    """Return who reads the place, whom the entry is most likely for."""
    channel = press.body["channel"]["id"]
    settings = await press.app.channels.behaviour(press.bot.place(channel))
    return await press.bot.places.audience(channel, marked=settings.audience)
