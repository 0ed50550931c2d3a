"""An entry is mended where it was answered with, on both platforms, by moderators and after a look at the effects."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Grade, ItemKind, ItemStatus, Status
from bot.core.wording.outcomes import NO_ENTRY
from bot.core.wording.refusals import NOT_A_MODERATOR
from bot.service.resolutions import NewAnswer
from bot.store.grades import get_grade
from tests.contract.mending import Mending, discord_mending, slack_mending
from tests.service.samples import FEES, WEB, ask

SIDES = {"slack": slack_mending, "discord": discord_mending}
ASKED = "how much does one withdrawal cost me"
OTHER = "what do I pay for a withdrawal"
KINDS = ("edit", "correct", "phrase", "unphrase", "retire")
FILLED = {
    "edit": {"answer": "Two coins."},
    "correct": {"entry": WEB.id},
    "phrase": {"phrasing": "what is the price of a payout"},
    "unphrase": {"phrasing": "0"},
    "retire": {"reason": "It is free now."},
}


@pytest.fixture(params=SIDES)
async def mending(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Mending]:
    """Return a platform where somebody asked for the fees, which can be asked for in another way too."""
    async with SIDES[request.param](sqlite_url) as mending:
        await mending.app.catalogue.add_alias(FEES.id, OTHER, actor="ann")
        await mending.answered(ASKED)
        yield mending


async def entry(mending: Mending) -> tuple[str, str, tuple[str, ...], Status]:
    """Return what can be changed of the entry."""
    found = (await mending.app.catalogue.show(FEES.id)).entry
    return found.question, found.answer, found.aliases, found.status


async def add_many_phrasings(mending: Mending) -> None:
    """Add more phrasings than a menu lists."""
    many = tuple(f"what does withdrawal number {number} cost" for number in range(130))
    await mending.app.catalogue.revise(
        FEES.id, lambda entry: replace(entry, aliases=(*entry.aliases, *many)), actor="ann"
    )


async def graded(mending: Mending) -> tuple[Grade, str | None, str]:
    """Return how the decision about the question was graded, what was right, and by whom."""
    async with mending.app.database.snapshot() as tx:
        found = await get_grade(tx, "Q1")
    assert found is not None
    return found.grade, found.entry_id, found.actor


async def content(mending: Mending) -> list[Entry]:
    """Return all entries."""
    return [stored.entry for stored in await mending.app.catalogue.list()]


async def test_an_answer_leads_to_its_entry(mending: Mending) -> None:
    shown = await mending.opens()

    assert FEES.question in shown
    assert "One coin." in shown
    assert "fees · Everybody · Published · 2 phrasings" in shown
    assert all(label in shown for label in ("Edit", "Add phrasing", "Remove phrasing", "Retire"))
    assert "Never waive it." not in shown


async def test_an_entry_is_edited(mending: Mending) -> None:
    await mending.opens()
    begun = await mending.begins("edit")
    before = await entry(mending)
    shown = await mending.fills_in(answer="Two coins.", reason="The fees went up.")

    assert (begun["question"], begun["answer"]) == (FEES.question, FEES.answer)
    assert 'The answer: "One coin." becomes "Two coins."' in shown
    assert "past question" in shown
    assert await entry(mending) == before

    assert "fees is changed; this is its version 3." in await mending.saves()
    assert await entry(mending) == (FEES.question, "Two coins.", (OTHER,), Status.PUBLISHED)
    last = (await mending.app.histories.history(FEES.id))[-1]
    assert (last.actor, last.reason) == (mending.moderator, "The fees went up.")


async def test_who_was_given_the_old_answer_is_told_where_that_is_chosen(mending: Mending) -> None:
    await mending.opens()
    await mending.tries("edit", answer="Two coins.", tell="yes")
    await mending.saves()

    await mending.hears("Two coins.")


async def test_an_entry_is_retired_after_a_look_at_what_loses_its_answer(mending: Mending) -> None:
    await mending.opens()
    shown = await mending.tries("retire", reason="It is free now.")

    assert "fees is retired, and answers nothing any more" in shown
    assert "would lose its answer" in shown
    assert (await entry(mending))[3] is Status.PUBLISHED

    assert "faqbot faq restore fees" in await mending.saves()
    assert (await entry(mending))[3] is Status.RETIRED
    last = (await mending.app.histories.history(FEES.id))[-1]
    assert (last.actor, last.reason) == (mending.moderator, "It is free now.")


async def test_a_wrong_answer_is_corrected_and_who_asked_is_told(mending: Mending) -> None:
    await mending.opens()
    shown = await mending.tries("correct", entry=WEB.id, reason="It was about freezing.")

    assert 'Q1 is to count as answered wrongly; right is freeze-web: "How do I freeze my account (web)?"' in shown
    assert f'New phrasing: "{ASKED}"' in shown
    assert "past question" in shown
    assert await mending.app.review.list() == ()

    assert "R1 is linked with freeze-web. One person is told" in await mending.saves()
    assert ASKED in (await mending.app.catalogue.show(WEB.id)).entry.aliases
    item = (await mending.app.review.show("R1")).item
    assert (item.kind, item.status) == (ItemKind.RATED, ItemStatus.LINKED)
    assert item.resolution is not None
    assert (item.resolution.actor, item.resolution.note) == (mending.moderator, "It was about freezing.")
    assert await graded(mending) == (Grade.WRONG, WEB.id, mending.moderator)
    await mending.hears("Click freeze.")


async def test_a_wrong_answer_for_which_there_is_no_entry_waits_in_the_review(mending: Mending) -> None:
    before = await content(mending)
    await mending.opens()
    assert "Q1 is to count as answered wrongly, and to wait in the review" in await mending.tries("correct")
    assert await mending.app.review.list() == ()

    assert "Q1 counts as answered wrongly, and waits in the review as R1." in await mending.saves()
    (item,) = await mending.app.review.list()
    assert (item.kind, item.entry_id, item.text) == (ItemKind.RATED, FEES.id, ASKED)
    assert await content(mending) == before
    assert await graded(mending) == (Grade.WRONG, None, mending.moderator)


async def test_what_was_asked_word_for_word_stays_a_phrasing_of_its_entry(mending: Mending) -> None:
    await mending.answered(FEES.question)
    await mending.opens()

    assert "is a wording of fees already." in await mending.tries("correct", entry=WEB.id)
    assert await mending.app.review.list() == ()


@pytest.mark.parametrize("right", [FEES.id, "limits"])
async def test_an_entry_that_cannot_be_right_is_refused(mending: Mending, right: str) -> None:
    await mending.opens()
    told = await mending.tries("correct", entry=right)

    assert "Please choose another entry." in told or "No entry fits these words." in told
    assert await mending.app.review.list() == ()


async def test_the_card_of_a_wrong_answer_leads_to_its_entry_too(mending: Mending) -> None:
    await mending.opens()
    await mending.tries("correct")
    await mending.saves()

    assert "fees ·" in await mending.opens_item("R1")
    await mending.tries("correct", entry=WEB.id)
    assert "R1 is linked with freeze-web." in await mending.saves()


async def test_what_was_asked_becomes_a_phrasing(mending: Mending) -> None:
    await mending.opens()
    begun = await mending.begins("phrase")
    shown = await mending.fills_in(phrasing="what is the price of a payout")

    assert begun["phrasing"] == ASKED
    assert 'New phrasing: "what is the price of a payout"' in shown

    await mending.saves()
    assert (await entry(mending))[2] == (OTHER, "what is the price of a payout")
    assert (await mending.app.histories.history(FEES.id))[-1].reason == "Q1"


async def test_a_phrasing_goes(mending: Mending) -> None:
    await mending.opens()
    shown = await mending.tries("unphrase", phrasing="0")

    assert f'No phrasing any more: "{OTHER}"' in shown

    await mending.saves()
    assert (await entry(mending))[2] == ()
    assert "Remove phrasing" not in await mending.opens()


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
async def test_what_was_proposed_survives_a_restart(mending: Mending, kind: str) -> None:
    before = await content(mending)
    await mending.opens()
    await mending.tries(kind, **FILLED[kind])
    await mending.restarts()
    await mending.saves()

    assert await content(mending) != before


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
async def test_what_changed_meanwhile_is_not_overwritten(mending: Mending, kind: str) -> None:
    await mending.opens()
    await mending.tries(kind, **FILLED[kind])
    await mending.app.catalogue.edit(FEES.id, {"answer": "Three coins."}, actor="ben")
    before = await content(mending)

    assert "fees was changed by ben meanwhile, and I changed nothing." in await mending.saves()
    assert await content(mending) == before


async def test_what_changed_while_somebody_typed_is_told_before_the_look(mending: Mending) -> None:
    await mending.opens()
    await mending.begins("edit")
    await mending.app.catalogue.edit(FEES.id, {"answer": "Three coins."}, actor="ben")

    assert "fees was changed by ben meanwhile" in await mending.fills_in(answer="Two coins.")


async def test_who_retires_what_was_retired_meanwhile_is_told_so(mending: Mending) -> None:
    await mending.opens()
    await mending.app.catalogue.edit(FEES.id, {"status": "retired"}, actor="ben")

    assert "fees" in await mending.presses("retire")
    assert (await mending.app.catalogue.show(FEES.id)).version == 3


async def test_a_member_is_refused(mending: Mending) -> None:
    assert str(NOT_A_MODERATOR) in await mending.opens(moderator=False)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
async def test_who_is_no_moderator_any_more_is_refused_at_each_step(mending: Mending, kind: str) -> None:
    before = await content(mending)
    await mending.opens()
    await mending.tries(kind, **FILLED[kind])
    mending.dismisses_moderator()

    assert str(NOT_A_MODERATOR) in await mending.saves()
    assert await content(mending) == before


async def test_who_is_no_moderator_any_more_opens_no_dialog(mending: Mending) -> None:
    await mending.opens()
    mending.dismisses_moderator()

    assert str(NOT_A_MODERATOR) in await mending.presses("edit")


async def test_who_is_no_moderator_any_more_is_shown_no_effects(mending: Mending) -> None:
    await mending.opens()
    await mending.begins("retire")
    mending.dismisses_moderator()

    assert str(NOT_A_MODERATOR) in await mending.fills_in(reason="Because.")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        ("edit", {"answer": "One coin.\n"}, "That changes nothing of fees."),
        ("edit", {"question": " ", "answer": "Two coins."}, "Question: please give"),
        (
            "edit",
            {"answer": "legal winner thank year wave sausage worth useful legal winner thank yellow"},
            "seed phrase",
        ),
        ("phrase", {"phrasing": OTHER.upper()}, "That changes nothing of fees."),
        ("phrase", {"phrasing": WEB.question}, "is a wording of freeze-web already."),
        ("phrase", {"phrasing": "!?"}, "please give"),
        ("phrase", {"phrasing": "why " * 76}, "text of at most 300 characters"),
        ("phrase", {"phrasing": "\x00\u202e"}, "please give"),
        ("edit", {"question": "why " * 76}, "text of at most 300 characters"),
    ],
)
async def test_what_cannot_be_saved_is_told(mending: Mending, kind: str, values: dict[str, str], told: str) -> None:
    before = await entry(mending)
    await mending.opens()

    assert told in await mending.tries(kind, **values)
    assert await entry(mending) == before


async def test_an_answer_that_no_dialog_has_room_for_is_left_alone(mending: Mending) -> None:
    long = "\N{PARROT} " * 9_999
    await mending.app.catalogue.edit(FEES.id, {"answer": long}, actor="ann")
    assert "for en is too long for a dialog. To change it: faqbot faq edit fees" in await mending.opens()

    assert "answer" not in await mending.begins("edit")
    await mending.fills_in(question="What does a withdrawal cost?")
    await mending.saves()
    assert (await entry(mending))[:2] == ("What does a withdrawal cost?", long.strip())


GERMAN = LocalAnswer(locale="de", question="Was kostet eine Auszahlung?", answer="Eine M\u00fcnze.")
SWISS = LocalAnswer(locale="de", region="CH", answer="Zwei M\u00fcnzen.")
LONG = "\n\n".join(f"Step {number}: {'wait a little, ' * 20}then go on." for number in range(30))
"""More than a field takes, and more than one has room for beside a question on Discord."""


async def local(mending: Mending, *answers: LocalAnswer) -> None:
    """Set the answers for other locales and regions."""
    await mending.app.catalogue.revise(FEES.id, lambda entry: replace(entry, answers=answers), actor="ann")


async def locals_of(mending: Mending) -> tuple[LocalAnswer, ...]:
    """Return the answers for other locales and regions."""
    return (await mending.app.catalogue.show(FEES.id)).entry.answers


async def test_an_answer_of_a_region_is_edited_alone(mending: Mending) -> None:
    await local(mending, GERMAN, SWISS)
    shown = await mending.opens()
    assert "de: Eine M" in shown
    assert "de \u00b7 CH: Zwei M" in shown

    begun = await mending.begins_answer(2)
    shown = await mending.fills_in(answer="Drei M\u00fcnzen.", reason="More there.")
    assert "question" not in begun
    assert begun["answer"] == SWISS.answer
    assert 'The answer (de \u00b7 CH): "Zwei M\u00fcnzen." becomes "Drei M\u00fcnzen."' in shown
    assert await locals_of(mending) == (GERMAN, SWISS)

    assert "fees is changed" in await mending.saves()
    assert await locals_of(mending) == (GERMAN, replace(SWISS, answer="Drei M\u00fcnzen."))
    assert (await entry(mending))[1] == FEES.answer
    assert (await mending.app.histories.history(FEES.id))[-1].reason == "More there."


async def test_the_question_of_a_locale_is_edited_with_its_answer(mending: Mending) -> None:
    await local(mending, GERMAN, SWISS)
    await mending.opens()
    assert (await mending.begins_answer(1))["question"] == GERMAN.question
    shown = await mending.fills_in(question="Was kostet es?", answer="Nichts.")
    assert 'Question (de): "Was kostet eine Auszahlung?" becomes "Was kostet es?"' in shown

    await mending.saves()
    assert await locals_of(mending) == (replace(GERMAN, question="Was kostet es?", answer="Nichts."), SWISS)


async def test_an_answer_that_is_longer_than_a_field_is_edited_in_several(mending: Mending) -> None:
    await mending.app.catalogue.edit(FEES.id, {"answer": LONG}, actor="ann")
    await mending.opens()
    begun = await (mending.begins_answer(0) if mending.moderator.startswith("discord") else mending.begins("edit"))
    names = [name for name in begun if name.startswith("answer")]
    assert len(names) > 2
    assert "\n\n".join(begun[name] for name in names) == LONG

    last = begun[names[-1]].replace("Step 29: wait", "Step 29: do not wait")
    shown = await mending.fills_in(**{names[-1]: last})
    assert "do not wait a little" in shown
    await mending.saves()
    assert (await entry(mending))[1] == LONG.replace("Step 29: wait", "Step 29: do not wait")


async def test_a_field_of_a_long_answer_that_was_emptied_goes(mending: Mending) -> None:
    await local(mending, replace(GERMAN, answer=LONG))
    await mending.opens()
    begun = await mending.begins_answer(1)
    await mending.fills_in(answer_2="")
    await mending.saves()

    kept = "\n\n".join(text for name, text in begun.items() if name.startswith("answer") and name != "answer_2")
    assert await locals_of(mending) == (replace(GERMAN, answer=kept),)


async def test_an_answer_that_went_meanwhile_is_not_edited(mending: Mending) -> None:
    await local(mending, GERMAN, SWISS)
    await mending.opens()
    await local(mending, GERMAN)

    assert "That changes nothing of fees." in await mending.chooses_answer(2)


async def test_an_answer_that_goes_while_somebody_types_is_not_edited(mending: Mending) -> None:
    await local(mending, GERMAN, SWISS)
    await mending.opens()
    await mending.begins_answer(2)
    await local(mending, GERMAN)

    assert "That changes nothing of fees." in await mending.fills_in(answer="Drei.")
    assert await locals_of(mending) == (GERMAN,)


async def test_answers_that_changed_their_places_meanwhile_are_not_overwritten(mending: Mending) -> None:
    await local(mending, GERMAN, SWISS)
    await mending.opens()
    await mending.begins_answer(1)
    french = LocalAnswer(locale="fr", answer="Une pi\u00e8ce.")
    await local(mending, french, GERMAN, SWISS)

    assert "fees was changed by ann meanwhile" in await mending.fills_in(answer="Nichts.")
    assert await locals_of(mending) == (french, GERMAN, SWISS)


async def test_an_emptied_answer_is_refused(mending: Mending) -> None:
    await local(mending, replace(GERMAN, answer=LONG))
    await mending.opens()
    begun = await mending.begins_answer(1)

    assert "please give" in await mending.fills_in(**{name: "" for name in begun if name.startswith("answer")})
    assert await locals_of(mending) == (replace(GERMAN, answer=LONG),)


async def test_answers_that_a_menu_does_not_list_are_named(mending: Mending) -> None:
    await local(mending, *(LocalAnswer(region=f"R{number}", answer="No.") for number in range(30)))
    shown = await mending.opens()

    assert ("no room for all answers. To change the others: faqbot faq answer fees" in shown) is (
        mending.moderator.startswith("discord:")  # a menu in Slack takes a hundred
    )


@pytest.mark.slow
async def test_among_many_phrasings_one_is_typed(mending: Mending) -> None:
    await add_many_phrasings(mending)
    await mending.opens()
    await mending.tries("unphrase", typed="What does withdrawal number 129 cost?")
    await mending.saves()

    assert len((await entry(mending))[2]) == 130


async def test_a_phrasing_that_is_none_is_refused(mending: Mending) -> None:
    await add_many_phrasings(mending)
    await mending.opens()

    assert "one of the phrasings of the entry" in await mending.tries("unphrase", typed="where is the parrot")


async def test_of_several_entries_that_are_offered_one_is_taken(mending: Mending) -> None:
    await mending.answered("how do I freeze my account")
    shown = await mending.opens()
    first, other = sorted(("freeze-web", "freeze-app"), key=lambda each: f"{each} ·" not in shown)
    assert f"{first} ·" in shown

    assert f"{other} ·" in await mending.takes(other)
    await mending.tries("edit", answer="Wait.")
    await mending.saves()
    assert (await mending.app.catalogue.show(other)).entry.answer == "Wait."


async def test_what_shows_no_entry_has_none_to_mend(mending: Mending) -> None:
    await mending.answered("where is the parrot")
    shown = await mending.opens()

    assert "Edit" not in shown
    assert (str(NO_ENTRY) in shown) is mending.moderator.startswith("slack:")  # on Discord there is no button


async def test_an_entry_with_a_long_id_is_mended(mending: Mending) -> None:
    long = Entry(id="harbour" + "-x" * 36 + "y", question="Who keeps the logbook of the harbour?", answer="Ann.")
    assert len(long.id) == 80
    await mending.app.catalogue.add(long, actor="ann")
    await mending.answered("who keeps the logbook of the harbour")
    await mending.opens()
    await mending.tries("edit", answer="Ben.")
    await mending.saves()

    assert (await mending.app.catalogue.show(long.id)).entry.answer == "Ben."


async def test_the_card_of_a_flawed_entry_leads_to_it(mending: Mending) -> None:
    await mending.app.catalogue.edit(FEES.id, {"answer": "TODO: ask Kim what it costs."}, actor="ann")
    await mending.app.checks.note_flaws()
    (item,) = await mending.app.review.list()

    assert "fees ·" in await mending.opens_item(item.id)
    await mending.tries("edit", answer="Two coins.")
    await mending.saves()
    assert (await entry(mending))[1] == "Two coins."
    await mending.app.checks.note_flaws()
    assert await mending.app.review.list() == ()


async def test_a_later_answer_leads_to_its_entry(mending: Mending) -> None:
    await mending.answered("where is the parrot")
    await mending.app.review.answer("R1", NewAnswer(answer="In its cage."), actor="ann")
    await mending.hears("In its cage.")

    assert "where-is-the-parrot ·" in await mending.opens()
    await mending.tries("edit", answer="On its perch.")
    await mending.saves()
    assert (await mending.app.catalogue.show("where-is-the-parrot")).entry.answer == "On its perch."


async def test_a_member_is_refused_at_a_card(mending: Mending) -> None:
    await mending.opens()
    await mending.tries("correct")
    await mending.saves()

    assert str(NOT_A_MODERATOR) in await mending.opens_item("R1", moderator=False)


async def test_an_internal_entry_is_not_shown_where_everybody_reads(mending: Mending) -> None:
    await ask(mending.app, "when does compliance raise a deposit ceiling", "m9", audience=Audience.INTERNAL)
    await mending.app.catalogue.edit(FEES.id, {"audience": "internal"}, actor="ann")
    shown = await mending.opens()

    # In Slack only the moderator sees the dialog; on Discord the place counts.
    assert ("Edit" in shown) is mending.moderator.startswith("slack:")
