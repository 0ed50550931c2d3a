"""Word what a change of entries would make of past questions, once for all who ask a moderator about it."""

from collections.abc import Iterator, Sequence

from bot.core.deciding.replays import Redecided, Replay, answer_of
from bot.core.models import Decision, Suggested

MOST_TOLD = 5
NEW_ENTRY = "the new entry"
"""Names an entry that has no id yet."""

NO_CHANGES = "none gets another answer, loses its answer or wins one"
_OF_ONE = "Of {asked:,} past question, {changes}."
_OF_MANY = "Of {asked:,} past questions, {changes}."
_LONGEST = 80
_LABELS = {
    (True, False): "right now, would be wrong",
    (False, True): "wrong now, would be right",
    (True, True): "right both times",
    (False, False): "wrong both times",
}


def told(found: Replay, *, most: int = MOST_TOLD) -> tuple[str, ...]:
    """Return a line that says how many answers change, and one for each of the first questions of each kind.

    The lines hold what people wrote, on one line and cut, but not made safe for any platform.
    """
    changes = ", ".join(_counts(found)) or NO_CHANGES
    lines = [(_OF_ONE if found.asked == 1 else _OF_MANY).format(asked=found.asked, changes=changes)]
    for name, each in (("changes", found.changed), ("loses", found.lost), ("wins", found.won)):
        lines.extend(_listed(name, each, most))
    return tuple(lines)


def _counts(found: Replay) -> Iterator[str]:
    changed, lost, won = len(found.changed), len(found.lost), len(found.won)
    if changed:
        yield f"{changed:,} would get another answer"
    if lost:
        yield f"{lost:,} would lose its answer" if lost == 1 else f"{lost:,} would lose their answer"
    if won:
        yield f"{won:,} would win one"


def _listed(name: str, found: Sequence[Redecided], most: int) -> Iterator[str]:
    for each in found[:most]:
        yield f"  {name:<8} {_line(each)}"
    if most and len(found) > most:
        yield f"  {name:<8} and {len(found) - most:,} more"


def _line(each: Redecided) -> str:
    question_id = f"{each.past.question_id} " if each.past.question_id else ""
    was, will = each.was_right, each.is_right
    label = "" if was is None or will is None else f" ({_LABELS[was, will]})"
    return f'{question_id}"{cut(each.past.text)}": {_outcome(each.before)} -> {_outcome(each.after)}{label}'


def _outcome(decision: Decision) -> str:
    answer = answer_of(decision)
    if answer is not None:
        return answer
    return "choices" if isinstance(decision, Suggested) else "no answer"


def cut(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}\u2026"
