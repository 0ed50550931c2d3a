"""Have people take one of the entries that they are offered."""

from bot.core.models import DecisionKind
from bot.service.app import App
from bot.service.privacy import Person
from tests.service.graded import log
from tests.service.samples import FEES

WORDS = "what do I pay to take coins out"


async def takes(app: App, who: str, entry_id: str = FEES.id, text: str = WORDS) -> str:
    """Have somebody ask, be offered choices and take one; return the id of the question."""
    asked = await log(app, 0.5, text, kind=DecisionKind.SUGGESTED, author=who)
    await app.feedback.choose(asked, entry_id, Person("slack", who))
    return asked
