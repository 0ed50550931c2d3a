"""Handle the buttons and dialogs of review items."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.identity import domains_with
from bot.adapters.slack.interactions import (
    DialogStep,
    Interaction,
    InteractionStep,
    Submission,
    moderated,
    pressed,
    submitted,
)
from bot.adapters.slack.members import homes
from bot.adapters.slack.showing.cards import card_message
from bot.adapters.slack.showing.dialogs import (
    answer_dialog,
    dismiss_dialog,
    link_dialog,
    merge_dialog,
    shown_dialog,
    snooze_dialog,
    unpacked,
)
from bot.adapters.slack.showing.ids import Dialog, SlackAction, SlackField
from bot.adapters.slack.showing.parts import Part
from bot.chat.moderators import answer_of, drafted, preview, saved
from bot.chat.review import ItemPress, act_on_item, item_as_seen
from bot.core.models import Audience, DismissReason
from bot.core.review import ReviewItem
from bot.service.drafts import DraftKind, ModeratorDraft
from bot.service.resolutions import Proposal
from bot.service.review import OPEN_ITEMS
from bot.service.review_queue import Review

_SHOWN, _SUGGESTION = "shown", "suggestion"
HOME = "home"
"""The key in a dialog's metadata of the home from which it was opened."""


def register(bot: SlackBot) -> None:
    """Listen to the buttons and dialogs of review items."""
    for action, step in _STEPS.items():
        bot.app.action(action.value)(pressed(bot, step, by=moderated, name="do what a moderator pressed"))
    _register_dialogs(bot)


async def _answer(interaction: Interaction) -> None:
    item, review = await _open(interaction)
    about, usable = _about(interaction, review), filter(review.may_publish, review.suggestions)
    wanted = next((each for each in usable if each.answer), None)
    if wanted is None:
        await interaction.show(answer_dialog(item, about=about))
        return
    about["suggestion"], by = wanted.id, await interaction.bot.messenger.names.within(wanted.suggested_by)
    answer = wanted.answer or ""
    await interaction.show(answer_dialog(item, about=about, question=wanted.question, answer=answer, by=by))


async def _link(interaction: Interaction) -> None:
    item, review = await _open(interaction)
    about, wanted = _about(interaction, review), next((each for each in review.suggestions if each.entry_id), None)
    if wanted is None or wanted.entry_id is None:
        await interaction.show(link_dialog(item, about=about))
        return
    about["suggestion"], by = wanted.id, await interaction.bot.messenger.names.within(wanted.suggested_by)
    chosen = (await interaction.app.catalogue.show(wanted.entry_id)).entry
    await interaction.show(link_dialog(item, about=about, chosen=(chosen.question, chosen.id), by=by))


async def _merge(interaction: Interaction) -> None:
    item, review = await _open(interaction)
    alike = await interaction.app.review.list(replace(OPEN_ITEMS, audience=item.audience))
    await interaction.show(merge_dialog(item, alike, about=_about(interaction, review)))


async def _dismiss(interaction: Interaction) -> None:
    item, review = await _open(interaction)
    await interaction.show(dismiss_dialog(item, about=_about(interaction, review)))


async def _snooze(interaction: Interaction) -> None:
    item, review = await _open(interaction)
    await interaction.show(snooze_dialog(item, about=_about(interaction, review)))


async def _act(press: ItemPress, interaction: Interaction) -> None:
    item_id, seen = interaction.item
    await act_on_item(interaction.app.review, press, item_id, actor=interaction.actor, seen=seen)
    await _follow(interaction)


async def _show(interaction: Interaction) -> None:
    """Show an item of the queue with everything that can be done about it."""
    item_id, _ = interaction.item
    await interaction.show(await _item_dialog(interaction, item_id))


async def _open(interaction: Interaction) -> tuple[ReviewItem, Review]:
    """Return an item that is as its reader saw it, and can be acted on."""
    item_id, seen = interaction.item
    review = await interaction.app.review.show(item_id)
    return item_as_seen(review, seen), review


def _about(interaction: Interaction, review: Review) -> dict[str, str]:
    """Return what a dialog is to know: the version that was seen, and the home from which it was opened."""
    home = home_of(interaction)
    return {"version": str(review.item.version), **({HOME: home} if home else {})}


def home_of(interaction: Interaction) -> str | None:
    """Return what the home is about from which somebody came to where they press now."""
    view = interaction.body.get("view") or {}
    return interaction.home or unpacked(view.get("private_metadata", "")).get(HOME)


async def _follow(interaction: Interaction) -> None:
    """Refresh the item wherever it is shown."""
    interaction.bot.rounds.ask()
    view = interaction.body.get("view")
    if view is None:
        return
    about = unpacked(view["private_metadata"])
    if view["type"] == "modal":
        shown = await _item_dialog(interaction, interaction.item[0])
        await interaction.bot.client.views_update(view_id=view["id"], hash=view["hash"], view=shown)
    if home := interaction.home or about.get(HOME):
        await homes.refresh(interaction.bot, interaction.app, interaction.user_id, home)


