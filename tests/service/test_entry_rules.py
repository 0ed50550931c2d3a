"""Show that an entry answers by a threshold of its own, and never what it is not to answer."""

from dataclasses import replace

import pytest

from bot.core.deciding.decision import Guard
from bot.core.models import Answered, Audience, Decision, Suggested, Surface, Unanswered
from bot.errors import EntryFieldError
from bot.service.app import App
from tests.service.samples import FEES, ask, faq

FILE = """\
- id: cancel
  question: How can I cancel my order?
  aliases: [cancel order]
  answer: Press cancel.
  threshold: {threshold}
  never:
    - cancel my flight order
    - how can I cancel my subscription
"""


async def bring(app: App, threshold: str = "0.5") -> None:
    """Import the entry."""
    await app.imports.import_documents([faq(FILE.format(threshold=threshold))], actor="mod")


async def decided(app: App, text: str) -> Decision:
    """Return what is decided about a text."""
    return (await app.ask.explain(text, audience=Audience.PUBLIC, surface=Surface.MENTION)).decided.decision


async def test_a_file_and_the_store_have_the_same(app: App) -> None:
    await bring(app)
    entry = (await app.catalogue.show("cancel")).entry
    assert (entry.threshold, entry.never) == (0.5, ("cancel my flight order", "how can I cancel my subscription"))
    report = await app.imports.import_documents([faq(FILE.format(threshold="0.5"))], actor="mod")
    assert [one.id for one in report.unchanged] == ["cancel"]


async def test_what_it_is_never_to_answer_is_not_offered_either(app: App) -> None:
    await bring(app)
    assert isinstance(await decided(app, "how can i cancel my order"), Answered)
    assert await decided(app, "how can I cancel my subscription?") == Unanswered()
    assert await decided(app, "Cancel my flght order!") == Unanswered()
    assert isinstance(await decided(app, "cancel order"), Answered)

    found = await app.ask.explain("cancel my flight order", audience=Audience.PUBLIC, surface=Surface.MENTION)
    assert Guard.NEVER in found.decided.guards
    assert (await ask(app, "cancel my flight order")).item_id is not None


async def test_it_needs_its_own_confidence(app: App) -> None:
    await bring(app, "1")
    asked = await ask(app, "how can I cancel my order please")
    assert isinstance(asked.decision, Suggested)
    await app.catalogue.edit("cancel", {"threshold": "0.2"}, actor="mod")
    assert isinstance((await ask(app, "how can I cancel my order please", "m2")).decision, Answered)
    await app.catalogue.edit("cancel", {"threshold": None}, actor="mod")
    assert (await app.catalogue.show("cancel")).entry.threshold is None


async def test_a_change_of_it_is_tried_on_past_questions(app: App) -> None:
    await ask(app, FEES.question)
    lost = await app.replays.replay(
        [replace(FEES, never=(FEES.question,), question="What is the fee of a withdrawal?")]
    )
    assert [each.past.text for each in lost.lost] == [FEES.question]


@pytest.mark.parametrize("written", ["1.2", "-0.1", "much", "0,5", "nan"])
async def test_what_is_no_share_is_refused(app: App, written: str) -> None:
    with pytest.raises(EntryFieldError):
        await app.catalogue.edit("fees", {"threshold": written}, actor="mod")
