"""In which language the bot speaks: that of the channel, else that of the member, else English; on both platforms."""

import asyncio

import pytest

from bot.core.models import ItemKind, ItemStatus
from bot.core.wording.labels import KINDS, STATUSES, Label
from bot.core.wording.languages import Message, speaking
from bot.core.wording.outcomes import LATER
from bot.core.wording.replies import NOTED, NOTHING_FITS, WELCOME
from bot.service.resolutions import NewAnswer
from tests.contract.moderating import Moderating
from tests.contract.sides import BOT, Side

PARROT, FEES = "where is the parrot", "How much does a withdrawal cost?"


def put(message: Message | Label, language: str) -> str:
    """Return a message in a language."""
    with speaking(language):
        return str(message)


async def test_a_german_channel_gets_german_words(side: Side) -> None:
    await side.set_locale("de")
    known = await side.says("ana", FEES, to=(BOT,))
    unknown = await side.says("ben", PARROT, to=(BOT,))
    await side.settle()

    (answer,), (nothing,) = side.replies(known), side.replies(unknown)
    assert "One coin." in answer
    for label in (Label.HELPFUL, Label.NOT_THIS, Label.HUMAN, Label.REMOVE):
        assert put(label, "de") in answer
        assert str(label) not in answer
    assert put(NOTHING_FITS, "de") in nothing


async def test_what_is_said_back_is_answered_in_the_language_of_the_channel(side: Side) -> None:
    await side.set_locale("fr")
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    await side.says("ana", "that solved it", to=(BOT,), under=asked)
    await side.settle()

    assert put(WELCOME, "fr") in side.replies(asked)[-1]


async def test_an_edit_does_not_change_the_language(side: Side) -> None:
    await side.set_locale("es")
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    await side.edits(asked, FEES, to=(BOT,))
    await side.settle()

    (reply,) = side.replies(asked)
    assert "One coin." in reply
    assert put(Label.HELPFUL, "es") in reply


@pytest.mark.parametrize(("locale", "language"), [("tr", "tr"), ("zh-CN", "zh"), ("es-ES", "es"), ("ja", "en")])
async def test_a_member_is_answered_alone_in_their_language(side: Side, locale: str, language: str) -> None:
    side.speaks("ada", locale)
    private = await side.asks_alone("ada", PARROT)

    assert put(NOTHING_FITS, language) in private
    assert put(Label.HUMAN, language) in private


async def test_the_channel_goes_before_the_member(side: Side) -> None:
    await side.set_locale("ru")
    side.speaks("ada", "tr")

    assert put(NOTHING_FITS, "ru") in await side.asks_alone("ada", PARROT)


@pytest.mark.parametrize("locale", ["pt-BR", "ja"])
async def test_a_language_that_the_bot_does_not_speak_gets_english(side: Side, locale: str) -> None:
    await side.set_locale(locale)
    side.speaks("ada", "tr")
    asked = await side.says("ada", PARROT, to=(BOT,))
    await side.settle()

    assert str(NOTHING_FITS) in side.replies(asked)[0]


async def test_members_who_ask_at_once_get_each_their_own(side: Side) -> None:
    spoken = {"ada": "tr", "bea": "de", "cleo": "fr", "dan": "en-US"}
    for who, locale in spoken.items():
        side.speaks(who, locale)

    private = await asyncio.gather(*(side.asks_alone(who, PARROT) for who in spoken))

    assert [put(NOTHING_FITS, locale) in reply for locale, reply in zip(spoken.values(), private, strict=True)] == [
        True
    ] * len(spoken)


async def test_a_later_answer_is_in_the_language_of_the_channel(side: Side) -> None:
    await side.set_locale("de")
    asked = await side.says("ana", PARROT, to=(BOT,))
    await side.settle()
    await side.app.review.answer("R1", NewAnswer(answer="On the mast."), actor="ann")
    await side.delivers()

    later = side.replies(asked)[-1]
    assert put(LATER, "de") in later
    assert "On the mast." in later


async def test_a_later_answer_is_in_the_language_of_the_member_where_the_platform_tells(side: Side) -> None:
    side.speaks("ada", "tr")
    asked = await side.says("ada", PARROT, to=(BOT,))
    await side.settle()
    await side.app.review.answer("R1", NewAnswer(answer="On the mast."), actor="ann")
    await side.delivers()

    language = "tr" if side.platform == "slack" else "en"  # of who writes a message Discord tells no locale
    assert put(LATER, language) in side.replies(asked)[-1]


async def test_a_press_is_answered_in_the_language_of_who_presses(side: Side) -> None:
    side.speaks("ada", "tr")
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    await side.presses("ada", asked, "helpful")
    await side.settle()

    assert put(NOTED, "tr") in side.told("ada")[-1]


async def test_a_card_is_in_the_language_of_the_review_channel(moderating: Moderating) -> None:
    await moderating.set_locale("fr")
    await moderating.asks(PARROT)
    card = await moderating.card("R1")

    for message in (
        Label.ANSWER,
        Label.DISMISS,
        KINDS[ItemKind.UNANSWERED],
        STATUSES[ItemStatus.OPEN],
    ):
        assert put(message, "fr") in card
        assert str(message) not in card or str(message) in put(message, "fr")
