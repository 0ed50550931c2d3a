"""Show who is told that an answer has changed: those who were lately given another one, once in each thread."""

from datetime import timedelta

import pytest

from bot.core.models import Audience
from bot.core.searching.lexicon import Lexicon
from bot.core.wording.outcomes import CORRECTED, WITHDRAWN
from bot.service import USUAL
from bot.service.app import App, assemble
from bot.store import Database, audit
from bot.store.records import DeliveryStatus
from bot.store.tables import OptOutRow, QuestionRow
from tests.service.deliveries import Receiver, Watch, ask_as, make_item, plan, statuses
from tests.service.leases import elapse
from tests.service.samples import ENTRIES, FEES, KEY, LIMITS, WEB, faq, question
from tests.store.samples import saved

SLACK = "slack"
A_DAY = timedelta(days=1)


@pytest.fixture
def watch() -> Watch:
    """Return a clock that can be moved."""
    return Watch()


@pytest.fixture
async def app(database: Database, watch: Watch) -> App:
    """Return the services over a database with a few entries, on that clock."""
    await saved(database, *ENTRIES)
    return assemble(database, lexicon=Lexicon(), author_key=KEY, clock=watch)


async def ask(
    app: App, message_id: str, *, thread_id: str = "t1", author: str = "ann", text: str = FEES.question
) -> None:
    """Ask in public."""
    await app.ask.ask(question(text, message_id, author=author, thread=thread_id))


async def change(app: App, watch: Watch, answer: str, *, correct: bool = True) -> None:
    """Change the answer of the entry, a day after what came before."""
    watch.forward(A_DAY)
    await app.catalogue.edit("fees", {"answer": answer}, actor="mod", correct=correct)


async def sent(app: App) -> list[tuple[str, str, str | None]]:
    """Send what is due; return for each the message that was answered, what is said first, and the answer."""
    receiver = Receiver()
    await app.deliveries.send_due(SLACK, receiver)
    said = [(one.question.ref.message_id, one.follow_up) for one in receiver.taken]
    return [(message, told.lead, told.reply.text if told.reply else None) for message, told in said]


async def test_each_thread_is_told_once_what_the_answer_is_now(app: App, watch: Watch) -> None:
    await ask(app, "m1")
    await ask(app, "m2")
    await ask(app, "m3", thread_id="t3")
    await ask(app, "m4", author="ben")
    await ask(app, "m5", text=WEB.question)
    await change(app, watch, "Two coins.")
    await ask(app, "m6", author="eve")

    assert await sent(app) == [(message, str(CORRECTED), "Two coins.") for message in ("m2", "m3", "m4")]
    assert await sent(app) == []


async def test_nobody_is_told_unless_the_editor_says_so(app: App, watch: Watch) -> None:
    await ask(app, "m1")
    await change(app, watch, "Two coins.", correct=False)
    assert await sent(app) == []

    await ask(app, "m2", author="ben")
    await change(app, watch, "Two coins.")
    assert await sent(app) == [("m1", str(CORRECTED), "Two coins.")]


async def test_an_answer_that_was_taken_back_is_said_to_be(app: App, watch: Watch) -> None:
    await ask(app, "m1")
    watch.forward(A_DAY)
    await app.catalogue.retire("fees", actor="mod", correct=True)

    assert await sent(app) == [("m1", str(WITHDRAWN), None)]
    watch.forward(A_DAY)
    await app.catalogue.edit("fees", {"status": "published"}, actor="mod", correct=True)
    assert await sent(app) == [("m1", str(CORRECTED), FEES.answer)]


async def test_what_became_internal_is_not_shown_to_the_public(app: App, watch: Watch) -> None:
    await ask(app, "m1")
    watch.forward(A_DAY)
    changes = {"audience": Audience.INTERNAL.value, "answer": "By team Zebra."}
    await app.catalogue.edit("fees", changes, actor="mod", correct=True)

    assert await sent(app) == [("m1", str(WITHDRAWN), None)]


async def test_a_change_beside_the_answer_is_no_correction(app: App, watch: Watch) -> None:
    await ask(app, "m1")
    watch.forward(A_DAY)
    await app.catalogue.edit("fees", {"category": "Money", "staff_note": "Ask."}, actor="mod", correct=True)

    assert await sent(app) == []


async def test_who_read_what_it_says_again_is_left_alone(app: App, watch: Watch) -> None:
    await ask(app, "m1", thread_id="first")
    await change(app, watch, "Two coins.", correct=False)
    await ask(app, "m2", thread_id="second")
    await change(app, watch, FEES.answer)

    assert await sent(app) == [("m2", str(CORRECTED), FEES.answer)]


