"""Show that an entry past its last day answers nobody, or with a warning where that is set."""

from datetime import timedelta

import pytest

from bot.chat.entry_search import found
from bot.chat.moderators import reasons
from bot.core.models import Answered, Audience, ChannelRef, ItemKind, Status, Suggested, Surface, Unanswered
from bot.core.reader import Withheld
from bot.core.wording.replies import ENDED, GONE, NOTHING_FITS, ReplyKind
from bot.errors import EntryUnfitError
from bot.service.app import App
from bot.service.privacy import Person
from bot.service.resolutions import NewAnswer
from bot.store import Database
from tests.service.deliveries import Receiver, Watch
from tests.service.leases import elapse
from tests.service.samples import FEES, NOW, PHONE, UNKNOWN, WEB, ask, question, services

BOTH = "how do I freeze my account"
TODAY, YESTERDAY = NOW.date().isoformat(), (NOW - timedelta(days=1)).date().isoformat()


async def end(app: App, entry_id: str, day: str = YESTERDAY) -> None:
    """Set the last day on which an entry holds."""
    await app.catalogue.edit(entry_id, {"valid_until": day}, actor="mod")


async def test_an_entry_that_ended_is_not_answered_with(app: App) -> None:
    await end(app, "fees")

    asked = await ask(app, FEES.question)

    assert asked.decision == Unanswered()
    assert asked.reply is not None
    assert (asked.reply.kind, asked.reply.text) == (ReplyKind.NOTHING_FITS, str(NOTHING_FITS))
    assert {item.kind for item in await app.review.list()} == {ItemKind.UNANSWERED, ItemKind.EXPIRED}
    assert {item.id for item in await app.review.list()} >= {asked.item_id}


async def test_its_last_day_counts(app: App) -> None:
    await end(app, "fees", TODAY)
    assert isinstance((await ask(app, FEES.question)).decision, Answered)


async def test_an_index_from_before_midnight_answers_nothing_that_ended_at_midnight(talk: App, watch: Watch) -> None:
    await end(talk, "fees", TODAY)
    assert isinstance((await ask(talk, FEES.question)).decision, Answered)
    known = talk.knowledge.last(Audience.PUBLIC)

    watch.forward(timedelta(hours=11, minutes=29, seconds=44))
    assert isinstance((await ask(talk, FEES.question, "m2")).decision, Answered)
    watch.forward(timedelta(seconds=1))

    assert (await ask(talk, FEES.question, "m3")).decision == Unanswered()
    assert talk.ask.meanwhile(question(FEES.question, "m4")) is None
    assert talk.knowledge.last(Audience.PUBLIC) is known


async def test_of_several_what_ended_is_left_out(app: App) -> None:
    assert isinstance((await ask(app, BOTH)).decision, Suggested)
    await end(app, WEB.id)

    asked = await ask(app, BOTH, "m2")

    assert asked.reply is not None
    assert [choice.entry_id for choice in asked.reply.choices] == [PHONE.id]


async def test_a_choice_that_ended_since_it_was_offered_is_gone(talk: App, watch: Watch) -> None:
    await end(talk, WEB.id, TODAY)
    asked = await ask(talk, BOTH)
    watch.forward(timedelta(days=1))

    assert (await talk.feedback.choose(asked.question_id, WEB.id, Person("slack", "U1"))).text == str(GONE)
    assert await talk.ask.choose(WEB.id, audience=Audience.PUBLIC) is None


async def test_a_reply_that_is_resumed_after_midnight_has_not_what_ended(talk: App, watch: Watch) -> None:
    await end(talk, "fees", TODAY)
    await ask(talk, FEES.question)
    watch.forward(timedelta(days=1))

    await elapse(talk.database, timedelta(hours=1))
    (unfinished,) = await talk.conversations.unfinished("slack", young=timedelta(days=2))

    assert unfinished.reply is not None
    assert unfinished.reply.kind is ReplyKind.NOTHING_FITS


