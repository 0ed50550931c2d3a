"""Show how much is said within a minute, whichever process counts."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.core.manners import Manners
from bot.core.models import Surface
from bot.core.wording.replies import AGAIN, LIMITED
from bot.service.app import App
from bot.service.questions import Asked
from bot.store import Database
from bot.store.records import ReplyState
from tests.service.conversations import ambient, message, say, state
from tests.service.deliveries import Receiver, Watch
from tests.service.samples import FEES, UNKNOWN, services

MANNERS = Manners(per_author=2, per_workspace=3, unrepeated_for=timedelta(minutes=10))


@pytest.fixture
def polite(filled: Database, watch: Watch) -> App:
    """Return services that say little."""
    return services(filled, clock=watch, manners=MANNERS)


@pytest.fixture
async def polite_elsewhere(polite: App, database_url: str, watch: Watch) -> AsyncIterator[App]:
    """Return the same services of another process."""
    database = Database(database_url)
    yield services(database, clock=watch, manners=MANNERS)
    await database.aclose()


async def test_a_minute_later_there_is_a_reply_again(polite: App, polite_elsewhere: App, watch: Watch) -> None:
    for number, app in enumerate((polite, polite_elsewhere)):
        assert (await say(app, UNKNOWN, f"m{number}")).reply is not None
    held = await say(polite_elsewhere, UNKNOWN, "m3")
    further = await say(polite, UNKNOWN, "m4")

    assert (held.reply, held.told, further.reply, further.told) == (None, str(LIMITED), None, None)
    assert (await state(polite, held.question_id)).reply_state is ReplyState.LIMITED
    watch.forward(timedelta(seconds=61))
    assert (await say(polite, UNKNOWN, "m5")).reply is not None


async def test_what_only_the_asker_sees_is_neither_counted_nor_kept_back(polite: App) -> None:
    for number in range(4):
        assert (await say(polite, UNKNOWN, f"m{number}", surface=Surface.COMMAND)).reply is not None
    assert (await say(polite, UNKNOWN, "m9")).reply is not None


async def test_what_was_kept_back_stays_so_when_it_comes_again_or_is_edited(polite: App) -> None:
    for number in range(3):
        await say(polite, UNKNOWN, f"m{number}")

    assert (await polite.ask.ask(message(UNKNOWN, "m2"))).reply is None
    edited = await polite.ask.edited(message(FEES.question, "m2"))
    assert edited is None or edited.reply is None
    assert await polite.conversations.unfinished("slack") == ()


async def test_an_answer_is_given_again_in_another_thread_and_after_a_while(polite: App, watch: Watch) -> None:
    await say(polite, FEES.question, "m1")
    again = await say(polite, FEES.question, "m2")
    assert again.reply is not None
    assert again.reply.text == str(AGAIN)
    watch.forward(timedelta(minutes=2))
    elsewhere = await say(polite, FEES.question, "m3", thread="t7")
    assert elsewhere.reply is not None
    assert elsewhere.reply.text != str(AGAIN)
    assert (await ambient(polite, FEES.question, "m4")).reply is None

    watch.forward(timedelta(minutes=11))
    later = await say(polite, FEES.question, "m5")
    assert later.reply is not None
    assert later.reply.text != str(AGAIN)


@pytest.mark.parametrize(("cooldown", "given"), [("0", [1, 1, 1]), ("5", [0, 1, 1]), ("30", [0, 0, 1])])
async def test_an_entry_has_a_time_of_its_own_that_only_counts_unasked(
    polite: App, watch: Watch, cooldown: str, given: list[int]
) -> None:
    await polite.catalogue.edit("fees", {"cooldown": cooldown}, actor="mod")
    assert (await overheard(polite, "m1")).reply is not None
    watch.forward(timedelta(minutes=2))
    replies = [await overheard(polite, "m2")]
    watch.forward(timedelta(minutes=10))
    replies.append(await overheard(polite, "m3"))
    watch.forward(timedelta(minutes=40))
    replies.append(await overheard(polite, "m4"))
    assert [int(one.reply is not None) for one in replies] == given

    await say(polite, FEES.question, "m5", author_id="U5")
    again = await say(polite, FEES.question, "m6", author_id="U5")
    assert again.reply is not None
    assert again.reply.text == str(AGAIN)


async def test_a_correction_goes_to_whom_the_answer_was_said_and_to_nobody_else(polite: App) -> None:
    said = await overheard(polite, "m1")
    for number in range(2, 5):
        assert (await overheard(polite, f"m{number}")).reply is None  # the channel has it already
    for number, end in enumerate((polite.conversations.withdraw, polite.conversations.refused), 5):
        left = await polite.ask.ask(message(FEES.question, f"m{number}", thread=f"t{number}", author_id=f"U{number}"))
        assert await end(left.question_id)
    await polite.catalogue.edit("fees", {"answer": "Two coins."}, actor="mod", correct=True)
    receiver = Receiver()
    await polite.deliveries.send_due("slack", receiver)

    assert [each.question.id for each in receiver.taken] == [said.question_id]


async def overheard(app: App, message_id: str) -> Asked:
    """Have somebody new ask nobody in particular, and the reply sent."""
    return await say(app, FEES.question, message_id, surface=Surface.AMBIENT, author_id=message_id)
