"""Show how moderators close questions, and that what they decide is live at once."""

import pytest

from bot.bootstrap import App
from bot.core.models import Answered, Audience, Status
from bot.errors import (
    EntryExistsError,
    EntryFieldError,
    EntryNotFoundError,
    EntryUnfitError,
    PhraseTakenError,
    QuestionClosedError,
    QuestionNotFoundError,
)
from bot.service.asking import Asked
from bot.store import audit
from bot.store.records import Resolution, ResolutionKind
from tests.service.samples import FEES, NOW, UNKNOWN, WEB, ask, dump, question


async def closed(app: App, question_id: str) -> Resolution:
    """Return how a question was closed."""
    found = await app.reviewing.show(question_id)
    assert found.group is None
    assert found.question.resolution is not None
    return found.question.resolution


def entry_id(asked: Asked) -> str | None:
    """Return the entry that answered a question."""
    return asked.decision.match.entry_id if isinstance(asked.decision, Answered) else None


async def test_most_distinct_askers_come_first(app: App) -> None:
    for number, (text, author) in enumerate(
        [
            ("who feeds the cat", "a"),
            ("who feeds the cat", "a"),
            ("who feeds the cat", "a"),
            (UNKNOWN, "a"),
            (UNKNOWN, "b"),
        ]
    ):
        await app.ask.ask(question(text, f"m{number}", author=author))

    listed = await app.reviewing.list()
    assert [(group.text, group.askers, group.count) for group in listed] == [
        (UNKNOWN, 2, 2),
        ("who feeds the cat", 1, 3),
    ]
    assert len(await app.reviewing.list(limit=1)) == 1


async def test_an_open_question_is_shown_with_its_group_and_a_closed_one_without(app: App) -> None:
    first = await ask(app, UNKNOWN, "m1")
    again = await ask(app, f"{UNKNOWN.upper()}?", "m2")
    answered = await ask(app, FEES.question, "m3")

    found = await app.reviewing.show(again.question_id.lower())
    assert found.group is not None
    assert found.group.question_ids == (first.question_id, again.question_id)
    assert found.question.outcome is not None
    assert found.question.outcome.text == f"{UNKNOWN.upper()}?"
    assert (await app.reviewing.show(answered.question_id)).group is None
    with pytest.raises(QuestionNotFoundError):
        await app.reviewing.show("Q99")


async def test_an_answer_makes_an_entry_that_is_live_at_once(app: App, other: App) -> None:
    asked = await ask(other, UNKNOWN)
    done = await app.reviewing.answer(asked.question_id, answer="In its cage.", actor="mod", category="Pets")

    assert done.group.question_ids == (asked.question_id,)
    assert done.entry is not None
    entry = done.entry.entry
    assert (entry.id, entry.question, entry.answer) == ("where-is-the-parrot", UNKNOWN, "In its cage.")
    assert (entry.audience, entry.status, entry.category) == (Audience.PUBLIC, Status.PUBLISHED, "Pets")
    again = await ask(other, "Where is the PARROT?", "m2")
    assert again.reply is not None
    assert again.reply.text == "In its cage."
    assert await app.reviewing.list() == ()
    assert await closed(app, asked.question_id) == Resolution(
        kind=ResolutionKind.ANSWERED, actor="mod", at=NOW, entry_id="where-is-the-parrot"
    )


async def test_all_that_say_the_same_are_closed_together(app: App) -> None:
    ids = [(await ask(app, text, text)).question_id for text in (UNKNOWN, UNKNOWN.title(), f"{UNKNOWN}?!")]
    done = await app.reviewing.answer(ids[1], answer="In its cage.", actor="mod")

    assert done.group.question_ids == tuple(ids)
    assert {(await closed(app, each)).kind for each in ids} == {ResolutionKind.ANSWERED}


async def test_a_better_question_keeps_the_words_that_people_used(app: App) -> None:
    asked = await ask(app, "pls where parrot")
    done = await app.reviewing.answer(
        asked.question_id, question=" Where is\nthe parrot? ", answer="There.", entry_id="parrot", actor="mod"
    )

    assert done.entry is not None
    assert (done.entry.entry.id, done.entry.entry.phrasings) == ("parrot", ("Where is the parrot?", "pls where parrot"))
    assert entry_id(await ask(app, "pls where parrot", "m2")) == "parrot"


