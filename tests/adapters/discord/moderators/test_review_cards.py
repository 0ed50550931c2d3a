"""Show that the moderators' channel has one card for each item, which says how the item stands."""

import pytest

from bot.adapters.discord.moderators.cards import DiscordCards
from bot.core.models import ChannelRef, DismissReason, MessageRef, Question, Surface
from bot.service.app import App
from bot.service.deliveries import Sent
from bot.service.review_channel import LEASE
from tests.adapters.discord.bots import POSTED, posts, quiet, running_bot, words
from tests.adapters.discord.moderators.staff import FERRET, PARROT, Review, everything, labels
from tests.loopback.discord.constants import Permission
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.faults import Broken, Fault, ServerError, TooMany
from tests.loopback.discord.payloads import overwrite
from tests.loopback.discord.people import remove
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.telling import tell_channel
from tests.service.leases import elapse
from tests.service.samples import FEES, ask


async def test_what_has_no_answer_has_one_card(review: Review) -> None:
    await review.unanswered()
    await review.unanswered()
    await review.unanswered(FERRET)
    await review.card("R1", PARROT, "Asked 2 times by one person on Discord", "No answer · Open")
    await review.card("R2", FERRET, "Asked once")

    assert len(review.loopback.world.by_bot(review.staff.room)) == 2


async def test_a_card_follows_what_is_done_elsewhere(review: Review) -> None:
    await review.unanswered()
    before = await review.card("R1")
    await review.app.review.dismiss("R1", reason=DismissReason.SPAM, actor="ann")
    review.bot.rounds.ask()
    after = await review.card("R1", "Dismissed by ann", "Spam")

    assert after["id"] == before["id"]
    assert labels(after) == ["Reopen", "Undo"]


async def test_a_card_calls_members_by_their_names_and_pings_nobody(review: Review) -> None:
    await review.unanswered()
    await review.app.review.assign("R1", f"discord:{review.mo.user_id}", actor="ann")
    review.bot.rounds.ask()
    shown = await review.card("R1", f"Assigned to: <@{review.mo.user_id}>")

    assert review.loopback.world.pinged[int(shown["id"])] == frozenset()


async def test_a_new_process_goes_on_with_the_cards_that_are_there(review: Review) -> None:
    await review.unanswered()
    before = await review.card("R1")
    async with running_bot(review.loopback, review.app, review_channel=review.staff.room) as other:
        await review.app.review.dismiss("R1", reason=DismissReason.SPAM, actor="ann")
        other.rounds.ask()
        after = await review.card("R1", "Dismissed")

    assert after["id"] == before["id"]


async def test_a_channel_that_everybody_reads_is_not_used(
    loopback: Loopback, app: App, guild: int, caplog: pytest.LogCaptureFixture
) -> None:
    room = loopback.world.add_channel(guild, "open-to-all")
    async with running_bot(loopback, app, review_channel=room) as bot:
        await bot.review_channel.show()
        await bot.review_channel.tell_week()

    assert posts(loopback, room) == []
    assert _told(caplog) == ["discord.review_channel.public"]


async def test_a_channel_that_everybody_comes_to_read_is_left(
    review: Review, guild: int, caplog: pytest.LogCaptureFixture
) -> None:
    await review.unanswered()
    await review.card("R1")
    channel = review.loopback.world.channels[review.staff.room]
    channel["permission_overwrites"] = [overwrite(guild, allow=Permission.VIEW_CHANNEL)]
    await tell_channel(review.loopback.gateway, "CHANNEL_UPDATE", channel)
    await quiet(review.loopback, review.bot)
    await review.unanswered(FERRET)
    await review.bot.review_channel.show()
    await review.bot.review_channel.show()

    assert len(review.loopback.world.by_bot(review.staff.room)) == 1
    assert _told(caplog) == ["discord.review_channel.public"]


async def test_a_channel_that_is_gone_is_told_once(
    loopback: Loopback, app: App, guild: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with running_bot(loopback, app, servers=frozenset({guild}), review_channel=4711) as bot:
        await bot.review_channel.show()

    assert _told(caplog) == ["discord.review_channel.unreadable"]


def _told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.name == "bot.adapters.discord.moderators.review_channel"]


