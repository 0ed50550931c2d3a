"""Show that who asks for what differs by region is asked once where they are, and that this is kept and forgotten."""

from dataclasses import replace
from datetime import timedelta

from bot.core.models import Audience
from bot.core.wording.replies import ELSEWHERE, FOR_REGION, GONE, WHICH_REGION, Reply, ReplyKind, region_choice
from bot.service.app import App
from bot.service.privacy import Person
from tests.service.deliveries import Receiver, Watch
from tests.service.leases import elapse
from tests.service.samples import faq, question

FILE = """\
- id: refunds
  question: When do I get my refund?
  answer: Within ten days.
  answers:
    - {region: EU, answer: Within fourteen days.}
    - {region: CH, answer: Within thirty days.}
    - {locale: de, question: Wann bekomme ich mein Geld zurück?, answer: Innerhalb von zehn Tagen.}
- id: cancel
  question: How can I cancel my order?
  answer: Write to us.
  answers: [{region: eu, answer: Press cancel.}]
"""
REFUND, GERMAN, CANCEL = "When do I get my refund?", "wann bekomme ich mein geld zurück?", "How can I cancel my order?"
ANN, BEN = Person("slack", "ann"), Person("slack", "ben")


async def bring(app: App, text: str = FILE) -> None:
    """Import the entries."""
    await app.imports.import_documents([faq(text)], actor="mod")


async def said(app: App, text: str, message_id: str, *, who: Person = ANN, region: str | None = None) -> Reply:
    """Return what somebody is told in a thread of their own."""
    asked = question(text, message_id, author=who.user_id, thread=message_id)
    found = await app.ask.ask(replace(asked, region=region))
    assert found.reply is not None
    return found.reply


def for_region(region: str, text: str) -> str:
    """Return an answer with the line that says whom it is for."""
    return f"{FOR_REGION.format(region=region)}\n\n{text}"


async def test_who_asks_is_asked_once(app: App) -> None:
    await bring(app)
    first = await said(app, REFUND, "m1")
    assert (first.kind, first.text) == (ReplyKind.CHOICES, str(WHICH_REGION))
    assert [choice.label for choice in first.choices] == ["EU", "CH", str(ELSEWHERE)]

    chosen = await app.feedback.choose("Q1", first.choices[0].entry_id, ANN)
    assert chosen.text == for_region("EU", "Within fourteen days.")
    assert (await said(app, REFUND, "m2")).text == for_region("EU", "Within fourteen days.")
    assert (await said(app, CANCEL, "m3")).text == for_region("eu", "Press cancel.")
    assert (await said(app, REFUND, "m4", who=BEN)).kind is ReplyKind.CHOICES


async def test_anywhere_else_is_a_choice_too(app: App) -> None:
    await bring(app)
    first = await said(app, REFUND, "m1")
    assert (await app.feedback.choose("Q1", first.choices[-1].entry_id, ANN)).text == "Within ten days."
    assert (await said(app, CANCEL, "m2")).text == "Write to us."


async def test_a_region_without_an_answer_of_its_own_gets_the_plain_one_in_its_language(app: App) -> None:
    await bring(app)
    assert (await said(app, GERMAN, "m1", region="US")).text == "Innerhalb von zehn Tagen."


async def test_a_place_that_stands_for_a_region_goes_first(app: App) -> None:
    await bring(app)
    first = await said(app, REFUND, "m1")
    await app.feedback.choose("Q1", first.choices[0].entry_id, ANN)
    assert (await said(app, REFUND, "m2", region="ch")).text == for_region("CH", "Within thirty days.")
    assert (await said(app, REFUND, "m3", who=BEN, region="CH")).text == for_region("CH", "Within thirty days.")


async def test_who_chooses_again_moves(app: App) -> None:
    await bring(app)
    first = await said(app, REFUND, "m1")
    for choice, days in zip(first.choices, ("fourteen", "thirty"), strict=False):
        assert days in (await app.feedback.choose("Q1", choice.entry_id, ANN)).text
    assert "thirty" in (await said(app, REFUND, "m2")).text


async def test_an_entry_that_was_chosen_of_several_asks_for_the_region(app: App) -> None:
    await bring(
        app, FILE.replace("- id: cancel", "- id: stop").replace("How can I cancel my order?", "Refund of what?")
    )
    offered = await said(app, "freeze account", "m1")
    assert {choice.entry_id for choice in offered.choices} == {"freeze-app", "freeze-web"}
    await app.catalogue.edit("freeze-app", {"region": "EU"}, actor="mod")
    chosen = await app.feedback.choose("Q1", "freeze-app", ANN)
    assert chosen.text == for_region("EU", "Tap freeze.")


async def test_what_was_not_offered_is_no_choice(app: App) -> None:
    await bring(app)
    await said(app, REFUND, "m1")
    for choice in (region_choice("cancel", 1), region_choice("refunds", 9), region_choice("nope", 1), "0@refunds"):
        assert (await app.feedback.choose("Q1", choice, ANN)).text == str(GONE)


async def test_where_nobody_can_be_asked_all_are_given(app: App) -> None:
    await bring(app)
    reply = await app.ask.choose("refunds", audience=Audience.PUBLIC)
    assert reply is not None
    assert reply.text == "\n\n".join(
        [
            for_region("EU", "Within fourteen days."),
            for_region("CH", "Within thirty days."),
            for_region(str(ELSEWHERE), "Within ten days."),
        ]
    )
    one = await app.ask.choose(region_choice("refunds", 2), audience=Audience.PUBLIC)
    assert one is not None
    assert one.text == for_region("CH", "Within thirty days.")


async def test_a_reply_that_is_resumed_and_a_correction_know_the_region(talk: App, watch: Watch) -> None:
    await bring(talk)
    first = await said(talk, REFUND, "m1")
    await talk.feedback.choose("Q1", first.choices[1].entry_id, ANN)
    await talk.conversations.sent("Q1", "r1")
    await said(talk, REFUND, "m2")
    watch.forward(timedelta(minutes=2))
    await elapse(talk.database, timedelta(minutes=2))

    (unfinished,) = await talk.conversations.unfinished("slack")
    assert unfinished.reply is not None
    assert unfinished.reply.text == for_region("CH", "Within thirty days.")

    await talk.conversations.sent("Q2", "r2")
    changed = faq(FILE.replace("thirty", "ninety"))
    await talk.imports.import_documents([changed], actor="mod", correct=True)
    receiver = Receiver()
    await talk.deliveries.send_due("slack", receiver)
    told = {outgoing.follow_up.reply.text for outgoing in receiver.taken if outgoing.follow_up.reply}
    assert told == {for_region("CH", "Within ninety days.")}


async def test_it_is_exported_and_forgotten(app: App) -> None:
    await bring(app)
    first = await said(app, REFUND, "m1")
    await app.feedback.choose("Q1", first.choices[0].entry_id, ANN)

    assert (await app.privacy.export(ANN, actor="ann")).region == "EU"
    assert (await app.privacy.export(BEN, actor="ben")).region is None
    await app.privacy.forget(ANN, actor="ann")
    assert (await app.privacy.export(ANN, actor="ann")).region is None
    assert (await said(app, REFUND, "m9")).kind is ReplyKind.CHOICES
