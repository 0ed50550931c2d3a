"""Show the review in Slack: items and held replies as cards in the review channel, and the queue on a home."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.adapters.permalinks import DOMAINS
from bot.adapters.slack.showing import parts
from bot.adapters.slack.showing.ids import SlackAction, filter_id, grading_row, held_row, item_row, naming_row, page_id
from bot.adapters.slack.showing.markdown import markdown
from bot.adapters.slack.showing.own_data import my_data
from bot.adapters.slack.showing.parts import (
    CARD,
    Part,
    SlackMessage,
    Value,
    button,
    context,
    divider,
    entry_menu,
    header,
    link,
    markdown_block,
    mention,
    menu,
    mrkdwn,
    plain_section,
    row,
    section,
    when,
)
from bot.chat.grading import SITTING, Sitting
from bot.chat.markdown import cut, width
from bot.core.manners import OptOut
from bot.core.models import ItemKind, ItemStatus, Permalink
from bot.core.review import ABOUT_ENTRIES, NO_DRAFTS, HeldPage, HeldReply, ReviewItem
from bot.core.wording.cards import (
    IS_FIRST_RIGHT,
    drafts_waiting,
    grading_heading,
    heading,
    held_heading,
    held_line,
    held_until,
    near,
    nearest,
    often,
    quoted,
    state,
    suggested,
)
from bot.core.wording.labels import AUDIENCES, KINDS, STATUSES, Label, Words
from bot.core.wording.replies import PROGRESS
from bot.service.conversations import OwnQuestion
from bot.service.grades import Ungraded

_SHOWN = 5
_SPARE = 20
_LINE = 300
_SUGGESTED = 600
_WAITING = (
    (Label.ANSWER, SlackAction.ANSWER, "primary"),
    (Label.LINK, SlackAction.LINK, None),
    (Label.MERGE, SlackAction.MERGE, None),
    (Label.DISMISS, SlackAction.DISMISS, None),
    (Label.ASSIGN, SlackAction.ASSIGN, None),
    (Label.SNOOZE, SlackAction.SNOOZE, None),
)
_CHOSEN = ((Label.ACCEPT, SlackAction.ACCEPT, "primary"), *_WAITING[1:])
_DATED = _WAITING[3:]  # there is no question to answer
_RESOLVED = ((Label.REOPEN, SlackAction.REOPEN, None), (Label.REVERT, SlackAction.REVERT, None))
_HELD = (
    (Label.SEND, SlackAction.SEND_HELD, "primary"),
    (Label.EDIT, SlackAction.EDIT_HELD, None),
    (Label.DROP, SlackAction.DROP_HELD, "danger"),
)
_GRADES = (
    (Label.RIGHT, SlackAction.GRADE_RIGHT, "primary"),
    (Label.WRONG, SlackAction.GRADE_WRONG, "danger"),
    (Label.SKIP, SlackAction.GRADE_SKIP, None),
)
PAGE = 15
"""How many items of the queue fit on a home beside everything else."""

HELD = 5
"""How many drafts there is room for besides."""

_MINE = 10
_ME = "me"
_ALL = "all"
ANY = "any"
MINE = "mine"


def card_message(
    item: ReviewItem, *, permalink: Permalink, domains: Collection[str] = DOMAINS, calls: str | None = None
) -> SlackMessage:
    """Return an item as a message of the review channel; a later version takes the place of an earlier one.

    The first may call somebody, by their id.
    """
    called = [] if calls is None else [context(mention(calls))]
    said = _listed(Label.SUGGESTED, [mrkdwn(each, _SUGGESTED) for each in suggested(item)])
    asked = _questions(item, permalink, domains)
    blocks = [*called, *summary(item), *_nearest(item), *said, *asked, controls(item)]
    text = f"{mrkdwn(heading(item), _LINE)}: {mrkdwn(item.text, parts.FALLBACK - _LINE - 2)}"
    return SlackMessage(tuple(blocks), text, CARD, {"item": item.id})


def held_message(held: HeldReply, *, permalink: Permalink, domains: Collection[str]) -> SlackMessage:
    """Return a held reply as a message of the review channel: what was asked, what would be said, and buttons."""
    blocks = [context(f"*{mrkdwn(held_heading(held), _LINE)}* · {AUDIENCES[held.audience]}")]
    if held.text:
        where = link(permalink(held.ref), str(Label.MESSAGE), domains)
        blocks += [plain_section(held.text), context(where)]
    lines = [f"{mrkdwn(near(each), _LINE)}: {mrkdwn(each.phrase, _LINE)}" for each in held.matches]
    blocks += _listed(Label.ENTRY, lines)
    if held.answer:
        answer = markdown(held.answer, domains=domains, limit=parts.SECTION)
        blocks += [section(f"*{Label.ANSWER_TEXT}*"), markdown_block(answer)]
    blocks.append(context(mrkdwn(held_until(held), parts.CONTEXT)))
    if held.is_open:
        buttons = [button(label, action, held.question_id, style=style) for label, action, style in _HELD]
        blocks.append(row(buttons, block_id=held_row(held.question_id, held.version)))
    text = f"{mrkdwn(held_heading(held), _LINE)}: {mrkdwn(held.text, parts.FALLBACK - _LINE - 2)}"
    return SlackMessage(tuple(blocks), text, CARD, {"question": held.question_id})


def grading_blocks(shown: Ungraded, sitting: Sitting) -> list[Part]:
    """Return a past decision with the entries that came nearest, and the buttons to grade it."""
    heading = grading_heading(shown.question_id, sitting.place, SITTING, shown.decision)
    lines = [f"{mrkdwn(near(each), _LINE)}: {mrkdwn(each.phrase, _LINE)}" for each in shown.candidates]
    buttons = [button(label, action, shown.question_id, style=style) for label, action, style in _GRADES]
    other = entry_menu(Label.OTHER_ENTRY, action=SlackAction.GRADE_OTHER)
    return [
        context(f"*{mrkdwn(heading, _LINE)}* · {AUDIENCES[shown.audience]}"),
        plain_section(shown.text),
        *_listed(Label.NEAREST, lines),
        context(str(IS_FIRST_RIGHT)),
        row(buttons, block_id=grading_row(str(sitting))),
        row([other], block_id=naming_row(shown.question_id, str(sitting))),
    ]


def summary(item: ReviewItem, *, accessory: Part | None = None) -> list[Part]:
    """Return what an item is, what was asked, how often, and what became of it."""
    first = f"*{mrkdwn(heading(item), _LINE)}* · {AUDIENCES[item.audience]}"
    blocks = [context(first), plain_section(item.text, accessory=accessory), context(_facts(item))]
    return [*blocks, context(mrkdwn(state(item), parts.CONTEXT))] if item.resolution is not None else blocks


def controls(item: ReviewItem) -> Part:
    """Return the buttons under an item; the row knows which version of the item its reader saw."""
    waiting = _DATED if item.kind in ABOUT_ENTRIES else _CHOSEN if item.kind is ItemKind.CHOSEN else _WAITING
    shown = waiting if item.is_open else _RESOLVED
    buttons = [button(label, action, item.id, style=style) for label, action, style in shown]
    if item.entry_id is not None:
        buttons.append(button(Label.FAQ_ENTRY, SlackAction.ENTRY_OF_ITEM, item.id))
    return row(buttons, block_id=item_row(item.id, item.version))


def _facts(item: ReviewItem) -> str:
    facts = [mrkdwn(often(item), _LINE), _times(item)]
    if item.entry_id:
        facts.append(f"{Label.ENTRY} `{mrkdwn(item.entry_id, _LINE)}`")
    if item.assignee:
        facts.append(f"{Label.ASSIGNEE} {mrkdwn(item.assignee, _LINE)}")
    if item.status is ItemStatus.SNOOZED and item.snoozed_until is not None:
        facts.append(f"{Label.SNOOZE} → {when(item.snoozed_until)}")
    return " · ".join(filter(None, facts))


def _times(item: ReviewItem) -> str:
    times = dict.fromkeys(at for at in (item.first_asked, item.last_asked) if at is not None)
    return " … ".join(map(when, times))


def _nearest(item: ReviewItem) -> list[Part]:
    lines = [f"{mrkdwn(near(each), _LINE)}: {mrkdwn(each.phrase, _LINE)}" for each in nearest(item)]
    return _listed(Label.NEAREST, lines)


def _questions(item: ReviewItem, permalink: Permalink, domains: Collection[str]) -> list[Part]:
    lines = [link(permalink(each.ref), each.text, domains, limit=_LINE) for each in quoted(item)]
    return _listed(Label.QUESTIONS, lines)


def _listed(title: Words, lines: list[str]) -> list[Part]:
    """Return the first lines under a title, and the number of those that found no room."""
    if not lines:
        return []
    text, shown = f"*{title}*", 0
    for line in lines[:_SHOWN]:
        longer = f"{text}\n• {line}"
        if width(longer) > parts.SECTION - _SPARE:
            break
        text, shown = longer, shown + 1
    return [section(text if shown == len(lines) else f"{text}\n+ {len(lines) - shown}")]


def _any_of(labels: Mapping[Value, Words]) -> dict[str, Words]:
    return {ANY: Label.FILTER_ALL, **{str(value): words for value, words in labels.items()}}


_FILTERS: Mapping[str, Mapping[str, Words]] = {
    "status": _any_of(STATUSES),
    "kind": _any_of(KINDS),
    "audience": _any_of(AUDIENCES),
    "whose": {ANY: Label.FILTER_ALL, MINE: Label.FILTER_MINE},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A page of the queue: its items, its offset, the chosen filters, whether more follow, and drafts that wait."""

    items: Sequence[ReviewItem]
    first: int = 0
    more: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)
    held: HeldPage = NO_DRAFTS


