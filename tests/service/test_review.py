"""Show how moderators resolve items, and that what they decide is live at once."""

from datetime import timedelta

import pytest

from bot.core.models import Answered, Audience, DismissReason, ItemKind, ItemStatus, Status
from bot.core.review import ItemResolution
from bot.errors import (
    EntryExistsError,
    EntryFieldError,
    EntryNotFoundError,
    EntryUnfitError,
    ItemChangedError,
    ItemClosedError,
    ItemNotFoundError,
    PhraseTakenError,
    SuggestionNotFoundError,
)
from bot.service.app import App
from bot.service.questions import Asked
from bot.service.resolutions import NewAnswer
from bot.store import audit
from bot.store.records import ItemFilter
from tests.service.reviews import CAT, DOG, THERE, item_of, opened
from tests.service.samples import FEES, NOW, UNKNOWN, WEB, ask, dump, question


def entry_id(asked: Asked) -> str | None:
    """Return the entry that answered a question."""
    return asked.decision.match.entry_id if isinstance(asked.decision, Answered) else None


async def test_most_distinct_askers_come_first(app: App) -> None:
    askers = [(CAT, "a"), (CAT, "a"), (CAT, "a"), (UNKNOWN, "a"), (UNKNOWN, "b")]
    for number, (text, author) in enumerate(askers):
        await app.ask.ask(question(text, f"m{number}", author=author))

    listed = await app.review.list()
    assert [(item.text, item.askers, item.count) for item in listed] == [(UNKNOWN, 2, 2), (CAT, 1, 3)]
    assert len(await app.review.list(ItemFilter(limit=1))) == 1


async def test_an_item_tells_all_about_its_questions(app: App) -> None:
    first = await ask(app, UNKNOWN, "m1")
    again = await ask(app, f"{UNKNOWN.upper()}?", "m2")
    await ask(app, "where is the parrot now", "m3")
    item = await item_of(app, again.question_id.lower())

    assert item.id == first.item_id
    assert (item.kind, item.status, item.is_open) == (ItemKind.UNANSWERED, ItemStatus.OPEN, True)
    assert [question.id for question in item.questions] == ["Q1", "Q2", "Q3"]
    assert item.wordings == (UNKNOWN, "where is the parrot now")
    assert (item.platforms, item.askers, item.count) == (("slack",), 1, 3)
    assert (item.first_asked, item.last_asked) == (NOW, NOW)
    assert item.questions[0].ref == question("", "m1").ref
    assert {match.entry_id for match in item.nearest} <= {"fees", "freeze-web", "freeze-app"}


async def test_what_is_in_no_item_is_not_found(app: App) -> None:
    answered = await ask(app, FEES.question)
    for unknown in (answered.question_id, "R1", "Q99", "fees", ""):
        with pytest.raises(ItemNotFoundError) as refused:
            await app.review.show(unknown)
        assert refused.value.item_id == unknown


async def test_the_list_is_filtered(app: App) -> None:
    public, internal = await opened(app, UNKNOWN), await opened(app, CAT, audience=Audience.INTERNAL)
    await app.review.assign(public, "ann", actor="mod")

    async def ids(wanted: ItemFilter) -> list[str]:
        return [item.id for item in await app.review.list(wanted)]

    assert await ids(ItemFilter(audience=Audience.INTERNAL)) == [internal]
    assert await ids(ItemFilter(assignee="ann")) == [public]
    assert await ids(ItemFilter(platform="discord")) == []
    assert set(await ids(ItemFilter(platform="slack"))) == {public, internal}
    assert await ids(ItemFilter(kind=ItemKind.EXPIRED)) == []
    await app.review.dismiss(public, reason=DismissReason.SPAM, actor="mod")
    assert await ids(ItemFilter()) == [internal]
    assert await ids(ItemFilter(status=ItemStatus.DISMISSED)) == [public]
    assert set(await ids(ItemFilter(status=None))) == {public, internal}


async def test_an_answer_makes_an_entry_that_is_live_at_once(app: App, other: App) -> None:
    asked = await ask(other, UNKNOWN)
    done = await app.review.answer(asked.question_id, NewAnswer(answer="In its cage.", category="Pets"), actor="mod")

    assert done.entry is not None
    entry = done.entry.entry
    assert (entry.id, entry.question, entry.answer) == ("where-is-the-parrot", UNKNOWN, "In its cage.")
    assert (entry.audience, entry.status, entry.category) == (Audience.PUBLIC, Status.PUBLISHED, "Pets")
    again = await ask(other, "Where is the PARROT?", "m2")
    assert again.reply is not None
    assert again.reply.text == "In its cage."
    assert await app.review.list() == ()
    assert done.item.status is ItemStatus.ANSWERED
    assert done.item.resolution == ItemResolution(actor="mod", at=NOW, entry_id="where-is-the-parrot")


