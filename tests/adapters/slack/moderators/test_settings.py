"""Moderators set how the bot behaves in a channel by `/faq settings` there."""

import pytest

from bot.adapters.slack.showing.dialogs import packed, unpacked
from bot.core.manners import ChannelSettings
from bot.core.models import Audience, Mode
from bot.core.wording.outcomes import ELSEWHERE, LOST, READ_BY_ALL
from bot.core.wording.refusals import NOT_A_MODERATOR
from tests.adapters.slack.moderators.desks import Desk, begun, choice


async def test_a_moderator_sees_and_changes_the_settings(desk: Desk) -> None:
    channel = await desk.office.channel(desk.ann, no_answer="Ask Polly.")
    await desk.ann.commands(channel, "/faq  Settings ")
    await desk.office.quiet()
    dialog = desk.ann.modal()
    at_first = {
        "mode": "mention",
        "audience": "public",
        "no_answer": "Ask Polly.",
        "wait_seconds": "0",
        "locale": "own",
        "reply": "thread",
        "stale_days": "0",
    }
    assert begun(dialog) == at_first

    answer = await desk.sends(
        desk.ann,
        dialog,
        mode=choice(dialog, "mode", "ambient"),
        audience=choice(dialog, "audience", "internal"),
        no_answer="",
        wait_seconds="30",
        locale=choice(dialog, "locale", "de"),
    )

    assert answer == {}
    settings = await desk.app.channels.behaviour(desk.office.bot.place(channel.id))
    assert settings == ChannelSettings(mode=Mode.AMBIENT, audience=Audience.INTERNAL, locale="de", wait_seconds=30)
    (told,) = await desk.slack.told(desk.ann)
    assert "ambient, internal" in told.text
    assert str(READ_BY_ALL) not in told.text


async def test_a_language_is_taken_back_and_one_that_the_bot_does_not_speak_is_kept(desk: Desk) -> None:
    channel = await desk.office.channel(desk.ann)
    place = desk.office.bot.place(channel.id)
    await desk.app.channels.set(place, {"locale": "pt-BR"}, actor="ann")
    for locale, chosen in (("pt-BR", None), (None, "own")):
        await desk.ann.commands(channel, "/faq settings")
        await desk.office.quiet()
        dialog = desk.ann.modal()
        await desk.sends(desk.ann, dialog, **({} if chosen is None else {"locale": choice(dialog, "locale", chosen)}))
        assert (await desk.app.channels.behaviour(place)).locale == locale


async def test_where_others_read_along_that_is_said(desk: Desk) -> None:
    channel = await desk.office.channel(desk.ann, is_ext_shared=True)
    await desk.ann.commands(channel, "/faq settings")
    await desk.office.quiet()
    dialog = desk.ann.modal()

    await desk.sends(desk.ann, dialog, audience=choice(dialog, "audience", "internal"))

    (told,) = await desk.slack.told(desk.ann)
    assert str(READ_BY_ALL) in told.text


async def test_a_wrong_value_is_told_at_its_field(desk: Desk) -> None:
    channel = await desk.office.channel(desk.ann)
    await desk.ann.commands(channel, "/faq settings")
    await desk.office.quiet()

    answer = await desk.sends(desk.ann, desk.ann.modal(), wait_seconds="soon")

    assert answer["errors"] == {"wait_seconds": "Wait (seconds): please give a whole number from 0 to 600."}
    assert (await desk.app.channels.behaviour(desk.office.bot.place(channel.id))).wait_seconds == 0


async def test_others_are_refused_and_no_question_is_made_of_it(desk: Desk) -> None:
    channel = await desk.office.channel(desk.mel)

    await desk.mel.commands(channel, "/faq settings")
    await desk.office.quiet()

    assert [message.text for message in await desk.slack.told(desk.mel)] == [str(NOT_A_MODERATOR)]
    assert desk.slack.calls_of("views.open") == []
    assert await desk.app.review.list() == ()


async def test_direct_messages_have_no_settings(desk: Desk) -> None:
    await desk.ann.commands(desk.ann.direct, "/faq settings")
    await desk.office.quiet()

    assert [message.text for message in await desk.slack.told(desk.ann)] == [str(ELSEWHERE)]


async def test_a_dialog_that_an_older_version_showed_changes_nothing(desk: Desk) -> None:
    channel = await desk.office.channel(desk.ann)
    await desk.ann.commands(channel, "/faq settings")
    await desk.office.quiet()
    dialog = desk.ann.modal()
    about = unpacked(dialog.arguments["private_metadata"])
    dialog.arguments["private_metadata"] = packed({name: about[name] for name in about if name != "seen"})

    await desk.sends(desk.ann, dialog, mode=choice(dialog, "mode", "off"))

    assert [message.text for message in await desk.slack.told(desk.ann)] == [str(LOST)]
    assert (await desk.app.channels.behaviour(desk.office.bot.place(channel.id))).mode is Mode.MENTION


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("askers", "@mods", "Who may ask: please give ids of roles, such as 1187, or of user groups"),
        ("on_call", "@ann", "People on call: please give the id of a role, such as 1187, or of a user group"),
    ],
)
async def test_a_name_is_no_id_of_a_group(desk: Desk, field: str, value: str, said: str) -> None:
    channel = await desk.office.channel(desk.ann)
    await desk.ann.commands(channel, "/faq settings")
    await desk.office.quiet()

    answer = await desk.sends(desk.ann, desk.ann.modal(), **{field: value})

    assert answer["errors"][field].startswith(said)