def home_view(
    mine: Sequence[OwnQuestion],
    *,
    permalink: Permalink,
    opted_out: OptOut | None,
    queue: Queue | None = None,
    domains: Collection[str] = DOMAINS,
) -> Part:
    """Return the home of a person; the queue is there for moderators only."""
    blocks = [
        *_search(),
        *_my_questions(mine, permalink, domains),
        *my_data(opted_out),
        *([] if queue is None else _queue(queue)),
    ]
    return {"type": "home", "blocks": blocks[: parts.VIEW_BLOCKS]}


def _search() -> list[Part]:
    return [header(Label.SEARCH), row([entry_menu(Label.SEARCH, action=SlackAction.SEARCH)])]


def _my_questions(mine: Sequence[OwnQuestion], permalink: Permalink, domains: Collection[str]) -> list[Part]:
    lines = [_my_question(question, permalink, domains) for question in mine[:_MINE]]
    return [header(Label.MY_QUESTIONS), *(lines or [context(str(Label.NO_QUESTIONS))])]


def _my_question(question: OwnQuestion, permalink: Permalink, domains: Collection[str]) -> Part:
    url = None if question.ref is None else permalink(question.ref)
    shown = link(url, question.text, domains, limit=_LINE)
    return section(f"{shown}\n{PROGRESS[question.progress]} · {when(question.asked_at)}")


