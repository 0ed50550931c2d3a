"""Whatever people write, and however much at once: nothing crashes or is answered twice; on both platforms."""

import asyncio
import logging
import resource
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.core.manners import Manners
from bot.core.wording.labels import Label
from bot.store.records import ReplyState
from tests.contract.conftest import SIDES
from tests.contract.sides import BOT, HELPER, MODERATOR, Side, Written
from tests.service.samples import faq

FEES, FREEZE, PARROT = "How much does a withdrawal cost?", "how do I freeze my account", "where is the parrot"
ANSWER, TAP, PLACE = "One coin.", "Tap freeze.", "It sits behind the kitchen door."
BAD = {
    "nothing": "",
    "spaces": " \n\t\u2003\u200b\ufeff ",
    "controls": "\x01\x07\x1b[31m\x7f how \x0b\x0c",
    "marks": "```\n***__~~||<<<@>>> <@U <#> <!> &lt; &amp;amp; \\",
    "signs": "?!?!…¿؟",
    "zalgo": "h" + "\u0301\u0316" * 300 + "ow",
    "right to left": "\u202e\u2067كم تكلفة السحب؟\u2069 how \u202cmuch",
    "hebrew": "כמה עולה משיכה מהחשבון שלי",
    "faces": "👩‍👩‍👧‍👦" * 150,
    "one word": "w" * 1_900,
    "many lines": "\n" * 1_500 + "how",
    "markup": "> " * 900,
    "numbers": "9" * 1_800,
    "beyond all": "\U0001d573\U0001d594\U0001d59c \U000e0041\uffff\ufffe\u0000",
}
ARABIC = """\
- id: withdrawal
  question: كم تكلفة السحب؟
  answer: قطعة واحدة.
"""
LOCALES = {
    "slack": ["xx-YY", "tlh", "de_DE@euro", "not a locale", "\u202e", "0", "e" * 200],
    "discord": ["ja", "sv-SE", "th"],  # it sends none but those on its list
}


async def asks(side: Side, who: str, text: str) -> Written:
    """Mention the bot, and wait for what comes of it."""
    asked = await side.says(who, text, to=(BOT,))
    await side.settle()
    return asked


def no_errors(caplog: pytest.LogCaptureFixture) -> bool:
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["mention", "ambient"])
async def test_whatever_is_written_is_answered_once_at_most_and_holds_nobody_up(
    side: Side, caplog: pytest.LogCaptureFixture, mode: str
) -> None:
    await side.set_mode(mode)
    written = [await side.says(f"ana{number}", text, to=(BOT,)) for number, text in enumerate(BAD.values())]
    written += [await side.says(f"bea{number}", text) for number, text in enumerate(BAD.values()) if text]
    for one, text in zip(written[:4], list(BAD.values())[-4:], strict=True):
        await side.edits(one, text, to=(BOT,))
    good = await asks(side, "cem", FEES)

    (reply,) = side.replies(good)
    assert ANSWER in reply
    assert max(len(side.replies(one)) for one in written) <= 1
    assert no_errors(caplog)


async def test_a_command_takes_it_too(side: Side, caplog: pytest.LogCaptureFixture) -> None:
    for name, text in BAD.items():
        if text.strip():
            assert await side.asks_alone(f"ana {name}", text), name
            assert no_errors(caplog), name


async def test_right_to_left_is_asked_and_answered(side: Side) -> None:
    await side.app.imports.import_documents([faq(ARABIC)], actor="ann")
    asked = await asks(side, "ana", "\u2067كم تكلفة السحب؟\u2069")
    turned = await asks(side, "ben", "\u202eكم تكلفة السحب")

    for one in (asked, turned):
        (reply,) = side.replies(one)
        assert "قطعة واحدة." in reply
        assert not {"\u202e", "\u202d"} & set(reply)


async def test_who_speaks_what_nobody_knows_is_answered_in_english(
    side: Side, caplog: pytest.LogCaptureFixture
) -> None:
    for number, locale in enumerate(LOCALES[side.platform]):
        side.speaks(f"ana{number}", locale)
        asked = await asks(side, f"ana{number}", PARROT)

        assert str(Label.HUMAN) in side.replies(asked)[0]
        assert str(Label.HUMAN) in await side.asks_alone(f"ana{number}", PARROT)
    assert no_errors(caplog)


async def test_a_choice_that_is_pressed_and_typed_at_once_is_answered_once(side: Side) -> None:
    asked = await asks(side, "ana", FREEZE)
    (choices,) = side.replies(asked)
    assert TAP not in choices

    await asyncio.gather(
        side.takes("ana", asked, "How do I freeze my account (app)?"), side.says("ana", "1", under=asked)
    )
    await side.settle()

    (reply,) = side.replies(asked)
    assert "freeze." in reply


