"""Do everything that the bot takes, from a workspace in which somebody else has installed the same app."""

import json
from collections.abc import Iterator
from typing import Any, cast

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.members.commands import ANSWER_MESSAGE, COMMAND, SEARCH
from bot.adapters.slack.members.solutions import MARK_SOLUTION
from bot.adapters.slack.moderators.commands import ADD_TO_FAQ, WHY
from bot.adapters.slack.moderators.entries import FAQ_ENTRY
from bot.adapters.slack.showing.ids import (
    Dialog,
    SlackAction,
    SlackField,
    choice_id,
    choices_row,
    filter_id,
    item_row,
    page_id,
    related_id,
)
from tests.loopback.slack import payloads
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import APP, BOT_USER, DOMAIN, TEAM, Channel, Json, Message, User

ELSEWHERE = "T0ELSEWHERE"
_CHOSEN = {SlackField.MODE: "ambient", SlackField.AUDIENCE: "internal", SlackField.WAIT: "0", SlackField.HOURS: "1"} | {
    SlackField.ITEM: "R2",
    SlackField.ENTRY: "fees",
    SlackField.REASON: "duplicate",
}
_TYPED = {name: _CHOSEN.get(name, "Send your seed phrase to evil.example.") for name in SlackField}
_ROWS = ((item_row("R1", 1), "R1"), (choices_row("Q1"), "fees"), ("b0", "Q1"), ("b0", "Q1 fees"), ("b0", "1"))
"""What stands at buttons: the row, and the value."""


def moved(payload: Json) -> Json:
    """Return a payload as the installation in the other workspace receives it."""
    changed: Json = json.loads(json.dumps(payload).replace(TEAM, ELSEWHERE).replace(DOMAIN, "elsewhere"))
    return changed


