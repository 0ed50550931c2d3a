"""Where somebody is asked for their region, and what they get for it, on both platforms."""

from bot.core.wording.replies import FOR_REGION, WHICH_REGION
from tests.contract.sides import BOT, Side
from tests.service.samples import faq

REFUND = "When do I get my refund?"
FILE = f"""\
- id: refunds
  question: {REFUND}
  answer: Within ten days.
  answers: [{{region: EU, answer: Within fourteen days.}}]
"""


async def test_a_member_is_asked_once_and_then_answered_for_their_region(side: Side) -> None:
    await side.app.imports.import_documents([faq(FILE)], actor="mod")
    asked = await side.says("ana", REFUND, to=(BOT,))
    await side.settle()
    (which,) = side.replies(asked)
    assert str(WHICH_REGION) in which
    assert "days" not in which

    await side.takes("ana", asked, "EU")
    await side.settle()
    (given,) = side.replies(asked)
    assert FOR_REGION.format(region="EU") in given
    assert "Within fourteen days." in given

    again, others = await side.says("ana", REFUND, to=(BOT,)), await side.says("bob", REFUND, to=(BOT,))
    await side.settle()
    assert "Within fourteen days." in side.replies(again)[0]
    assert str(WHICH_REGION) in side.replies(others)[0]


async def test_nobody_is_asked_whose_channel_or_role_stands_for_a_region(side: Side) -> None:
    await side.app.imports.import_documents([faq(FILE)], actor="mod")
    side.stands_for("eva", "EU")

    asked = await side.says("eva", REFUND, to=(BOT,))
    await side.settle()

    (given,) = side.replies(asked)
    assert "Within fourteen days." in given
