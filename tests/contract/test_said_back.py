"""What is said back to an answer, and choices that are named instead of pressed, on both platforms."""

import pytest
from sqlalchemy import select

from bot.core.models import Ignored, IgnoreReason, Rating
from bot.core.wording.languages import speaking
from bot.core.wording.replies import CALLED, GONE, IN_WORDS, LISTED, NEXT, NOTHING_FITS, WELCOME
from bot.store.tables import FeedbackRow
from tests.contract.sides import BOT, Side, Written

FEES, FREEZE, PARROT = "How much does a withdrawal cost?", "how do I freeze my account", "where is the parrot"
ANSWER, TAP, CLICK = "One coin.", "Tap freeze.", "Click freeze."


async def asks(side: Side, text: str) -> Written:
    asked = await side.says("ana", text, to=(BOT,))
    await side.settle()
    assert len(side.replies(asked)) == 1
    return asked


async def says_back(side: Side, text: str, asked: Written) -> list[str]:
    """Write into the thread, and return the replies of the bot."""
    before = len(side.replies(asked))
    await side.says("ana", text, under=asked)
    await side.settle()
    return side.replies(asked)[before:]


async def ratings(side: Side) -> list[Rating]:
    async with side.app.database.snapshot() as tx:
        return list(await tx.scalars(select(FeedbackRow.rating)))


async def test_solved_counts_as_helpful(side: Side) -> None:
    asked = await asks(side, FEES)

    assert await says_back(side, "that solved it", asked) == []
    assert await ratings(side) == [Rating.HELPFUL]
    assert await side.app.review.list() == ()


@pytest.mark.parametrize("text", ["that solved it", "thanks", "nice", "done, thanks"])
async def test_only_who_thanks_the_bot_by_name_is_answered(side: Side, text: str) -> None:
    asked = await asks(side, FEES)

    assert await says_back(side, text, asked) == []
    before = len(side.replies(asked))
    await side.says("ana", text, to=(BOT,), under=asked)
    await side.settle()
    (reply,) = side.replies(asked)[before:]
    assert str(WELCOME) in reply


@pytest.mark.parametrize("sign", ["\N{THUMBS UP SIGN}", ":+1:", "\N{WHITE HEAVY CHECK MARK}"])
async def test_a_thumb_is_taken_as_thanks_and_opens_nothing(side: Side, sign: str) -> None:
    asked = await asks(side, FEES)

    said = await side.says("ana", sign, under=asked)
    await side.settle()
    assert len(side.replies(asked)) == 1
    known = await side.known(said)
    assert known is not None
    assert known.outcome.decision == Ignored(IgnoreReason.THANKS)
    assert await side.app.review.list() == ()


async def test_who_needs_time_is_left_alone(side: Side) -> None:
    asked = await asks(side, FEES)

    assert await says_back(side, "ok I will try", asked) == []
    assert await ratings(side) == []
    assert await side.app.review.list() == ()


async def test_in_the_thread_of_an_answer_loose_words_are_understood(side: Side) -> None:
    asked = await asks(side, FEES)

    assert await says_back(side, "give me a couple of hours, I am at work", asked) == []
    (reply,) = await says_back(side, "working hours", asked)
    assert str(NOTHING_FITS) in reply
    (reply,) = await says_back(side, "where is the parrot", asked)
    assert str(NOTHING_FITS) in reply
    assert await says_back(side, "I could finally get in, it is gone", asked) == []
    assert [item.text for item in await side.app.review.list()] == ["where is the parrot", "working hours"]


@pytest.mark.parametrize("text", ["no, that did not help", "no"])
async def test_what_did_not_help_counts_as_not_what_was_asked(side: Side, text: str) -> None:
    asked = await asks(side, FEES)
    (reply,) = await says_back(side, text, asked)

    assert str(LISTED) in reply
    assert str(WELCOME) not in reply
    assert await ratings(side) == [Rating.WRONG]
    (item,) = await side.app.review.list()
    assert item.text.startswith("How much")


async def test_who_wants_a_person_gets_on_the_list(side: Side) -> None:
    asked = await asks(side, FEES)
    (reply,) = await says_back(side, "I want a real person", asked)

    assert str(LISTED) in reply or str(CALLED) in reply
    (item,) = await side.app.review.list()
    assert item.text.startswith("How much")


@pytest.mark.parametrize(("text", "answer"), [("1", CLICK), ("the second one", TAP), ("app", TAP)])
async def test_a_choice_that_is_named_takes_the_place_of_the_choices(side: Side, text: str, answer: str) -> None:
    asked = await asks(side, FREEZE)
    order = (
        [CLICK, TAP] if side.replies(asked)[0].index("(web)") < side.replies(asked)[0].index("(app)") else [TAP, CLICK]
    )
    wanted = answer if text == "app" else order[0 if text == "1" else 1]

    assert await says_back(side, text, asked) == []
    (reply,) = side.replies(asked)
    assert wanted in reply
    assert await side.app.review.list() == ()


