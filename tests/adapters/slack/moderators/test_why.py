"""Moderators see why the bot decided as it did, by a shortcut in the menu of a message."""

from bot.adapters.slack.moderators.commands import WHY
from bot.core.wording.outcomes import UNKNOWN_MESSAGE
from bot.core.wording.refusals import NOT_A_MODERATOR
from tests.adapters.slack.bots import ASK
from tests.adapters.slack.moderators.desks import Desk, texts


async def test_a_moderator_sees_it_at_the_question_and_at_the_answer(desk: Desk) -> None:
    channel = await desk.office.channel(desk.mel)
    question = await desk.mel.says(channel, ASK)
    (answer,) = await desk.slack.posted(1)
    await desk.office.quiet()

    for message in (question, answer):
        await desk.ann.uses_message_shortcut(WHY, message)
        await desk.office.quiet()
        assert "Decided: answered with fees" in texts(desk.ann.modal())


async def test_others_do_not(desk: Desk) -> None:
    question = await desk.asks()

    await desk.mel.uses_message_shortcut(WHY, question)
    await desk.office.quiet()

    assert [message.text for message in await desk.slack.told(desk.mel)] == [str(NOT_A_MODERATOR)]
    assert desk.slack.calls_of("views.open") == []


async def test_of_other_messages_there_is_nothing_to_tell(desk: Desk) -> None:
    channel = await desk.office.channel(desk.ann)

    await desk.ann.uses_message_shortcut(WHY, desk.ann.writes(channel, "Morning"))
    await desk.office.quiet()

    assert [message.text for message in await desk.slack.told(desk.ann)] == [str(UNKNOWN_MESSAGE)]
