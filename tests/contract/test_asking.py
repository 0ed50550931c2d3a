"""What is said into a channel that the bot listens to: it speaks to questions only, and offers nothing unasked."""

import pytest

from bot.core.models import Answered, Ignored, IgnoreReason
from bot.core.wording.languages import Message
from bot.core.wording.replies import HELD, OFF
from tests.contract.sides import BOT, Side

FEES, FREEZE = "How much does a withdrawal cost?", "how do I freeze my account"
STATEMENTS = ["my withdrawal was free and my brother's cost one coin", "I froze my account last year, went well"]
STATEMENT = Ignored(IgnoreReason.STATEMENT)


@pytest.mark.parametrize("text", STATEMENTS)
async def test_what_asks_nothing_gets_nothing(side: Side, text: str) -> None:
    await side.set_mode("ambient")
    said = await side.says("ana", text)
    await side.settle()

    logged = await side.known(said)
    assert logged is not None
    assert logged.outcome.decision == STATEMENT
    assert side.replies(said) == []
    assert await side.app.review.list() == ()


async def test_choices_are_offered_only_to_who_asks_the_bot(side: Side) -> None:
    await side.set_mode("ambient")
    said = await side.says("ana", FREEZE)
    await side.settle()
    logged = await side.known(said)
    assert logged is not None
    assert not isinstance(logged.outcome.decision, Answered)
    assert side.replies(said) == []

    await side.edits(said, FREEZE, to=(BOT,))
    await side.settle()
    (reply,) = side.replies(said)
    assert "(app)" in reply


async def test_a_few_words_are_a_question_when_the_bot_is_asked(side: Side) -> None:
    asked = await side.says("ana", "withdrawal cost", to=(BOT,))
    await side.settle()

    assert len(side.replies(asked)) == 1


async def test_the_shadow_shows_what_would_be_said(side: Side) -> None:
    await side.set_mode("shadow")
    said, asked = await side.says("ana", STATEMENTS[0]), await side.says("ben", FEES)
    await side.settle()

    statement, question = await side.known(said), await side.known(asked)
    assert statement is not None
    assert statement.outcome.decision == STATEMENT
    assert question is not None
    assert isinstance(question.outcome.decision, Answered)
    assert side.spoken() == []


@pytest.mark.parametrize(("mode", "told"), [("draft", HELD), ("off", OFF)])
async def test_who_wants_a_message_answered_is_told_where_the_bot_does_not_do_so(
    side: Side, mode: str, told: Message
) -> None:
    await side.set_mode("off")
    said = await side.says("ana", FEES)
    await side.settle()
    await side.set_mode(mode)

    assert str(told) in await side.has_answered("ben", said)
    assert side.replies(said) == []


@pytest.mark.parametrize("mode", ["mention", "ambient"])
async def test_who_asks_is_answered_where_the_history_is_refused(side: Side, mode: str) -> None:
    await side.set_mode(mode)
    await side.set_channel(wait_seconds="1")
    await side.denies_history()
    asked = await side.says("ana", FEES, to=(BOT,) if mode == "mention" else ())
    await side.settle()

    (reply,) = side.replies(asked)
    assert "One coin." in reply
