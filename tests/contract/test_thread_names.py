"""What the thread of a question is called goes and changes with its message, where threads have names."""

from bot.core.wording.labels import Label
from bot.core.wording.languages import speaking
from tests.contract.sides import BOT, Side, Written

WALRUS, NEWER, LAST = "where does the purple walrus sleep", "how much does a withdrawal cost?", "where is the parrot"


async def asked(side: Side) -> Written:
    """Have Ana ask, and wait for the reply."""
    written = await side.says("ana", WALRUS, to=(BOT,))
    await side.settle()
    assert side.replies(written)
    assert side.title(written) in {WALRUS, None}
    return written


async def test_a_deleted_question_leaves_a_neutral_name(side: Side) -> None:
    await side.set_locale("de")
    written = await asked(side)
    await side.deletes(written)
    await side.settle()

    with speaking("de"):
        assert side.title(written) in {str(Label.QUESTION), None}
    assert side.replies(written) == []


async def test_an_edited_question_gives_its_new_name_once(side: Side) -> None:
    written = await asked(side)
    for text in (NEWER, LAST):  # Discord takes two new names in ten minutes, and one is left for a deletion
        await side.edits(written, text, to=(BOT,))
        await side.settle()
        assert side.title(written) in {NEWER, None}
    await side.deletes(written)
    await side.settle()

    assert side.title(written) in {str(Label.QUESTION), None}


async def test_the_words_that_somebody_pointed_at_go_and_change_in_the_name(side: Side) -> None:
    written = await side.says("ana", WALRUS)
    await side.settle()
    pointing = await side.points_at("ben", written)
    await side.settle()
    assert side.title(pointing) in {WALRUS, None}
    await side.edits(written, NEWER)
    await side.settle()
    assert side.title(pointing) in {NEWER, None}
    await side.deletes(written)
    await side.settle()

    assert side.title(pointing) in {str(Label.QUESTION), None}
