"""A colleague's reply becomes an entry: saved by moderators, suggested by others."""

from bot.adapters.slack.moderators.commands import ADD_TO_FAQ
from bot.core.models import Audience, ItemStatus
from bot.core.wording.outcomes import NO_TEXT, NOT_WAITING, SUGGESTED
from bot.core.wording.refusals import KEPT_BY_NOBODY
from tests.adapters.slack.moderators.desks import PARROT, Desk, begun, choice
from tests.loopback.slack.faults import refused
from tests.loopback.slack.member import Member
from tests.loopback.slack.workspace import Channel, Message, View

REPLY = "It is *on the shelf*, see <https://example.com/shelf|the plan>. <@U00000001>"
MARKDOWN = "It is **on the shelf**, see [the plan](https://example.com/shelf)."


async def replied(desk: Desk, text: str = REPLY, *, channel: Channel | None = None) -> Message:
    """Ask in a channel, and have a colleague reply in the thread."""
    where = channel or await desk.office.channel(desk.mel, desk.bea)
    question = await desk.asks(channel=where)
    return desk.bea.writes(where, text, thread=question)


async def uses(desk: Desk, who: Member, reply: Message) -> None:
    """Use the shortcut."""
    await who.uses_message_shortcut(ADD_TO_FAQ, reply)
    await desk.office.quiet()


async def opens(desk: Desk, who: Member, reply: Message) -> View:
    """Use the shortcut, and return the dialog that it opened."""
    await uses(desk, who, reply)
    return who.modal()


async def test_a_moderator_saves_it_and_the_askers_are_told(desk: Desk) -> None:
    dialog = await opens(desk, desk.ann, await replied(desk))
    assert begun(dialog) == {"question": PARROT, "answer": MARKDOWN, "audience": "public"}

    assert await desk.sends(desk.ann, dialog, category="Birds", staff_note="It bites.") == {}

    item = (await desk.app.review.show("R1")).item
    assert item.status is ItemStatus.LINKED
    assert item.resolution is not None
    stored = (await desk.app.catalogue.show(item.resolution.entry_id or "")).entry
    assert (stored.answer, stored.category, stored.staff_note) == (MARKDOWN, "Birds", "It bites.")
    (told,) = await desk.slack.told(desk.ann)
    assert told.text == f"R1 is linked with {stored.id}. One person is told in the thread where they asked."


async def test_an_entry_for_staff_stands_and_leaves_what_the_public_asked(desk: Desk) -> None:
    dialog = await opens(desk, desk.ann, await replied(desk))

    await desk.sends(desk.ann, dialog, audience=choice(dialog, "audience", "internal"))

    (told,) = await desk.slack.told(desk.ann)
    assert told.text.endswith("is in the FAQ now.")
    entry_id = told.text.split()[0]
    assert (await desk.app.catalogue.show(entry_id)).entry.audience is Audience.INTERNAL
    assert (await desk.app.review.show("R1")).item.is_open


async def test_a_reply_in_a_thread_that_the_bot_does_not_know_is_filled_in_too(desk: Desk) -> None:
    channel = await desk.office.channel(desk.mel, desk.bea, mode="off", audience="internal")
    root = desk.mel.writes(channel, "where do we keep <@U00000001> the &amp; sign? mel@example.com")
    reply = desk.bea.writes(channel, "In the cupboard.", thread=root)

    dialog = await opens(desk, desk.ann, reply)

    assert begun(dialog)["audience"] == "internal"
    assert begun(dialog)["question"].startswith("where do we keep the & sign?")
    assert "mel@example.com" not in begun(dialog)["question"]


async def test_a_question_that_another_entry_has_is_told(desk: Desk) -> None:
    dialog = await opens(desk, desk.ann, await replied(desk))

    answer = await desk.sends(desk.ann, dialog, question="How much does a withdrawal cost?")

    assert answer["errors"] == {"question": "“How much does a withdrawal cost?” is a wording of fees already."}


async def test_others_suggest_it_for_the_item(desk: Desk) -> None:
    dialog = await opens(desk, desk.mel, await replied(desk))

    assert await desk.sends(desk.mel, dialog) == {}

    review = await desk.app.review.show("R1")
    assert review.item.is_open
    assert [(each.answer, each.suggested_by) for each in review.suggestions] == [(MARKDOWN, f"slack:{desk.mel.id}")]
    assert [message.text for message in await desk.slack.told(desk.mel)] == [str(SUGGESTED)]


async def test_who_was_a_moderator_only_suggests(desk: Desk) -> None:
    dialog = await opens(desk, desk.ann, await replied(desk))
    desk.dismisses_moderators()

    await desk.sends(desk.ann, dialog)

    review = await desk.app.review.show("R1")
    assert review.item.is_open
    assert len(review.suggestions) == 1


async def test_where_nothing_waits_others_have_nothing_to_suggest(desk: Desk) -> None:
    channel = await desk.office.channel(desk.mel)

    await uses(desk, desk.mel, desk.mel.writes(channel, "In the cupboard."))

    assert [message.text for message in await desk.slack.told(desk.mel)] == [str(NOT_WAITING)]
    assert desk.slack.calls_of("views.open") == []


async def test_no_entry_is_made_of_secrets_or_of_nothing(desk: Desk) -> None:
    channel = await desk.office.channel(desk.ann)
    seed = "abandon " * 11 + "about"

    for text in (seed, "<@U00000001>"):
        await uses(desk, desk.ann, desk.ann.writes(channel, text))

    assert [message.text for message in await desk.slack.told(desk.ann, 2)] == [str(KEPT_BY_NOBODY), str(NO_TEXT)]
    assert desk.slack.calls_of("views.open") == []


async def test_who_was_a_moderator_has_nothing_to_suggest_where_nothing_waits(desk: Desk) -> None:
    channel = await desk.office.channel(desk.mel, desk.ann)
    dialog = await opens(desk, desk.ann, desk.mel.writes(channel, "In the cupboard."))
    assert begun(dialog)["answer"] == "In the cupboard."
    assert "question" not in begun(dialog)
    desk.dismisses_moderators()

    await desk.sends(desk.ann, dialog, question="where are the cups?")

    assert [message.text for message in await desk.slack.told(desk.ann)] == [str(NOT_WAITING)]


async def test_where_a_thread_cannot_be_read_the_question_is_left_to_the_moderator(desk: Desk) -> None:
    channel = await desk.office.channel(desk.mel, desk.bea, mode="off")
    root = desk.mel.writes(channel, "where are the cups?")
    desk.slack.fail("conversations.replies", refused("channel_not_found"))

    dialog = await opens(desk, desk.ann, desk.bea.writes(channel, "In the cupboard.", thread=root))

    assert begun(dialog)["answer"] == "In the cupboard."
    assert "question" not in begun(dialog)
