"""Show the home of the app: search, one's own questions and data, and for moderators the queue."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.adapters.slack.showing import limits
from bot.adapters.slack.showing.cards import PLATFORMS, summary
from bot.adapters.slack.showing.ids import Action, filter_id, page_id
from bot.adapters.slack.showing.markup import link
from bot.adapters.slack.showing.parts import (
    Part,
    Value,
    button,
    context,
    divider,
    entry_menu,
    header,
    menu,
    row,
    section,
    when,
)
from bot.core.models import Permalink
from bot.core.review import ReviewItem
from bot.core.wording.labels import AUDIENCES, KINDS, STATUSES, Label
from bot.core.wording.replies import PROGRESS
from bot.service.conversations import OwnQuestion

PAGE = 15
"""How many items of the queue fit on a home beside everything else."""

_MINE = 10
_LINE = 300
_ME = "me"
ANY = "any"
MINE = "mine"


def _any_of(labels: Mapping[Value, str]) -> dict[str, str]:
    return {ANY: Label.FILTER_ALL, **{str(value): words for value, words in labels.items()}}


_FILTERS: Mapping[str, Mapping[str, str]] = {
    "status": _any_of(STATUSES),
    "kind": _any_of(KINDS),
    "audience": _any_of(AUDIENCES),
    "whose": {ANY: Label.FILTER_ALL, MINE: Label.FILTER_MINE},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A page of the queue: its items, its offset, the chosen filters, and whether more follow."""

    items: Sequence[ReviewItem]
    first: int = 0
    more: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)


def home_view(
    mine: Sequence[OwnQuestion],
    *,
    permalink: Permalink,
    opted_out: bool,
    queue: Queue | None = None,
    domains: Collection[str] = PLATFORMS,
) -> Part:
    """Return the home of a person; the queue is there for moderators only."""
    blocks = [
        *_search(),
        *_my_questions(mine, permalink, domains),
        *_my_data(opted_out=opted_out),
        *([] if queue is None else _queue(queue)),
    ]
    return {"type": "home", "blocks": blocks[: limits.VIEW_BLOCKS]}


def _search() -> list[Part]:
    return [header(Label.SEARCH), row([entry_menu(Label.SEARCH, action=Action.SEARCH)])]


def _my_questions(mine: Sequence[OwnQuestion], permalink: Permalink, domains: Collection[str]) -> list[Part]:
    lines = [_my_question(question, permalink, domains) for question in mine[:_MINE]]
    return [header(Label.MY_QUESTIONS), *(lines or [context(Label.NO_QUESTIONS)])]


def _my_question(question: OwnQuestion, permalink: Permalink, domains: Collection[str]) -> Part:
    url = None if question.ref is None else permalink(question.ref)
    shown = link(url, question.text, domains, limit=_LINE)
    return section(f"{shown}\n{PROGRESS[question.progress]} · {when(question.asked_at)}")


def _my_data(*, opted_out: bool) -> list[Part]:
    label, action = (Label.OPT_IN, Action.OPT_IN) if opted_out else (Label.OPT_OUT, Action.OPT_OUT)
    sure = (Label.FORGET_SURE, Label.FORGET)
    buttons = [
        button(Label.EXPORT, Action.EXPORT, _ME),
        button(label, action, _ME),
        button(Label.FORGET, Action.FORGET, _ME, style="danger", confirm=sure),
    ]
    return [header(Label.MY_DATA), row(buttons)]


def _queue(queue: Queue) -> list[Part]:
    items = [block for item in queue.items[:PAGE] for block in _item(item)]
    return [
        divider(),
        header(Label.QUEUE),
        row(_filters(queue)),
        *(items or [context(Label.NOTHING_ELSE)]),
        *_pages(queue),
    ]


def _item(item: ReviewItem) -> list[Part]:
    return [*summary(item, accessory=button(Label.SHOW, Action.SHOW, item.id)), divider()]


def _filters(queue: Queue) -> list[Part]:
    return [menu(_FILTERS[name], action=filter_id(name), chosen=queue.chosen.get(name, ANY)) for name in _FILTERS]


def _pages(queue: Queue) -> list[Part]:
    """Return the buttons that turn pages; their values say at which item a page begins."""
    back, after = max(queue.first - PAGE, 0), queue.first + PAGE
    buttons = [button(Label.PREVIOUS_PAGE, page_id("back"), str(back))] if queue.first else []
    buttons += [button(Label.NEXT_PAGE, page_id("next"), str(after))] if queue.more else []
    return [row(buttons)] if buttons else []
