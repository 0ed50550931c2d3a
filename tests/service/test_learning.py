"""Show what is stored when a message solves a question, and what is left of it."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.models import Audience, DismissReason, MessageRef
from bot.core.review import Consent
from bot.errors import ConsentMissingError, SuggestionNotFoundError
from bot.service.app import App
from bot.service.learning import PersonsReply, Solved
from bot.service.privacy import Person
from tests.service.conversations import ANN, BEN, message
from tests.service.deliveries import Watch
from tests.service.samples import NOW, UNKNOWN, dump, services

PLACE = "It sits behind the kitchen door."
MO = Person("slack", "mo")
SEED = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@pytest.fixture
def later(app: App) -> App:
    """Return the services long after everything may be kept."""
    return services(app.database, clock=lambda: NOW + timedelta(days=2_000))


def reply(message_id: str = "m2", *, text: str = PLACE, author: Person = BEN, thread: str = "m1") -> PersonsReply:
    """Return what somebody wrote in the thread of a question."""
    ref = MessageRef(platform="slack", workspace_id="T1", channel_id="C1", thread_id=thread, message_id=message_id)
    return PersonsReply(ref=ref, author=author, text=text)


async def waiting(app: App) -> str:
    """Have Ann ask what nothing fits, and return the item."""
    asked = await app.ask.ask(message(UNKNOWN))
    assert asked.item_id is not None
    return asked.item_id


async def suggested(app: App, item_id: str) -> list[tuple[str | None, str, bool]]:
    """Return what is suggested for an item, by whom, and whether it solved the question."""
    found = (await app.review.show(item_id)).suggestions
    return [(one.answer, one.suggested_by, one.solves) for one in found]


async def test_what_solved_it_comes_before_what_was_suggested_earlier(app: App) -> None:
    item = await waiting(app)
    await app.review.suggest(item, answer="In its cage.", actor="console:cho")
    marked = await app.learning.mark(reply(), ANN, helps=False)

    assert marked.outcome is Solved.SUGGESTED
    assert await suggested(app, item) == [(PLACE, "slack:ben", True), ("In its cage.", "console:cho", False)]
    assert await app.learning.is_solved("Q1")


async def test_two_processes_that_hear_of_one_mark_suggest_it_once(app: App, other: App) -> None:
    item = await waiting(app)
    await asyncio.gather(*(each.learning.mark(reply(), ANN, helps=False) for each in (app, other) * 3))

    assert await suggested(app, item) == [(PLACE, "slack:ben", True)]


async def test_the_last_question_before_the_message_is_meant(app: App) -> None:
    first = await waiting(app)
    second = await app.ask.ask(message("may a dog sleep on the sofa", "m3", thread="m1"))
    await app.learning.mark(reply("m4"), ANN, helps=False)
    await app.learning.mark(reply("m2", text="In the garden."), MO, helps=True)

    assert second.item_id is not None
    assert await suggested(app, second.item_id) == [(PLACE, "slack:ben", True)]
    assert await suggested(app, first) == [("In the garden.", "slack:ben", True)]


async def test_a_mark_is_of_no_use_where_moderators_have_decided(app: App) -> None:
    item = await waiting(app)
    await app.review.dismiss(item, reason=DismissReason.SPAM, actor="mod")

    assert (await app.learning.mark(reply(), ANN, helps=False)).outcome is Solved.NOTED
    assert await suggested(app, item) == []


async def test_a_mark_is_taken_back_until_moderators_decide(app: App) -> None:
    item = await waiting(app)
    for helps, who in ((False, ANN), (True, MO)):
        await app.learning.mark(reply(), who, helps=helps)
    assert await app.learning.unmark(reply().ref, ANN)
    assert not await app.learning.unmark(reply().ref, ANN)
    assert await suggested(app, item) == [(PLACE, "slack:ben", True)]

    (made,) = (await app.review.show(item)).suggestions
    await app.learning.consent(made.id, BEN, Consent.YES)
    await app.review.accept(made.id, actor="mod")
    assert not await app.learning.unmark(reply().ref, MO)
    assert await app.learning.is_solved("Q1")


async def test_the_same_id_elsewhere_is_another_message(app: App) -> None:
    item = await waiting(app)
    await app.learning.mark(reply(), ANN, helps=False)
    elsewhere = MessageRef(platform="slack", workspace_id="T2", message_id="m2")
    assert not await app.learning.unmark(elsewhere, ANN)
    await app.privacy.delete_message(elsewhere, actor="slack")

    assert await suggested(app, item) == [(PLACE, "slack:ben", True)]


async def test_personal_data_is_not_stored(app: App, database_url: str) -> None:
    await waiting(app)
    text = "Write to ben@example.com, and mind the door."
    await app.learning.mark(reply(text=text), ANN, helps=False)
    assert "ben@example.com" not in await dump(database_url)

    await app.learning.edited(reply(text="Call +44 20 7946 0958 about the door."))
    assert "7946" not in await dump(database_url)


async def test_who_is_forgotten_leaves_nothing_in_what_was_suggested(app: App, database_url: str) -> None:
    item = await waiting(app)
    await app.learning.mark(reply(), ANN, helps=False)
    kept = await app.privacy.export(BEN, actor="mod")
    assert [one["answer"] for one in kept.suggestions] == [PLACE]
    assert len((await app.privacy.export(ANN, actor="mod")).solutions) == 1

    assert (await app.privacy.forget(BEN, actor="mod")).suggestions == 1
    assert await suggested(app, item) == []
    for trace in (PLACE, "slack:ben"):
        assert trace not in await dump(database_url)
    await app.privacy.forget(ANN, actor="mod")
    assert not await app.learning.is_solved("Q1")


async def test_of_what_was_decided_the_words_and_the_name_go(app: App, database_url: str) -> None:
    item = await waiting(app)
    await app.learning.mark(reply(), ANN, helps=False)
    await app.review.dismiss(item, reason=DismissReason.OTHER, actor="mod")
    await app.privacy.forget(BEN, actor="mod")

    written = await dump(database_url)
    assert PLACE not in written
    assert "slack:ben" not in written
    await app.review.revert(item, actor="mod")
    assert await suggested(app, item) == []


async def test_what_a_helper_answers_is_suggested_once_by_two_processes(app: App, other: App) -> None:
    item = await waiting(app)
    await asyncio.gather(*(each.learning.heard(reply()) for each in (app, other) * 3))

    assert await suggested(app, item) == [(PLACE, "slack:ben", False)]


async def test_what_a_helper_answers_stays_suggested_without_its_mark(app: App) -> None:
    item = await waiting(app)
    await app.learning.heard(reply())
    await app.learning.mark(reply(), ANN, helps=False)
    assert await suggested(app, item) == [(PLACE, "slack:ben", True)]
    await app.learning.unmark(reply().ref, ANN)
    assert await suggested(app, item) == [(PLACE, "slack:ben", False)]


async def test_what_askers_write_in_their_own_thread_is_not_suggested(app: App) -> None:
    item = await waiting(app)
    await app.learning.heard(reply(author=ANN))

    assert await suggested(app, item) == []


async def test_suggestions_move_with_a_merge_and_close_with_their_item(app: App) -> None:
    item = await waiting(app)
    asked = await app.ask.ask(message("may a dog sleep on the sofa", "m5"))
    assert asked.item_id is not None
    await app.learning.heard(reply())
    await app.review.merge(item, asked.item_id, actor="mod")
    assert await suggested(app, asked.item_id) == [(PLACE, "slack:ben", False)]

    await app.review.dismiss(asked.item_id, reason=DismissReason.OTHER, actor="mod")
    await app.learning.heard(reply("m6", text="In the garden, I think."))
    assert await suggested(app, asked.item_id) == []


async def test_what_is_purged_is_suggested_no_more(app: App, database_url: str, later: App) -> None:
    await waiting(app)
    await app.learning.heard(reply())
    await later.privacy.purge(actor="mod")

    assert PLACE not in await dump(database_url)


async def test_an_author_may_take_their_own_words(app: App) -> None:
    item = await waiting(app)
    await app.learning.heard(reply())
    (made,) = (await app.review.show(item)).suggestions
    with pytest.raises(ConsentMissingError):
        await app.review.accept(made.id, actor="mod")

    assert (await app.review.accept(made.id, actor="slack:ben")).entry is not None


async def test_what_staff_alone_read_needs_no_consent(app: App) -> None:
    asked = await app.ask.ask(message(UNKNOWN, audience=Audience.INTERNAL))
    assert asked.item_id is not None
    assert await app.learning.heard(reply()) is None
    (made,) = (await app.review.show(asked.item_id)).suggestions

    assert (await app.review.accept(made.id, actor="mod")).entry is not None


async def test_who_does_not_answer_is_asked_again_after_a_week(talk: App, watch: Watch) -> None:
    await waiting(talk)
    assert await talk.learning.heard(reply()) is not None
    watch.forward(timedelta(days=6))
    assert await talk.learning.heard(reply("m3", text="Or else in the garden.")) is None
    watch.forward(timedelta(days=2))
    assert await talk.learning.heard(reply("m4", text="Or else on the roof.")) is not None


@pytest.mark.parametrize("suggestion_id", ["S9", "", "R1", "S1"])
async def test_what_is_not_theirs_nobody_consents_to(app: App, suggestion_id: str) -> None:
    item = await waiting(app)
    await app.review.suggest(item, answer="In its cage.", actor="slack:cho")
    with pytest.raises(SuggestionNotFoundError):
        await app.learning.consent(suggestion_id, BEN, Consent.ALWAYS)


async def test_who_agreed_to_words_that_are_gone_agreed_to_no_others(app: App) -> None:
    item = await waiting(app)
    for place in ("m2", "m3"):
        await app.learning.mark(reply(place), ANN, helps=True)
    (*_, gone) = (await app.review.show(item)).suggestions
    await app.privacy.delete_message(reply("m3").ref, actor="slack")
    await app.learning.mark(reply("m4", text="In the garden."), ANN, helps=True)

    (*_, made) = (await app.review.show(item)).suggestions
    assert made.id != gone.id
    with pytest.raises(SuggestionNotFoundError):
        await app.learning.consent(gone.id, BEN, Consent.YES)


async def test_a_message_that_becomes_a_secret_is_suggested_no_more(app: App) -> None:
    item = await waiting(app)
    await app.learning.heard(reply())
    await app.learning.edited(reply(text=f"my words are {SEED}"))
    assert await suggested(app, item) == []


async def test_a_mark_is_for_a_question_above_the_message_and_for_who_asked_it(app: App) -> None:
    assert not await app.learning.has_asked(ANN)
    await waiting(app)
    assert (await app.learning.has_asked(ANN), await app.learning.has_asked(BEN)) == (True, False)

    elsewhere = await app.learning.mark(reply(thread="m7"), ANN, helps=True)
    assert elsewhere.outcome is Solved.UNKNOWN
    assert (await app.learning.mark(reply(), MO, helps=False)).outcome is Solved.NOT_THEIRS
    assert (await app.learning.mark(reply(), MO, helps=True)).outcome is not Solved.NOT_THEIRS
