"""Handle the buttons of review items."""

from collections.abc import Mapping
from dataclasses import replace

from bot.adapters.slack.actions import Press, Step, moderated, pressed
from bot.adapters.slack.addresses import domains_with
from bot.adapters.slack.members import homes
from bot.adapters.slack.moderators import resolutions
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
from bot.adapters.slack.showing.ids import Action
from bot.adapters.slack.showing.parts import Part
from bot.adapters.slack.slackbot import SlackBot
from bot.chat.reviews import item_as_seen
from bot.core.review import ReviewItem
from bot.service.review import OPEN_ITEMS, Review


def register(bot: SlackBot) -> None:
    """Listen to the buttons and dialogs of review items."""
    for action, step in _STEPS.items():
        bot.app.action(action.value)(pressed(bot, step, by=moderated, name="do what a moderator pressed"))
    resolutions.register(bot)


async def _answer(press: Press) -> None:
    item, review = await _open(press)
    about, wanted = _about(press, review), next((each for each in review.suggestions if each.answer), None)
    if wanted is None:
        await press.show(answer_dialog(item, about=about))
        return
    about["suggestion"], by = wanted.id, await press.bot.messenger.names.within(wanted.suggested_by)
    answer = wanted.answer or ""
    await press.show(answer_dialog(item, about=about, question=wanted.question, answer=answer, by=by))


async def _link(press: Press) -> None:
    item, review = await _open(press)
    about, wanted = _about(press, review), next((each for each in review.suggestions if each.entry_id), None)
    if wanted is None or wanted.entry_id is None:
        await press.show(link_dialog(item, about=about))
        return
    about["suggestion"], by = wanted.id, await press.bot.messenger.names.within(wanted.suggested_by)
    chosen = (await press.app.catalogue.show(wanted.entry_id)).entry
    await press.show(link_dialog(item, about=about, chosen=(chosen.question, chosen.id), by=by))


async def _merge(press: Press) -> None:
    item, review = await _open(press)
    alike = await press.app.review.list(replace(OPEN_ITEMS, audience=item.audience))
    await press.show(merge_dialog(item, alike, about=_about(press, review)))


async def _dismiss(press: Press) -> None:
    item, review = await _open(press)
    await press.show(dismiss_dialog(item, about=_about(press, review)))


async def _snooze(press: Press) -> None:
    item, review = await _open(press)
    await press.show(snooze_dialog(item, about=_about(press, review)))


async def _assign(press: Press) -> None:
    item_id, seen = press.item
    await press.app.review.assign(item_id, press.actor, actor=press.actor, seen=seen)
    await _follow(press)


async def _reopen(press: Press) -> None:
    item_id, seen = press.item
    await press.app.review.reopen(item_id, actor=press.actor, seen=seen)
    await _follow(press)


async def _revert(press: Press) -> None:
    item_id, seen = press.item
    await press.app.review.revert(item_id, actor=press.actor, seen=seen)
    await _follow(press)


async def _show(press: Press) -> None:
    """Show an item of the queue with everything that can be done about it."""
    item_id, _ = press.item
    await press.show(await _item_dialog(press, item_id))


async def _open(press: Press) -> tuple[ReviewItem, Review]:
    """Return an item that is as its reader saw it, and can be acted on."""
    item_id, seen = press.item
    review = await press.app.review.show(item_id)
    return item_as_seen(review, seen), review


def _about(press: Press, review: Review) -> dict[str, str]:
    """Return what a dialog is to know: the version that was seen, and the home from which it was opened."""
    home = press.home or unpacked((press.body.get("view") or {}).get("private_metadata", "")).get("home")
    return {"version": str(review.item.version), **({"home": home} if home else {})}


async def _follow(press: Press) -> None:
    """Refresh the item wherever it is shown."""
    press.bot.rounds.ask()
    view = press.body.get("view")
    if view is None:
        return
    about = unpacked(view["private_metadata"])
    if view["type"] == "modal":
        shown = await _item_dialog(press, press.item[0])
        await press.bot.client.views_update(view_id=view["id"], hash=view["hash"], view=shown)
    if home := press.home or about.get("home"):
        await homes.refresh(press.bot, press.app, press.user_id, home)


async def _item_dialog(press: Press, item_id: str) -> Part:
    review = await press.app.review.show(item_id)
    messenger = press.bot.messenger
    item: ReviewItem = await messenger.named(review.item)
    message = card_message(item, permalink=messenger.permalink, domains=domains_with(press.bot.me))
    return shown_dialog(item.id, message.blocks, about=_about(press, review))


_STEPS: Mapping[Action, Step] = {
    Action.ANSWER: _answer,
    Action.LINK: _link,
    Action.MERGE: _merge,
    Action.DISMISS: _dismiss,
    Action.SNOOZE: _snooze,
    Action.ASSIGN: _assign,
    Action.REOPEN: _reopen,
    Action.REVERT: _revert,
    Action.SHOW: _show,
}
