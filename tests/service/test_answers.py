"""Show that an entry may read otherwise for other locales and regions, from a file to the reply."""

from dataclasses import replace

import pytest

from bot.core.local_answers import LocalAnswer
from bot.core.models import Answered, Audience, Entry, Status
from bot.core.searching.lexicon import Lexicon
from bot.core.searching.spelling import Dictionary
from bot.core.wording.replies import FOR_REGION, ONLY_IN
from bot.errors import EntryFieldError, InvalidInputError, PhraseTakenError
from bot.service.app import App, assemble
from bot.service.catalogue import EntryFilter
from bot.service.resolutions import NewAnswer
from bot.store import Database, audit
from tests.service.deliveries import Receiver
from tests.service.samples import KEY, NOW, ask, faq, question

FILE = """\
- id: refunds
  question: When do I get my refund?
  aliases: [refund time]
  answer: Within ten days.
  answers:
    - region: EU
      answer: Within fourteen days.
    - locale: de
      question: Wann bekomme ich mein Geld zurück?
      aliases: [Rückerstattung Dauer]
      answer: Innerhalb von zehn Tagen.
    - locale: de
      region: CH
      answer: Innert zehn Tagen.
"""
REFUNDS = Entry(
    id="refunds",
    question="When do I get my refund?",
    aliases=("refund time",),
    answer="Within ten days.",
    answers=(
        LocalAnswer(region="EU", answer="Within fourteen days."),
        LocalAnswer(
            locale="de",
            question="Wann bekomme ich mein Geld zurück?",
            aliases=("Rückerstattung Dauer",),
            answer="Innerhalb von zehn Tagen.",
        ),
        LocalAnswer(locale="de", region="CH", answer="Innert zehn Tagen."),
    ),
)
GERMAN = "wann bekomme ich mein geld zurück"


async def bring(app: App, text: str = FILE) -> None:
    """Import a file."""
    await app.imports.import_documents([faq(text)], actor="ann")


async def text_of(app: App, asked: str, message_id: str = "m1", *, locale: str | None = None) -> str:
    """Return what somebody of a locale is answered."""
    found = await app.ask.ask(replace(question(asked, message_id, thread=message_id), locale=locale, region=""))
    assert isinstance(found.decision, Answered)
    assert found.reply is not None
    return found.reply.text


async def test_a_file_and_the_store_have_the_same(app: App) -> None:
    await bring(app)
    assert (await app.catalogue.show("refunds")).entry == REFUNDS
    assert [(each.text, each.locale) for each in (await app.catalogue.show("refunds")).phrases] == [
        ("When do I get my refund?", "en"),
        ("refund time", "en"),
        ("Wann bekomme ich mein Geld zurück?", "de"),
        ("Rückerstattung Dauer", "de"),
    ]
    report = await app.imports.import_documents([faq(FILE)], actor="ann")
    assert [one.id for one in report.unchanged] == ["refunds"]


async def test_it_is_found_by_all_its_phrasings_and_answered_in_the_language_of_the_question(app: App) -> None:
    await bring(app)
    assert await text_of(app, "When do I get my refund?", "m1") == "Within ten days."
    assert await text_of(app, GERMAN, "m2") == "Innerhalb von zehn Tagen."
    assert await text_of(app, "when do i get my refund", "m3", locale="de") == "Within ten days."
    assert await text_of(app, "refund time", "m4", locale="de-AT") == "Innerhalb von zehn Tagen."
    assert await text_of(app, "Rückerstattung Dauer", "m5", locale="de") == "Innerhalb von zehn Tagen."


async def test_an_answer_in_another_language_says_so(app: App) -> None:
    await bring(app)
    said = await text_of(app, "refund time", locale="fr")
    assert said == f"{ONLY_IN.format(language='English')}\n\nWithin ten days."


async def test_a_title_is_in_the_language_of_its_answer(app: App) -> None:
    await bring(app)
    reply = await app.ask.choose("refunds", audience=Audience.PUBLIC, locale="de")
    assert reply is not None
    assert reply.title == "Wann bekomme ich mein Geld zurück?"


async def test_an_answer_for_one_region_says_so(app: App) -> None:
    await app.catalogue.edit("fees", {"region": "EU"}, actor="mod")
    assert await text_of(app, "How much does a withdrawal cost?") == f"{FOR_REGION.format(region='EU')}\n\nOne coin."


async def test_later_answers_are_in_the_language_of_the_question(app: App) -> None:
    asked = await ask(app, "wo ist mein papagei und warum")
    assert asked.item_id is not None
    await app.review.answer(asked.item_id, NewAnswer(answer="On the mast.", entry_id="parrot"), actor="mod")
    receiver = Receiver()
    await app.deliveries.send_due("slack", receiver)

    (outgoing,) = receiver.taken
    assert outgoing.follow_up.reply is not None
    assert outgoing.follow_up.reply.text.endswith("On the mast.")