def _queue(queue: Queue) -> list[Part]:
    items = [block for item in queue.items[:PAGE] for block in _item(item)]
    return [
        divider(),
        header(Label.QUEUE),
        *_drafts(queue.held),
        row(_filters(queue)),
        *(items or [context(str(Label.NOTHING_ELSE))]),
        *_pages(queue),
    ]


def _drafts(held: HeldPage) -> list[Part]:
    """Return how many drafts wait, and the first of them, each with a button that shows it with its own."""
    lines = [
        plain_section(cut(held_line(one), _LINE), accessory=button(Label.SHOW, SlackAction.SHOW_HELD, one.question_id))
        for one in held.replies
    ]
    return [context(drafts_waiting(held.total)), *lines] if held.total else []


def _item(item: ReviewItem) -> list[Part]:
    return [*summary(item, accessory=button(Label.SHOW, SlackAction.SHOW, item.id)), divider()]


def _filters(queue: Queue) -> list[Part]:
    return [menu(_FILTERS[name], action=filter_id(name), chosen=queue.chosen.get(name, ANY)) for name in _FILTERS]


def _pages(queue: Queue) -> list[Part]:
    """Return the button for several items, and those that turn pages: their values say at which item a page begins."""
    back, after = max(queue.first - PAGE, 0), queue.first + PAGE
    buttons = [button(Label.ACCEPT_SEVERAL, SlackAction.ACCEPT_SEVERAL, _ALL)] if queue.items else []
    buttons += [button(Label.PREVIOUS_PAGE, page_id("back"), str(back))] if queue.first else []
    buttons += [button(Label.NEXT_PAGE, page_id("next"), str(after))] if queue.more else []
    return [row(buttons)] if buttons else []
