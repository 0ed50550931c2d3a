"""Whether people's words may become public FAQ, and who is asked, on both platforms."""

import pytest

from bot.core.models import DismissReason, Entry
from bot.core.wording.outcomes import CONSENT_QUESTION
from bot.errors import ConsentMissingError
from bot.service.resolutions import NewAnswer
from tests.contract.sides import BOT, HELPER, MODERATOR, TRUSTED, Side, Written
from tests.contract.test_solutions import FEES, PARROT, PLACE, asked_and_told, suggestions

OTHER = "may a dog sleep on the sofa"


async def refused(side: Side) -> bool:
    """Return whether the only suggestion cannot be accepted."""
    (made,) = await suggestions(side)
    try:
        await side.app.review.accept(made.id, actor="mod")
    except ConsentMissingError as error:
        return error.suggestion_id == made.id
    return False


async def helped_again(side: Side) -> Written:
    """Have the helper answer another question."""
    asked = await side.says("ana", OTHER, to=(BOT,))
    await side.settle()
    said = await side.says(HELPER, "No, it has a basket.", under=asked)
    await side.settle()
    return said


async def test_a_helper_is_asked_once_in_private(side: Side) -> None:
    asked, _ = await asked_and_told(side, HELPER)
    await side.says(HELPER, "Or else it is in the garden.", under=asked)
    await side.settle()

    (question,) = side.asked_directly(HELPER)
    assert str(CONSENT_QUESTION) in question
    assert PLACE in question
    assert str(CONSENT_QUESTION) not in " ".join(side.spoken()).replace(question, "")


async def test_without_a_yes_the_words_are_not_published(side: Side) -> None:
    await asked_and_told(side, HELPER)

    assert await refused(side)
    with pytest.raises(ConsentMissingError):
        await side.app.review.answer("R1", NewAnswer(answer=f" {PLACE.upper()} "), actor="mod")
    await side.app.review.answer("R1", NewAnswer(answer="Look behind the door of the kitchen."), actor="mod")


@pytest.mark.parametrize("answer", ["yes", "always"])
async def test_with_a_yes_they_are(side: Side, answer: str) -> None:
    await asked_and_told(side, HELPER)
    await side.consents(HELPER, answer)
    await side.settle()

    assert not await refused(side)


async def test_who_said_always_is_never_asked_again(side: Side) -> None:
    await asked_and_told(side, HELPER)
    await side.consents(HELPER, "always")
    await side.settle()
    await helped_again(side)

    assert len(side.asked_directly(HELPER)) == 1
    found = await side.app.review.list()
    made = [one for item in found for one in (await side.app.review.show(item.id)).suggestions]
    assert [one.consented for one in made] == [True, True]


async def test_who_said_yes_is_asked_about_the_next_answer(side: Side) -> None:
    await asked_and_told(side, HELPER)
    await side.consents(HELPER, "yes")
    await side.settle()
    await helped_again(side)

    assert len(side.asked_directly(HELPER)) == 2


async def test_who_said_no_is_not_asked_again_and_may_change_their_mind(side: Side) -> None:
    await asked_and_told(side, HELPER)
    await side.consents(HELPER, "no")
    await side.settle()
    assert await refused(side)
    await helped_again(side)
    assert len(side.asked_directly(HELPER)) == 1

    await side.consents(HELPER, "always")
    await side.settle()
    items = await side.app.review.list()
    made = [one for item in items for one in (await side.app.review.show(item.id)).suggestions]
    assert all(one.consented for one in made)


async def test_a_member_whose_message_is_marked_is_asked(side: Side) -> None:
    _, said = await asked_and_told(side, "ben")
    assert side.asked_directly("ben") == []
    await side.signs(MODERATOR, said)
    await side.settle()

    assert len(side.asked_directly("ben")) == 1
    assert await refused(side)


async def test_nobody_answers_for_somebody_else(side: Side) -> None:
    await asked_and_told(side, HELPER)
    await side.consents(HELPER, "always", instead=MODERATOR)
    await side.settle()

    assert await refused(side)


async def test_who_opted_out_is_not_asked(side: Side) -> None:
    _, said = await asked_and_told(side, "ben")
    await side.app.privacy.opt_out(side.person(said), actor="mod")
    await side.marks("ana", said)
    await side.settle()

    assert side.asked_directly("ben") == []
    assert await refused(side)


