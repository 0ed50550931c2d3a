"""Word which parts of an entry change, and which of them no dialog changes, once for all platforms."""

from collections.abc import Iterator, Mapping

from bot.core.local_answers import LocalAnswer
from bot.core.models import Entry, Status
from bot.core.wording.labels import Label
from bot.core.wording.languages import Message
from bot.core.wording.outcomes import LONGEST_QUOTE, NEW_PHRASING, cut

_EDITED = Message('{field}: "{before}" becomes "{after}"')
_GOES = Message('No phrasing any more: "{alias}"')
_RETIRES = Message('{entry_id} is retired, and answers nothing any more: "{question}"')
_TOO_LONG = Message("The answer for {place} is too long for a dialog. To change it: {command}")
_NOT_LISTED = Message("The menu has no room for all answers. To change the others: {command}")
_BEFORE_CHANGE = 20


def edits(before: Entry, after: Entry) -> tuple[str, ...]:
    """Return a line for each part of an entry that changes; not made safe."""
    lines = list(_edited(before, after))
    for old, new in zip(before.answers, after.answers, strict=True):
        lines += _edited(old, new, place=new.place)
    lines += [NEW_PHRASING.format(alias=cut(alias)) for alias in after.aliases if alias not in before.aliases]
    lines += [_GOES.format(alias=cut(alias)) for alias in before.aliases if alias not in after.aliases]
    if after.status is Status.RETIRED is not before.status:
        lines.append(_RETIRES.format(entry_id=after.id, question=cut(after.question)))
    return tuple(lines)


def _edited(before: Entry | LocalAnswer, after: Entry | LocalAnswer, *, place: str = "") -> Iterator[str]:
    """Yield a line for a question and an answer that changed, each from shortly before the first difference."""
    fields = ((Label.QUESTION, before.question, after.question), (Label.ANSWER_TEXT, before.answer, after.answer))
    for label, old, new in fields:
        if old != new:
            name = f"{label} ({place})" if place else str(label)
            yield _EDITED.format(
                field=name, before=_from_change(old or "", new or ""), after=_from_change(new or "", old or "")
            )


def _from_change(text: str, other: str) -> str:
    """Return a text on one line, cut where it is long, from shortly before the first difference from another."""
    line, theirs = " ".join(text.split()), " ".join(other.split())
    shorter = min(len(line), len(theirs))
    same = next((at for at in range(shorter) if line[at] != theirs[at]), shorter)
    start = line.rfind(" ", 0, max(same - _BEFORE_CHANGE, 0)) + 1
    return cut(f"\u2026{line[start:]}" if start and max(len(line), len(theirs)) > LONGEST_QUOTE else line)


def not_in_a_dialog(entry: Entry, too_long: Mapping[int, str], *, all_listed: bool) -> tuple[str, ...]:
    """Return a line for each part of an entry that no dialog changes, with the command that does.

    Those that are `too_long` are by number, 0 the plain one; of the others not all may be listed in a menu.
    """
    local = f"faqbot faq answer {entry.id}"
    lines = [
        _TOO_LONG.format(place=place, command=local if number else f"faqbot faq edit {entry.id}")
        for number, place in too_long.items()
    ]
    return (*lines, *([] if all_listed else [_NOT_LISTED.format(command=local)]))
