"""Show that a home has what its reader may do, and that the queue is there for moderators only."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.slack.showing.cards import HELD, PAGE, Queue, home_view
from bot.adapters.slack.showing.ids import FILTERS, PAGES, SlackAction, filter_name
from bot.core.manners import OptOut
from bot.core.models import Audience, MessageRef
from bot.core.review import HeldPage, HeldReply, HeldStatus, Progress
from bot.service.conversations import OwnQuestion
from tests.adapters.slack.showing.test_cards import AT, HOSTILE, ITEM
from tests.core.items import permalink
from tests.loopback.slack.soundness import check_view, elements

MINE = OwnQuestion(
    id="Q1",
    text="where <!here>?",
    asked_at=AT,
    progress=Progress.WAITING,
    ref=MessageRef(platform="slack", message_id="https://slack.com/archives/C1/p1"),
)

DRAFT = HeldReply(
    question_id="Q1",
    ref=MessageRef(platform="slack", message_id="1"),
    audience=Audience.PUBLIC,
    asked_at=AT,
    status=HeldStatus.WAITING,
    version=1,
    waits_until=AT,
)


def pressable(view: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what can be pressed or chosen on a home."""
    return [each for block in view["blocks"] for each in elements(block)]


def test_everybody_has_search_questions_and_data() -> None:
    view = home_view([MINE], permalink=permalink, opted_out=None)
    check_view(view)
    names = [each["action_id"] for each in pressable(view)]
    own = [SlackAction.EXPORT, SlackAction.OPT_OUT, SlackAction.ONLY_ASKED, SlackAction.FORGET]
    assert names == [SlackAction.SEARCH, *own]
    text = json.dumps(view, ensure_ascii=False)
    assert "<https://slack.com/archives/C1/p1|where &lt;\u2060!here&gt;?>" in text
    assert "On the moderators' list" in text


def test_who_is_answered_only_when_asked_can_go_back_by_one_step_or_two() -> None:
    view = home_view([], permalink=permalink, opted_out=OptOut.UNASKED)
    names = [each["action_id"] for each in pressable(view)]
    assert names == [
        SlackAction.SEARCH,
        SlackAction.EXPORT,
        SlackAction.OPT_IN,
        SlackAction.OPT_OUT,
        SlackAction.FORGET,
    ]


def test_who_left_can_come_back_and_nobody_is_forgotten_by_a_slip() -> None:
    view = home_view([], permalink=permalink, opted_out=OptOut.FOLLOW_UPS)
    shown = {each["action_id"]: each for each in pressable(view)}
    assert SlackAction.OPT_IN in shown
    assert SlackAction.OPT_OUT not in shown
    assert shown[SlackAction.FORGET]["confirm"]["confirm"]["text"] == "Forget me"


def test_moderators_filter_and_open_the_queue() -> None:
    view = home_view(
        [], permalink=permalink, opted_out=None, queue=Queue(items=[ITEM], chosen={"kind": "rated", "whose": "mine"})
    )
    check_view(view)
    filters = {each["action_id"]: each for each in pressable(view) if FILTERS.fullmatch(each["action_id"])}
    chosen = {filter_name(name): each["initial_option"]["value"] for name, each in filters.items()}
    assert chosen == {"status": "any", "kind": "rated", "audience": "any", "whose": "mine"}
    assert [each["value"] for each in pressable(view) if each["action_id"] == SlackAction.SHOW] == ["R12"]


@pytest.mark.parametrize(
    ("first", "more", "expected"), [(0, False, []), (0, True, ["15"]), (15, True, ["0", "30"]), (30, False, ["15"])]
)
def test_pages_turn_as_far_as_there_are_some(first: int, *, more: bool, expected: list[str]) -> None:
    view = home_view([], permalink=permalink, opted_out=None, queue=Queue(items=[ITEM], first=first, more=more))
    check_view(view)
    assert [each["value"] for each in pressable(view) if PAGES.fullmatch(each["action_id"])] == expected


@pytest.mark.parametrize("count", [PAGE, PAGE + 1])
def test_a_full_home_fits_with_everything_on_it(count: int) -> None:
    mine = [replace(MINE, text=HOSTILE)] * 20
    cards = [replace(ITEM, id=f"R{number}", text=HOSTILE, assignee=HOSTILE) for number in range(1, count + 1)]
    view = home_view(mine, permalink=permalink, opted_out=None, queue=Queue(items=cards, first=15, more=True))
    check_view(view)
    assert len([each for each in pressable(view) if each["action_id"] == SlackAction.SHOW]) == PAGE
    assert pressable(view)[-1]["value"] == "30"


def test_a_full_home_has_room_for_drafts() -> None:
    mine = [replace(MINE, text=HOSTILE)] * 20
    cards = [replace(ITEM, id=f"R{number}", text=HOSTILE, assignee=HOSTILE) for number in range(1, PAGE + 1)]
    drafts = [replace(DRAFT, question_id=f"Q{number}", text=HOSTILE, answer=HOSTILE) for number in range(HELD)]
    queue = Queue(items=cards, first=15, more=True, held=HeldPage(tuple(drafts), 12))
    view = home_view(mine, permalink=permalink, opted_out=None, queue=queue)
    check_view(view)
    assert "12 drafts wait to be sent, edited or dropped." in json.dumps(view)
    assert len([each for each in pressable(view) if each["action_id"] == SlackAction.SHOW_HELD]) == HELD
    assert pressable(view)[-1]["value"] == "30"