async def test_of_two_changes_the_last_one_is_told(app: App, watch: Watch) -> None:
    await ask(app, "m1")
    await change(app, watch, "Two coins.")
    await change(app, watch, "Three coins.")
    assert await sent(app) == [("m1", str(CORRECTED), "Three coins.")]
    assert await statuses(app.database) == [DeliveryStatus.CANCELLED, DeliveryStatus.SENT]

    for again in ("Four coins.", "Three coins."):
        await change(app, watch, again)
        assert await sent(app) == [("m1", str(CORRECTED), again)]


async def test_a_change_that_is_taken_back_in_time_is_told_nobody(app: App, watch: Watch) -> None:
    await ask(app, "m1")
    await change(app, watch, "Two coins.")
    await change(app, watch, FEES.answer)

    assert await sent(app) == []


async def test_who_was_told_of_a_change_is_told_that_it_was_taken_back(app: App, watch: Watch) -> None:
    await ask(app, "m1")
    await change(app, watch, "Two coins.")
    await sent(app)
    await change(app, watch, FEES.answer)

    assert await sent(app) == [("m1", str(CORRECTED), FEES.answer)]


async def test_an_answer_that_came_later_is_corrected_too(app: App, watch: Watch) -> None:
    await plan(app.database, await make_item(app.database, await ask_as(app, "ann", "m1")))
    assert [message for message, _, _ in await sent(app)] == ["m1"]
    await change(app, watch, "Two coins.")
    assert await sent(app) == [("m1", str(CORRECTED), "Two coins.")]

    await elapse(app.database, USUAL.correction)
    await change(app, watch, "Three coins.")
    assert await sent(app) == []


async def test_an_answer_from_long_ago_is_not_corrected(app: App, watch: Watch) -> None:
    await ask(app, "old", thread_id="old")
    watch.forward(A_DAY)
    await ask(app, "new", thread_id="new")
    watch.forward(USUAL.correction - A_DAY)
    await change(app, watch, "Two coins.")

    assert await sent(app) == [("new", str(CORRECTED), "Two coins.")]


async def test_staff_are_told_what_is_internal(app: App, watch: Watch) -> None:
    await app.ask.ask(question(LIMITS.question, "m1", audience=Audience.INTERNAL))
    watch.forward(A_DAY)
    await app.catalogue.edit("limits", {"answer": "By team Yak."}, actor="mod", correct=True)

    assert await sent(app) == [("m1", str(CORRECTED), "By team Yak.")]


@pytest.mark.parametrize("wish", ["opted out", "deleted", "shadow"])
async def test_who_is_not_told(app: App, watch: Watch, wish: str) -> None:
    await ask(app, "m1")
    async with app.database.transaction() as tx:
        asked = await tx.get_one(QuestionRow, 1)
        match wish:
            case "opted out":
                tx.add(OptOutRow(author=asked.author, opted_out_at=watch.now))
            case "deleted":
                asked.deleted_at = watch.now
            case "shadow":
                asked.shadow = True
    await change(app, watch, "Two coins.")

    assert await statuses(app.database) == []


async def test_the_audit_log_says_how_many_are_told(app: App, watch: Watch) -> None:
    await ask(app, "m1")
    await change(app, watch, "Two coins.")

    async with app.database.snapshot() as tx:
        *_, line = await audit.read(tx, "entry:fees")
    since = (watch.now - USUAL.correction).isoformat()
    assert (line.actor, line.action) == ("mod", "correct")
    assert line.after == {"version": 2, "since": since, "deliveries": 1}


@pytest.mark.parametrize(("correct", "told"), [(True, 1), (False, 0)])
async def test_an_import_that_changes_an_answer_tells_whoever_had_it_if_it_is_to(
    database: Database, watch: Watch, *, correct: bool, told: int
) -> None:
    app = assemble(database, lexicon=Lexicon(), author_key=KEY, clock=watch)
    soup = "What soup is there?\n\n{}\n\nHow much is it?\n\nOne coin.\n"
    await app.imports.import_documents([faq(soup.format("Leek."), "menu.txt")], actor="ann")
    await ask(app, "m1", text="what soup is there")
    await ask(app, "m2", thread_id="t2", text="how much is it")
    watch.forward(A_DAY)
    report = await app.imports.import_documents([faq(soup.format("Tomato."), "menu.txt")], actor="ann", correct=correct)

    assert report.told == told
    assert await sent(app) == [("m1", str(CORRECTED), "Tomato.")][:told]
