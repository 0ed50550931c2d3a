"""What the log has of a message changes with it, however things stand by then, on both platforms."""

import pytest

from bot.core.models import Answered
from tests.contract.sides import BOT, HELPER, Side, Written

FEES, FREEZE, ANSWER = "How much does a withdrawal cost?", "how do I freeze my account", "One coin."
WITH_NUMBER, WITHOUT = "where does parrot 5551 live?", "where does the parrot live?"


async def text_of(side: Side, message: Written) -> str | None:
    """Return what the log has of a message."""
    known = await side.known(message)
    assert known is not None
    return known.outcome.text


async def in_thread(side: Side) -> tuple[Written, Written]:
    """Have Ana ask, and go on in the thread of the reply without a mention."""
    asked = await side.says("ana", FREEZE, to=(BOT,))
    await side.settle()
    followed = await side.says("ana", WITH_NUMBER, under=asked)
    await side.settle()
    return asked, followed


@pytest.mark.parametrize("who", ["nobody", "ben", HELPER])
async def test_what_was_asked_in_a_thread_changes_whoever_wrote_there_since(side: Side, who: str) -> None:
    asked, followed = await in_thread(side)
    if who != "nobody":
        await side.says(who, "I wonder about that as well", under=asked)
        await side.settle()
    await side.edits(followed, WITHOUT)
    await side.settle()

    assert await text_of(side, followed) == WITHOUT
    assert [item.text for item in await side.app.review.list()] == [WITHOUT]


async def test_what_was_said_back_becomes_a_question(side: Side) -> None:
    asked = await side.says("ana", FREEZE, to=(BOT,))
    await side.settle()
    said = await side.says("ana", "my parrot likes the wind", under=asked)
    await side.settle()
    await side.edits(said, FEES)
    await side.settle()

    assert ANSWER in side.replies(asked)[-1]


@pytest.mark.parametrize("who", ["ben", HELPER])
async def test_an_edit_breaks_no_silence_where_others_write(side: Side, who: str) -> None:
    asked = await side.says("ana", FREEZE, to=(BOT,))
    await side.settle()
    told = await side.says("ana", "my parrot likes the wind", under=asked)
    await side.settle()
    await side.says(who, "mine does too, most of the time", under=asked)
    await side.settle()
    before = side.replies(asked)
    await side.edits(told, FEES)
    await side.settle()

    assert await text_of(side, told) == FEES
    assert not any(ANSWER in each for each in side.replies(asked))
    assert len(side.replies(asked)) == len(before)


async def test_it_changes_where_somebody_else_is_mentioned_now(side: Side) -> None:
    asked = await side.says("ana", WITH_NUMBER, to=(BOT,))
    await side.settle()
    await side.edits(asked, WITHOUT, to=("ben",))
    await side.settle()

    assert "5551" not in (await text_of(side, asked) or "")


@pytest.mark.parametrize("heard", ["mention", "ambient"])
@pytest.mark.parametrize("mode", ["off", "shadow", "mention"])
async def test_it_changes_however_the_channel_is_set_by_now(side: Side, heard: str, mode: str) -> None:
    await side.set_mode(heard)
    asked = await side.says("ana", WITH_NUMBER, to=(BOT,) if heard == "mention" else ())
    await side.settle()
    await side.set_mode(mode)
    before = len(side.spoken())
    await side.edits(asked, FEES)
    await side.settle()

    assert await text_of(side, asked) == FEES
    assert len(side.spoken()) == before


async def test_a_second_edit_is_not_decided_again_but_its_words_are_kept(side: Side) -> None:
    asked = await side.says("ana", WITH_NUMBER, to=(BOT,))
    await side.settle()
    for text in (FEES, WITH_NUMBER, WITHOUT):
        await side.edits(asked, text, to=(BOT,))
        await side.settle()

    known = await side.known(asked)
    assert known is not None
    assert known.outcome.text == WITHOUT
    assert isinstance(known.outcome.decision, Answered)
    (reply,) = side.replies(asked)
    assert ANSWER in reply


async def test_a_card_shows_the_words_of_a_second_edit(side: Side) -> None:
    asked = await side.says("ana", WITH_NUMBER, to=(BOT,))
    await side.settle()
    for text in ("where does parrot 5552 live?", WITHOUT):
        await side.edits(asked, text, to=(BOT,))
        await side.settle()

    assert [item.text for item in await side.app.review.list()] == [WITHOUT]
