"""What the bot would answer in a channel of drafts, and what moderators make of that, on both platforms."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.core.models import Audience, Grade, ItemKind
from bot.core.review import HeldStatus
from bot.errors import QuestionNotFoundError
from tests.contract.drafting import ANN, BEA, MEL, Drafting, discord_drafting, slack_drafting
from tests.service.leases import elapse
from tests.service.samples import FEES
from tests.service.test_grades import grade_of

SIDES = {"slack": slack_drafting, "discord": discord_drafting}
WORDS = "One coin, and two on Sundays."


@pytest.fixture(params=SIDES)
async def side(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Drafting]:
    """Return a platform with a channel of drafts."""
    async with SIDES[request.param](sqlite_url) as side:
        yield side


async def test_what_it_would_answer_waits_for_a_moderator(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    card = await side.card("Q1", FEES.question, "One coin.", "fees", "%", "Waits for a moderator until")

    assert all(label in card for label in ("Send", "Edit", "Drop"))
    assert asked.replace(".", "") in card  # in the link to the message
    await side.goes_round()
    assert side.replies(asked) == []


@pytest.mark.parametrize(
    "text", ["my withdrawal was free", "where is the parrot", "hello", "how do I freeze my account"]
)
async def test_what_it_would_not_answer_unasked_makes_no_draft(side: Drafting, text: str) -> None:
    asked = await side.says(text)
    await side.goes_round()

    assert side.replies(asked) == []
    with pytest.raises(QuestionNotFoundError):
        await side.app.held.show("Q1")


async def test_what_is_sent_is_like_any_answer(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    await side.press("Q1", {ANN: "send"})
    await side.goes_round()

    (reply,) = side.replies(asked)
    assert all(words in reply for words in ("One coin.", "Helpful", "Not what I asked"))
    card = await side.card("Q1", "Sent by")
    assert "Drop" not in card.replace("Dropped", "")
    found = await grade_of(side.app, "Q1")
    assert found is not None
    assert found[:2] == (Grade.RIGHT, FEES.id)


async def test_two_moderators_who_press_at_once_send_once(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    await side.press("Q1", {ANN: "send", BEA: "drop"})
    await side.goes_round()
    await side.goes_round()

    status = (await side.app.held.show("Q1")).status
    assert len(side.replies(asked)) == int(status is HeldStatus.SENT)
    late = BEA if status is HeldStatus.SENT else ANN
    assert [words.strip().startswith(("Q1: Sent by", "Q1: Dropped by")) for words in side.told(late)] == [True]


async def test_what_was_sent_before_a_restart_is_posted_after_it(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    await side.ends()
    await side.app.held.send("Q1", actor="ann", seen=1)
    await side.starts()
    await side.goes_round()
    await side.goes_round()

    assert len(side.replies(asked)) == 1
    assert await side.cards() == 1


async def test_other_words_are_sent_with_the_name_of_who_wrote_them(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    assert "One coin." in await side.rewrites(ANN, "Q1", WORDS)
    await side.goes_round()

    (reply,) = side.replies(asked)
    assert all(words in reply for words in (WORDS, "Written by", "Helpful"))
    (item,) = await side.app.review.list()
    (suggested,) = (await side.app.review.show(item.id)).suggestions
    assert (item.kind, suggested.answer) == (ItemKind.RATED, WORDS)
    await side.card("Q1", "in other words")


async def test_what_is_dropped_is_not_posted(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    await side.press("Q1", {ANN: "drop"})
    await side.goes_round()

    assert side.replies(asked) == []
    await side.card("Q1", "Dropped by")
    found = await grade_of(side.app, "Q1")
    assert found is not None
    assert found[:2] == (Grade.WRONG, None)


async def test_nobody_but_moderators_decides(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    for what in ("send", "drop"):
        await side.press("Q1", {MEL: what})
    await side.goes_round()

    assert side.replies(asked) == []
    assert (await side.app.held.show("Q1")).is_open
    assert any("for moderators only" in words for words in side.told(MEL))


async def test_nothing_is_posted_to_a_message_that_was_deleted(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    await side.deletes(asked)
    card = await side.card("Q1", "Not sent")
    assert FEES.question not in card
    assert "One coin." not in card
    assert (await side.app.held.show("Q1")).text == ""


async def test_nothing_is_posted_to_somebody_who_opted_out_meanwhile(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    side.watch.forward(timedelta(minutes=1))
    await side.app.privacy.opt_out(side.author, actor="test")
    await side.press("Q1", {ANN: "send"})
    await side.goes_round()

    assert side.replies(asked) == []
    await side.card("Q1", "wants no later answers")


async def test_an_edit_changes_the_draft(side: Drafting) -> None:
    asked = await side.says("does a withdrawal cost something?")
    await side.edits(asked, FEES.question)
    await side.card("Q1", FEES.question)
    await side.press("Q1", {ANN: "send"})
    await side.goes_round()
    assert len(side.replies(asked)) == 1


async def test_what_nobody_decides_about_expires_into_the_review(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    await elapse(side.database, timedelta(hours=4))
    await side.goes_round()

    assert side.replies(asked) == []
    card = await side.card("Q1", "Expired")
    assert "Send" not in card
    (item,) = await side.app.review.list()
    assert (item.kind, item.text) == (ItemKind.UNANSWERED, FEES.question)


async def test_choices_for_an_asker_who_goes_on_in_the_thread_are_a_draft_too(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    await side.press("Q1", {ANN: "send"})
    await side.goes_round()
    await side.says("how do I freeze my account", under=asked)
    last = (await side.app.conversations.mine(side.author))[0].id
    assert "(app)" in await side.card(last, "(web)")
    assert len(side.replies(asked)) == 1

    await side.press(last, {BEA: "send"})
    await side.goes_round()
    _, choices = side.replies(asked)
    assert "(app)" in choices
    assert await grade_of(side.app, last) is None


async def test_what_is_said_back_gets_nothing_by_itself(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    await side.press("Q1", {ANN: "send"})
    await side.goes_round()
    await side.says("thank you, that solved it", under=asked)
    await side.goes_round()

    assert len(side.replies(asked)) == 1


async def test_the_list_of_the_review_has_drafts_with_their_buttons(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    assert "One draft waits to be sent, edited or dropped." in await side.lists(ANN)
    shown = await side.opens_draft(ANN, "Q1")
    assert all(words in shown for words in (FEES.question, "One coin.", "Send", "Edit", "Drop"))

    assert "Sent by" in await side.press_there(ANN, "send")
    await side.goes_round()
    assert len(side.replies(asked)) == 1
    assert "draft" not in (await side.lists(ANN)).lower()
    await side.card("Q1", "Sent by")


async def test_a_draft_of_the_list_is_sent_in_other_words(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.lists(ANN)
    await side.opens_draft(ANN, "Q1")
    await side.rewrites_there(ANN, WORDS)
    await side.goes_round()

    assert [WORDS in one for one in side.replies(asked)] == [True]
    assert "draft" not in (await side.lists(ANN)).lower()


async def figures(side: Drafting) -> tuple[int, int, int]:
    """Return how many questions were asked of late, how many were answered, and how many not."""
    side.watch.forward(timedelta(hours=1))
    since = (side.watch() - timedelta(days=2)).date()
    counts = (await side.app.stats.stats(since=since, audience=Audience.INTERNAL)).total.counts
    return counts.asked, counts.answered, counts.unanswered


async def test_a_draft_that_was_dropped_from_the_list_is_no_answer_in_the_figures(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    assert await figures(side) == (1, 0, 1)
    await side.lists(ANN)
    await side.opens_draft(ANN, "Q1")
    assert "Dropped by" in await side.press_there(ANN, "drop")
    await side.goes_round()

    assert side.replies(asked) == []
    assert await figures(side) == (1, 0, 1)


async def test_a_draft_that_was_sent_is_an_answer_in_the_figures(side: Drafting) -> None:
    await side.says(FEES.question)
    await side.card("Q1")
    await side.press("Q1", {ANN: "send"})
    await side.goes_round()

    assert await figures(side) == (1, 1, 0)


async def test_what_expired_is_not_sent_before_that_is_noted(side: Drafting) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    await elapse(side.database, timedelta(hours=4))
    await side.press("Q1", {ANN: "send"})
    assert any("Expired" in words for words in side.told(ANN))
    assert side.replies(asked) == []
    await side.goes_round()
    await side.card("Q1", "Expired")


@pytest.mark.parametrize("mode", ["off", "shadow"])
async def test_nothing_is_sent_where_the_bot_says_nothing_any_more(side: Drafting, mode: str) -> None:
    asked = await side.says(FEES.question)
    await side.card("Q1")
    channel = (await side.app.held.show("Q1")).ref.channel
    await side.app.channels.set(channel, {"mode": mode}, actor="test")
    await side.press("Q1", {ANN: "send"})
    await side.goes_round()
    assert side.replies(asked) == []
    assert any("shadow mode now, and nothing was sent" in words for words in side.told(ANN))
    assert (await side.app.held.show("Q1")).is_open

    await side.app.channels.set(channel, {"mode": "mention"}, actor="test")
    await side.press("Q1", {ANN: "send"})
    await side.goes_round()
    assert len(side.replies(asked)) == 1
