"""The command: a private answer, which can be shared."""

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import Audience, Entry
from bot.core.wording.labels import Label
from bot.core.wording.refusals import NOT_NOW
from tests.adapters.slack.bots import QUESTION, Office, StartBot
from tests.loopback.slack.faults import refused
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import Slack
from tests.loopback.slack.ways import both_ways
from tests.loopback.slack.workspace import Json, View
from tests.service.samples import LIMITS
from tests.store.samples import saved

BIRDS = tuple(
    Entry(id=f"bird-{number}", question=f"What does bird {number} eat?", answer=f"Seed {number}.", category="Birds")
    for number in range(120)
)


@both_ways
async def test_only_who_asked_sees_the_answer(office: Office) -> None:
    alice = office.slack.member("alice")

    delivery = await alice.commands(await office.channel(alice), f"/faq {QUESTION}")

    (told,) = await office.slack.told(alice)
    assert "One coin." in str(told.blocks)
    assert office.slack.visible() == []
    assert delivery.seconds is not None
    assert delivery.seconds < 3


async def test_where_the_bot_is_off_it_says_so(office: Office) -> None:
    alice = office.slack.member("alice")

    await alice.commands(await office.channel(alice, mode="off"), "/faq x y")

    assert "switched off" in (await office.slack.told(alice))[0].text


async def test_the_command_alone_opens_the_search(office: Office) -> None:
    alice = office.slack.member("alice")

    await alice.commands(await office.channel(alice), "/faq")
    await office.slack.called("views.open")

    offered = await alice.types(alice.modal(), SlackAction.ENTRY, "withdr")
    assert offered[0]["value"] == "fees"


def offered(view: View) -> list[Json]:
    """Return the lines of the only menu of a dialog."""
    (menu,) = [block["element"] for block in view.arguments["blocks"] if block["type"] == "input"]
    return menu.get("options") or [line for group in menu["option_groups"] for line in group["options"]]


async def browsing(office: Office, alice: Member) -> View:
    await alice.commands(await office.channel(alice), "/faq browse")
    await office.slack.called("views.open")
    return alice.modal()


async def test_a_category_leads_to_its_entries_and_those_to_answers(office: Office) -> None:
    await office.app.catalogue.edit("fees", {"category": "Money"}, actor="mod")
    alice = office.slack.member("alice")
    categories = await browsing(office, alice)
    assert [line["value"] for line in offered(categories)] == ["Money", "Everything else"]

    await alice.submits(categories, category=offered(categories)[0])
    assert [line["value"] for line in offered(alice.modal())] == ["fees"]
    await alice.submits(alice.modal(), entry=offered(alice.modal())[0])

    assert "One coin." in str(alice.modal().arguments["blocks"])


async def test_nobody_browses_to_what_is_for_staff(office: Office) -> None:
    alice = office.slack.member("alice")
    categories = await browsing(office, alice)
    await alice.submits(categories, category=offered(categories)[0])

    assert LIMITS.id not in [line["value"] for line in offered(alice.modal())]


async def test_a_long_category_comes_in_groups(office: Office) -> None:
    await saved(office.app.database, *BIRDS)
    alice = office.slack.member("alice")
    categories = await browsing(office, alice)
    await alice.submits(categories, category=offered(categories)[0])

    assert len(offered(alice.modal())) == len(BIRDS)
    assert "101 - 120" in str(alice.modal().arguments["blocks"])


async def test_an_answer_is_shared_once(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    await alice.commands(channel, f"/faq {QUESTION}")
    (told,) = await office.slack.told(alice)

    await alice.clicks(told, SlackAction.SHARE)
    await office.slack.posted(1, channel)
    await office.quiet()
    assert told.text == "Shared."

    assert "One coin." in str(office.slack.visible(channel)[0].blocks)


async def test_where_the_bot_is_not_it_is_shared_all_the_same(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    await alice.commands(channel, f"/faq {QUESTION}")
    (told,) = await office.slack.told(alice)
    office.slack.fail("chat.postMessage", refused("not_in_channel"))

    await alice.clicks(told, SlackAction.SHARE)

    assert "One coin." in str((await office.slack.posted(1, channel))[0].blocks)


async def test_what_slack_does_not_take_may_be_shared_again(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    await alice.commands(channel, f"/faq {QUESTION}")
    (told,) = await office.slack.told(alice)
    office.slack.fail("chat.postMessage", refused("internal_error"))

    await alice.clicks(told, SlackAction.SHARE)
    assert (await office.slack.told(alice, 2))[1].text == str(NOT_NOW)
    assert "One coin." in str(told.blocks)
    await office.quiet()
    await alice.clicks(told, SlackAction.SHARE)

    await office.slack.posted(1, channel)
    await office.quiet()
    assert told.text == "Shared."


async def test_what_is_for_staff_is_not_shared_with_others(slack: Slack, start_bot: StartBot) -> None:
    office = await start_bot(staff=frozenset({"members"}))
    alice = slack.member("alice")
    channel = await office.channel(alice)
    await alice.commands(channel, f"/faq {LIMITS.question}")
    (told,) = await slack.told(alice)
    assert "Zebra" in str(told.blocks)

    await alice.clicks(told, SlackAction.SHARE)
    _, refusal = await slack.told(alice, 2)

    assert "for staff only" in refusal.text
    assert slack.visible() == []


async def test_where_there_is_nothing_to_browse_it_says_so(office: Office) -> None:
    alice = office.slack.member("alice")
    categories = await browsing(office, alice)
    for stored in await office.app.catalogue.list(audience=Audience.INTERNAL):
        await office.app.catalogue.edit(stored.entry.id, {"status": "retired"}, actor="mod")

    await alice.submits(categories, category=offered(categories)[0])
    assert str(Label.NOTHING_ELSE) in str(alice.modal().arguments["blocks"])
    await alice.commands(await office.channel(alice), "/faq browse")
    assert (await office.slack.told(alice))[0].text == str(Label.NOTHING_ELSE)
