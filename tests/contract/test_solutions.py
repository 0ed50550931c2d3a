"""Who may say what solved a question, and what follows from it, on both platforms."""

import pytest

from bot.core.models import MessageRef
from bot.core.wording.outcomes import ANSWERS_NOTHING, NOT_THEIRS_TO_SOLVE, SOLVED, SOLVED_AND_SUGGESTED
from bot.service.learning import MOST_LEARNED
from bot.store.feedback import Suggestion
from bot.store.records import ReplyState
from tests.contract.sides import BOT, HELPER, MODERATOR, Side, Written

FEES, PARROT, PLACE = "How much does a withdrawal cost?", "where is the parrot", "It sits behind the kitchen door."


async def asked_and_told(side: Side, who: str = "ben") -> tuple[Written, Written]:
    """Have Ana ask what nothing fits, and somebody say it in the thread."""
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    said = await side.says(who, PLACE, under=asked)
    await side.settle()
    return asked, said


async def suggestions(side: Side) -> tuple[Suggestion, ...]:
    """Return what is suggested for the only item of the review."""
    (item,) = await side.app.review.list()
    return (await side.app.review.show(item.id)).suggestions


async def solves(side: Side) -> list[str | None]:
    """Return the suggestions that solved the question."""
    return [one.answer for one in await suggestions(side) if one.solves]


@pytest.mark.parametrize("who", ["ana", MODERATOR, HELPER])
async def test_a_message_is_marked_by_the_asker_and_by_helpers(side: Side, who: str) -> None:
    _, said = await asked_and_told(side)

    assert str(SOLVED_AND_SUGGESTED) in await side.marks(who, said)
    assert await solves(side) == [PLACE]


async def test_others_mark_nothing(side: Side) -> None:
    _, said = await asked_and_told(side)

    assert str(NOT_THEIRS_TO_SOLVE) in await side.marks("eve", said)
    assert await solves(side) == []


async def test_what_answers_nothing_is_no_solution(side: Side) -> None:
    said = await side.says("ben", PLACE)
    await side.settle()

    assert str(ANSWERS_NOTHING) in await side.marks(MODERATOR, said)


async def test_a_secret_is_never_suggested(side: Side) -> None:
    asked, _ = await asked_and_told(side)
    said = await side.says(
        "ben", "legal winner thank year wave sausage worth useful legal winner thank yellow", under=asked
    )
    await side.settle()

    assert str(SOLVED) in await side.marks("ana", said)
    assert await solves(side) == []


@pytest.mark.parametrize("who", ["ana", MODERATOR])
async def test_a_sign_by_the_asker_or_a_moderator_marks_until_it_is_taken_back(side: Side, who: str) -> None:
    _, said = await asked_and_told(side)
    await side.signs(who, said)
    await side.settle()
    assert await solves(side) == [PLACE]

    await side.signs(who, said, added=False)
    await side.settle()
    assert await solves(side) == []


@pytest.mark.parametrize("who", ["eve", "ben"])
async def test_a_sign_by_a_stranger_does_nothing(side: Side, who: str) -> None:
    _, said = await asked_and_told(side)
    for added in (True, False):
        await side.signs(who, said, added=added)
    await side.settle()

    assert await solves(side) == []


async def test_a_sign_by_somebody_who_asked_something_else_does_nothing(side: Side) -> None:
    _, said = await asked_and_told(side)
    await side.says("eve", FEES, to=(BOT,))
    await side.settle()
    await side.signs("eve", said)
    await side.settle()

    assert await solves(side) == []


async def test_where_the_bot_is_off_a_sign_does_nothing(side: Side) -> None:
    _, said = await asked_and_told(side)
    await side.set_mode("off")
    await side.signs("ana", said)
    await side.settle()

    assert await solves(side) == []


async def test_of_two_signs_one_is_left_when_the_other_is_taken_back(side: Side) -> None:
    _, said = await asked_and_told(side)
    for who in ("ana", MODERATOR):
        await side.signs(who, said)
    await side.settle()
    await side.signs("ana", said, added=False)
    await side.settle()

    assert await solves(side) == [PLACE]


async def test_a_stranger_takes_no_mark_back(side: Side) -> None:
    _, said = await asked_and_told(side)
    await side.marks("ana", said)
    await side.signs("eve", said)
    await side.signs("eve", said, added=False)
    await side.settle()

    assert await solves(side) == [PLACE]


async def test_what_was_accepted_stays_solved(side: Side) -> None:
    asked, said = await asked_and_told(side)
    await side.marks("ana", said)
    (made,) = await suggestions(side)
    await side.consents("ben", "yes")
    await side.settle()
    await side.app.review.accept(made.id, actor="mod")
    await side.signs("ana", said)
    await side.signs("ana", said, added=False)
    await side.settle()

    known = await side.known(asked)
    assert known is not None
    assert await side.app.learning.is_solved(known.question.id)


async def test_a_mark_takes_back_what_was_said_unasked(side: Side) -> None:
    await side.set_mode("ambient")
    asked = await side.says("ana", FEES)
    await side.settle()
    said = await side.says("ben", "one coin, as always", under=asked)
    await side.settle()
    assert len(side.replies(asked)) == 1

    assert str(SOLVED) in await side.marks("ana", said)
    await side.settle()

    assert side.replies(asked) == []
    known = await side.known(asked)
    assert known is not None
    assert known.reply_state is ReplyState.WITHDRAWN
    assert await side.app.learning.is_solved(known.question.id)


