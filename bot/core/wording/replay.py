"""Word what a change would do, once for all who ask: to past questions, and to the wordings of an item."""

from collections.abc import Iterator, Sequence

from bot.core.deciding.differences import SortedWordings
from bot.core.deciding.replays import Redecided, Replay, answer_of
from bot.core.models import Decision, Suggested
from bot.core.wording.languages import Counted, Message, counted

_LEFT_OPEN = Counted(
    "One wording differs from it and stays open as {item_id}.",
    "{count} wordings differ from it and stay open as {item_id}.",
)
_NEW = Message('New phrasing: "{alias}"')
_MORE_NEW = Message("New phrasings: {count} more")
_DESPITE = Message("Take care: what was asked differs from the entry, by {difference}.")
_APART = Message('Differs, stays open: "{text}", {difference}')
_MORE_APART = Message("Differ, stay open: {count} more")


def sorting(aliases: Sequence[str], wordings: SortedWordings) -> tuple[str, ...]:
    """Return a line for each wording that becomes a phrasing or differs, of many the first; not made safe."""
    return (*_new(aliases, wordings), *_apart(wordings))


def left_open(wordings: SortedWordings | None, item_id: str | None) -> str:
    """Return a sentence about what stays open since it differs, with a space before it; nothing where all is closed."""
    if wordings is None or item_id is None:
        return ""
    return f" {_LEFT_OPEN.format(len(wordings.apart), item_id=item_id)}"


def _new(aliases: Sequence[str], wordings: SortedWordings) -> Iterator[str]:
    for alias in aliases[:MOST_TOLD]:
        yield _NEW.format(alias=cut(alias))
    if len(aliases) > MOST_TOLD:
        yield _MORE_NEW.format(count=counted(len(aliases) - MOST_TOLD))
    if wordings.despite is not None:
        yield _DESPITE.format(difference=wordings.despite)


def _apart(wordings: SortedWordings) -> Iterator[str]:
    for one in wordings.apart[:MOST_TOLD]:
        yield _APART.format(text=cut(one.text), difference=one.difference)
    if len(wordings.apart) > MOST_TOLD:
        yield _MORE_APART.format(count=counted(len(wordings.apart) - MOST_TOLD))


MOST_TOLD = 5
NEW_ENTRY = Message("the new entry")
"""Names an entry that has no id yet."""

NO_CHANGES = Message("none gets another answer, loses its answer or wins one")
_OF = Counted("Of {count} past question, {changes}.", "Of {count} past questions, {changes}.")
_CHANGED = Counted("{count} would get another answer", "{count} would get another answer")
_LOST = Counted("{count} would lose its answer", "{count} would lose their answer")
_WON = Counted("{count} would win one", "{count} would win one")
_MORE = Message("and {count} more")
_CHANGES, _LOSES, _WINS = Message("changes"), Message("loses"), Message("wins")
_CHOICES, _NO_ANSWER = Message("choices"), Message("no answer")
_LONGEST = 80
_LABELS = {
    (True, False): Message("right now, would be wrong"),
    (False, True): Message("wrong now, would be right"),
    (True, True): Message("right both times"),
    (False, False): Message("wrong both times"),
}


def told(found: Replay, *, most: int = MOST_TOLD) -> tuple[str, ...]:
    """Return a line that says how many answers change, and one for each of the first questions of each kind.

    The lines hold what people wrote, on one line and cut, but not made safe for any platform.
    """
    changes = ", ".join(_counts(found)) or str(NO_CHANGES)
    lines = [_OF.format(found.asked, changes=changes)]
    for name, each in ((_CHANGES, found.changed), (_LOSES, found.lost), (_WINS, found.won)):
        lines.extend(_listed(str(name), each, most))
    return tuple(lines)


def _counts(found: Replay) -> Iterator[str]:
    changed, lost, won = len(found.changed), len(found.lost), len(found.won)
    if changed:
        yield _CHANGED.format(changed)
    if lost:
        yield _LOST.format(lost)
    if won:
        yield _WON.format(won)


def _listed(name: str, found: Sequence[Redecided], most: int) -> Iterator[str]:
    for each in found[:most]:
        yield f"  {name:<8} {_line(each)}"
    if most and len(found) > most:
        yield f"  {name:<8} {_MORE.format(count=counted(len(found) - most))}"


def _line(each: Redecided) -> str:
    question_id = f"{each.past.question_id} " if each.past.question_id else ""
    was, will = each.was_right, each.is_right
    label = "" if was is None or will is None else f" ({_LABELS[was, will]})"
    return f'{question_id}"{cut(each.past.text)}": {_outcome(each.before)} -> {_outcome(each.after)}{label}'


def _outcome(decision: Decision) -> str:
    answer = answer_of(decision)
    if answer is not None:
        return answer
    return str(_CHOICES if isinstance(decision, Suggested) else _NO_ANSWER)


def cut(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}\u2026"
