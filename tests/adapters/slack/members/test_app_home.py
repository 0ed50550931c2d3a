"""The home of the app: search, one's own questions and data, and for moderators the queue."""

import json

from bot.adapters.slack.showing.cards import PAGE
from bot.adapters.slack.showing.ids import SlackAction, filter_id, page_id
from bot.core.models import Audience, DismissReason
from bot.core.wording.labels import Label
from bot.core.wording.outcomes import FORGOTTEN
from bot.service.privacy import Person
from tests.adapters.slack.moderators.desks import CAT, PARROT, Desk, choice, entry, texts
from tests.loopback.slack.member import Member
from tests.loopback.slack.workspace import DOMAIN, Json, View
from tests.service.reviews import opened

WORDS = (
    "ape",
    "bee",
    "cow",
    "doe",
    "eel",
    "fox",
    "gnu",
    "hen",
    "ibis",
    "jay",
    "kite",
    "lynx",
    "mole",
    "newt",
    "owl",
    "pig",
)


async def home(desk: Desk, who: Member) -> View:
    """Open the home of somebody."""
    await who.opens_home()
    await desk.office.quiet()
    return who.home


def line(view: View, action: str, value: str) -> Json:
    """Return a line of a menu in a row."""
    (menu,) = [element for _, element in view.elements() if element["action_id"] == action]
    (found,) = [option for option in menu["options"] if option["value"] == value]
    option: Json = found
    return option


async def test_everybody_sees_their_own_questions_and_nobody_elses(desk: Desk) -> None:
    asked = await desk.asks()
    await desk.asks(CAT, by=desk.bea)

    shown = texts(await home(desk, desk.mel))

    assert f"<https://{DOMAIN}.slack.example/archives/{asked.channel}/p{asked.ts.replace('.', '')}|{PARROT}>" in shown
    assert "On the moderators' list" in shown
    assert CAT not in shown
    assert str(Label.QUEUE) not in shown


async def test_the_messages_tab_gets_no_home(desk: Desk) -> None:
    await desk.mel.opens_home("messages")
    await desk.office.quiet()

    assert desk.slack.calls_of("views.publish") == []


async def test_an_entry_is_searched_and_shown(desk: Desk) -> None:
    shown = await home(desk, desk.mel)
    (offered,) = [
        each for each in await desk.mel.types(shown, SlackAction.SEARCH, "withdrawal") if each["value"] == "fees"
    ]

    await desk.mel.enters(shown, SlackAction.SEARCH, offered)
    await desk.office.quiet()

    assert "One coin." in texts(desk.mel.modal())


async def test_what_is_for_staff_is_not_shown_to_others(desk: Desk) -> None:
    shown = await home(desk, desk.mel)

    await desk.mel.enters(shown, SlackAction.SEARCH, entry("limits"))
    await desk.office.quiet()

    assert "Zebra" not in texts(desk.mel.modal())


async def test_people_see_all_that_is_kept_of_them(desk: Desk) -> None:
    await desk.asks("is 1 < 2 & `why`")

    await desk.presses(desk.mel, await home(desk, desk.mel), SlackAction.EXPORT)

    parts = [block["text"]["text"] for block in desk.mel.modal().arguments["blocks"]]
    kept = json.loads("".join(part.removeprefix("```").removesuffix("```") for part in parts))
    assert [each["text"] for each in kept["questions"]] == ["is 1 < 2 & `why`"]


async def test_people_are_forgotten(desk: Desk) -> None:
    await desk.asks()

    await desk.presses(desk.mel, await home(desk, desk.mel), SlackAction.FORGET)

    assert await desk.app.conversations.mine(Person("slack", desk.mel.id)) == ()
    assert PARROT not in texts(desk.mel.home)
    assert [message.text for message in desk.slack.visible(desk.mel.direct)] == [str(FORGOTTEN)]


async def test_people_are_left_alone_and_told_again(desk: Desk) -> None:
    mel = Person("slack", desk.mel.id)

    await desk.presses(desk.mel, await home(desk, desk.mel), SlackAction.OPT_OUT)
    assert await desk.app.privacy.opted_out(mel)
    await desk.presses(desk.mel, desk.mel.home, SlackAction.OPT_IN)
    assert not await desk.app.privacy.opted_out(mel)


async def test_moderators_see_the_queue_and_filter_it(desk: Desk) -> None:
    await desk.asks()
    await opened(desk.app, CAT, audience=Audience.INTERNAL)
    await desk.app.review.dismiss("R1", reason=DismissReason.SPAM, actor="cli:root")
    shown = await home(desk, desk.ann)
    assert (PARROT in texts(shown), CAT in texts(shown)) == (False, True)

    for name, value, parrot, cat in (
        ("status", "any", True, True),
        ("audience", "public", True, False),
        ("status", "open", False, False),
        ("audience", "any", False, True),
        ("whose", "mine", False, False),
    ):
        await desk.ann.enters(shown, filter_id(name), line(shown, filter_id(name), value))
        await desk.office.quiet()
        assert (PARROT in texts(shown), CAT in texts(shown)) == (parrot, cat), (name, value)


async def test_the_queue_has_pages(desk: Desk) -> None:
    for word in WORDS[: PAGE + 1]:
        await opened(desk.app, f"does the {word} sleep in the {word} house tonight {word}{word}")
    shown = await home(desk, desk.ann)
    items = len(await desk.app.review.list())
    assert items > PAGE
    assert len([each for _, each in shown.elements() if each["action_id"] == SlackAction.SHOW]) == PAGE

    await desk.ann.clicks(shown, page_id("next"))
    await desk.office.quiet()
    assert len([each for _, each in shown.elements() if each["action_id"] == SlackAction.SHOW]) == items - PAGE
    await desk.ann.clicks(shown, page_id("back"))
    await desk.office.quiet()
    assert len([each for _, each in shown.elements() if each["action_id"] == SlackAction.SHOW]) == PAGE


async def test_an_item_is_worked_on_from_the_queue_which_follows(desk: Desk) -> None:
    await desk.asks()
    shown = await home(desk, desk.ann)

    item = await desk.opens(desk.ann, shown, SlackAction.SHOW)
    assert PARROT in texts(item)
    await desk.presses(desk.ann, item, SlackAction.ASSIGN)
    assert "Assigned to Ann" in texts(item)
    assert "Assigned to Ann" in texts(shown)

    dialog = await desk.opens(desk.ann, item, SlackAction.DISMISS)
    answer = await desk.sends(desk.ann, dialog, reason=choice(dialog, "reason", "spam"))
    assert answer == {"response_action": "clear"}
    assert PARROT not in texts(shown)


async def test_who_is_a_moderator_no_longer_filters_nothing(desk: Desk) -> None:
    await desk.asks()
    shown = await home(desk, desk.ann)
    desk.dismisses_moderators()

    await desk.ann.enters(shown, filter_id("status"), line(shown, filter_id("status"), "any"))
    await desk.office.quiet()

    assert len(desk.slack.calls_of("views.publish")) == 1
    assert "moderators only" in desk.slack.visible(desk.ann.direct)[0].text