async def test_each_change_is_on_record(app: App) -> None:
    await bring(app)
    await bring(app, FILE.replace("fourteen", "thirty"))
    async with app.database.snapshot() as tx:
        *_, last = await audit.read(tx, "entry:refunds")

    assert last.before is not None
    assert last.after is not None
    assert last.before["answers"][0]["answer"] == "Within fourteen days."
    assert last.after["answers"][0]["answer"] == "Within thirty days."
    assert "answer" not in last.after


async def test_who_was_given_one_of_the_answers_is_told_of_its_change(app: App) -> None:
    await bring(app)
    await ask(app, GERMAN)
    await app.conversations.sent("Q1", "r1")
    documents = [faq(FILE.replace("Innerhalb von zehn", "Innerhalb von zwei"))]
    report = await app.imports.import_documents(documents, actor="ann", correct=True)
    receiver = Receiver()
    await app.deliveries.send_due("slack", receiver)

    assert report.told == 1
    (outgoing,) = receiver.taken
    assert outgoing.follow_up.reply is not None
    assert "Innerhalb von zwei Tagen." in outgoing.follow_up.reply.text


async def test_what_a_moderator_edits_beside_them_leaves_them_alone(app: App) -> None:
    await bring(app)
    await app.catalogue.edit("refunds", {"answer": "Within nine days."}, actor="mod")
    await app.catalogue.add_alias("refunds", "money back", actor="mod")
    stored = (await app.catalogue.show("refunds")).entry

    assert stored == replace(REFUNDS, answer="Within nine days.", aliases=("refund time", "money back"))
    await bring(app, FILE.replace("fourteen", "thirty"))
    stored = (await app.catalogue.show("refunds")).entry
    assert (stored.answer, stored.aliases) == ("Within nine days.", ("refund time", "money back"))
    assert stored.answers[0].answer == "Within thirty days."


async def test_a_phrasing_belongs_to_one_entry_of_its_locale(app: App) -> None:
    await bring(app)
    german = Entry(id="geld", question="Rückerstattung Dauer", answer="Bald.", locale="de")
    with pytest.raises(PhraseTakenError, match="refunds"):
        await app.catalogue.add(german, actor="mod")
    await app.catalogue.add(replace(german, locale="en"), actor="mod")
    taken = FILE.replace("id: refunds", "id: more").replace("When do I get", "Where is").replace("refund time", "r")
    with pytest.raises(InvalidInputError) as refused:
        await bring(app, taken)
    assert {problem.field for problem in refused.value.problems} == {"answers"}


async def test_they_are_searched_too(app: App) -> None:
    await bring(app)
    for text in ("fourteen", "innert", "Rückerstattung"):
        assert [each.entry.id for each in await app.catalogue.list(EntryFilter(text=text))] == ["refunds"]


async def test_a_retired_entry_keeps_them(app: App) -> None:
    await bring(app)
    await app.catalogue.edit("refunds", {"status": "retired"}, actor="mod")
    assert (await app.catalogue.show("refunds")).entry == replace(REFUNDS, status=Status.RETIRED)


@pytest.mark.parametrize(
    "answers",
    [
        (LocalAnswer(answer="Both."),),
        (LocalAnswer(answer="One.", region="EU"), LocalAnswer(answer="Two.", region="eu")),
        (LocalAnswer(answer="One.", locale="en"),),
        (LocalAnswer(answer="One.", region="EU", question="Which?"),),
        (LocalAnswer(answer="One.", locale="german"),),
        (LocalAnswer(answer=" ", region="EU"),),
    ],
)
async def test_answers_that_cannot_stand_beside_each_other_are_refused(
    app: App, answers: tuple[LocalAnswer, ...]
) -> None:
    with pytest.raises(EntryFieldError):
        await app.catalogue.add(replace(REFUNDS, answers=answers), actor="mod")


async def test_english_words_are_known_by_the_dictionary(database: Database) -> None:
    lexicon = Lexicon(dictionary=Dictionary(["refund", "time"]))
    app = assemble(database, lexicon=lexicon, author_key=KEY, clock=lambda: NOW)
    await bring(app)
    assert await text_of(app, GERMAN) == "Innerhalb von zehn Tagen."


async def test_the_nearest_phrasing_tells_the_language_where_small_words_do_not(database: Database) -> None:
    lexicon = Lexicon(dictionary=Dictionary(["refund", "time"]))
    app = assemble(database, lexicon=lexicon, author_key=KEY, clock=lambda: NOW)
    await bring(app, FILE.replace("[Rückerstattung Dauer]", "[Rückerstattung Dauer, Refund]"))
    assert await text_of(app, "Rückerstattung Dauer", "m1") == "Innerhalb von zehn Tagen."
    assert await text_of(app, "Rückerstattung Dauer", "m2", locale="en-US") == "Innerhalb von zehn Tagen."
    assert await text_of(app, "refund", "m3") == "Within ten days."
