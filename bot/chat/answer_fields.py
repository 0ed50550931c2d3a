"""Divide the answers of an entry into the fields of a dialog, and put together again what was typed into them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.markdown import beginning, width
from bot.core.models import Entry
from bot.core.reader import answers_of
from bot.core.wording.visible import lines_in_a_field, visible

ANSWER, QUESTION, OF = "answer", "question", "of"
"""The names of values of a draft; `OF` is the number of the answer that it changes alone, the plain one being 0."""

_BREAKS = (re.compile(r"\s*\n\s*\n\s*"), re.compile(r"\s*\n\s*"), re.compile(r"\s+"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRoom:
    """For how much of an answer a dialog of a platform has room.

    It has `fields`, each of so many UTF-16 units, and fewer of them beside a question.
    """

    units: int
    fields: int
    beside_question: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm:
    """What a dialog shows of an entry: its question, where there is room for it, and the pieces of one answer.

    `label` says for whom the answer is, where that is not for everybody.
    """

    question: str | None
    pieces: tuple[str, ...]
    gaps: tuple[str, ...]
    label: str | None = None


def answer_form(entry: Entry, of: int | None, room: AnswerRoom) -> AnswerForm | None:
    """Return what a dialog shows to edit an entry, or one of its answers alone; None where it has no such answer."""
    answers = answers_of(entry)
    if of is None:
        pieces, gaps = _pieces(entry.answer, room)
        fits = 0 < len(pieces) <= room.beside_question
        return AnswerForm(question=entry.question, pieces=pieces if fits else (), gaps=gaps if fits else ())
    if not 0 <= of < len(answers):
        return None
    one = answers[of]
    pieces, gaps = _pieces(one.answer, room)
    asks = of > 0 and 0 < len(pieces) <= room.beside_question
    return AnswerForm(question=one.question if asks else None, pieces=pieces, gaps=gaps, label=one.place)


def editable_alone(entry: Entry, room: AnswerRoom) -> dict[int, str]:
    """Return the answers that are edited in a dialog of their own by number, for whom each is and how it begins."""
    whole = answer_form(entry, None, room)
    beside = whole is not None and bool(whole.pieces)
    return {
        number: f"{one.place}: {' '.join(visible(one.answer).split())}"
        for number, one in enumerate(answers_of(entry))
        if (number or not beside) and _pieces(one.answer, room)[0]
    }


def too_long(entry: Entry, room: AnswerRoom) -> dict[int, str]:
    """Return for whom the answers are that no dialog has room for, by number."""
    answers = enumerate(answers_of(entry))
    return {number: one.place for number, one in answers if not _pieces(one.answer, room)[0]}


def filled_in(form: AnswerForm, typed: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """Return the question and the answer that a form holds now, by name; `names` are those of the fields in order.

    A piece that reads as it did stays to the letter; one that was emptied goes.
    """
    values: dict[str, str] = {}
    if form.question is not None:
        values[QUESTION] = typed.get(QUESTION, "")
    if form.pieces:
        kept = [_as_it_was(piece, typed.get(name, "")) for piece, name in zip(form.pieces, names, strict=False)]
        parts = zip(("", *form.gaps), kept, strict=True)
        values[ANSWER] = "".join(gap + piece for gap, piece in parts if piece).strip()
    return values


def same_as_shown(one: str, other: str) -> bool:
    """Return whether two texts are the same to who reads them in a field."""
    return lines_in_a_field(one) == lines_in_a_field(other)


def _as_it_was(piece: str, typed: str) -> str:
    return piece if same_as_shown(piece, typed) else typed


def _pieces(text: str, room: AnswerRoom) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the pieces of a text that fit into the fields, and what stands between them; nothing where it does not.

    They leave room to write more, and end with a paragraph, a line or a word, as long as there are fields enough.
    """
    for units, least in ((room.units * 17 // 20, room.units // 2), (room.units, room.units * 9 // 10), (room.units, 0)):
        pieces, gaps = _divided(text, units, least)
        if len(pieces) <= room.fields:
            return tuple(pieces), tuple(gaps)
    return (), ()


def _divided(text: str, units: int, least: int) -> tuple[list[str], list[str]]:
    pieces: list[str] = []
    gaps: list[str] = []
    while width(text) > units:
        begun = beginning(text, units) or text[: units // 2]  # nothing but marks that belong to one sign
        end, after = _end(begun, least)
        pieces.append(text[:end])
        gaps.append(text[end:after])
        text = text[after:]
    return [*pieces, text], gaps


def _end(begun: str, least: int) -> tuple[int, int]:
    """Return where a piece ends, and where the next begins: at a break behind the `least`, if there is one."""
    for each in _BREAKS if least else ():
        found = [one for one in each.finditer(begun, least) if one.end() < len(begun)]
        if found:
            return found[-1].start(), found[-1].end()
    return len(begun), len(begun)