@pytest.mark.parametrize("text", ["one moment please", "It sits on the roof now."])
async def test_what_a_helper_edits_at_once_is_suggested_as_it_now_reads(side: Side, text: str) -> None:
    asked = await asks(side, "ana", PARROT)
    said = await side.says(HELPER, text, under=asked)
    await side.edits(said, PLACE)
    await side.settle()

    (item,) = await side.app.review.list()
    assert [one.answer for one in (await side.app.review.show(item.id)).suggestions] == [PLACE]


async def test_what_is_edited_or_deleted_at_once_is_answered_as_it_now_reads(side: Side) -> None:
    edited = await side.says("ana", PARROT, to=(BOT,))
    await side.edits(edited, FEES, to=(BOT,))
    deleted = await side.says("ben", FEES, to=(BOT,))
    await side.deletes(deleted)
    await side.settle()
    await side.recovers()  # what was being sent meanwhile is put right with the next round

    (reply,) = side.replies(edited)
    assert ANSWER in reply
    assert side.replies(deleted) == []


async def test_two_helpers_who_answer_at_once_are_both_heard(side: Side, caplog: pytest.LogCaptureFixture) -> None:
    asked = await asks(side, "ana", PARROT)
    await asyncio.gather(
        side.says(HELPER, PLACE, under=asked), side.says(MODERATOR, "No, it went to the garden.", under=asked)
    )
    await side.settle()

    (item,) = await side.app.review.list()
    found = {one.answer for one in (await side.app.review.show(item.id)).suggestions}
    assert found == {PLACE, "No, it went to the garden."}
    assert len(side.replies(asked)) == 1
    assert no_errors(caplog)


async def test_two_helpers_at_once_take_an_unasked_answer_back_once(
    side: Side, caplog: pytest.LogCaptureFixture
) -> None:
    await side.set_mode("ambient")
    asked = await side.says("ana", FEES)
    await side.settle()
    await asyncio.gather(*(side.says(who, "one coin", under=asked) for who in (HELPER, MODERATOR)))
    await side.settle()

    assert side.replies(asked) == []
    assert no_errors(caplog)


async def test_what_a_helper_deletes_at_once_is_not_suggested(side: Side) -> None:
    asked = await asks(side, "ana", PARROT)
    said = await side.says(HELPER, PLACE, under=asked)
    await side.deletes(said)
    await side.settle()

    (item,) = await side.app.review.list()
    assert (await side.app.review.show(item.id)).suggestions == ()


async def test_an_answer_that_made_way_does_not_come_back_when_the_helper_deletes_theirs(side: Side) -> None:
    await side.set_mode("ambient")
    asked = await side.says("ana", FEES)
    await side.settle()
    said = await side.says(HELPER, "one coin", under=asked)
    await side.settle()
    await side.deletes(said)
    await side.settle()

    assert side.replies(asked) == []
    known = await side.known(asked)
    assert known is not None
    assert known.reply_state is ReplyState.WITHDRAWN
    again = await side.says("ana", FEES, to=(BOT,), under=asked)
    await side.settle()
    assert [ANSWER in reply for reply in side.replies(again)] == [True]


async def through(side: Side) -> None:
    """Wait until the bot is through with much, which takes longer than a test waits elsewhere."""
    for _ in range(9):
        with suppress(TimeoutError):
            await side.settle()
            return
    await side.settle()


@pytest.fixture(params=SIDES)
async def flooded(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Side]:
    """Return a platform with the limits that it has without settings, but for those of a workspace."""
    manners = Manners(in_a_row=timedelta(seconds=8), per_author=6, per_channel=20, per_workspace=60)
    async with SIDES[request.param](sqlite_url, manners) as side:
        await side.set_mode("mention")
        yield side


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("authors", [1, 50])
async def test_a_thousand_at_once_are_logged_and_answered_a_few_times(
    flooded: Side, caplog: pytest.LogCaptureFixture, authors: int
) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    written = [await flooded.says(f"ana{number % authors}", f"{PARROT} {number}", to=(BOT,)) for number in range(1_000)]
    await through(flooded)

    assert time.monotonic() - began < 500
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
    replies = [len(flooded.replies(one)) for one in written]
    assert max(replies) == 1
    assert 0 < sum(replies) <= 60
    known = [await flooded.known(one) for one in written]
    assert all(one is not None for one in known)
    assert no_errors(caplog)
    good = await asks(flooded, "zoe", FEES)
    assert len(flooded.replies(good)) <= 1
