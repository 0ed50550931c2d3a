"""Show what people get for their questions, and what is written down about them."""

import logging
from dataclasses import replace

import pytest

from bot.core.deciding.decision import built_in
from bot.core.deciding.ranking import LEXICAL
from bot.core.models import Answered, Audience, Ignored, IgnoreReason, Status, Suggested, Surface, Unanswered
from bot.core.searching.text import MAX_CHARACTERS
from bot.core.wording.replies import ReplyKind
from bot.service.app import App
from bot.store.privacy import author_key
from bot.store.questions import get_question
from bot.store.records import LoggedQuestion
from tests.service.samples import FEES, KEY, NOW, UNKNOWN, ask, dump, question, services
from tests.store.samples import changed, saved


async def logged(app: App, question_id: str) -> LoggedQuestion:
    """Return what the log has of a question."""
    async with app.database.snapshot() as tx:
        return await get_question(tx, question_id)


async def test_a_question_with_an_answer(app: App) -> None:
    asked = await ask(app, FEES.question)

    assert asked.reply is not None
    assert (asked.reply.kind, asked.reply.text, asked.reply.entry_id) == (ReplyKind.ANSWER, "One coin.", "fees")
    assert asked.decided is not None
    assert asked.decided.decision == asked.decision
    assert not asked.repeated


async def test_what_is_logged(app: App) -> None:
    asked = await ask(app, "How much does a WITHDRAWAL cost?!")

    found = await logged(app, asked.question_id)
    assert found.ref == question(FEES.question).ref
    assert (found.surface, found.audience) == (Surface.MENTION, Audience.PUBLIC)
    assert found.asked_at == NOW
    outcome = found.outcome
    assert outcome is not None
    assert isinstance(outcome.decision, Answered)
    assert outcome.decision == asked.decision
    assert outcome.candidates[0] == outcome.decision.match
    assert (outcome.text, outcome.normalised) == (
        "How much does a WITHDRAWAL cost?!",
        "how much does a withdrawal cost",
    )
    assert (outcome.scorer_version, outcome.content_version) == (LEXICAL, 1)


async def test_near_ties_are_offered_and_one_is_chosen(app: App) -> None:
    asked = await ask(app, "how do I freeze my account")

    assert isinstance(asked.decision, Suggested)
    assert asked.reply is not None
    assert asked.reply.kind is ReplyKind.CHOICES
    assert {choice.entry_id for choice in asked.reply.choices} == {"freeze-web", "freeze-app"}
    chosen = await app.ask.choose("freeze-app", audience=Audience.PUBLIC)
    assert chosen is not None
    assert (chosen.kind, chosen.text) == (ReplyKind.ANSWER, "Tap freeze.")


async def test_a_question_without_an_answer_waits_for_the_moderators(app: App) -> None:
    asked = await ask(app, UNKNOWN)

    assert asked.decision == Unanswered()
    assert asked.reply is not None
    assert asked.reply.kind is ReplyKind.NOTHING_FITS
    (item,) = await app.review.list()
    assert (item.id, item.text) == (asked.item_id, UNKNOWN)


async def test_a_greeting_is_no_question(app: App) -> None:
    asked = await ask(app, "hello!")

    assert asked.decision == Ignored(IgnoreReason.GREETING)
    assert await app.review.list() == ()


async def test_ambient_messages_have_stricter_thresholds(app: App) -> None:
    ambient = await app.ask.ask(replace(question(UNKNOWN), surface=Surface.AMBIENT))

    assert ambient.reply is None
    assert ambient.decided is not None
    assert ambient.decided.thresholds == built_in(Surface.AMBIENT, LEXICAL)


async def test_a_message_that_comes_again_gets_no_second_answer(app: App, database_url: str) -> None:
    first = await ask(app, FEES.question)
    await app.catalogue.edit("fees", {"status": "retired"}, actor="mod")
    before = await dump(database_url)
    again = await ask(app, FEES.question)

    assert await dump(database_url) == before
    assert again.repeated
    assert (again.question_id, again.decision) == (first.question_id, first.decision)
    assert (again.reply, again.decided) == (None, None)


