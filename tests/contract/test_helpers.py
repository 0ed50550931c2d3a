"""How the bot makes way for helpers, on both platforms."""

import pytest

from bot.store.records import ReplyState
from tests.contract.sides import BOT, HELPER, MODERATOR, Side

FEES, FREEZE, PARROT = "How much does a withdrawal cost?", "How do I freeze my account?", "where is the parrot"
ANSWERED = "A team member has answered."
HUMAN = "Ask a human"

both_helpers = pytest.mark.parametrize("helper", [HELPER, MODERATOR])


@both_helpers
async def test_what_a_helper_says_to_nobody_is_not_answered(side: Side, helper: str) -> None:
    await side.set_mode("ambient")
    said = await side.says(helper, FEES)
    await side.settle()

    assert side.replies(said) == []
    assert await side.known(said) is None


@both_helpers
async def test_a_helper_who_asks_the_bot_is_answered_and_goes_on(side: Side, helper: str) -> None:
    asked = await side.says(helper, FEES, to=(BOT,))
    await side.settle()
    await side.says(helper, FREEZE, under=asked)
    await side.settle()

    assert len(side.replies(asked)) == 2


@both_helpers
async def test_an_answer_that_nobody_asked_for_goes_when_a_helper_answers(side: Side, helper: str) -> None:
    await side.set_mode("ambient")
    asked = await side.says("ana", FEES)
    await side.settle()
    assert len(side.replies(asked)) == 1

    await side.says(helper, "one coin, as always", under=asked)
    await side.settle()

    assert side.replies(asked) == []
    known = await side.known(asked)
    assert known is not None
    assert known.reply_state is ReplyState.WITHDRAWN


async def test_an_answer_stays_when_somebody_else_answers(side: Side) -> None:
    await side.set_mode("ambient")
    asked = await side.says("ana", FEES)
    await side.settle()
    await side.says("ben", "one coin, as always", under=asked)
    await side.settle()

    assert len(side.replies(asked)) == 1


@both_helpers
async def test_an_answer_that_was_asked_for_tells_that_a_helper_answered(side: Side, helper: str) -> None:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    (before,) = side.replies(asked)
    assert ANSWERED not in before
    assert HUMAN in before

    await side.says(helper, "one coin, as always", under=asked)
    await side.settle()

    (after,) = side.replies(asked)
    assert ANSWERED in after
    assert "One coin." in after
    assert HUMAN not in after


async def test_two_helpers_who_answer_change_it_once(side: Side) -> None:
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    await side.says(HELPER, "behind the door", under=asked)
    await side.says(MODERATOR, "no, in the kitchen", under=asked)
    await side.settle()

    (reply,) = side.replies(asked)
    assert reply.count(ANSWERED) <= 2  # Slack has the words in a text beside the blocks


async def test_only_the_last_question_of_a_thread_is_the_one_that_was_answered(side: Side) -> None:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    await side.says("ana", PARROT, under=asked)
    await side.settle()
    await side.says(HELPER, "behind the door", under=asked)
    await side.settle()

    assert [ANSWERED in reply for reply in side.replies(asked)] == [False, True]


async def test_a_helper_who_calls_the_bot_in_the_thread_has_not_answered(side: Side) -> None:
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    await side.says(HELPER, FEES, to=(BOT,), under=asked)
    await side.settle()

    assert [ANSWERED in reply for reply in side.replies(asked)] == [False, False]


async def test_a_helper_who_mentions_who_asked_has_answered(side: Side) -> None:
    await side.set_mode("ambient")
    asked = await side.says("ana", FEES)
    await side.settle()
    await side.says(HELPER, "one coin, as always", to=("ana",))
    await side.settle()

    assert side.replies(asked) == []


async def test_the_bot_keeps_out_of_a_thread_that_a_helper_entered(side: Side) -> None:
    await side.set_mode("ambient")
    asked = await side.says("ana", FEES)
    await side.settle()
    await side.says(HELPER, "one coin, as always", under=asked)
    await side.settle()
    await side.says("ana", FREEZE, under=asked)
    await side.says("ben", FREEZE, under=asked)
    await side.settle()
    assert side.replies(asked) == []

    await side.says("ana", FREEZE, to=(BOT,), under=asked)
    await side.settle()
    assert len(side.replies(asked)) == 1


async def test_the_bot_keeps_out_of_a_conversation_with_a_helper_in_the_channel(side: Side) -> None:
    await side.set_mode("ambient")
    await side.says("ana", PARROT)
    await side.settle()
    await side.says(HELPER, "behind the door")
    await side.settle()
    further = await side.says("ana", FEES)
    other = await side.says("ben", FEES)
    await side.settle()

    assert side.replies(further) == []
    assert len(side.replies(other)) == 1


@pytest.mark.parametrize("text", ["", "\u202e\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd"])
async def test_whatever_a_helper_writes_changes_nothing_twice(side: Side, text: str) -> None:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    for _ in range(2):
        await side.says(HELPER, text, under=asked)
    await side.settle()

    assert len(side.replies(asked)) == 1
