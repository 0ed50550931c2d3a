"""Follow-ups that are nothing without the question before them, on both platforms."""

from tests.contract.sides import BOT, Side

ABOUT, COST, PARROT = "about a withdrawal", "and what does it cost?", "and where is the parrot"
ANSWER = "One coin."


async def test_who_asks_on_is_understood_by_what_they_asked_before(side: Side) -> None:
    asked = await side.says("ana", ABOUT, to=(BOT,))
    await side.settle()
    further = await side.says("ana", COST, under=asked)
    await side.settle()

    assert [ANSWER in reply for reply in side.replies(asked)] == [False, True]
    known = await side.known(further)
    assert known is not None
    assert known.outcome.text == "what does withdrawal cost?"


async def test_what_changes_the_topic_is_taken_as_it_is_said(side: Side) -> None:
    asked = await side.says("ana", ABOUT, to=(BOT,))
    await side.settle()
    further = await side.says("ana", PARROT, under=asked)
    await side.settle()

    known = await side.known(further)
    assert known is not None
    assert known.outcome.text == PARROT


async def test_a_second_person_is_not_understood_by_what_the_first_one_asked(side: Side) -> None:
    asked = await side.says("ana", ABOUT, to=(BOT,))
    await side.settle()
    further = await side.says("ben", COST, to=(BOT,), under=asked)
    await side.settle()

    known = await side.known(further)
    assert known is not None
    assert known.outcome.text == COST