async def test_an_answer_of_the_bot_is_marked_by_who_asked(side: Side) -> None:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    answer = side.reply(asked)
    assert str(NOT_THEIRS_TO_SOLVE) in await side.marks("eve", answer)
    assert str(SOLVED) in await side.marks("ana", answer)

    exported = await side.app.privacy.export(side.person(asked), actor="mod")
    assert [one["rating"] for one in exported.feedback] == ["helpful"]


async def test_an_answer_that_was_asked_for_stays(side: Side) -> None:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    said = await side.says("ben", "one coin, as always", under=asked)
    await side.settle()
    before = side.replies(asked)
    await side.marks("ana", said)
    await side.settle()

    assert side.replies(asked) == before


async def test_a_marked_message_that_changes_changes_what_is_suggested(side: Side) -> None:
    _, said = await asked_and_told(side)
    await side.marks("ana", said)
    await side.edits(said, "It sits on the roof now.")
    await side.settle()

    assert await solves(side) == ["It sits on the roof now."]


async def test_a_marked_message_that_is_deleted_is_suggested_no_more(side: Side) -> None:
    asked, said = await asked_and_told(side)
    await side.marks("ana", said)
    await side.deletes(said)
    await side.settle()

    assert await suggestions(side) == ()
    known = await side.known(asked)
    assert known is not None
    assert not await side.app.learning.is_solved(known.question.id)


async def test_two_messages_are_marked_at_once(side: Side) -> None:
    asked, said = await asked_and_told(side)
    other = await side.says("cho", "No, it went to the garden.", under=asked)
    await side.settle()
    for _ in range(2):
        await side.signs("ana", said)
        await side.signs(MODERATOR, other)
    await side.settle()

    assert sorted(str(each) for each in await solves(side)) == sorted([PLACE, "No, it went to the garden."])


async def test_a_sign_at_a_message_that_is_gone_does_nothing(side: Side) -> None:
    _, said = await asked_and_told(side)
    await side.signs("ana", said)
    await side.deletes(said)
    await side.settle()
    ref = MessageRef(platform=side.platform, workspace_id=side.workspace_id, message_id=said.id)

    assert await suggestions(side) == ()
    assert await side.app.conversations.why(ref) is None


async def words(side: Side) -> list[str | None]:
    """Return what is suggested for the only item of the review."""
    return [one.answer for one in await suggestions(side)]


@pytest.mark.parametrize("who", [HELPER, MODERATOR])
async def test_what_a_helper_answers_is_suggested_by_itself(side: Side, who: str) -> None:
    await asked_and_told(side, who)

    (made,) = await suggestions(side)
    assert (made.answer, made.solves) == (PLACE, False)
    assert made.suggested_by.startswith(f"{side.platform}:")


async def test_in_a_channel_that_it_listens_to_a_helper_is_heard_too(side: Side) -> None:
    await side.set_mode("ambient")
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    await side.says(HELPER, PLACE, under=asked)
    await side.settle()

    assert await words(side) == [PLACE]


async def test_what_others_answer_is_not_suggested(side: Side) -> None:
    await asked_and_told(side, "ben")

    assert await words(side) == []


@pytest.mark.parametrize("text", ["which version do you use?", "ok"])
async def test_chatter_and_questions_back_are_not_suggested(side: Side, text: str) -> None:
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    await side.says(HELPER, text, under=asked)
    await side.settle()

    assert await words(side) == []


async def test_two_helpers_are_both_suggested_and_what_solved_it_comes_first(side: Side) -> None:
    asked, _ = await asked_and_told(side, HELPER)
    other = await side.says(MODERATOR, "No, it went to the garden.", under=asked)
    await side.settle()
    await side.signs("ana", other)
    await side.settle()
    assert await words(side) == ["No, it went to the garden.", PLACE]

    await side.signs("ana", other, added=False)
    await side.settle()
    assert await words(side) == [PLACE, "No, it went to the garden."]


async def test_a_helper_who_edits_and_deletes_changes_what_is_suggested(side: Side) -> None:
    _, said = await asked_and_told(side, HELPER)
    await side.edits(said, "It sits on the roof now.")
    await side.settle()
    assert await words(side) == ["It sits on the roof now."]

    await side.edits(said, "one moment please")
    await side.settle()
    assert await words(side) == []

    await side.edits(said, PLACE)
    await side.settle()
    assert await words(side) == [PLACE]

    await side.deletes(said)
    await side.settle()
    assert await words(side) == []


async def test_a_helper_who_opted_out_is_left_alone(side: Side) -> None:
    said = await side.says(HELPER, "good morning everybody")
    await side.settle()
    await side.app.privacy.opt_out(side.person(said), actor="mod")
    await asked_and_told(side, HELPER)

    assert await words(side) == []


async def test_no_more_than_a_handful_is_suggested(side: Side) -> None:
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    for number in range(MOST_LEARNED + 2):
        await side.says(HELPER, f"It sits behind door number {number}.", under=asked)
        await side.settle()
    last = await side.says("ben", PLACE, under=asked)
    await side.settle()
    await side.marks("ana", last)

    found = await words(side)
    assert len(found) == MOST_LEARNED + 1
    assert found[0] == PLACE


async def test_what_a_helper_writes_under_an_answer_is_not_suggested(side: Side) -> None:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    await side.says(HELPER, "one coin, as always", under=asked)
    await side.settle()

    assert await side.app.review.list() == ()


@pytest.mark.parametrize("text", ["I'll check with the team", "we are looking into it", "thanks for reporting"])
async def test_who_only_holds_off_has_suggested_nothing(side: Side, text: str) -> None:
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    said = await side.says(HELPER, text, under=asked)
    await side.settle()
    assert await suggestions(side) == ()

    await side.edits(said, PLACE)
    await side.settle()
    assert [one.answer for one in await suggestions(side)] == [PLACE]
