"""Show that moderators set how the bot behaves in a channel or a forum, and are told when more people read it."""

from bot.core.manners import ChannelSettings
from bot.core.models import Audience, ChannelRef, Mode
from bot.core.wording.outcomes import ELSEWHERE, LOST
from bot.service.app import App
from tests.adapters.discord.bots import behave, replies, running_bot, words
from tests.adapters.discord.moderators.staff import Review, Staff, forged
from tests.loopback.discord.constants import ChannelType
from tests.loopback.discord.invoking import answered, click, send_form, slash, submit
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who, post, say
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.world import Invocation

COMMAND = "faq-settings"
FEES = "how much does a withdrawal cost?"
READ_BY_ALL = "Everybody can read this channel"


async def set_to(review: Review, who: Who, **values: str) -> str:
    """Fill in the settings of a channel, and return what a moderator is told."""
    sent = await submit(review.loopback, who, await slash(review.loopback, who, COMMAND), **values)
    return words(await review.answer_to(sent))


async def settings_of(review: Review, channel_id: int) -> ChannelSettings:
    """Return how the bot behaves in a channel."""
    guild = review.loopback.world.guild_of(channel_id)
    return await review.app.channels.behaviour(ChannelRef("discord", str(guild), str(channel_id)))


def chosen(form: Json) -> dict[str, str]:
    """Return what a form shows as it is opened."""
    parts = [row["component"] for row in form["data"]["components"]]
    options = {part["custom_id"]: part.get("options") or [] for part in parts}
    picked = {name: one["value"] for name, lines in options.items() for one in lines if one.get("default")}
    return picked | {part["custom_id"]: part["value"] for part in parts if part.get("value")}


async def test_a_channel_is_set_and_answered_so_at_once(review: Review) -> None:
    told = await set_to(
        review, review.outside, mode="ambient", audience="public", no_answer="Ask Mo.", wait_seconds="0"
    )
    asked = await say(review.loopback, review.asker, FEES)

    assert told.strip() == "Settings of the channel: ambient, public, a wait of 0 seconds. When nothing fits: Ask Mo."
    assert "One coin." in words((await replies(review.loopback, asked))[0])
    assert (await settings_of(review, review.asker.channel_id)).no_answer == "Ask Mo."


async def test_the_form_shows_what_is_set(review: Review) -> None:
    await set_to(
        review, review.outside, mode="shadow", audience="internal", no_answer="Ask Mo.", wait_seconds="30", locale="ru"
    )
    form = await answered(review.loopback, await slash(review.loopback, review.outside, COMMAND))

    assert chosen(form) == {
        "mode": "shadow",
        "audience": "internal",
        "no_answer": "Ask Mo.",
        "wait_seconds": "30",
        "locale": "ru",
    }
    assert form["data"]["title"] == "Режим и язык"


async def test_a_language_is_taken_back(review: Review) -> None:
    await set_to(review, review.outside, mode="mention", audience="public", wait_seconds="0", locale="tr")
    assert (await settings_of(review, review.asker.channel_id)).locale == "tr"
    await set_to(review, review.outside, mode="mention", audience="public", wait_seconds="0", locale="own")
    assert (await settings_of(review, review.asker.channel_id)).locale is None


async def test_of_a_post_the_forum_is_set(review: Review, guild: int) -> None:
    world = review.loopback.world
    forum = world.add_channel(guild, "help", kind=ChannelType.FORUM)
    await review.loopback.gateway.dispatch("CHANNEL_CREATE", world.channels[forum], guild_id=guild)
    first = await post(review.loopback, Who(forum, review.asker.user_id), "Hello", "all")
    await set_to(review, Who(first, review.mo.user_id), mode="ambient", audience="public", wait_seconds="0")
    second = await post(review.loopback, Who(forum, review.asker.user_id), "Fees", FEES)

    assert "One coin." in words((await replies(review.loopback, second))[0])
    assert (await settings_of(review, forum)).mode is Mode.AMBIENT


async def test_a_channel_that_everybody_reads_stays_public(review: Review) -> None:
    assert READ_BY_ALL in await set_to(review, review.outside, mode="mention", audience="internal", wait_seconds="0")


async def test_a_hidden_channel_is_internal_where_it_is_marked_so(review: Review) -> None:
    told = await set_to(review, review.mo, mode="mention", audience="internal", wait_seconds="0")

    assert READ_BY_ALL not in told
    assert (await settings_of(review, review.staff.room)).audience is Audience.INTERNAL


async def test_what_cannot_be_is_refused(review: Review) -> None:
    before = await settings_of(review, review.asker.channel_id)
    told = await set_to(review, review.outside, mode="off", audience="public", wait_seconds="999")

    assert told.strip().startswith("Wait (seconds): please give")
    assert await settings_of(review, review.asker.channel_id) == before


async def test_a_dialog_of_somebody_who_is_no_moderator_any_more(review: Review, guild: int) -> None:
    opened = await slash(review.loopback, review.outside, COMMAND)
    await answered(review.loopback, opened)
    review.loopback.world.guilds[guild].members[review.mo.user_id]["roles"] = []
    sent = await submit(review.loopback, review.outside, opened, mode="off", audience="public")

    assert "for moderators only" in words(await review.answer_to(sent))
    assert (await settings_of(review, review.asker.channel_id)).mode is Mode.MENTION


