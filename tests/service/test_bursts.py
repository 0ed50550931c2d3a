"""Show that what one person writes in a row is one question, whichever processes hear it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.manners import Manners
from bot.core.models import Answered, Ignored, IgnoreReason, MessageRef, Question, Surface
from bot.core.wording.replies import ReplyKind
from bot.service.app import App
from bot.service.conversations import Receipt
from bot.service.limits import MOST_PARTS
from bot.service.questions import Asked
from bot.service.replies import LEASE
from bot.store import Database
from tests.service.conversations import FREEZE_WEB, message, open_item, state
from tests.service.deliveries import Watch
from tests.service.leases import elapse
from tests.service.samples import FEES, UNKNOWN, dump, services
from tests.store.samples import changed

WITHIN = timedelta(seconds=8)
MANNERS = Manners(in_a_row=WITHIN)
SEED = "legal winner thank year wave sausage", "worth useful legal winner thank yellow"


@pytest.fixture
def rapid(filled: Database, watch: Watch) -> App:
    """Return services that take what is written within eight seconds for one question."""
    return services(filled, clock=watch, manners=MANNERS)


@pytest.fixture
async def rapid_elsewhere(rapid: App, database_url: str, watch: Watch) -> AsyncIterator[App]:
    """Return the same services of another process."""
    database = Database(database_url)
    yield services(database, clock=watch, manners=MANNERS)
    await database.aclose()


def written(ref: MessageRef) -> datetime:
    """Return when a message was written, which its id tells here."""
    return datetime.fromtimestamp(float(ref.message_id.removeprefix("m")), UTC)


async def ask(app: App, question: Question) -> Asked:
    """Ask, under ids that tell the seconds."""
    return await app.ask.ask(question, written=written)


async def say(app: App, text: str, message_id: str) -> Asked:
    """Have Ann write, and the reply sent, or changed."""
    asked = await ask(app, message(text, message_id))
    if asked.reply is not None:
        await app.conversations.sent(asked.question_id, f"reply to {message_id}")
    if asked.joined is not None and asked.joined.sent_message_id is not None:
        await app.conversations.sent(asked.joined.question.id, asked.joined.sent_message_id)
    return asked


async def test_the_second_message_changes_the_reply_to_the_first(rapid: App) -> None:
    first = await say(rapid, UNKNOWN, "m100")
    assert await open_item(rapid, first.question_id) == 1
    second = await say(rapid, FEES.question, "m105")

    assert second.joined is not None
    assert second.joined.reply is not None
    assert (second.joined.reply.kind, second.joined.sent_message_id) == (ReplyKind.ANSWER, "reply to m100")
    assert second.joined.question.id == first.question_id
    assert await open_item(rapid, first.question_id) is None
    assert isinstance((await state(rapid, first.question_id)).outcome.decision, Answered)
    assert (await state(rapid, second.question_id)).outcome.decision == Ignored(IgnoreReason.PART)


async def test_two_questions_with_an_answer_each_are_two(rapid: App) -> None:
    """Together they would be choices, in place of the answer that was given."""
    await say(rapid, FEES.question, "m100")
    second = await say(rapid, FREEZE_WEB, "m105")

    assert second.joined is None
    assert isinstance(second.decision, Answered)


@pytest.mark.parametrize(
    "fields",
    [
        {"message_id": "m109"},
        {"thread_id": "t1"},
        {"author_id": "ben"},
        {"channel_id": "C2"},
        {"surface": Surface.COMMAND},
    ],
)
async def test_what_is_late_or_elsewhere_or_of_others_is_a_question_of_its_own(
    rapid: App, fields: dict[str, str]
) -> None:
    await say(rapid, UNKNOWN, "m100")
    asked = await ask(rapid, changed(message(FEES.question), **{"message_id": "m101", **fields}))

    assert asked.joined is None
    assert isinstance(asked.decision, Answered)


async def test_messages_that_are_read_back_are_told_apart_by_when_they_were_written(rapid: App) -> None:
    for number in range(3):
        assert (await say(rapid, UNKNOWN, f"m{number * 60}")).joined is None


async def test_two_processes_answer_a_question_in_parts_once(rapid: App, rapid_elsewhere: App) -> None:
    several = [(app, f"m{10 + number}") for number in range(4) for app in (rapid, rapid_elsewhere)]
    asked = await asyncio.gather(*(ask(app, message(UNKNOWN, message_id)) for app, message_id in several))

    assert len([one for one in asked if one.reply is not None]) == 1
    assert len({one.question_id for one in asked}) == 4
    parts = [one.joined for one in asked if one.joined is not None]
    assert len({part.question.id for part in parts}) == 1


async def test_what_a_process_left_that_died_after_its_claim_another_one_says(rapid: App) -> None:
    first = await say(rapid, UNKNOWN, "m100")
    await ask(rapid, message(FEES.question, "m101"))
    assert await rapid.conversations.unfinished("slack") == ()

    await elapse(rapid.database, LEASE)
    (left,) = await rapid.conversations.unfinished("slack")
    assert (left.question.id, left.sent_message_id) == (first.question_id, "reply to m100")
    assert left.reply is not None
    assert left.reply.kind is ReplyKind.ANSWER
    again = await ask(rapid, message(FEES.question, "m101"))
    assert (again.repeated, again.reply, again.joined) == (True, None, None)


async def test_a_reply_that_is_being_sent_is_corrected_by_its_sender(rapid: App) -> None:
    first = await ask(rapid, message(UNKNOWN, "m100"))
    second = await ask(rapid, message(FEES.question, "m101"))

    assert second.joined is not None
    assert (second.joined.reply, second.joined.sent_message_id) == (None, None)
    assert await rapid.conversations.sent(first.question_id, "reply") is Receipt.OUTDATED


async def test_two_that_follow_while_the_reply_is_changed_do_not_delete_it(rapid: App) -> None:
    await say(rapid, UNKNOWN, "m100")
    second = await ask(rapid, message(FEES.question, "m101"))
    third = await ask(rapid, message(f"{FEES.question} please", "m102"))

    assert second.joined is not None
    assert third.joined is not None
    assert second.joined.is_changed
    assert third.joined.is_changed
    assert (third.joined.reply, third.joined.sent_message_id) == (None, None)


async def test_a_secret_in_parts_is_kept_nowhere(rapid: App, database_url: str) -> None:
    await say(rapid, SEED[0], "m100")
    second = await say(rapid, SEED[1], "m101")

    assert second.joined is not None
    assert second.joined.reply is not None
    assert second.joined.reply.kind is ReplyKind.WARNING
    kept = await dump(database_url)
    assert "sausage" not in kept
    assert "yellow" not in kept


async def test_a_deleted_part_is_kept_nowhere(rapid: App, database_url: str) -> None:
    first = await say(rapid, UNKNOWN, "m100")
    await say(rapid, FEES.question, "m101")
    ref = message(FEES.question, "m101").ref
    joined = await rapid.ask.part_deleted(ref)
    await rapid.privacy.delete_message(ref, actor="slack")

    assert joined is not None
    assert joined.reply is not None
    assert joined.reply.kind is ReplyKind.NOTHING_FITS
    outcome = (await state(rapid, first.question_id)).outcome
    assert outcome.text == UNKNOWN
    assert await rapid.ask.part_deleted(ref) is None


async def test_so_many_parts_make_a_question(rapid: App) -> None:
    asked = [await say(rapid, f"{UNKNOWN} {number}", f"m{100 + number}") for number in range(MOST_PARTS + 3)]

    assert [one.joined is None for one in asked] == [True, *[False] * MOST_PARTS, True, False]


@pytest.mark.parametrize("text", ["thanks", "hello", "", "?!", "x" * 5_000])
async def test_what_asks_nothing_or_too_much_changes_nothing(rapid: App, text: str) -> None:
    first = await say(rapid, FEES.question, "m100")
    before = (await state(rapid, first.question_id)).outcome
    await ask(rapid, message(text, "m101"))

    assert (await state(rapid, first.question_id)).outcome == before
