"""Show what is said into a thread later, and to whom nothing is given."""

from dataclasses import replace

import pytest

from bot.core.models import Audience, Entry, Status
from bot.core.reader import Reader
from bot.core.wording.outcomes import CORRECTED, LATER, WITHDRAWN, FollowUp, corrected, later
from bot.core.wording.replies import answer

STAFF = Reader(audience=Audience.INTERNAL)
FEES = Entry(id="fees", question="What does it cost?", answer="One coin.", staff_note="Never waive it.")
UNREADABLE = (
    replace(FEES, status=Status.RETIRED),
    replace(FEES, status=Status.DRAFT),
    replace(FEES, audience=Audience.INTERNAL),
)


def test_an_answer_that_came_later_reads_like_any_other() -> None:
    reply = answer(FEES, reader=Reader())

    assert later(FEES, reader=Reader()) == FollowUp(str(LATER), reply)
    assert corrected(FEES, reader=Reader()) == FollowUp(str(CORRECTED), reply)
    assert reply is not None
    assert reply.staff_note is None


@pytest.mark.parametrize("entry", UNREADABLE, ids=["retired", "draft", "internal"])
def test_of_what_gives_no_answer_nothing_is_shown(entry: Entry) -> None:
    assert later(entry, reader=Reader()) is None
    assert corrected(entry, reader=Reader()) == FollowUp(str(WITHDRAWN))


def test_staff_are_told_what_is_internal() -> None:
    told = later(UNREADABLE[2], reader=STAFF)

    assert told is not None
    assert told.reply is not None
    assert (told.reply.text, told.reply.staff_note) == ("One coin.", "Never waive it.")