async def _item_dialog(interaction: Interaction, item_id: str) -> Part:
    review = await interaction.app.review.show(item_id)
    messenger = interaction.bot.messenger
    item: ReviewItem = await messenger.names.on(review.item)
    message = card_message(item, permalink=messenger.permalink, domains=domains_with(interaction.bot.me))
    return shown_dialog(item.id, message.blocks, about=_about(interaction, review))


_STEPS: Mapping[SlackAction, InteractionStep] = {
    SlackAction.ANSWER: _answer,
    SlackAction.LINK: _link,
    SlackAction.MERGE: _merge,
    SlackAction.DISMISS: _dismiss,
    SlackAction.SNOOZE: _snooze,
    SlackAction.ASSIGN: partial(_act, ItemPress.ASSIGN),
    SlackAction.ACCEPT: partial(_act, ItemPress.ACCEPT),
    SlackAction.REOPEN: partial(_act, ItemPress.REOPEN),
    SlackAction.REVERT: partial(_act, ItemPress.REVERT),
    SlackAction.SHOW: _show,
}


def _register_dialogs(bot: SlackBot) -> None:
    """Listen to the dialogs of review items."""
    for dialog, step in _SUBMITTED.items():
        bot.app.view(dialog.value)(submitted(bot, step))


async def _submit_answer(sent: Submission) -> Part | None:
    """Show what an answer would change, and make it when that was seen."""
    draft = _draft(sent, DraftKind.ANSWER)
    if not was_shown(sent):
        wanted = answer_of(draft)
        return answer_dialog(
            await _item(sent),
            about=again(sent),
            question=wanted.question,
            answer=wanted.answer,
            category=wanted.category or "",
            replay=await _replayed(sent, await drafted(sent.app, draft)),
        )
    await saved(sent.app, draft, actor=sent.actor)
    await refresh(sent)
    return None


async def _submit_link(sent: Submission) -> Part | None:
    """Show what a link would change, and make it when that was seen."""
    draft = _draft(sent, DraftKind.LINK)
    if not was_shown(sent):
        proposal = await drafted(sent.app, draft)
        chosen = (proposal.entry.question, proposal.entry.id)
        replay = await _replayed(sent, proposal)
        return link_dialog(await _item(sent), about=again(sent), chosen=chosen, replay=replay)
    await saved(sent.app, draft, actor=sent.actor)
    await refresh(sent)
    return None


def _draft(sent: Submission, kind: DraftKind) -> ModeratorDraft:
    """Return what a moderator filled in; Slack sends all of it again with each press, so nothing has to be kept."""
    return ModeratorDraft(
        kind=kind,
        values={name.value: value for name, value in sent.typed.items()},
        item_id=_item_id(sent),
        seen=sent.seen,
        accepted=sent.about.get(_SUGGESTION),
    )


async def _submit_merge(sent: Submission) -> Part | None:
    await sent.app.review.merge(_item_id(sent), sent.typed[SlackField.ITEM], actor=sent.actor, seen=sent.seen)
    await refresh(sent)
    return None


async def _submit_dismiss(sent: Submission) -> Part | None:
    reason, note = DismissReason(sent.typed[SlackField.REASON]), sent.typed.get(SlackField.NOTE)
    await sent.app.review.dismiss(_item_id(sent), reason=reason, note=note, actor=sent.actor, seen=sent.seen)
    await refresh(sent)
    return None


async def _submit_snooze(sent: Submission) -> Part | None:
    until = datetime.now(UTC) + timedelta(hours=int(sent.typed[SlackField.HOURS]))
    await sent.app.review.snooze(_item_id(sent), until, actor=sent.actor, seen=sent.seen)
    await refresh(sent)
    return None


def _item_id(sent: Submission) -> str:
    return sent.about["item"]


async def _item(sent: Submission) -> ReviewItem:
    return (await sent.app.review.show(_item_id(sent))).item


async def _replayed(sent: Submission, proposal: Proposal) -> str:
    """Return what a proposal would change; only staff open the dialog."""
    return "\n".join(await preview(sent.app, proposal, audience=Audience.INTERNAL))


def again(sent: Submission) -> dict[str, str]:
    """Return what the dialog is about, with a mark of what was typed when its effect was shown."""
    return {**sent.about, _SHOWN: _mark(sent)}


def was_shown(sent: Submission) -> bool:
    """Return whether the moderator has seen the effect of exactly what they submit."""
    return sent.about.get(_SHOWN) == _mark(sent)


def _mark(sent: Submission) -> str:
    typed = "\0".join(f"{name}\0{sent.typed[name]}" for name in sorted(sent.typed))
    return hashlib.sha256(typed.encode()).hexdigest()[:16]


async def refresh(sent: Submission) -> None:
    """Refresh items wherever they are shown."""
    sent.bot.rounds.ask()
    if home := sent.about.get(HOME):
        await homes.refresh(sent.bot, sent.app, sent.user_id, home)


_SUBMITTED: Mapping[Dialog, DialogStep] = {
    Dialog.ANSWER: _submit_answer,
    Dialog.LINK: _submit_link,
    Dialog.MERGE: _submit_merge,
    Dialog.DISMISS: _submit_dismiss,
    Dialog.SNOOZE: _submit_snooze,
}