async def test_whoever_asked_is_told_once_in_the_same_transaction(app: App) -> None:
    for number, author in enumerate(("a", "b", "a")):
        await app.ask.ask(question(UNKNOWN, f"m{number}", author=author))
    done = await app.review.answer("R1", THERE, actor="mod")

    assert done.told == 2
    waiting = [await app.deliveries.claim("slack"), await app.deliveries.claim("slack")]
    assert {outgoing.question.ref.message_id for outgoing in waiting if outgoing} == {"m1", "m2"}
    assert await app.deliveries.claim("slack") is None


async def test_an_answer_that_is_refused_tells_nobody(app: App, database_url: str) -> None:
    item_id = await opened(app, UNKNOWN)
    before = await dump(database_url)
    with pytest.raises(EntryExistsError):
        await app.review.answer(item_id, NewAnswer(answer="There.", entry_id="fees"), actor="mod")
    with pytest.raises(PhraseTakenError) as refused:
        await app.review.answer(item_id, NewAnswer(answer="There.", question=WEB.question), actor="mod")
    with pytest.raises(EntryFieldError):
        await app.review.answer(item_id, NewAnswer(answer=" "), actor="mod")

    assert refused.value.entry_id == "freeze-web"
    assert await dump(database_url) == before
    assert await app.deliveries.claim("slack") is None


async def test_a_better_question_keeps_the_words_that_people_used(app: App) -> None:
    item_id = await opened(app, "pls where parrot")
    wanted = NewAnswer(answer="There.", question=" Where is\nthe parrot? ", entry_id="parrot")
    done = await app.review.answer(item_id, wanted, actor="mod")

    assert done.entry is not None
    assert (done.entry.entry.id, done.entry.entry.phrasings) == ("parrot", ("Where is the parrot?", "pls where parrot"))
    assert entry_id(await ask(app, "pls where parrot", "m2")) == "parrot"


async def test_the_aliases_of_an_answer_may_be_chosen(app: App) -> None:
    for number, text in enumerate((UNKNOWN, "where is the parrot now", "where is the parrot gone")):
        await ask(app, text, f"m{number}")
    wanted = NewAnswer(answer="There.", question="Where is it?", aliases=(UNKNOWN,))
    done = await app.review.answer("R1", wanted, actor="mod")

    assert done.entry is not None
    assert done.entry.entry.aliases == (UNKNOWN,)


async def test_a_wording_that_is_too_long_for_an_entry(app: App) -> None:
    item_id = await opened(app, "where is the parrot of my sister " * 20)
    with pytest.raises(EntryFieldError) as refused:
        await app.review.answer(item_id, THERE, actor="mod")
    assert refused.value.field == "question"
    with pytest.raises(EntryFieldError) as refused:
        await app.review.link(item_id, "fees", actor="mod")
    assert refused.value.field == "aliases"

    done = await app.review.answer(item_id, NewAnswer(answer="There.", question="Where is it?"), actor="mod")
    assert done.entry is not None
    assert done.entry.entry.aliases == ()


async def test_an_internal_item_makes_an_internal_entry(app: App) -> None:
    item_id = await opened(app, UNKNOWN, audience=Audience.INTERNAL)
    done = await app.review.answer(item_id, NewAnswer(answer="In the safe."), actor="mod")

    assert done.entry is not None
    assert done.entry.entry.audience is Audience.INTERNAL
    assert entry_id(await ask(app, UNKNOWN, "m2")) is None
    assert entry_id(await ask(app, UNKNOWN, "m3", audience=Audience.INTERNAL)) == "where-is-the-parrot"


async def test_an_id_made_from_the_question_is_numbered_when_it_is_taken(app: App) -> None:
    title = "What must I bring along when I come to the bar in the evening on a"
    made = []
    for text, day in zip((UNKNOWN, CAT, DOG), ("Friday", "Monday", "Sunday"), strict=True):
        wanted = NewAnswer(answer="Money.", question=f"{title} {day}?")
        done = await app.review.answer(await opened(app, text), wanted, actor="mod")
        assert done.entry is not None
        made.append(done.entry.entry.id)

    assert made[1:] == [f"{made[0]}-2", f"{made[0]}-3"]