@pytest.mark.parametrize("place", [{"platform": "discord"}, {"workspace_id": "T2"}, {"message_id": "m2"}])
async def test_the_same_words_elsewhere_are_another_message(app: App, place: dict[str, str]) -> None:
    first = await ask(app, FEES.question)
    other = await app.ask.ask(changed(question(FEES.question), **place))

    assert not other.repeated
    assert other.question_id != first.question_id


async def test_what_was_retired_or_never_there_cannot_be_chosen(app: App) -> None:
    await app.catalogue.edit("fees", {"status": "retired"}, actor="mod")

    assert await app.ask.choose("fees", audience=Audience.PUBLIC) is None
    assert await app.ask.choose("nothing", audience=Audience.PUBLIC) is None


async def test_drafts_are_not_answered_from(app: App) -> None:
    await saved(app.database, replace(FEES, status=Status.DRAFT))

    found = await app.ask.explain(FEES.question, audience=Audience.PUBLIC, surface=Surface.MENTION)
    assert "fees" not in {match.entry_id for match in found.ranking.matches}


async def test_an_explanation_tells_all_and_writes_nothing(app: App, database_url: str) -> None:
    before = await dump(database_url)
    found = await app.ask.explain(FEES.question, audience=Audience.PUBLIC, surface=Surface.COMMAND)

    assert found.query.normalised == "how much does a withdrawal cost"
    assert found.ranking.matches[0].entry_id == "fees"
    assert isinstance(found.decided.decision, Answered)
    assert found.decided.thresholds == built_in(Surface.COMMAND, LEXICAL)
    assert found.reply is not None
    assert found.reply.text == "One coin."
    assert (found.content_version, found.scorer_version) == (1, LEXICAL)
    assert await dump(database_url) == before


BAD_TEXTS = {
    "empty": "",
    "blank": " \n\t ",
    "long": "where is the parrot " * 5_000,
    "one long word": "x" * 100_000,
    "binary": "".join(map(chr, range(256))) * 4,
    "lone surrogates": "where \ud800 is \udfff the parrot",
    "right to left": "\u202e\u0645\u062a\u0649 \u064a\u0635\u0644 \u05d4\u05db\u05e1\u05e3\u061f",
    "emoji": "\U0001f600" * 50 + "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "signs": "?!...",
    "marks": "z\u0351\u0328" * 500,
}


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
async def test_any_text_gets_a_decision(app: App, text: str) -> None:
    asked = await ask(app, text)

    assert isinstance(asked.decision, Unanswered | Ignored)
    outcome = (await logged(app, asked.question_id)).outcome
    assert outcome is not None
    assert outcome.text is not None
    assert len(outcome.text) <= MAX_CHARACTERS
    assert (await ask(app, text)).repeated


async def test_authors_are_kept_as_pseudonyms(app: App, database_url: str) -> None:
    one = await app.ask.ask(question("first words", "m1", author="U-somebody"))
    two = await app.ask.ask(question("other words", "m2", author="U-somebody"))
    three = await app.ask.ask(question("third words", "m3", author="U-else"))

    authors = [(await logged(app, each.question_id)).author for each in (one, two, three)]
    assert authors[0] == authors[1] != authors[2]
    assert "U-somebody" not in await dump(database_url)


async def test_a_key_of_ones_own_makes_other_pseudonyms_than_that_of_the_database(app: App) -> None:
    async with app.database.snapshot() as tx:
        of_database = await author_key(tx)
    asked = [
        await services(app.database, author_key=key).ask.ask(question("words", f"m{number}"))
        for number, key in enumerate((None, None, of_database, KEY, b"another key"))
    ]

    authors = [(await logged(app, each.question_id)).author for each in asked]
    assert authors[0] == authors[1] == authors[2]
    assert len(set(authors)) == 3


async def test_an_author_id_of_any_kind(app: App) -> None:
    asked = await app.ask.ask(question("words", author="\ud800\0"))

    assert len((await logged(app, asked.question_id)).author) == 64


async def test_log_lines_have_the_id_and_nothing_of_the_text(app: App, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        asked = await ask(app, UNKNOWN)

    (line,) = (record for record in caplog.records if record.name == "bot.service.questions")
    assert line.__dict__["question_id"] == asked.question_id
    assert line.__dict__["decision"] == "unanswered"
    assert not [record for record in caplog.records if "parrot" in str(record.__dict__)]
