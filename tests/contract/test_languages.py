"""In which language somebody is answered, on both platforms."""

from bot.core.wording.replies import ONLY_IN
from tests.contract.sides import BOT, Side
from tests.service.samples import faq

FILE = """\
- id: refunds
  question: When do I get my refund?
  answer: Within ten days.
  answers:
    - locale: de
      question: Wann bekomme ich mein Geld zurück?
      answer: Innerhalb von zehn Tagen.
"""


async def test_the_answer_is_in_the_language_of_the_question(side: Side) -> None:
    await side.app.imports.import_documents([faq(FILE)], actor="ann")

    english = await side.says("ana", "When do I get my refund?", to=(BOT,))
    german = await side.says("bea", "wann bekomme ich mein geld zurück?", to=(BOT,))
    await side.settle()

    (first,), (second,) = side.replies(english), side.replies(german)
    assert "Within ten days." in first
    assert "Innerhalb von zehn Tagen." in second
    assert "Wann bekomme ich mein Geld zurück?" in second
    assert ONLY_IN.format(language="English") not in first + second