async def test_a_link_gives_an_entry_the_wordings_live_at_once(app: App, other: App) -> None:
    await ask(other, UNKNOWN)
    await ask(other, "where is the parrot now", "m2")
    done = await app.review.link("R1", "fees", actor="mod")

    assert done.entry is not None
    assert set(done.entry.entry.aliases) == {UNKNOWN, "where is the parrot now"}
    assert done.entry.phrases[1].approved_by == "mod"
    assert entry_id(await ask(other, UNKNOWN, "m3")) == "fees"
    assert (done.item.status, done.told) == (ItemStatus.LINKED, 1)


async def test_a_link_with_chosen_or_better_words(app: App) -> None:
    item_id = await opened(app, f"{UNKNOWN} jane@example.org")
    done = await app.review.link(item_id, "fees", aliases=[UNKNOWN], actor="mod")

    assert done.entry is not None
    assert done.entry.entry.aliases == (UNKNOWN,)


async def test_a_link_to_an_entry_that_has_the_phrasing_only_closes(app: App) -> None:
    item_id = await opened(app, UNKNOWN)
    await app.catalogue.add_alias("fees", UNKNOWN, actor="ann")
    done = await app.review.link(item_id, "fees", actor="mod")

    assert done.entry is not None
    assert (done.entry.version, done.item.status) == (2, ItemStatus.LINKED)


async def test_a_link_with_a_phrasing_of_another_entry_is_refused_naming_it(app: App, database_url: str) -> None:
    item_id = await opened(app, UNKNOWN)
    await app.catalogue.add_alias("freeze-web", UNKNOWN, actor="ann")
    before = await dump(database_url)
    with pytest.raises(PhraseTakenError) as refused:
        await app.review.link(item_id, "fees", actor="mod")

    assert (refused.value.phrase, refused.value.entry_id) == (UNKNOWN, "freeze-web")
    assert await dump(database_url) == before


async def test_a_public_item_is_not_linked_to_an_internal_entry(app: App, database_url: str) -> None:
    item_id = await opened(app, UNKNOWN)
    before = await dump(database_url)
    with pytest.raises(EntryUnfitError) as refused:
        await app.review.link(item_id, "limits", actor="mod")

    assert (refused.value.entry_id, refused.value.question_id) == ("limits", item_id)
    assert (refused.value.field, refused.value.value) == ("audience", "internal")
    assert await dump(database_url) == before


@pytest.mark.parametrize("target", ["limits", "fees"])
async def test_an_internal_item_may_be_linked_to_any_entry(app: App, target: str) -> None:
    await app.review.link(await opened(app, UNKNOWN, audience=Audience.INTERNAL), target, actor="mod")

    assert entry_id(await ask(app, UNKNOWN, "m2", audience=Audience.INTERNAL)) == target


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETIRED])
async def test_an_item_is_not_linked_to_what_answers_nothing(app: App, status: Status) -> None:
    item_id = await opened(app, UNKNOWN)
    await app.catalogue.edit("fees", {"status": status}, actor="mod")
    with pytest.raises(EntryUnfitError) as refused:
        await app.review.link(item_id, "fees", actor="mod")

    assert (refused.value.field, refused.value.value) == ("status", status)
    with pytest.raises(EntryNotFoundError):
        await app.review.link(item_id, "nothing", actor="mod")


async def test_a_draft_is_what_would_be_stored(app: App, database_url: str) -> None:
    item_id = await opened(app, UNKNOWN)
    before = await dump(database_url)
    answer = await app.review.draft_answer(item_id, THERE)
    link = await app.review.draft_link(item_id, "fees")

    assert await dump(database_url) == before
    assert link.aliases == (UNKNOWN,)
    done = await app.review.answer(item_id, THERE, actor="mod")
    assert done.entry is not None
    assert done.entry.entry == answer.entry


async def test_a_dismissal_keeps_its_reason_and_changes_no_content(app: App) -> None:
    item_id = await opened(app, UNKNOWN)
    done = await app.review.dismiss(item_id, reason=DismissReason.OFF_TOPIC, note="no zoo", actor="mod")

    assert (done.entry, done.told) == (None, 0)
    assert done.item.resolution == ItemResolution(actor="mod", at=NOW, reason=DismissReason.OFF_TOPIC, note="no zoo")
    assert await app.review.list() == ()
    assert (await app.knowledge.index(Audience.PUBLIC)).content_version == 1


async def test_a_dismissed_question_that_is_asked_again_opens_a_new_item(app: App) -> None:
    item_id = await opened(app, UNKNOWN)
    await app.review.dismiss(item_id, reason=DismissReason.OTHER, actor="mod")
    again = await ask(app, UNKNOWN, "again")

    assert again.item_id != item_id
    assert [item.id for item in await app.review.list()] == [again.item_id]