@pytest.mark.parametrize("fault", [Broken.AFTER, Broken.BEFORE, ServerError(), TooMany(retry_after=0.01)])
async def test_a_card_is_posted_once_whatever_goes_wrong(review: Review, fault: Fault) -> None:
    await quiet(review.loopback, review.bot)
    await ask(review.app, PARROT)
    review.loopback.faults.plan(POSTED, fault)
    for _ in range(3):
        await review.bot.review_channel.show()
        review.loopback.world.nonces.clear()  # Discord remembers them for some minutes only

    (card,) = review.loopback.world.by_bot(review.staff.room)
    assert PARROT in words(card)


@pytest.mark.parametrize("fault", [Broken.AFTER, ServerError()])
async def test_a_draft_is_posted_once_whatever_goes_wrong(review: Review, fault: Fault) -> None:
    await quiet(review.loopback, review.bot)
    guild = str(review.loopback.world.guild_of(review.staff.room))
    ref = MessageRef(platform="discord", workspace_id=guild, channel_id="1", message_id="1")
    asked = Question(text=FEES.question, ref=ref, author_id="1", surface=Surface.MENTION, held=True)
    await review.app.ask.ask(asked)
    review.loopback.faults.plan(POSTED, fault)
    for _ in range(3):
        await review.bot.review_channel.show()
        review.loopback.world.nonces.clear()  # Discord remembers them for some minutes only

    (card,) = review.loopback.world.by_bot(review.staff.room)
    assert FEES.question in everything(card)


async def test_a_card_that_a_dead_process_posted_is_found_by_its_buttons(review: Review) -> None:
    await quiet(review.loopback, review.bot)
    await ask(review.app, PARROT)
    guild = review.loopback.world.channels[review.staff.room]["guild_id"]
    place = ChannelRef("discord", str(guild), str(review.staff.room))
    (due,) = await review.app.cards.due(place)
    assert await review.app.cards.lease(place, due) is not None
    cards = DiscordCards(review.bot, review.bot.messenger, review.bot.options)
    assert isinstance(await cards.show_card(place, due.item, None), Sent)
    review.loopback.world.nonces.clear()  # Discord remembers them for some minutes only
    await ask(review.app, PARROT, "m2")
    await elapse(review.app.database, LEASE)

    await review.bot.review_channel.show()
    (card,) = review.loopback.world.by_bot(review.staff.room)
    assert "Asked 2 times" in everything(card)


@pytest.mark.parametrize("fault", [ServerError(), Refusal.UNKNOWN_CHANNEL, Broken.BEFORE])
async def test_a_card_that_cannot_be_changed_is_changed_later(review: Review, fault: Fault) -> None:
    await quiet(review.loopback, review.bot)
    await ask(review.app, PARROT)
    await review.bot.review_channel.show()
    await ask(review.app, PARROT, "m2")
    review.loopback.faults.plan("PATCH /channels/{channel_id}/messages/{message_id}", fault)
    for _ in range(2):
        await review.bot.review_channel.show()

    (card,) = review.loopback.world.by_bot(review.staff.room)
    assert "Asked 2 times" in everything(card)


async def test_a_card_that_somebody_deleted_comes_again(review: Review) -> None:
    await quiet(review.loopback, review.bot)
    await ask(review.app, PARROT)
    await review.bot.review_channel.show()
    (card,) = review.loopback.world.by_bot(review.staff.room)
    await remove(review.loopback, int(card["id"]))
    review.loopback.world.nonces.clear()  # as above
    await ask(review.app, PARROT, "m2")
    await review.bot.review_channel.show()

    (other,) = review.loopback.world.by_bot(review.staff.room)
    assert "Asked 2 times" in everything(other)


async def test_a_channel_that_cannot_be_read_holds_up_what_may_be_there(review: Review) -> None:
    await quiet(review.loopback, review.bot)
    await ask(review.app, PARROT)
    review.loopback.faults.plan(POSTED, Broken.AFTER)
    review.loopback.faults.plan("GET /channels/{channel_id}/messages", ServerError())
    for _ in range(3):
        await review.bot.review_channel.show()
        review.loopback.world.nonces.clear()  # as above

    assert len(review.loopback.world.by_bot(review.staff.room)) == 1