@pytest.mark.parametrize("change", [{"audience": "internal"}, {"status": "retired"}, {"valid_until": "2020-01-01"}])
async def test_a_choice_keeps_its_place_when_another_one_goes(side: Side, change: dict[str, str]) -> None:
    asked = await asks(side, FREEZE)
    (choices,) = side.replies(asked)
    web, app = ("freeze-web", CLICK), ("freeze-app", TAP)
    (gone, lost), (_, left) = (web, app) if choices.index("(web)") < choices.index("(app)") else (app, web)
    await side.app.catalogue.edit(gone, change, actor="mod")
    (reply,) = await says_back(side, "1", asked)
    assert str(GONE) in reply
    assert await says_back(side, "2", asked) == []

    assert left in side.replies(asked)[0]
    assert not any(lost in each for each in side.replies(asked))


@pytest.mark.parametrize("text", ["none of these", "no"])
async def test_none_of_the_choices_is_not_what_was_asked(side: Side, text: str) -> None:
    asked = await asks(side, FREEZE)
    (reply,) = await says_back(side, text, asked)

    assert str(WELCOME) not in reply
    assert await ratings(side) == [Rating.WRONG]
    assert [item.text for item in await side.app.review.list()] == [FREEZE]


async def test_a_number_means_nothing_once_the_thread_has_moved_on(side: Side) -> None:
    asked = await asks(side, FREEZE)
    (answer,) = await says_back(side, FEES, asked)
    assert ANSWER in answer
    await says_back(side, "2", asked)

    assert not any(TAP in reply or CLICK in reply or str(GONE) in reply for reply in side.replies(asked))


async def test_what_is_asked_after_an_answer_is_a_question(side: Side) -> None:
    asked = await asks(side, FREEZE)
    (reply,) = await says_back(side, "thanks, but how much does a withdrawal cost?", asked)

    assert ANSWER in reply
    assert await ratings(side) == []


@pytest.mark.parametrize("text", ["see pic", "no"])
async def test_what_has_no_words_is_asked_for_in_words(side: Side, text: str) -> None:
    said = await side.says("ana", text, to=(BOT,))
    await side.settle()

    (reply,) = side.replies(said)
    assert str(IN_WORDS) in reply
    logged = await side.known(said)
    assert logged is not None
    assert logged.outcome.decision == Ignored(IgnoreReason.NO_CONTENT)
    assert await side.app.review.list() == ()


async def test_words_are_asked_for_in_the_language_of_the_channel(side: Side) -> None:
    await side.set_locale("de")
    said = await side.says("ana", "see pic", to=(BOT,))
    await side.settle()

    with speaking("de"):
        assert str(IN_WORDS) in side.replies(said)[0]
    assert str(IN_WORDS) not in side.replies(said)[0]


async def test_who_never_asked_before_asks(side: Side) -> None:
    said = await side.says("ana", "still not working", to=(BOT,))
    await side.settle()

    (reply,) = side.replies(said)
    assert str(NOTHING_FITS) in reply or str(NEXT) in reply


@pytest.mark.parametrize("text", ["came now, was in spam", "my parrot likes the wind", "I paid with my card last time"])
async def test_what_the_asker_only_tells_in_the_thread_gets_nothing(side: Side, text: str) -> None:
    asked = await asks(side, FEES)
    told = await side.says("ana", text, under=asked)
    await side.settle()

    assert len(side.replies(asked)) == 1
    logged = await side.known(told)
    assert logged is not None
    assert logged.outcome.decision == Ignored(IgnoreReason.STATEMENT)
    assert await side.app.review.list() == ()


async def test_what_the_asker_tells_the_bot_by_name_is_a_question(side: Side) -> None:
    asked = await asks(side, FEES)
    await side.says("ana", "my parrot likes the wind", to=(BOT,), under=asked)
    await side.settle()

    assert str(NOTHING_FITS) in side.replies(asked)[-1]
    assert [item.text for item in await side.app.review.list()] == ["my parrot likes the wind"]


@pytest.mark.parametrize(("text", "reply"), [("where is the parrot?", NOTHING_FITS), ("that did not help", LISTED)])
async def test_what_the_asker_asks_or_says_back_in_the_thread_is_still_heard(
    side: Side, text: str, reply: object
) -> None:
    asked = await asks(side, FEES)
    (said,) = await says_back(side, text, asked)

    assert str(reply) in said
    assert len(await side.app.review.list()) == 1


async def test_a_choice_can_be_named_after_something_was_told(side: Side) -> None:
    asked = await asks(side, FREEZE)
    assert await says_back(side, "my brother uses the other one every day", asked) == []
    assert await says_back(side, "app", asked) == []

    (reply,) = side.replies(asked)
    assert TAP in reply
    assert await side.app.review.list() == ()