async def test_nobody_is_given_later_what_ended_meanwhile(talk: App, watch: Watch) -> None:
    asked = await ask(talk, UNKNOWN)
    assert asked.item_id is not None
    closed = await talk.review.answer(asked.item_id, NewAnswer(answer="On the mast."), actor="mod")
    assert closed.item.resolution is not None
    assert closed.item.resolution.entry_id is not None
    await end(talk, closed.item.resolution.entry_id, TODAY)
    watch.forward(timedelta(days=1))

    receiver = Receiver()
    await talk.deliveries.send_due("slack", receiver)

    assert receiver.taken == []


async def test_an_item_is_not_linked_with_what_ended(app: App) -> None:
    asked = await ask(app, UNKNOWN)
    await end(app, "fees")
    assert asked.item_id is not None

    with pytest.raises(EntryUnfitError, match=YESTERDAY):
        await app.review.link(asked.item_id, "fees", actor="mod")
    with pytest.raises(EntryUnfitError):
        await app.review.suggest(asked.item_id, entry_id="fees", actor="ann")


async def test_it_is_not_looked_up_either(app: App) -> None:
    await end(app, "fees")
    given = await app.catalogue.given(audience=Audience.PUBLIC)

    assert [stored.entry.id for stored in given] == [PHONE.id, WEB.id]
    assert "fees" not in {one.entry_id for one in await found(app, "withdrawal", audience=Audience.PUBLIC, limit=5)}


@pytest.mark.parametrize(
    ("changes", "place"),
    [({"hours": "Mon-Sat 00:00-24:00"}, None), ({"channels": "slack/T1/C2"}, ChannelRef("slack", "T1", "C1"))],
)
async def test_what_counts_at_other_times_or_elsewhere_is_not_looked_up(
    app: App, changes: dict[str, str], place: ChannelRef | None
) -> None:
    await app.catalogue.edit("fees", changes, actor="mod")  # it is a Sunday
    given = await app.catalogue.given(audience=Audience.PUBLIC, place=place)
    near = await found(app, "withdrawal", audience=Audience.PUBLIC, limit=5, place=place)

    assert [stored.entry.id for stored in given] == [PHONE.id, WEB.id]
    assert "fees" not in {one.entry_id for one in near}
    assert await app.ask.choose("fees", audience=Audience.PUBLIC, place=place) is None


async def test_a_moderator_links_an_item_with_it_and_who_asked_is_told_at_any_hour(talk: App) -> None:
    asked = await ask(talk, UNKNOWN)
    assert asked.item_id is not None
    await talk.catalogue.edit("fees", {"hours": "Mon-Sat 00:00-24:00", "channels": "discord"}, actor="mod")
    await talk.review.link(asked.item_id, "fees", actor="mod")

    receiver = Receiver()
    await talk.deliveries.send_due("slack", receiver)
    assert len(receiver.taken) == 1


async def test_why_names_it(app: App) -> None:
    await end(app, "fees")
    await ask(app, FEES.question)

    explained = await app.ask.explain(FEES.question, audience=Audience.PUBLIC, surface=Surface.CONSOLE)
    lines = await reasons(app, platform="slack", workspace_id="T1", message_id="m1", audience=Audience.PUBLIC)

    assert [(each.id, why) for each, why in explained.withheld] == [("fees", Withheld.ENDED)]
    assert lines is not None
    assert "Withheld: fees, whose last day was 28 February 2026" in lines


async def test_a_change_is_tried_on_what_is_answered_today(app: App) -> None:
    await ask(app, FEES.question)
    (fees,) = [each.entry for each in await app.catalogue.list() if each.entry.id == "fees"]
    await end(app, "fees")

    found = await app.replays.replay([fees])

    assert [each.past.text for each in found.won] == [FEES.question]


async def test_where_it_is_set_so_the_answer_comes_with_a_warning(filled: Database) -> None:
    app = services(filled, hedged=True)
    await end(app, "fees")

    asked = await ask(app, FEES.question)

    assert asked.reply is not None
    assert asked.reply.text == f"{ENDED.format(day='28 February 2026')}\n\n{FEES.answer}"
    assert {item.kind for item in await app.review.list()} == {ItemKind.EXPIRED}
    assert "fees" in {each.entry.id for each in await app.catalogue.given(audience=Audience.PUBLIC)}
    await app.catalogue.edit("fees", {"status": Status.RETIRED}, actor="mod")
    assert (await ask(app, FEES.question, "m2")).decision == Unanswered()
