"""The bot shows at a question that it was solved, where a reaction is set for that."""

import pytest

from bot.adapters.slack.showing.ids import SlackAction
from tests.adapters.slack.bots import ASK, UNKNOWN, Office, StartBot
from tests.loopback.slack.faults import refused
from tests.loopback.slack.member import Member
from tests.loopback.slack.workspace import BOT_USER, Message

DONE = "heavy_check_mark"


@pytest.fixture
async def office(start_bot: StartBot) -> Office:
    """Return a bot that shows it."""
    return await start_bot(solved_reaction=DONE)


async def asked(office: Office, who: Member, text: str = ASK) -> Message:
    """Have somebody ask in a channel."""
    question = await who.says(await office.channel(who, office.slack.member("eve")), text)
    await office.quiet()
    return question


async def test_an_answer_that_helped_solves_the_question(office: Office) -> None:
    ana = office.slack.member("ana")
    question = await asked(office, ana)
    (reply,) = await office.slack.posted(1)
    await ana.clicks(reply, SlackAction.HELPFUL)
    await ana.clicks(reply, SlackAction.HELPFUL)
    await office.quiet()

    assert question.reactions[DONE] == [BOT_USER]


async def test_somebody_else_does_not_solve_it(office: Office) -> None:
    question = await asked(office, office.slack.member("ana"))
    (reply,) = await office.slack.posted(1)
    await office.slack.member("bob").clicks(reply, SlackAction.HELPFUL)
    await office.quiet()

    assert DONE not in question.reactions


async def test_a_solution_solves_it_until_that_is_taken_back(office: Office) -> None:
    ana, eve = office.slack.member("ana"), office.slack.member("eve")
    question = await asked(office, ana, UNKNOWN)
    said = await eve.says(office.slack.space.channels[question.channel], "Behind the door.", thread=question)
    await ana.reacts(said, "white_check_mark")
    await office.quiet()
    assert question.reactions[DONE] == [BOT_USER]

    await ana.takes_back(said, "white_check_mark")
    await office.quiet()
    assert question.reactions[DONE] == []


async def test_the_sign_at_the_answer_says_that_it_helped(office: Office) -> None:
    ana = office.slack.member("ana")
    question = await asked(office, ana)
    (reply,) = await office.slack.posted(1)
    await ana.reacts(reply, "white_check_mark")
    await office.quiet()

    assert question.reactions[DONE] == [BOT_USER]


@pytest.mark.parametrize("fault", ["message_not_found", "too_many_reactions", "restricted_action"])
async def test_what_slack_refuses_holds_nothing_up(office: Office, fault: str) -> None:
    ana = office.slack.member("ana")
    await asked(office, ana)
    (reply,) = await office.slack.posted(1)
    office.slack.fail("reactions.add", refused(fault))
    await ana.clicks(reply, SlackAction.HELPFUL)
    await office.quiet()

    assert [one for one in office.slack.space.messages if one.visible_to == ana.id]
