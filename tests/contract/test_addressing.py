"""For whom a message is: the rules of `bot/chat/addressing.py`, on both platforms."""

import pytest

from tests.contract.sides import BOT, Side

FEES, PARROT = "How much does a withdrawal cost?", "where is the parrot"
WORDS = "abandon ability able about above absent absorb abstract absurd abuse access accident"
ANSWER = "One coin."


async def test_who_mentions_the_bot_is_answered_in_a_thread(side: Side) -> None:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()

    (reply,) = side.replies(asked)
    assert ANSWER in reply


async def test_who_mentions_nobody_is_left_alone(side: Side) -> None:
    said = await side.says("ana", FEES)
    await side.settle()

    assert side.replies(said) == []
    assert await side.known(said) is None


async def test_who_is_certain_of_an_answer_gets_one_where_the_bot_listens(side: Side) -> None:
    await side.set_mode("ambient")
    asked = await side.says("ana", FEES)
    await side.settle()

    assert len(side.replies(asked)) == 1


@pytest.mark.parametrize("mode", ["mention", "ambient"])
async def test_what_is_said_to_somebody_else_is_not_for_the_bot(side: Side, mode: str) -> None:
    await side.set_mode(mode)
    said = await side.says("ana", FEES, to=("ben",))
    await side.settle()

    assert side.replies(said) == []
    assert await side.known(said) is None


async def test_who_mentions_the_bot_and_somebody_else_is_answered(side: Side) -> None:
    asked = await side.says("ana", FEES, to=("ben", BOT))
    await side.settle()

    assert len(side.replies(asked)) == 1


async def test_who_asked_goes_on_in_the_thread_without_a_mention(side: Side) -> None:
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    await side.says("ana", FEES, under=asked)
    await side.settle()

    assert [ANSWER in reply for reply in side.replies(asked)] == [False, True]


@pytest.mark.parametrize("mode", ["mention", "ambient"])
async def test_a_second_person_in_the_thread_is_answered_on_a_mention_only(side: Side, mode: str) -> None:
    await side.set_mode(mode)
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    await side.says("ben", FEES, under=asked)
    await side.settle()
    assert len(side.replies(asked)) == 1

    await side.says("ben", FEES, to=(BOT,), under=asked)
    await side.settle()
    assert [ANSWER in reply for reply in side.replies(asked)] == [False, True]


async def test_where_several_write_who_asked_has_to_mention_the_bot_as_well(side: Side) -> None:
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    await side.says("ben", "behind the door, I think", under=asked)
    await side.says("ana", FEES, under=asked)
    await side.settle()

    assert len(side.replies(asked)) == 1


async def test_who_says_something_to_somebody_else_in_the_thread_is_left_alone(side: Side) -> None:
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    await side.says("ana", FEES, to=("ben",), under=asked)
    await side.settle()

    assert len(side.replies(asked)) == 1


async def test_an_edit_that_adds_a_mention_is_answered(side: Side) -> None:
    said = await side.says("ana", FEES)
    await side.edits(said, FEES, to=(BOT,))
    await side.settle()

    (reply,) = side.replies(said)
    assert ANSWER in reply


@pytest.mark.parametrize("edited", [PARROT, FEES])
async def test_an_edit_that_adds_a_mention_to_what_was_overheard_is_answered(side: Side, edited: str) -> None:
    await side.set_mode("ambient")
    said = await side.says("ana", PARROT)
    await side.settle()
    assert await side.known(said) is not None
    assert side.replies(said) == []

    await side.edits(said, edited, to=(BOT,))
    await side.settle()

    (reply,) = side.replies(said)
    assert (ANSWER in reply) == (edited == FEES)


async def test_an_edit_of_what_was_overheard_that_calls_nobody_is_not_answered(side: Side) -> None:
    await side.set_mode("ambient")
    said = await side.says("ana", PARROT)
    await side.settle()
    await side.edits(said, f"{PARROT} now")
    await side.settle()
    assert side.replies(said) == []

    await side.edits(said, f"{PARROT} now", to=(BOT,))
    await side.settle()
    assert len(side.replies(said)) == 1


async def test_an_edit_of_what_was_answered_changes_the_reply(side: Side) -> None:
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    await side.edits(asked, FEES, to=(BOT,))
    await side.settle()

    (reply,) = side.replies(asked)
    assert ANSWER in reply


async def test_a_secret_is_warned_of_whomever_it_is_said_to(side: Side) -> None:
    await side.says("ana", WORDS, to=("ben",))
    await side.settle()

    (warning,) = side.spoken()
    assert "seed phrase" in warning
