"""The fields into which an answer is divided: whole together, within their limits, and put together again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.answer_fields import AnswerRoom, answer_form, editable_alone, filled_in, too_long
from bot.chat.markdown import width
from bot.core.local_answers import LocalAnswer
from bot.core.models import Entry

ROOM = AnswerRoom(units=40, fields=3, beside_question=2)
NAMES = ("answer", "answer_2", "answer_3")
ENTRY = Entry(id="fees", question="What does it cost?", answer="One coin.")
WORDS = st.lists(st.sampled_from(["a", "coin", "withdrawal", "\n", "\n\n", "\N{PARROT}", "e\u0301"]), max_size=60)


def entry(answer: str) -> Entry:
    """Return an entry with an answer for Germans."""
    local = LocalAnswer(locale="de", question="Was kostet es?", answer=answer)
    return replace(ENTRY, answers=(local,))


@given(WORDS.map(" ".join).filter(str.strip), st.data())
def test_what_nobody_touched_stays_to_the_letter(text: str, data: st.DataObject) -> None:
    text = text.strip()
    form = answer_form(entry(text), 1, ROOM)
    assert form is not None
    if not form.pieces:
        assert width(text) > ROOM.units * ROOM.fields * 9 // 10 - ROOM.units
        assert too_long(entry(text), ROOM) == {1: "de"}
        return
    assert len(form.pieces) <= ROOM.fields
    assert all(0 < width(piece) <= ROOM.units for piece in form.pieces)
    typed = {name: piece.strip() for name, piece in zip(NAMES, form.pieces, strict=False)}
    assert filled_in(replace(form, question=None), typed, NAMES) == {"answer": text}

    changed = data.draw(st.integers(0, len(form.pieces) - 1))
    typed[NAMES[changed]] = "Otherwise."
    written = filled_in(replace(form, question=None), typed, NAMES)["answer"]
    assert "Otherwise." in written
    assert all(piece.strip() in written for at, piece in enumerate(form.pieces) if at != changed)


@pytest.mark.parametrize("text", ["x" * 120, "\u2060" * 55, "\u0301" * 55, "\N{PARROT}" * 60])
def test_what_has_no_place_to_part_at_is_parted_all_the_same(text: str) -> None:
    form = answer_form(entry(text), 1, ROOM)

    assert form is not None
    assert "".join(form.pieces) == text


def test_fields_end_with_a_paragraph_and_leave_room() -> None:
    text = "One coin for each of us.\n\nAnd one\nfor the house."
    form = answer_form(entry(text), 1, ROOM)

    assert form is not None
    assert form.pieces == ("One coin for each of us.", "And one\nfor the house.")
    assert form.gaps == ("\n\n",)


def test_a_long_plain_answer_is_edited_alone() -> None:
    long = replace(ENTRY, answer="one coin " * 12)
    form, alone = answer_form(long, None, ROOM), answer_form(long, 0, ROOM)

    assert form is not None
    assert alone is not None
    assert (form.question, form.pieces) == (ENTRY.question, ())
    assert (alone.question, len(alone.pieces)) == (None, 3)
    assert list(editable_alone(long, ROOM)) == [0]
    assert editable_alone(ENTRY, ROOM) == {}


@pytest.mark.parametrize("number", [2, 99])
def test_there_is_no_form_for_an_answer_that_is_not_there(number: int) -> None:
    assert answer_form(entry("Nichts."), number, ROOM) is None
