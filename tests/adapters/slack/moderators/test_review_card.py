"""Each item has one card in the review channel, which follows the item wherever it is changed."""

import asyncio

import pytest

from bot.core.models import DismissReason
from bot.core.wording.cards import SEALED
from bot.service.review_channel import LEASE
from bot.store import Database
from tests.adapters.slack.bots import StartBot
from tests.adapters.slack.moderators.desks import CAT, PARROT, Desk, open_desk, texts
from tests.loopback.slack.faults import Fault, broken, dropped, held, limited, refused
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import BOT_USER, DOMAIN
from tests.service.leases import elapse
from tests.service.reviews import THERE
from tests.service.samples import FEES, services


async def test_an_item_gets_one_card_that_follows_it(desk: Desk) -> None:
    await desk.asks()
    card = await desk.card()
    assert PARROT in texts(card)
    assert "Asked once by one person" in texts(card)

    await desk.asks(by=desk.bea)
    assert (await desk.card()).ts == card.ts
    assert "Asked 2 times by 2 people" in texts(card)
    assert card.metadata == {"event_type": "faqbot_card", "event_payload": {"item": "R1"}}


async def test_what_is_done_in_the_terminal_is_seen_on_the_card(desk: Desk) -> None:
    await desk.asks()
    await desk.asks(CAT)
    parrot, cat = await desk.cards()

    await desk.app.review.answer("R1", THERE, actor="cli:root")
    await desk.app.review.dismiss("R2", reason=DismissReason.SPAM, actor="discord:5")
    assert await desk.cards() == [parrot, cat]

    assert "Answered by cli:root" in texts(parrot)
    assert "Dismissed by discord:5" in texts(cat)
    assert {element["text"]["text"] for _, element in parrot.elements()} == {"Reopen", "Undo"}


async def test_what_another_process_does_is_seen_on_the_card(desk: Desk, sqlite_url: str) -> None:
    await desk.asks()
    card = await desk.card()
    database = Database(sqlite_url)
    await services(database).review.link("R1", "fees", actor="cli:root")
    await database.aclose()

    assert await desk.card() is card
    assert "Linked by cli:root" in texts(card)


async def test_a_card_names_people_as_slack_does(desk: Desk) -> None:
    await desk.asks()
    await desk.app.review.assign("R1", f"slack:{desk.ann.id}", actor="cli:root")

    assert "Assigned to Ann" in texts(await desk.card())


async def test_a_card_leads_to_the_message_in_its_thread_by_the_domain_of_the_workspace(desk: Desk) -> None:
    channel = await desk.office.channel(desk.mel)
    root = await desk.mel.says(channel, "Morning all")
    asked = await desk.mel.says(channel, f"<@{BOT_USER}> {PARROT}", thread=root)

    card = await desk.card()

    link = await desk.slack.client().chat_getPermalink(channel=channel.id, message_ts=asked.ts)
    assert link["permalink"].replace("&", "&amp;") in texts(card)
    assert f"https://{DOMAIN}.slack.example/archives/{channel.id}/" in texts(card)


async def test_a_card_whose_message_was_deleted_comes_again(desk: Desk) -> None:
    await desk.asks()
    card = await desk.card()
    card.deleted = True

    await desk.app.review.assign("R1", "cli:root", actor="cli:root")
    assert (await desk.card()).ts != card.ts


@pytest.mark.parametrize(("shared", "readable"), [(False, True), (True, False)])
async def test_what_staff_asked_is_not_shown_where_others_read_along(
    slack: Slack, start_bot: StartBot, *, shared: bool, readable: bool
) -> None:
    desk = await open_desk(slack, start_bot, is_ext_shared=shared)
    staff = await desk.office.channel(desk.ann, audience="internal")
    await desk.asks(by=desk.ann, channel=staff)
    await desk.asks(CAT)

    inside, public = await desk.cards()
    assert (PARROT in texts(inside)) is readable
    assert (str(SEALED) in texts(inside)) is not readable
    assert PARROT not in inside.text or readable
    assert CAT in texts(public)


async def test_a_card_that_a_dead_process_posted_is_found_by_its_metadata(desk: Desk, start_bot: StartBot) -> None:
    await desk.asks()
    board = desk.office.bot.board
    assert board is not None
    desk.slack.fail("chat.postMessage", held(asyncio.Event(), after_work=True))
    showing = asyncio.create_task(board.show())
    (card,) = await desk.slack.posted(1, desk.review)
    showing.cancel()
    await asyncio.wait([showing])
    await desk.asks(by=desk.bea)
    await elapse(desk.app.database, LEASE)

    other = await start_bot(review_channel=desk.review.id)
    assert other.bot.board is not None
    await other.bot.board.show()

    assert desk.slack.visible(desk.review) == [card]
    assert "Asked 2 times by 2 people" in texts(card)


@pytest.mark.parametrize(
    "fault",
    [dropped(after_work=True), broken(after_work=True), broken(), dropped(), limited(0), refused("internal_error")],
)
async def test_a_card_is_posted_once_whatever_goes_wrong(desk: Desk, fault: Fault) -> None:
    await desk.asks()
    desk.slack.fail("chat.postMessage", fault)
    for _ in range(3):
        await desk.cards()

    assert PARROT in texts(await desk.card())


@pytest.mark.parametrize("fault", [dropped(after_work=True), broken()])
async def test_a_draft_is_posted_once_whatever_goes_wrong(desk: Desk, fault: Fault) -> None:
    await desk.mel.says(await desk.office.channel(desk.mel, mode="draft"), FEES.question)
    await desk.office.quiet()
    desk.slack.fail("chat.postMessage", fault)
    for _ in range(3):
        await desk.cards()

    assert FEES.question in texts(await desk.card())


async def test_what_another_app_says_of_itself_is_no_card(desk: Desk) -> None:
    await desk.asks()
    metadata = {"event_type": "faqbot_card", "event_payload": {"item": "R1"}}
    await desk.mel.says(desk.review, "I am R1", metadata=metadata)
    desk.slack.fail("chat.postMessage", broken())
    await desk.cards()

    assert PARROT in texts(await desk.card())


async def test_a_review_channel_that_cannot_be_read_holds_up_what_may_be_there(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.asks()
    desk.slack.fail("chat.postMessage", dropped(after_work=True))
    await desk.cards()
    desk.slack.fail("conversations.history", refused("internal_error"))
    await desk.cards()
    assert "slack.review_channel.unreadable" in [record.getMessage() for record in caplog.records]

    assert PARROT in texts(await desk.card())