async def test_a_wording_that_is_too_long_for_an_entry(app: App) -> None:
    asked = await ask(app, "where is the parrot of my sister " * 20)
    with pytest.raises(EntryFieldError) as refused:
        await app.reviewing.answer(asked.question_id, answer="There.", actor="mod")
    assert refused.value.field == "question"
    with pytest.raises(EntryFieldError) as refused:
        await app.reviewing.link(asked.question_id, "fees", actor="mod")
    assert refused.value.field == "aliases"

    done = await app.reviewing.answer(asked.question_id, question="Where is it?", answer="There.", actor="mod")
    assert done.entry is not None
    assert done.entry.entry.aliases == ()


async def test_an_internal_question_makes_an_internal_entry(app: App) -> None:
    asked = await ask(app, UNKNOWN, audience=Audience.INTERNAL)
    done = await app.reviewing.answer(asked.question_id, answer="In the safe.", actor="mod")

    assert done.entry is not None
    assert done.entry.entry.audience is Audience.INTERNAL
    assert entry_id(await ask(app, UNKNOWN, "m2")) is None
    assert entry_id(await ask(app, UNKNOWN, "m3", audience=Audience.INTERNAL)) == "where-is-the-parrot"


async def test_an_id_made_from_the_question_is_numbered_when_it_is_taken(app: App) -> None:
    title = "What must I bring along when I come to the bar in the evening on a"
    ids = [(await ask(app, text, text)).question_id for text in (UNKNOWN, "who feeds the cat", "what about the dog")]
    made = []
    for question_id, day in zip(ids, ("Friday", "Monday", "Sunday"), strict=True):
        done = await app.reviewing.answer(question_id, question=f"{title} {day}?", answer="Money.", actor="mod")
        assert done.entry is not None
        made.append(done.entry.entry.id)

    assert made[1:] == [f"{made[0]}-2", f"{made[0]}-3"]


async def test_what_an_answer_may_not_take(app: App, database_url: str) -> None:
    asked = await ask(app, UNKNOWN)
    before = await dump(database_url)
    with pytest.raises(EntryExistsError):
        await app.reviewing.answer(asked.question_id, answer="There.", entry_id="fees", actor="mod")
    with pytest.raises(PhraseTakenError) as refused:
        await app.reviewing.answer(asked.question_id, answer="There.", question=WEB.question, actor="mod")
    with pytest.raises(EntryFieldError):
        await app.reviewing.answer(asked.question_id, answer=" ", actor="mod")

    assert refused.value.entry_id == "freeze-web"
    assert await dump(database_url) == before


async def test_a_link_gives_an_entry_one_more_phrasing_live_at_once(app: App, other: App) -> None:
    asked = await ask(other, UNKNOWN)
    done = await app.reviewing.link(asked.question_id, "fees", actor="mod")

    assert done.entry is not None
    assert done.entry.entry.aliases == (UNKNOWN,)
    assert done.entry.phrases[1].approved_by == "mod"
    assert entry_id(await ask(other, UNKNOWN, "m2")) == "fees"
    assert (await closed(app, asked.question_id)).entry_id == "fees"


async def test_a_link_with_better_words(app: App) -> None:
    asked = await ask(app, f"{UNKNOWN} jane@example.org")
    done = await app.reviewing.link(asked.question_id, "fees", alias=UNKNOWN, actor="mod")

    assert done.entry is not None
    assert done.entry.entry.aliases == (UNKNOWN,)


async def test_a_link_to_an_entry_that_has_the_phrasing_only_closes(app: App) -> None:
    asked = await ask(app, UNKNOWN)
    await app.catalogue.add_alias("fees", UNKNOWN, actor="ann")
    done = await app.reviewing.link(asked.question_id, "fees", actor="mod")

    assert done.entry is not None
    assert done.entry.version == 2
    assert (await closed(app, asked.question_id)).kind is ResolutionKind.LINKED


async def test_a_link_with_a_phrasing_of_another_entry_is_refused_naming_it(app: App, database_url: str) -> None:
    asked = await ask(app, UNKNOWN)
    await app.catalogue.add_alias("freeze-web", UNKNOWN, actor="ann")
    before = await dump(database_url)
    with pytest.raises(PhraseTakenError) as refused:
        await app.reviewing.link(asked.question_id, "fees", actor="mod")

    assert (refused.value.phrase, refused.value.entry_id) == (UNKNOWN, "freeze-web")
    assert await dump(database_url) == before


