"""People are called by the names that they have in Slack, for which it is asked once."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.adapters.slack.people import Names
from bot.core.models import Audience, ItemKind, ItemStatus
from bot.core.review import ItemResolution, ReviewItem
from tests.loopback.slack.faults import refused
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import User

ITEM = ReviewItem(
    id="R1",
    number=1,
    created_at=datetime(2026, 3, 1, tzinfo=UTC),
    version=1,
    kind=ItemKind.UNANSWERED,
    audience=Audience.PUBLIC,
    status=ItemStatus.DISMISSED,
    text="why",
)


async def test_a_name_stands_in_the_place_of_each_id(slack: Slack) -> None:
    ann, bea = slack.member("ann"), slack.member("bea")
    names = Names(slack.client())

    told = await names.within(f"slack:{ann.id} and slack:{bea.id} and slack:{ann.id}, not discord:5")

    assert told == "Ann and Bea and Ann, not discord:5"
    await names.within(f"slack:{ann.id}")
    assert len(slack.calls_of("users.info")) == 2


async def test_an_id_that_begins_another_leaves_that_one_whole(slack: Slack) -> None:
    short, long = User("U1", "ann"), User("U12", "bea")
    slack.space.users |= {short.id: short, long.id: long}

    assert await Names(slack.client()).within("slack:U1 and slack:U12 and slack:U1") == "Ann and Bea and Ann"


async def test_a_card_has_the_names_of_all_who_worked_on_it(slack: Slack) -> None:
    ann, bea = slack.member("ann"), slack.member("bea")
    resolution = ItemResolution(actor=f"slack:{bea.id}", at=datetime(2026, 3, 1, tzinfo=UTC))

    item = await Names(slack.client()).on(replace(ITEM, assignee=f"slack:{ann.id}", resolution=resolution))

    assert item.assignee == "Ann"
    assert item.resolution is not None
    assert item.resolution.actor == "Bea"
    assert await Names(slack.client()).on(ITEM) == ITEM


async def test_where_slack_does_not_say_the_id_stays(slack: Slack) -> None:
    ann = slack.member("ann")
    names = Names(slack.client())
    slack.fail("users.info", refused("internal_error"))

    assert await names.within(f"slack:{ann.id}") == f"slack:{ann.id}"
    assert await names.within(f"slack:{ann.id}") == "Ann"


async def test_a_locale_that_slack_refuses_is_not_asked_for_again_for_a_while(slack: Slack) -> None:
    ann = slack.member("ann")
    now = 0.0
    names = Names(slack.client(), clock=lambda: now)
    slack.fail("users.info", refused("internal_error"))

    assert await names.locale_of(ann.id) is None
    now += 29
    assert await names.locale_of(ann.id) is None
    assert len(slack.calls_of("users.info")) == 1
    now += 2
    assert await names.locale_of(ann.id) == "en-US"
    assert len(slack.calls_of("users.info")) == 2