async def test_what_is_closed_stays_closed_as_it_is(app: App, database_url: str) -> None:
    item_id = await opened(app, UNKNOWN)
    await app.review.link(item_id, "fees", actor="mod")
    before = await dump(database_url)
    for attempt in (
        app.review.answer(item_id, THERE, actor="ann"),
        app.review.link(item_id, "freeze-web", actor="ann"),
        app.review.dismiss(item_id, reason=DismissReason.SPAM, actor="ann"),
        app.review.assign(item_id, "ann", actor="ann"),
        app.review.snooze(item_id, NOW + timedelta(days=1), actor="ann"),
    ):
        with pytest.raises(ItemClosedError) as refused:
            await attempt
        assert (refused.value.item_id, refused.value.status, refused.value.actor) == (item_id, "linked", "mod")
    assert await dump(database_url) == before


async def test_the_second_of_two_moderators_sees_what_the_first_did(app: App, other: App, database_url: str) -> None:
    item_id = await opened(app, UNKNOWN)
    seen = (await item_of(app, item_id)).version
    await other.review.assign(item_id, "eve", actor="eve", seen=seen)
    before = await dump(database_url)
    with pytest.raises(ItemChangedError) as refused:
        await app.review.dismiss(item_id, reason=DismissReason.SPAM, actor="ann", seen=seen)

    assert (refused.value.item_id, refused.value.action, refused.value.actor) == (item_id, "assigned", "eve")
    assert await dump(database_url) == before
    again = (await item_of(app, item_id)).version
    await app.review.dismiss(item_id, reason=DismissReason.SPAM, actor="ann", seen=again)


async def test_a_question_that_joins_is_no_change_of_a_moderator(app: App) -> None:
    item_id = await opened(app, UNKNOWN)
    seen = (await item_of(app, item_id)).version
    await ask(app, UNKNOWN, "m2")

    done = await app.review.answer(item_id, THERE, actor="mod", seen=seen)
    assert [question.id for question in done.item.questions] == ["Q1", "Q2"]


async def test_a_snoozed_item_comes_back_and_takes_what_resembles_it(app: App) -> None:
    item_id = await opened(app, UNKNOWN)
    done = await app.review.snooze(item_id, NOW + timedelta(days=1), actor="mod")
    assert (done.item.status, done.item.snoozed_until) == (ItemStatus.SNOOZED, NOW + timedelta(days=1))
    assert await app.review.list() == ()
    assert [item.id for item in await app.review.list(ItemFilter(status=ItemStatus.SNOOZED))] == [item_id]
    assert (await ask(app, UNKNOWN, "m2")).item_id == item_id

    done = await app.review.snooze(item_id, NOW, actor="mod")
    assert (done.item.status, done.item.snoozed_until) == (ItemStatus.OPEN, None)
    assert [item.id for item in await app.review.list()] == [item_id]


async def test_an_item_is_given_to_somebody_and_to_nobody(app: App) -> None:
    item_id = await opened(app, UNKNOWN)
    assert (await app.review.assign(item_id, "ann", actor="mod")).item.assignee == "ann"
    assert (await app.review.assign(item_id, None, actor="mod")).item.assignee is None


async def test_the_audit_log_has_each_decision(app: App) -> None:
    ids = [await opened(app, text) for text in (UNKNOWN, CAT, DOG)]
    await app.review.answer(ids[0], THERE, actor="ann")
    await app.review.link(ids[1], "fees", actor="bob")
    await app.review.dismiss(ids[2], reason=DismissReason.OTHER, note="no sofa", actor="eve")

    async with app.database.snapshot() as tx:
        lines = [line for each in ids for line in await audit.read(tx, f"item:{each}")]
        made = await audit.read(tx, "entry:where-is-the-parrot")
    assert [(line.actor, line.action, line.reason) for line in lines] == [
        ("ann", "answered", None),
        ("bob", "linked", None),
        ("eve", "dismissed", "no sofa"),
    ]
    assert [line.after and line.after["entry_id"] for line in lines] == ["where-is-the-parrot", "fees", None]
    assert [line.before and line.before["status"] for line in lines] == ["open"] * 3
    assert [line.actor for line in made] == ["ann"]


async def test_what_nobody_chose_is_not_accepted_as_a_choice(app: App) -> None:
    item_id = await opened(app, UNKNOWN)
    with pytest.raises(SuggestionNotFoundError):
        await app.review.accept_choice(item_id, actor="mod")
    assert (await item_of(app, item_id)).is_open