async def test_a_public_question_is_not_linked_to_an_internal_entry(app: App, database_url: str) -> None:
    asked = await ask(app, UNKNOWN)
    before = await dump(database_url)
    with pytest.raises(EntryUnfitError) as refused:
        await app.reviewing.link(asked.question_id, "limits", actor="mod")

    assert (refused.value.entry_id, refused.value.question_id) == ("limits", asked.question_id)
    assert (refused.value.field, refused.value.value) == ("audience", "internal")
    assert await dump(database_url) == before


@pytest.mark.parametrize("target", ["limits", "fees"])
async def test_an_internal_question_may_be_linked_to_any_entry(app: App, target: str) -> None:
    asked = await ask(app, UNKNOWN, audience=Audience.INTERNAL)
    await app.reviewing.link(asked.question_id, target, actor="mod")

    assert entry_id(await ask(app, UNKNOWN, "m2", audience=Audience.INTERNAL)) == target


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETIRED])
async def test_a_question_is_not_linked_to_what_answers_nothing(app: App, status: Status) -> None:
    asked = await ask(app, UNKNOWN)
    await app.catalogue.edit("fees", {"status": status}, actor="mod")
    with pytest.raises(EntryUnfitError) as refused:
        await app.reviewing.link(asked.question_id, "fees", actor="mod")

    assert (refused.value.field, refused.value.value) == ("status", status)


async def test_a_dismissal_keeps_its_reason_and_changes_no_content(app: App) -> None:
    asked = await ask(app, UNKNOWN)
    done = await app.reviewing.dismiss(asked.question_id, reason="off topic", actor="mod")

    assert done.entry is None
    assert await closed(app, asked.question_id) == Resolution(
        kind=ResolutionKind.DISMISSED, actor="mod", at=NOW, reason="off topic"
    )
    assert await app.reviewing.list() == ()
    assert (await app.knowledge.index(Audience.PUBLIC)).content_version == 1


async def test_a_dismissed_question_that_is_asked_again_is_open_again(app: App) -> None:
    asked = await ask(app, UNKNOWN)
    await app.reviewing.dismiss(asked.question_id, reason="off topic", actor="mod")
    again = await ask(app, UNKNOWN, "m2")

    assert [group.question_ids for group in await app.reviewing.list()] == [(again.question_id,)]


async def test_what_is_closed_stays_closed_as_it_is(app: App, database_url: str) -> None:
    asked = await ask(app, UNKNOWN)
    await app.reviewing.link(asked.question_id, "fees", actor="mod")
    before = await dump(database_url)
    for attempt in (
        app.reviewing.answer(asked.question_id, answer="There.", actor="ann"),
        app.reviewing.link(asked.question_id, "freeze-web", actor="ann"),
        app.reviewing.dismiss(asked.question_id, reason="spam", actor="ann"),
    ):
        with pytest.raises(QuestionClosedError) as refused:
            await attempt
        assert (refused.value.question_id, refused.value.resolution) == (asked.question_id, "linked")
    assert await dump(database_url) == before


async def test_unknown_questions_and_entries(app: App) -> None:
    asked = await ask(app, UNKNOWN)
    for unknown in ("Q99", "fees", ""):
        with pytest.raises(QuestionNotFoundError):
            await app.reviewing.dismiss(unknown, reason="spam", actor="mod")
    with pytest.raises(EntryNotFoundError):
        await app.reviewing.link(asked.question_id, "nothing", actor="mod")


async def test_the_audit_log_has_each_decision(app: App) -> None:
    ids = [(await ask(app, text, text)).question_id for text in (UNKNOWN, "who feeds the cat", "what about the dog")]
    await app.reviewing.answer(ids[0], answer="There.", actor="ann")
    await app.reviewing.link(ids[1], "fees", actor="bob")
    await app.reviewing.dismiss(ids[2], reason="off topic", actor="eve")

    async with app.database.snapshot() as tx:
        lines = [line for each in ids for line in await audit.read(tx, f"question:{each}")]
        made = await audit.read(tx, "entry:where-is-the-parrot")
    assert [(line.actor, line.action, line.reason) for line in lines] == [
        ("ann", "answered", None),
        ("bob", "linked", None),
        ("eve", "dismissed", "off topic"),
    ]
    assert [line.after for line in lines] == [
        {"entry_id": "where-is-the-parrot", "questions": [ids[0]]},
        {"entry_id": "fees", "questions": [ids[1]]},
        {"entry_id": None, "questions": [ids[2]]},
    ]
    assert [line.actor for line in made] == ["ann"]
