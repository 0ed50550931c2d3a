"""Show items of the review in Slack: as cards in the review channel, and as lines of the queue."""

from collections.abc import Collection

from bot.adapters.slack.showing import limits
from bot.adapters.slack.showing.ids import Action, item_row
from bot.adapters.slack.showing.markup import link, mrkdwn
from bot.adapters.slack.showing.messages import CARD, Message
from bot.adapters.slack.showing.parts import Part, button, context, plain_section, row, section, when
from bot.chat.truncation import width
from bot.core.models import ItemStatus, Permalink
from bot.core.review import ReviewItem
from bot.core.wording.cards import heading, near, nearest, often, quoted, state
from bot.core.wording.labels import AUDIENCES, Label

PLATFORMS = frozenset({"slack.com", "discord.com"})
"""Where the messages of members are."""

_SHOWN = 5
_SPARE = 20
_LINE = 300
_WAITING = (
    (Label.ANSWER, Action.ANSWER, "primary"),
    (Label.LINK, Action.LINK, None),
    (Label.MERGE, Action.MERGE, None),
    (Label.DISMISS, Action.DISMISS, None),
    (Label.ASSIGN, Action.ASSIGN, None),
    (Label.SNOOZE, Action.SNOOZE, None),
)
_RESOLVED = ((Label.REOPEN, Action.REOPEN, None), (Label.REVERT, Action.REVERT, None))


def card_message(item: ReviewItem, *, permalink: Permalink, domains: Collection[str] = PLATFORMS) -> Message:
    """Return an item as a message of the review channel; a later version takes the place of an earlier one."""
    blocks = [*summary(item), *_nearest(item), *_questions(item, permalink, domains), controls(item)]
    text = f"{mrkdwn(heading(item), _LINE)}: {mrkdwn(item.text, limits.FALLBACK - _LINE - 2)}"
    return Message(tuple(blocks), text, CARD, {"item": item.id})


def summary(item: ReviewItem, *, accessory: Part | None = None) -> list[Part]:
    """Return what an item is, what was asked, how often, and what became of it."""
    first = f"*{mrkdwn(heading(item), _LINE)}* · {AUDIENCES[item.audience]}"
    blocks = [context(first), plain_section(item.text, accessory=accessory), context(_facts(item))]
    return [*blocks, context(mrkdwn(state(item), limits.CONTEXT))] if item.resolution is not None else blocks


def controls(item: ReviewItem) -> Part:
    """Return the buttons under an item; the row knows which version of the item its reader saw."""
    shown = _WAITING if item.is_open else _RESOLVED
    buttons = [button(label, action, item.id, style=style) for label, action, style in shown]
    return row(buttons, block_id=item_row(item.id, item.version))


def _facts(item: ReviewItem) -> str:
    parts = [mrkdwn(often(item), _LINE), _times(item)]
    if item.entry_id:
        parts.append(f"{Label.ENTRY} `{mrkdwn(item.entry_id, _LINE)}`")
    if item.assignee:
        parts.append(f"{Label.ASSIGNEE} {mrkdwn(item.assignee, _LINE)}")
    if item.status is ItemStatus.SNOOZED and item.snoozed_until is not None:
        parts.append(f"{Label.SNOOZE} → {when(item.snoozed_until)}")
    return " · ".join(filter(None, parts))


def _times(item: ReviewItem) -> str:
    times = dict.fromkeys(at for at in (item.first_asked, item.last_asked) if at is not None)
    return " … ".join(map(when, times))


def _nearest(item: ReviewItem) -> list[Part]:
    lines = [f"{mrkdwn(near(each), _LINE)}: {mrkdwn(each.phrase, _LINE)}" for each in nearest(item)]
    return _listed(Label.NEAREST, lines)


def _questions(item: ReviewItem, permalink: Permalink, domains: Collection[str]) -> list[Part]:
    lines = [link(permalink(each.ref), each.text, domains, limit=_LINE) for each in quoted(item)]
    return _listed(Label.QUESTIONS, lines)


def _listed(title: str, lines: list[str]) -> list[Part]:
    """Return the first lines under a title, and the number of those that found no room."""
    if not lines:
        return []
    text, shown = f"*{title}*", 0
    for line in lines[:_SHOWN]:
        longer = f"{text}\n• {line}"
        if width(longer) > limits.SECTION - _SPARE:
            break
        text, shown = longer, shown + 1
    return [section(text if shown == len(lines) else f"{text}\n+ {len(lines) - shown}")]
