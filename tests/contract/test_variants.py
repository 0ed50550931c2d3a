"""What is said where a question fits several entries, on both platforms."""

from bot.core.wording.replies import CHOOSE_ONE
from tests.contract.sides import BOT, Side

FREEZE = "how do I freeze my account"


async def test_entries_that_differ_are_offered(side: Side) -> None:
    asked = await side.says("ana", FREEZE, to=(BOT,))
    await side.settle()

    (reply,) = side.replies(asked)
    assert "Which of these do you mean?" in reply


async def test_what_has_the_same_answer_is_given_at_once_with_both_titles(side: Side) -> None:
    await side.app.catalogue.edit("freeze-app", {"answer": "Click freeze."}, actor="mod")
    asked = await side.says("ana", FREEZE, to=(BOT,))
    await side.settle()

    (reply,) = side.replies(asked)
    assert "Click freeze." in reply
    assert "(web)" in reply
    assert "(app)" in reply
    assert "Which of these" not in reply


async def test_a_single_one_is_asked_about(side: Side) -> None:
    asked = await side.says("ana", "about a withdrawal", to=(BOT,))
    await side.settle()

    (reply,) = side.replies(asked)
    assert str(CHOOSE_ONE) in reply
    assert "How much does a withdrawal cost?" in reply
    assert "One coin." not in reply