async def test_drafts_are_set_where_moderators_have_a_channel(review: Review) -> None:
    told = await set_to(review, review.outside, mode="draft", audience="public", wait_seconds="0", locale="own")
    assert "Settings of the channel: draft" in told


async def test_drafts_are_refused_in_a_server_without_a_review_channel(
    loopback: Loopback, app: App, staff: Staff, asker: Who
) -> None:
    async with running_bot(loopback, app) as bot:
        review = Review(loopback, app, bot, staff, asker)
        told = await set_to(review, staff.mo, mode="draft", audience="public", wait_seconds="0", locale="own")
        assert "drafts wait in a review channel" in told
        assert (await settings_of(review, staff.room)).mode is Mode.OFF


async def test_a_dialog_that_an_older_version_showed_changes_nothing(review: Review) -> None:
    channel = review.asker.channel_id
    sent = await send_form(review.loopback, review.outside, f"faq-form:settings:{channel}", {"mode": "off"})

    assert words(await review.answer_to(sent)).strip() == str(LOST)
    assert (await settings_of(review, channel)).mode is Mode.MENTION


async def test_the_button_below_leads_to_another_part(review: Review) -> None:
    sent = await submit(review.loopback, review.outside, await slash(review.loopback, review.outside, COMMAND))
    told = await review.answer_to(sent)
    custom_id = f"faq:settings:{review.asker.channel_id}:people"
    opened = await click(review.loopback, review.outside, int(told["id"]), custom_id)
    await review.answer_to(await submit(review.loopback, review.outside, opened, topics="Fees"))

    assert (await settings_of(review, review.asker.channel_id)).topics == "Fees"


async def test_a_button_of_somebody_who_is_no_moderator_any_more(review: Review, guild: int) -> None:
    sent = await submit(review.loopback, review.outside, await slash(review.loopback, review.outside, COMMAND))
    told = await review.answer_to(sent)
    review.loopback.world.guilds[guild].members[review.mo.user_id]["roles"] = []
    custom_id = f"faq:settings:{review.asker.channel_id}:pace"
    pressed = await click(review.loopback, review.outside, int(told["id"]), custom_id)

    assert "for moderators only" in words(await review.answer_to(pressed))


async def test_a_channel_that_the_server_does_not_tell_of_is_not_set(review: Review, guild: int) -> None:
    untold = Who(review.loopback.world.add_channel(guild, "untold"), review.mo.user_id)
    opened = await slash(review.loopback, untold, COMMAND)
    assert words(await review.answer_to(opened)).strip() == str(ELSEWHERE)


async def test_a_dialog_counts_in_its_own_channel(review: Review) -> None:
    custom_id = f"faq-form:settings:{review.asker.channel_id}:mode:{'0' * 30}"
    sent = await send_form(review.loopback, review.mo, custom_id, {"mode": "off"})

    assert words(await review.answer_to(sent)).strip() == str(ELSEWHERE)
    assert (await settings_of(review, review.asker.channel_id)).mode is Mode.MENTION


async def test_what_is_no_longer_kept_is_said(review: Review) -> None:
    for detail in ("1", f"people:{'0' * 30}"):
        pressed = await forged(review, review.mo, "settings", str(review.staff.room), detail)
        assert words(await review.answer_to(pressed)).strip() == str(LOST)


async def opened_people(review: Review) -> tuple[Invocation, dict[str, Json]]:
    """Open the part with roles, and return its fields by their names."""
    opened = await slash(review.loopback, review.outside, COMMAND, part="people")
    rows = (await answered(review.loopback, opened))["data"]["components"]
    return opened, {row["component"]["custom_id"]: row["component"] for row in rows}


async def test_roles_of_the_server_are_picked(review: Review) -> None:
    role = str(review.staff.role)
    opened, _ = await opened_people(review)
    await review.answer_to(await submit(review.loopback, review.outside, opened, askers=[role], on_call=[role]))
    settings = await settings_of(review, review.asker.channel_id)
    assert (settings.askers, settings.on_call) == (role, role)

    opened, fields = await opened_people(review)
    assert [one["id"] for one in fields["askers"]["default_values"]] == [review.staff.role]
    await review.answer_to(await submit(review.loopback, review.outside, opened, on_call=[]))
    settings = await settings_of(review, review.asker.channel_id)
    assert (settings.askers, settings.on_call) == (role, None)


async def test_a_role_that_is_gone_is_shown_by_its_id_and_kept(review: Review) -> None:
    channel = review.asker.channel_id
    await behave(review.app, review.loopback, channel, askers=f"{review.staff.role}, 1187")
    opened, fields = await opened_people(review)
    assert fields["askers"]["value"] == f"{review.staff.role}, 1187"
    await review.answer_to(await submit(review.loopback, review.outside, opened, topics="Fees"))
    assert (await settings_of(review, channel)).askers == f"{review.staff.role}, 1187"

    told = await review.answer_to(
        await submit(review.loopback, review.outside, (await opened_people(review))[0], askers="@mods")
    )
    assert "Who may ask: please give ids of roles, such as 1187" in words(told)
