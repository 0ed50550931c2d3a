"""What somebody passes on or points at is asked where they have no words of their own, on both platforms."""

from tests.contract.sides import Side

FEES, ANSWER = "How much does a withdrawal cost?", "One coin."


async def test_a_forward_without_a_word_is_the_question(side: Side) -> None:
    await side.set_mode("ambient")
    asked = await side.forwards("ana", FEES)
    await side.settle()

    (reply,) = side.replies(asked)
    assert ANSWER in reply


async def test_a_forward_that_asks_nothing_gets_nothing(side: Side) -> None:
    await side.set_mode("ambient")
    said = await side.forwards("ana", "the withdrawal went fine yesterday")
    await side.settle()

    assert side.replies(said) == []
    assert await side.app.review.list() == ()


async def test_a_bare_mention_asks_what_it_points_at(side: Side) -> None:
    asked = await side.says("ana", FEES)
    await side.settle()
    assert side.replies(asked) == []
    pointed = await side.points_at("ben", asked)
    await side.settle()

    (reply,) = side.replies(pointed)
    assert ANSWER in reply