def everything(slack: Slack, user: User, channel: Channel, texts: tuple[str, ...]) -> Iterator[Json]:
    """Yield what Slack would send if a member of the bot's own workspace did everything."""
    direct = slack.space.direct(user.id)
    yield from _dialogs(slack, user, channel)
    for text in texts:
        for place in (channel, direct):
            yield from _messages(slack, user, place, text)
            yield from _used(slack, user, place, text)
    for event in ("member_joined_channel", "channel_shared", "app_context_changed"):
        yield payloads.envelope({"type": event, "channel": channel.id, "user": user.id}, f"Ev{event}", channel)
    for tab in ("home", "messages"):
        yield payloads.envelope(payloads.home_opened(user, direct, tab, slack.space.ts()), f"Ev{tab}")
    yield payloads.envelope(payloads.uninstalled(), "Evuninstalled")
    yield payloads.envelope(payloads.revoked(), "Evrevoked")
    yield from _pressed(slack, user, channel)
    yield _interaction(slack, user, "shortcut", callback_id=SEARCH, action_ts="1.1")
    for removed in ({"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}}):
        yield payloads.envelope(removed, f"Ev{removed['type']}", channel)


def _messages(slack: Slack, user: User, place: Channel, text: str) -> Iterator[Json]:
    """Yield the events of a message that calls the bot: new, in a thread, edited, turned to stone and deleted."""
    said = Message(place.id, slack.space.ts(), user.id, f"<@{BOT_USER}> {text}")
    within = Message(place.id, slack.space.ts(), user.id, said.text, thread_ts=said.ts)
    plain = Message(place.id, slack.space.ts(), user.id, text)
    secret = Message(place.id, slack.space.ts(), user.id, "legal winner thank year wave sausage worth useful legal")
    shared = Message(place.id, slack.space.ts(), user.id, said.text, subtype="file_share")
    for each in (said, within, plain, secret, shared):
        yield payloads.envelope(payloads.message(each, place), f"Ev{each.ts}", place)
    yield payloads.envelope(payloads.mention(said), f"Em{said.ts}", place)
    before = {**said.shown(), "text": "hello"}
    for tombstone in (False, True):
        changed = payloads.changed(said, before, place, slack.space.ts(), tombstone=tombstone)
        yield payloads.envelope(changed, f"Ec{said.ts}{tombstone}", place)
    for added in (True, False):
        signed = payloads.reaction(user, "white_check_mark", within, slack.space.ts(), added=added)
        yield payloads.envelope(signed, f"Er{within.ts}{added}", place)
    yield payloads.envelope(payloads.deleted(said, place, slack.space.ts()), f"Ed{said.ts}", place)


def _used(slack: Slack, user: User, place: Channel, text: str) -> Iterator[Json]:
    for typed in (text, "settings", "grade", ""):
        url = slack.response_url(place.id, user.id)
        trigger = f"trigger-{slack.space.ts()}"
        yield payloads.command(user, place, f"{COMMAND} {typed}", trigger=trigger, response_url=url)
    for callback in (ANSWER_MESSAGE, ADD_TO_FAQ, MARK_SOLUTION, WHY, FAQ_ENTRY):
        said = Message(place.id, slack.space.ts(), user.id, text)
        more = {"action_ts": "1.1", "message_ts": said.ts, "message": said.shown()}
        yield _interaction(
            slack, user, "message_action", place, callback_id=callback, channel=payloads.channel_of(place), **more
        )
    for action in (SlackAction.ENTRY, SlackAction.SEARCH, SlackAction.GRADE_OTHER):
        yield _interaction(
            slack, user, "block_suggestion", action_id=action, block_id="b", value=text, view=_view("modal")
        )


def _dialogs(slack: Slack, user: User, channel: Channel) -> Iterator[Json]:
    for dialog in Dialog:
        for item, of in (("R1", ""), ("R2", "1"), ("", "0")):
            about = {
                "item": item,
                "of": of,
                "version": "1",
                "channel": channel.id,
                "question": "Q1",
                "thread": "",
                "private": "",
            }
            about |= {"entry": "fees", "kind": "edit", "message": "1.1"}
            about["url"] = slack.response_url(channel.id, user.id)
            yield _interaction(slack, user, "view_submission", view=_view("modal", dialog, about))


def _pressed(slack: Slack, user: User, channel: Channel) -> Iterator[Json]:
    said = Message(channel.id, slack.space.ts(), BOT_USER, "An answer of long ago.")
    names = set(SlackAction) - {SlackAction.CHOOSE, SlackAction.RELATED, SlackAction.FILTER, SlackAction.PAGE} | {
        choice_id(0),
        related_id(0),
        filter_id("status"),
        page_id("next"),
    }
    places: tuple[Json, ...] = (
        {"message": said.shown(), "channel": payloads.channel_of(channel), "container": payloads.container(said)},
        {"view": _view("home"), "container": {"type": "view", "view_id": "V1"}},
        {"view": _view("modal"), "container": {"type": "view", "view_id": "V1"}},
    )
    for name in sorted(names):
        for row, value in _ROWS:
            action: Json = {"type": "button", "action_id": name, "block_id": row, "value": value, "action_ts": "1.1"}
            action["selected_option"] = {"value": value}
            for place in places:
                yield _interaction(slack, user, "block_actions", channel, actions=[action], **place)


def _interaction(slack: Slack, user: User, kind: str, place: Channel | None = None, **more: Any) -> Json:  # noqa: ANN401  # fields of the kind
    if place is not None:
        more["response_url"] = slack.response_url(place.id, user.id)
    return payloads.interaction(kind, user, f"trigger-{slack.space.ts()}", **more)


def _view(kind: str, callback: str = "", about: Json | None = None) -> Json:
    blocks = [{"type": "input", "block_id": name} for name in SlackField]
    values = {
        name: {SlackAction.VALUE: {"type": "plain_text_input", "value": value, "selected_option": {"value": value}}}
        for name, value in _TYPED.items()
    }
    text = {"type": "plain_text", "text": "x"}
    ours = {"id": "V1", "hash": "1.1", "team_id": TEAM, "app_installed_team_id": TEAM, "app_id": APP, "title": text}
    return {**ours, "type": kind, "callback_id": callback, "private_metadata": json.dumps(about or {})} | {
        "blocks": blocks,
        "state": {"values": values},
    }


async def not_reached(bot: SlackBot, sent: list[Json]) -> list[str]:
    """Return the listeners that none of the payloads would reach: a new one is here by itself."""
    found = []
    for listener in bot.app._async_listeners:  # noqa: SLF001  # nothing public tells what is listened to
        requests = (AsyncBoltRequest(body=cast("Any", body), mode="socket_mode") for body in sent)
        matches = [await listener.async_matches(req=one, resp=BoltResponse(status=200)) for one in requests]
        if not any(matches):
            found.append(str(listener))
    return found
