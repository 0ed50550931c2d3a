"""Show which solved questions are offered where one has no answer, and to whom."""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.core.models import Audience, DismissReason, Rating, Surface
from bot.core.searching.kept_vectors import RecentVectors
from bot.core.searching.vectors import Model, Vectors
from bot.core.wording.replies import NOTHING_FITS, Reply, ReplyKind
from bot.service.app import App
from bot.service.privacy import Person
from bot.service.solved import MOST_OFFERED
from tests.service.conversations import ANN, BEN, message
from tests.service.samples import UNKNOWN
from tests.service.test_learning import MO, reply

NOTHING = Reply(kind=ReplyKind.NOTHING_FITS, text=str(NOTHING_FITS))


async def asked(app: App, message_id: str, text: str = UNKNOWN, **fields: Any) -> str:  # noqa: ANN401  # of the question
    """Have somebody ask, and return the question."""
    return (await app.ask.ask(message(text, message_id, **fields))).question_id


async def solved(app: App, message_id: str, **fields: Any) -> str:  # noqa: ANN401  # of the question
    """Have somebody ask, and a message be marked as the solution."""
    question_id = await asked(app, message_id, **fields)
    await app.learning.mark(reply(f"{message_id}5", thread=message_id), ANN, helps=True)
    return question_id


async def offered(app: App, message_id: str = "m90", **fields: Any) -> list[str]:  # noqa: ANN401  # as above
    """Return the messages that are offered to somebody who asks the same."""
    question_id = await asked(app, message_id, **fields)
    return [one.ref.message_id for one in (await app.solved.beside(NOTHING, question_id)).solved]


async def test_the_newest_that_were_solved_are_offered(app: App) -> None:
    for number in range(MOST_OFFERED + 1):
        await solved(app, f"m{number + 1}")
    await asked(app, "m20")

    assert await offered(app) == [f"m{number + 1}" for number in range(MOST_OFFERED, 0, -1)]


async def test_what_is_asked_and_what_was_solved_are_read_in_one_transaction(app: App) -> None:
    question_id, begun = await asked(app, "m1"), list[object]()
    note = begun.append
    event.listen(Engine, "begin", note)
    try:
        assert await app.solved.beside(NOTHING, question_id) == NOTHING
    finally:
        event.remove(Engine, "begin", note)

    assert len(begun) == 1


async def test_those_of_another_channel_are_not(app: App) -> None:
    await solved(app, "m1")

    assert await offered(app, channel_id="C2") == []


async def test_what_staff_asked_before_the_channel_was_opened_is_not(app: App) -> None:
    await solved(app, "m1", audience=Audience.INTERNAL)

    assert await offered(app) == []
    assert await offered(app, "m91", audience=Audience.INTERNAL) == ["m1"]


@pytest.mark.parametrize("fields", [{"surface": Surface.COMMAND}, {"surface": Surface.SHORTCUT}, {"shadow": True}])
async def test_what_others_did_not_read_is_not(app: App, fields: dict[str, Any]) -> None:
    await solved(app, "m1", **fields)

    assert await offered(app) == []


@pytest.mark.parametrize(
    ("who", "rating", "found"),
    [
        (ANN, Rating.HELPFUL, ["m1"]),
        (MO, Rating.HELPFUL, ["m1"]),
        (BEN, Rating.HELPFUL, []),
        (ANN, Rating.WRONG, []),
    ],
)
async def test_an_answer_that_the_asker_or_a_moderator_found_helpful_solves_it(
    app: App, who: Person, rating: Rating, found: list[str]
) -> None:
    await app.feedback.rate(await asked(app, "m1"), who, rating, moderator=who is MO)

    assert await offered(app) == found


async def test_what_moderators_dismissed_is_not_solved(app: App) -> None:
    await asked(app, "m1")
    (item,) = await app.review.list()
    await app.review.dismiss(item.id, reason=DismissReason.OTHER, actor="mod")

    assert await offered(app) == []


async def test_a_thread_is_solved_by_what_solves_a_later_question_in_it(app: App) -> None:
    await asked(app, "m1")
    await asked(app, "m2", "may a dog sleep on the sofa", thread="m1")
    await app.learning.mark(reply("m3"), ANN, helps=False)

    assert await offered(app) == ["m1"]


async def test_only_where_nothing_fits_something_is_offered(app: App) -> None:
    await solved(app, "m1")
    question_id = await asked(app, "m2")
    hint = Reply(kind=ReplyKind.HINT, text="How?")
    found = await app.solved.beside(NOTHING, question_id)

    assert found.solved
    assert await app.solved.beside(hint, question_id) is hint
    assert await app.solved.beside(found, question_id) is found


async def test_of_what_is_not_kept_nothing_is_looked_for(app: App) -> None:
    await solved(app, "m1")
    question_id = await asked(app, "m2")
    await app.privacy.delete_message(message("", "m2").ref, actor="slack")

    assert (await app.solved.beside(NOTHING, question_id)).solved == ()


async def test_of_many_titles_those_that_are_not_encoded_yet_go_by_their_words(app: App) -> None:
    encoded, go_on, oldest = list[str](), threading.Event(), "how do parrots sleep"

    def encode(texts: Sequence[str]) -> Vectors:
        if oldest in texts:
            go_on.wait(30)
        encoded.extend(texts)
        return np.tile(np.array([1, 0], np.float32), (len(texts), 1))

    await solved(app, "m1", text=oldest)
    for number in range(40):
        await solved(app, f"m{number + 100}", text=f"may animal {chr(97 + number % 26) * (2 + number // 26)} eat grain")
    app.knowledge.encoders[Model.ENGLISH] = RecentVectors(encode)

    assert len(await offered(app, text="nobody of us knows this")) == MOST_OFFERED
    assert oldest not in encoded
    go_on.set()
    await app.knowledge.background.settled()
    assert oldest in encoded
    encoded.clear()
    await offered(app, "m91", text="nobody here knows that")
    assert oldest not in encoded


async def test_what_the_encoder_does_not_read_goes_by_its_words(app: App) -> None:
    app.knowledge.encoders[Model.ENGLISH] = RecentVectors(lambda _: None)
    await solved(app, "m1")

    assert await offered(app) == ["m1"]
