"""Grade decisions in chat, some at a sitting: each press is stored at once, and the buttons know how far one is.

What is graded waits no more, and what is skipped goes on waiting: the next one is as many places down the list as were
skipped. A sitting goes on after a restart, and in any process.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.core.models import Audience
from bot.core.wording.cards import graded_so_far
from bot.errors import NothingToGradeError, QuestionNotFoundError
from bot.service.app import App
from bot.service.grades import Ungraded

SITTING = 10
"""How many decisions are shown one after the other."""

_SITTING = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})")


class GradePress(StrEnum):
    """What a moderator says of the entry that came first."""

    RIGHT = "right"
    WRONG = "wrong"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Sitting:
    """How many decisions a moderator has graded and skipped, as the buttons know it."""

    graded: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.graded}.{self.skipped}"

    @property
    def place(self) -> int:
        """Return which decision is shown, from 1."""
        return self.graded + self.skipped + 1

    @property
    def is_over(self) -> bool:
        """Return whether it has had its decisions."""
        return self.place > SITTING


def sitting_of(written: str) -> Sitting:
    """Return the sitting that buttons are of; a new one where they tell none."""
    found = _SITTING.fullmatch(written)
    return Sitting() if found is None else Sitting(int(found[1]), int(found[2]))


async def next_to_grade(app: App, sitting: Sitting, *, audience: Audience) -> Ungraded | str:
    """Return the decision that is to be graded next, of those for people who read a place, or what to say at the end.

    The order is that of `faqbot grade`.
    """
    waiting = () if sitting.is_over else await app.grades.waiting(audience=audience)
    if len(waiting) > sitting.skipped:
        return waiting[sitting.skipped]
    return graded_so_far(await app.grades.count(), is_over=sitting.is_over)


async def grade(app: App, press: GradePress | str, question_id: str, sitting: Sitting, *, actor: str) -> Sitting:
    """Store what a moderator pressed, or the id of the entry that they name, and return how far they are.

    A decision that is gone meanwhile is passed over, and so is one that another moderator graded: their word stays.
    """
    if press is GradePress.SKIP:
        return Sitting(sitting.graded, sitting.skipped + 1)
    try:
        if press is GradePress.RIGHT:
            graded = await app.grades.accept(question_id, actor=actor)
        elif press is GradePress.WRONG:
            graded = await app.grades.reject(question_id, actor=actor)
        else:
            graded = await app.grades.name(question_id, press, actor=actor)
    except (NothingToGradeError, QuestionNotFoundError):
        return sitting
    if graded.before is not None and graded.before.actor != actor:
        await app.grades.undo(graded, actor=actor)
        return sitting
    return Sitting(sitting.graded + 1, sitting.skipped)
