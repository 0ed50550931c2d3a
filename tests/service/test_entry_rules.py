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


AVAILABLE = """\
- id: cancel
  question: How can I cancel my order?
  answer: Press cancel.
  hours: {hours}
  channels: slack/T1/C1, discord
  cooldown: 0
"""


async def test_hours_channels_and_cooldown_are_kept_and_brought_back(app: App) -> None:
    text = AVAILABLE.format(hours="mon-fri 9:00-17:00 Europe/Berlin")
    await app.imports.import_documents([faq(text)], actor="mod")
    entry = (await app.catalogue.show("cancel")).entry
    assert (entry.hours, entry.channels, entry.cooldown) == (
        "Mon-Fri 09:00-17:00 Europe/Berlin",
        "slack/T1/C1, discord",
        0,
    )
    report = await app.imports.import_documents([faq(text)], actor="mod")
    assert [one.id for one in report.unchanged] == ["cancel"]

    await app.catalogue.edit("cancel", {"hours": None, "channels": None, "cooldown": "90"}, actor="mod")
    assert {each.field: (each.before, each.after) for each in await app.histories.diff("cancel")} == {
        "hours": ("Mon-Fri 09:00-17:00 Europe/Berlin", None),
        "channels": ("slack/T1/C1, discord", None),
        "cooldown": ("0", "90"),
    }
    await app.histories.revert("cancel", actor="mod")
    assert (await app.catalogue.show("cancel")).entry == entry


async def test_a_cooldown_of_nothing_is_not_none(app: App) -> None:
    text = AVAILABLE.format(hours="Mon 00:00-24:00")
    await app.imports.import_documents([faq(text)], actor="mod")
    report = await app.imports.import_documents([faq(text.replace("  cooldown: 0\n", ""))], actor="mod")
    assert [one.id for one in report.changed] == ["cancel"]
    assert (await app.catalogue.show("cancel")).entry.cooldown is None


async def test_what_it_never_answers_is_brought_back_too(app: App) -> None:
    await bring(app)
    before = (await app.catalogue.show("cancel")).entry
    await app.catalogue.revise("cancel", lambda entry: replace(entry, never=()), actor="mod")
    assert [each.field for each in await app.histories.diff("cancel")] == ["never"]
    await app.histories.revert("cancel", actor="mod")
    assert (await app.catalogue.show("cancel")).entry == before


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("hours", "Mon-Fri 9-17"),
        ("hours", "Mon 09:00-17:00 Mars/Olympus"),
        ("channels", "#general"),
        ("cooldown", "-1"),
    ],
)
async def test_what_is_no_hours_channels_or_cooldown_is_refused_in_one_line(app: App, field: str, written: str) -> None:
    with pytest.raises(EntryFieldError) as refused:
        await app.catalogue.edit("fees", {field: written}, actor="mod")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("written", ["1.2", "-0.1", "much", "0,5", "nan"])
async def test_what_is_no_share_is_refused(app: App, written: str) -> None:
    with pytest.raises(EntryFieldError):
        await app.catalogue.edit("fees", {"threshold": written}, actor="mod")
