"""Handle the dialogs for review items."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.adapters.slack.members import homes
from bot.adapters.slack.showing.dialogs import answer_dialog, link_dialog
from bot.adapters.slack.showing.ids import Dialog, Field
from bot.adapters.slack.showing.parts import Part
from bot.adapters.slack.slackbot import SlackBot
from bot.adapters.slack.submissions import Step, Submission, submitted
from bot.chat.previews import preview
from bot.core.models import Audience, DismissReason, Entry
from bot.core.review import ReviewItem
from bot.service.resolutions import NewAnswer

_SHOWN, _SUGGESTION, _HOME = "shown", "suggestion", "home"


def register(bot: SlackBot) -> None:
    """Listen to the dialogs of review items."""
    for dialog, step in _STEPS.items():
        bot.app.view(dialog.value)(submitted(bot, step))


async def _answer(sent: Submission) -> Part | None:
    """Show what an answer would change, and make it when that was seen."""
    typed, reviewing = sent.typed, sent.app.review
    wanted = NewAnswer(question=typed[Field.QUESTION], answer=typed[Field.ANSWER], category=typed.get(Field.CATEGORY))
    if not _was_shown(sent):
        return answer_dialog(
            await _item(sent),
            about=_again(sent),
            question=wanted.question,
            answer=wanted.answer,
            category=wanted.category or "",
            replay=await _replayed(sent, await reviewing.draft_answer(_item_id(sent), wanted)),
        )
    accepted = sent.about.get(_SUGGESTION)
    await reviewing.answer(_item_id(sent), wanted, actor=sent.actor, seen=sent.seen, accepted=accepted)
    await _done(sent)
    return None


async def _link(sent: Submission) -> Part | None:
    """Show what a link would change, and make it when that was seen."""
    entry_id, reviewing = sent.typed[Field.ENTRY], sent.app.review
    if not _was_shown(sent):
        entry = await reviewing.draft_link(_item_id(sent), entry_id)
        chosen = (entry.question, entry.id)
        replay = await _replayed(sent, entry)
        return link_dialog(await _item(sent), about=_again(sent), chosen=chosen, replay=replay)
    accepted = sent.about.get(_SUGGESTION)
    await reviewing.link(_item_id(sent), entry_id, actor=sent.actor, seen=sent.seen, accepted=accepted)
    await _done(sent)
    return None


async def _merge(sent: Submission) -> Part | None:
    await sent.app.review.merge(_item_id(sent), sent.typed[Field.ITEM], actor=sent.actor, seen=sent.seen)
    await _done(sent)
    return None


async def _dismiss(sent: Submission) -> Part | None:
    reason, note = DismissReason(sent.typed[Field.REASON]), sent.typed.get(Field.NOTE)
    await sent.app.review.dismiss(_item_id(sent), reason=reason, note=note, actor=sent.actor, seen=sent.seen)
    await _done(sent)
    return None


async def _snooze(sent: Submission) -> Part | None:
    until = datetime.now(UTC) + timedelta(hours=int(sent.typed[Field.HOURS]))
    await sent.app.review.snooze(_item_id(sent), until, actor=sent.actor, seen=sent.seen)
    await _done(sent)
    return None


def _item_id(sent: Submission) -> str:
    return sent.about["item"]


async def _item(sent: Submission) -> ReviewItem:
    return (await sent.app.review.show(_item_id(sent))).item


async def _replayed(sent: Submission, entry: Entry) -> str:
    """Return what an entry would change; only staff open the dialog."""
    return "\n".join(await preview(sent.app, entry, audience=Audience.INTERNAL))


def _again(sent: Submission) -> dict[str, str]:
    """Return what the dialog is about, with a mark of what was typed when its effect was shown."""
    return {**sent.about, _SHOWN: _mark(sent)}


def _was_shown(sent: Submission) -> bool:
    """Return whether the moderator has seen the effect of exactly what they submit."""
    return sent.about.get(_SHOWN) == _mark(sent)


def _mark(sent: Submission) -> str:
    typed = "\0".join(f"{name}\0{sent.typed[name]}" for name in sorted(sent.typed))
    return hashlib.sha256(typed.encode()).hexdigest()[:16]


async def _done(sent: Submission) -> None:
    """Refresh the item wherever it is shown."""
    sent.bot.rounds.ask()
    if home := sent.about.get(_HOME):
        await homes.refresh(sent.bot, sent.app, sent.user_id, home)


_STEPS: Mapping[Dialog, Step] = {
    Dialog.ANSWER: _answer,
    Dialog.LINK: _link,
    Dialog.MERGE: _merge,
    Dialog.DISMISS: _dismiss,
    Dialog.SNOOZE: _snooze,
}
