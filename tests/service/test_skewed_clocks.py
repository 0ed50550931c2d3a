"""Two processes whose clocks differ never send the same thing, and leave nothing unsent: the database has the time."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.models import ChannelRef
from bot.core.wording.replies import ReplyKind
from bot.service.app import App
from bot.service.claims import LEASE as CLAIMED
from bot.service.conversations import ENGAGED
from bot.service.deliveries import LEASE, Fault, NotSent
from bot.service.drafts import DraftKind, ModeratorDraft
from bot.service.privacy import Person
from bot.service.resolutions import NewAnswer
from bot.store import Database
from bot.store.drafts import LIFETIME
from tests.service.conversations import HERE, message, say
from tests.service.deliveries import Receiver, Watch, statuses
from tests.service.leases import elapse
from tests.service.samples import FEES, NOW, UNKNOWN, WEB, services
from tests.store.samples import saved

SKEW = timedelta(seconds=90)
A_MINUTE = timedelta(minutes=1)
A_YEAR = timedelta(days=365)
ANN = Person("slack", "U1")
BOARD = ChannelRef("slack", "T1", "C9")


@pytest.fixture
async def here(database: Database) -> App:
    """Return the services of a process whose clock is right."""
    await saved(database, FEES)
    return services(database)


@pytest.fixture(params=[SKEW, -SKEW], ids=["ahead", "behind"])
async def there(request: pytest.FixtureRequest, here: App, database_url: str) -> AsyncIterator[App]:
    """Return those of a process whose clock is ahead, or behind."""
    database = Database(database_url)
    yield services(database, clock=Watch(NOW + request.param))
    await database.aclose()


async def test_a_reply_that_one_is_sending_is_not_taken_by_the_other(here: App, there: App) -> None:
    for turn, (one, other) in enumerate([(here, there), (there, here)]):
        asked = message(FEES.question, f"m{turn}")
        assert (await one.ask.ask(asked)).reply is not None
        assert await other.conversations.unfinished("slack") == ()
        assert (await other.ask.ask(asked)).reply is None


async def test_a_reply_that_one_left_is_taken_up_by_the_other(here: App, there: App) -> None:
    for turn, (one, other) in enumerate([(here, there), (there, here)]):
        asked = await one.ask.ask(message(FEES.question, f"m{turn}"))
        await elapse(here.database, LEASE)
        (left,) = await other.conversations.unfinished("slack")
        assert left.question.id == asked.question_id
        assert await one.conversations.unfinished("slack") == ()
        await other.conversations.sent(asked.question_id, "reply")


async def test_both_agree_on_which_questions_are_too_old_to_answer(here: App, there: App) -> None:
    for turn, (one, other) in enumerate([(here, there), (there, here)]):
        asked = await one.ask.ask(message(FEES.question, f"m{turn}"))
        await elapse(here.database, LEASE)
        (left,) = await other.conversations.unfinished("slack", young=A_MINUTE)
        assert left.question.id == asked.question_id
        await elapse(here.database, LEASE)
        assert await other.conversations.unfinished("slack", young=A_MINUTE) == ()


async def test_an_edit_makes_a_question_young_for_both(here: App, there: App) -> None:
    for turn, (one, other) in enumerate([(here, there), (there, here)]):
        asked = await say(one, FEES.question, f"m{turn}")
        await elapse(here.database, 2 * A_MINUTE)
        await other.ask.edited(message(WEB.question, f"m{turn}"))
        await elapse(here.database, LEASE)
        (left,) = await one.conversations.unfinished("slack", young=A_MINUTE)
        assert left.question.id == asked.question_id
        await one.conversations.sent(asked.question_id, f"reply to m{turn}")


async def test_a_reply_is_put_off_by_the_age_of_its_question_and_not_by_the_skew(here: App, there: App) -> None:
    for turn, (one, other) in enumerate([(here, there), (there, here)]):
        asked = await one.ask.ask(message(FEES.question, f"m{turn}"))
        await other.conversations.postpone(asked.question_id, timedelta())
        await elapse(here.database, A_MINUTE / 2)
        assert len(await one.conversations.unfinished("slack")) == 1
        await elapse(here.database, 2 * A_MINUTE)
        await other.conversations.postpone(asked.question_id, timedelta())
        await elapse(here.database, A_MINUTE / 2)
        assert await one.conversations.unfinished("slack") == ()
        await one.conversations.sent(asked.question_id, f"reply to m{turn}")


async def test_a_thread_is_over_for_both_at_the_same_time(here: App, there: App) -> None:
    for turn, one in enumerate([here, there]):
        thread = replace(HERE, thread_id=f"t{turn}")
        await say(one, FEES.question, f"m{turn}", thread=thread.thread_id)
        await elapse(here.database, ENGAGED - A_MINUTE)
        assert [await app.conversations.engaged(thread) for app in (here, there)] == [True, True]
        await elapse(here.database, A_MINUTE)
        assert [await app.conversations.engaged(thread) for app in (here, there)] == [False, False]


async def test_a_later_answer_engages_for_both_for_as_long(here: App, there: App) -> None:
    for turn, one in enumerate([here, there]):
        thread = replace(HERE, thread_id=f"t{turn}")
        asked = await say(one, (UNKNOWN, "who paints violins")[turn], f"m{turn}", thread=thread.thread_id)
        assert asked.item_id is not None
        await elapse(here.database, ENGAGED)
        await one.review.answer(asked.item_id, NewAnswer(answer="In its cage.", entry_id=f"e{turn}"), actor="mod")
        await one.deliveries.send_due("slack", Receiver())
        await elapse(here.database, ENGAGED - A_MINUTE)
        assert [await app.conversations.engaged(thread) for app in (here, there)] == [True, True]
        await elapse(here.database, A_MINUTE)
        assert [await app.conversations.engaged(thread) for app in (here, there)] == [False, False]


async def test_a_draft_lives_as_long_for_both(here: App, there: App) -> None:
    for one, other in [(here, there), (there, here)]:
        draft = ModeratorDraft(kind=DraftKind.ENTRY, values={"answer": "In its cage."})
        await one.drafts.keep(draft, actor="mod", about=("R1",))
        await elapse(here.database, LIFETIME - A_MINUTE)
        assert await other.drafts.take(actor="mod", about=("R1",)) == draft


async def test_an_edit_finds_the_reply_in_the_hands_of_the_other(here: App, there: App) -> None:
    for turn, (one, other) in enumerate([(here, there), (there, here)]):
        await one.ask.ask(message(UNKNOWN, f"m{turn}"))
        edited = await other.ask.edited(message(FEES.question, f"m{turn}"))
        assert edited is not None
        assert edited.reply is None


async def test_an_answer_that_the_other_is_giving_is_pointed_at(here: App, there: App) -> None:
    for turn, (one, other) in enumerate([(here, there), (there, here)]):
        thread = f"t{turn}"
        await one.ask.ask(message(FEES.question, f"m{turn}", thread=thread))
        again = await other.ask.ask(message(FEES.question, f"n{turn}", thread=thread))
        assert again.reply is not None
        assert again.reply.kind is ReplyKind.HINT


async def test_a_delivery_is_due_for_both_at_the_same_time_and_goes_to_one(here: App, there: App) -> None:
    for turn, (one, other) in enumerate([(here, there), (there, here)]):
        asked = await say(one, (UNKNOWN, "who paints violins")[turn], f"m{turn}")
        assert asked.item_id is not None
        await one.review.answer(asked.item_id, NewAnswer(answer="In its cage.", entry_id=f"e{turn}"), actor="mod")
        outgoing = await other.deliveries.claim("slack")
        assert outgoing is not None
        assert await one.deliveries.claim("slack") is None

        await other.deliveries.postpone(outgoing, NotSent(Fault.BUSY, LEASE))
        assert await one.deliveries.claim("slack") is None
        await elapse(here.database, LEASE)
        receiver = Receiver()
        assert await one.deliveries.send_due("slack", receiver) == 1


async def test_what_one_has_claimed_the_other_does_not_get(here: App, there: App) -> None:
    for turn, (one, other) in enumerate([(here, there), (there, here)]):
        assert await one.claims.take("share", str(turn)) is not None
        assert await other.claims.take("share", str(turn)) is None
        await elapse(here.database, CLAIMED)
        assert await other.claims.take("share", str(turn)) is not None


async def test_a_card_that_one_is_showing_the_other_does_not_show(here: App, there: App) -> None:
    await say(here, UNKNOWN, "m1")
    (due,) = await there.cards.due(BOARD)
    for one, other in [(here, there), (there, here)]:
        card = await one.cards.lease(BOARD, due)
        assert card is not None
        assert await other.cards.lease(BOARD, due) is None
        await one.cards.give_back(card, may_be_there=False)


async def test_the_people_on_call_are_not_mentioned_again_by_a_process_that_is_ahead(
    here: App, database_url: str
) -> None:
    asked = [await say(here, UNKNOWN, f"m{turn}") for turn in range(2)]
    assert (await here.feedback.ask_human(asked[0].question_id, ANN)).now
    ahead = Database(database_url)
    assert not (await services(ahead, clock=Watch(NOW + A_YEAR)).feedback.ask_human(asked[1].question_id, ANN)).now
    await ahead.aclose()


async def test_what_was_done_is_known_also_to_a_process_that_is_years_ahead(here: App, database_url: str) -> None:
    done = await here.claims.take("share", "m1")
    assert done is not None
    await here.claims.finish(done)
    ahead = Database(database_url)
    assert await services(ahead, clock=Watch(NOW + A_YEAR)).claims.take("share", "m1") is None
    await ahead.aclose()


async def test_a_process_that_is_a_year_ahead_gives_no_delivery_up(here: App, database_url: str) -> None:
    asked = await say(here, UNKNOWN)
    assert asked.item_id is not None
    await here.review.answer(asked.item_id, NewAnswer(answer="In its cage.", entry_id="parrot"), actor="mod")
    ahead = Database(database_url)
    receiver = Receiver()
    await services(ahead, clock=Watch(NOW + A_YEAR)).deliveries.send_due("slack", receiver)
    await ahead.aclose()

    assert len(receiver.taken) == 1
    assert [status.value for status in await statuses(here.database)] == ["sent"]
