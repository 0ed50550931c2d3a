"""What a moderator is shown of the wordings of an item before an answer or a link, on both platforms."""

from dataclasses import replace

from bot.core.models import Answered
from bot.core.review import Consent
from bot.service.learning import PersonsReply
from bot.service.privacy import Person
from tests.contract.moderating import Moderating
from tests.service.reviews import item_of
from tests.service.samples import WEB, ask, question

ENABLE, DISABLE = "how do I enable dark mode", "how do I disable dark mode"


async def mixed(moderating: Moderating) -> None:
    """Have two members ask the opposite of each other, in one item."""
    await moderating.asks(ENABLE)
    await moderating.asks(DISABLE)
    if len(await moderating.app.review.list()) > 1:
        await moderating.app.review.merge("R2", "R1", actor="mod")


async def test_an_answer_shows_what_it_takes_and_what_stays_open(moderating: Moderating) -> None:
    await mixed(moderating)
    taken = (await item_of(moderating.app, "R1")).text
    shown = await moderating.proposes_answer("R1", "In the settings.")

    assert "Differs, stays open" in shown
    assert "opposite" in shown
    assert len(await moderating.app.review.list()) == 1

    await moderating.saves()
    (left,) = await moderating.app.review.list()
    assert {taken, left.text} == {ENABLE, DISABLE}
    assert isinstance((await ask(moderating.app, taken, "again")).decision, Answered)


async def test_the_title_of_a_new_entry_is_a_clean_question(moderating: Moderating) -> None:
    await moderating.asks(
        "Hi team, my name is Petra Klein, order 4821399. Where does the purple parrot sleep? Thanks, Petra"
    )
    await moderating.proposes_answer("R1", "In its cage.")
    await moderating.saves()

    item = (await moderating.app.review.show("R1")).item
    assert item.resolution is not None
    entry = (await moderating.app.catalogue.show(item.resolution.entry_id or "")).entry
    assert entry.question == "Where does the purple parrot sleep?"
    assert entry.aliases == ()


async def test_a_link_shows_what_it_takes_and_what_stays_open(moderating: Moderating) -> None:
    await mixed(moderating)
    shown = await moderating.proposes_link("R1", "fees")

    assert "New phrasing" in shown
    assert "Differs, stays open" in shown

    await moderating.saves()
    (left,) = await moderating.app.review.list()
    entry = (await moderating.app.catalogue.show("fees")).entry
    assert {*entry.aliases, left.text} == {ENABLE, DISABLE}


async def test_what_two_askers_chose_is_accepted_with_one_press(moderating: Moderating) -> None:
    text = "how do I freeze my account"
    for number, who in enumerate(("ana", "bob")):
        asked = await moderating.app.ask.ask(question(text, f"f{number}", author=who))
        await moderating.app.feedback.choose(asked.question_id, WEB.id, Person("slack", who))
    (item,) = await moderating.app.review.list()
    await moderating.accepts(item.id)

    assert text in (await moderating.app.catalogue.show(WEB.id)).entry.aliases
    assert await moderating.app.review.list() == ()


async def test_a_card_shows_what_helpers_answered_and_whether_it_may_be_published(moderating: Moderating) -> None:
    await moderating.asks("where is the parrot")
    (item,) = await moderating.app.review.list()
    asked = item.questions[-1].ref
    platform, _, user_id = moderating.moderator.partition(":")
    helper = Person(platform, user_id)
    place = replace(asked, thread_id=asked.thread_id or asked.message_id, message_id=f"{asked.message_id}9")
    request = await moderating.app.learning.heard(
        PersonsReply(ref=place, author=helper, text="Behind the kitchen door.")
    )
    assert request is not None
    assert "Behind the kitchen door." in await moderating.card(item.id, "not to be published as it stands")

    await moderating.app.learning.mark(
        PersonsReply(ref=place, author=helper, text="Behind the kitchen door."), helper, helps=True
    )
    assert "solved it" in await moderating.card(item.id, "solved it")
    await moderating.app.learning.consent(request.suggestion_id, helper, Consent.YES)
    assert "not to be published" not in await moderating.card(item.id, "solved it: Behind")
    assert (await moderating.app.review.show(item.id)).item.version == item.version

    await moderating.app.privacy.delete_message(place, actor="mod")
    await moderating.app.review.suggest(item.id, answer="In its cage.", actor=moderating.moderator)
    assert "Behind the kitchen door." not in await moderating.card(item.id, "In its cage.")
