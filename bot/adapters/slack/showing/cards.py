"""Show items of the review in Slack: as cards in the review channel, and as lines of the queue."""

from collections.abc import Collection

from bot.adapters.slack.showing import limits
from bot.adapters.slack.showing.ids import Action, item_row
from bot.adapters.slack.showing.markup import link, mrkdwn
from bot.adapters.slack.showing.messages import CARD, Message
from bot.adapters.slack.showing.parts import Part, button, context, plain_section, row, section, when
from bot.chat.cutting import width
from bot.core.models import ItemStatus
from bot.core.wording.cards import Card, Wording, heading, near, often, state
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


def card_message(card: Card, *, domains: Collection[str] = PLATFORMS) -> Message:
    """Return an item as a message of the review channel; a later version takes the place of an earlier one."""
    blocks = [*summary(card), *_nearest(card), *_wordings(card, domains), controls(card)]
    text = f"{mrkdwn(heading(card), _LINE)}: {mrkdwn(card.text, limits.FALLBACK - _LINE - 2)}"
    return Message(tuple(blocks), text, CARD, {"item": card.id})


def summary(card: Card, *, accessory: Part | None = None) -> list[Part]:
    """Return what an item is, what was asked, how often, and what became of it."""
    first = f"*{mrkdwn(heading(card), _LINE)}* · {AUDIENCES[card.audience]}"
    blocks = [context(first), plain_section(card.text, accessory=accessory), context(_facts(card))]
    return [*blocks, context(mrkdwn(state(card), limits.CONTEXT))] if card.outcome is not None else blocks


def controls(card: Card) -> Part:
    """Return the buttons under an item; the row knows which version of the item its reader saw."""
    shown = _WAITING if card.is_open else _RESOLVED
    buttons = [button(label, action, card.id, style=style) for label, action, style in shown]
    return row(buttons, block_id=item_row(card.id, card.version))


def _facts(card: Card) -> str:
    parts = [mrkdwn(often(card), _LINE), _times(card)]
    if card.entry_id:
        parts.append(f"{Label.ENTRY} `{mrkdwn(card.entry_id, _LINE)}`")
    if card.assignee:
        parts.append(f"{Label.ASSIGNEE} {mrkdwn(card.assignee, _LINE)}")
    if card.status is ItemStatus.SNOOZED and card.snoozed_until is not None:
        parts.append(f"{Label.SNOOZE} → {when(card.snoozed_until)}")
    return " · ".join(filter(None, parts))


def _times(card: Card) -> str:
    times = dict.fromkeys(at for at in (card.first_asked, card.last_asked) if at is not None)
    return " … ".join(map(when, times))


def _nearest(card: Card) -> list[Part]:
    lines = [f"{mrkdwn(near(each), _LINE)}: {mrkdwn(each.question, _LINE)}" for each in card.nearest]
    return _listed(Label.NEAREST, lines)


def _wordings(card: Card, domains: Collection[str]) -> list[Part]:
    return _listed(Label.QUESTIONS, [_wording(each, domains) for each in card.wordings])


def _wording(wording: Wording, domains: Collection[str]) -> str:
    return link(wording.url, wording.text, domains, limit=_LINE)


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