async def test_in_the_shadow_nobody_is_asked(side: Side) -> None:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    await side.set_mode("shadow")
    await side.says("ana", PARROT, under=asked)
    await side.settle()
    said = await side.says(HELPER, PLACE, under=asked)
    await side.settle()
    await side.signs(MODERATOR, said)
    await side.settle()

    assert [one.solves for one in await suggestions(side)] == [True]
    assert side.asked_directly(HELPER) == []


async def test_who_takes_no_direct_messages_is_not_asked_and_their_words_wait(side: Side) -> None:
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    side.refuses_directly()
    await side.says(HELPER, PLACE, under=asked)
    await side.settle()

    assert side.asked_directly(HELPER) == []
    assert await refused(side)


async def test_what_is_stored_of_it_is_exported_and_forgotten(side: Side) -> None:
    _, said = await asked_and_told(side, HELPER)
    await side.consents(HELPER, "always")
    await side.settle()
    who = side.person(said)
    assert (await side.app.privacy.export(who, actor="mod")).consent == "always"

    await side.app.privacy.forget(who, actor="mod")
    assert (await side.app.privacy.export(who, actor="mod")).consent is None
    await helped_again(side)
    assert len(side.asked_directly(HELPER)) == 2


async def test_nobody_is_asked_where_nothing_waits(side: Side) -> None:
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    said = await side.says(HELPER, "one coin, as always", under=asked)
    await side.settle()
    await side.marks("ana", said)

    assert side.asked_directly(HELPER) == []
    assert PARROT not in " ".join(side.spoken())


async def agreed_always(side: Side, who: str) -> None:
    """Have somebody say once that all that they write may be published."""
    asked = await side.says("ana", OTHER, to=(BOT,))
    await side.settle()
    said = await side.says(who, "No, it has a basket.", under=asked)
    await side.settle()
    await side.marks("ana", said)
    await side.consents(who, "always")
    await side.settle()
    await side.app.review.dismiss("R1", reason=DismissReason.OTHER, actor="mod")


async def test_a_solution_of_somebody_who_is_trusted_becomes_an_answer(side: Side) -> None:
    await agreed_always(side, TRUSTED)
    asked, said = await asked_and_told(side, TRUSTED)
    assert len(await side.app.review.list()) == 1
    await side.signs("ana", said)
    await side.settle()

    assert await side.app.review.list() == ()
    known = await side.known(asked)
    assert known is not None
    assert known.item_id is not None
    last = (await side.app.review.show(known.item_id)).history[-1]
    assert (last.action, last.actor) == ("answered", side.person(said).actor)


async def test_without_their_consent_or_without_trust_moderators_decide(side: Side) -> None:
    _, said = await asked_and_told(side, TRUSTED)
    await side.signs("ana", said)
    await side.settle()
    assert len(await side.app.review.list()) == 1

    await side.app.review.dismiss("R1", reason=DismissReason.OTHER, actor="mod")
    await side.says("ana", "never mind")
    asked = await side.says("cho", OTHER, to=(BOT,))
    await side.settle()
    other = await side.says(HELPER, "No, it has a basket.", under=asked)
    await side.settle()
    await side.consents(HELPER, "always")
    await side.signs("cho", other)
    await side.settle()
    assert len(await side.app.review.list()) == 1


async def test_who_is_trusted_later_is_so_from_the_next_mark_on(side: Side) -> None:
    asked, said = await asked_and_told(side, HELPER)
    await side.consents(HELPER, "always")
    await side.signs("ana", said)
    await side.settle()
    side.trusts(HELPER)
    await side.says(HELPER, "It likes it there.", under=asked)
    await side.settle()
    assert len(await side.app.review.list()) == 1

    await side.signs(MODERATOR, said)
    await side.settle()
    assert await side.app.review.list() == ()


async def test_a_solution_that_is_refused_is_left_to_moderators(side: Side) -> None:
    entry = Entry(id="parrot", question=PARROT, answer="On the shelf.")
    await side.app.catalogue.add(entry, actor="mod")
    await side.app.catalogue.edit(entry.id, {"status": "retired"}, actor="mod")
    await agreed_always(side, TRUSTED)
    _, said = await asked_and_told(side, TRUSTED)
    await side.signs("ana", said)
    await side.settle()

    (item,) = await side.app.review.list()
    assert item.is_open
    assert (await side.app.catalogue.show(entry.id)).entry.answer == "On the shelf."


@pytest.mark.parametrize("before", ["yes", "always"])
async def test_who_takes_a_yes_back_has_nothing_published_any_more(side: Side, before: str) -> None:
    await asked_and_told(side, HELPER)
    for answer in (before, "no", "no"):
        await side.consents(HELPER, answer)
        await side.settle()

    assert await refused(side)
