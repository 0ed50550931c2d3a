"""Word what a change would do and the outcomes of actions, and later messages, once for all platforms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.deciding.replays import Redecided, Replay, answer_of
from bot.core.deciding.wordings import SortedWordings
from bot.core.manners import ChannelSettings
from bot.core.models import Audience, Decision, Entry, ItemStatus, Status, Suggested
from bot.core.reader import Reader
from bot.core.wording.labels import STATUSES, Label
from bot.core.wording.languages import Counted, Message, counted
from bot.core.wording.replies import Reply, ReplyKind, answer

_LEFT_OPEN = Counted(
    "One wording differs from it and stays open as {item_id}.",
    "{count} wordings differ from it and stay open as {item_id}.",
)
NEW_PHRASING = Message('New phrasing: "{alias}"')
_MORENEW_PHRASING = Message("New phrasings: {count} more")
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
        yield NEW_PHRASING.format(alias=cut(alias))
    if len(aliases) > MOST_TOLD:
        yield _MORENEW_PHRASING.format(count=counted(len(aliases) - MOST_TOLD))
    if wordings.despite is not None:
        yield _DESPITE.format(difference=wordings.despite)


def _apart(wordings: SortedWordings) -> Iterator[str]:
    for one in wordings.apart[:MOST_TOLD]:
        yield _APART.format(text=cut(one.text), difference=one.difference)
    if len(wordings.apart) > MOST_TOLD:
        yield _MORE_APART.format(count=counted(len(wordings.apart) - MOST_TOLD))


_WRONG = Message(
    "{question_id} is to count as answered wrongly, and to wait in the review: no entry is said to be right."
)
_RIGHT = Message('{question_id} is to count as answered wrongly; right is {entry_id}: "{question}"')


def corrects(question_id: str, right: Entry | None) -> str:
    """Return what it means to call an answer wrong, and another entry right or none; not made safe."""
    if right is None:
        return _WRONG.format(question_id=question_id)
    return _RIGHT.format(question_id=question_id, entry_id=right.id, question=cut(right.question))


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
LONGEST_QUOTE = 80
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
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1].rstrip()}\u2026"


NOTHING_DONE = Message("Nothing was changed.")
LOST = Message("I no longer have what you wrote: too much time has passed. Please write it again.")
TOO_SLOW = Message("That took me too long. Please try it again.")
TOO_LATE = Message("Sorry, that took too long for Slack. Please try again.")
NO_OTHERS = Message("There is no other open item that this one could be merged into.")
NO_TEXT = Message("That message has no text that could be an answer.")
NOT_WAITING = Message(
    "That answers no question on the moderators' list. It has to be a reply to one, or stand in its thread."
)
SUGGESTED = Message("Thank you. The moderators see your suggestion when they answer the question.")
SOLVED = Message("Thank you. This question counts as solved.")
SOLVED_AND_SUGGESTED = Message(
    "Thank you. This question counts as solved, and moderators see that message first when they answer it."
)
NOT_THEIRS_TO_SOLVE = Message("Sorry, only whoever asked, moderators and helpers can say what solved a question.")
ANSWERS_NOTHING = Message(
    "I know of no question that this message answers. It has to be a reply to one, or stand in its thread."
)
CONSENT_QUESTION = Message(
    "You answered a question that waits for the moderators. May your words become part of the public FAQ?"
)
CONSENTED = Message("Thank you. Moderators may publish these words as they stand.")
CONSENTED_ALWAYS = Message("Thank you. Moderators may publish your answers as they stand, and I will not ask again.")
NOT_CONSENTED = Message(
    "All right. Moderators can read your answers and write their own, nothing of yours is published as it stands, "
    "and I will not ask again."
)
UNKNOWN_MESSAGE = Message("I know of no question that belongs to that message.")
NO_ENTRY = Message("That message shows no entry of the FAQ.")
NOTHING_FOUND = Message("No entry fits these words. Please give the id of one.")
IN_SERVERS_ONLY = Message("Please use that in a server: here I cannot tell which FAQ you mean.")
ELSEWHERE = Message("Please use that in the channel that you mean.")
FORGET_SURE = Message(
    "I will remove what you asked, what you said of answers, and what was to be sent to you. Nobody can undo it."
)
FORGOTTEN = Message("I have forgotten what you asked, and what you said of answers.")
LEFT_ALONE = Message("I send you no later answers any more.")
LEFT_UNASKED = Message(
    "I answer you only when you ask me, and send you no later answers. Of all else that you write I keep neither the "
    "words nor who wrote them."
)
TOLD_AGAIN = Message("I tell you again when a question of yours is answered later.")
ALL_THAT_IS_KEPT = Message("This is everything I store about you.")
MORE_IS_KEPT = Message("There is more than a dialog can show. Whoever runs this bot can send you all of it.")
READ_BY_ALL = Message("Everybody can read this channel, so it gets what is public, whatever is set.")
THINKING = Message("is looking that up …")
"""What a platform shows behind the name of the bot."""

_RESOLVED: Mapping[ItemStatus, Message] = {
    ItemStatus.ANSWERED: Message("{item_id} is answered with {entry_id}."),
    ItemStatus.LINKED: Message("{item_id} is linked with {entry_id}."),
}
_SETTINGS = Message("{title}: {mode}, {audience}, a wait of {seconds} seconds.")
_ALSO_SET = Message("{name}: {value}")
_CLOSED = Message("{item_id} is {status}.")
_NOBODY_TOLD = Message("Nobody is told in the thread where they asked.")
_TOLD = Counted(
    "One person is told in the thread where they asked.", "{count} people are told in the thread where they asked."
)
_ADDED = Message("{entry_id} is in the FAQ now.")
_ENTRY_CHANGED = Message("{entry_id} is changed; this is its version {version}.")
_ENTRY_RETIRED = Message("{entry_id} is retired. To have it back: {command}")
_COUNTS_AS_WRONG = Message("{question_id} counts as answered wrongly, and waits in the review as {item_id}.")
_ANSWERED_BY = Message("{item_id} is answered by {entry_id}: {question}")


def resolved(item_id: str, status: ItemStatus, entry_id: str | None, *, told: int) -> str:
    """Return what became of an item that was answered or linked, and how many people are told."""
    template = _RESOLVED.get(status)
    if template is None or entry_id is None:
        done = _CLOSED.format(item_id=item_id, status=str(STATUSES[status]).lower())
    else:
        done = template.format(item_id=item_id, entry_id=entry_id)
    return f"{done} {_TOLD.format(told, count=told) if told else _NOBODY_TOLD}"


def added(entry_id: str) -> str:
    """Return that an entry is there."""
    return _ADDED.format(entry_id=entry_id)


def entry_changed(entry_id: str, version: int) -> str:
    """Return that an entry was changed."""
    return _ENTRY_CHANGED.format(entry_id=entry_id, version=version)


def entry_retired(entry_id: str) -> str:
    """Return that an entry was retired, and how it comes back."""
    return _ENTRY_RETIRED.format(entry_id=entry_id, command=f"faqbot faq restore {entry_id}")


def counted_as_wrong(question_id: str, item_id: str) -> str:
    """Return that the answer to a question was wrong, and that no entry is known to be right."""
    return _COUNTS_AS_WRONG.format(question_id=question_id, item_id=item_id)


def answered_by(item_id: str, entry_id: str, question: str) -> str:
    """Return which entry a link would answer an item with."""
    return _ANSWERED_BY.format(item_id=item_id, entry_id=entry_id, question=question)


def set_to(settings: ChannelSettings, *, audience: Audience) -> str:
    """Return how the bot behaves in a channel now, and that more people read it than was thought."""
    words = _SETTINGS.format(
        title=Label.SETTINGS, mode=settings.mode, audience=settings.audience, seconds=settings.wait_seconds
    )
    return words if settings.audience is audience else f"{words} {READ_BY_ALL}"


def also_set(name: Label, value: str) -> str:
    """Return what a further setting of a channel is; not made safe."""
    return _ALSO_SET.format(name=name, value=cut(value))


LATER = Message("You asked this earlier, and now there is an answer.")
CORRECTED = Message("The answer that I gave you here has changed. This is how it reads now.")
WITHDRAWN = Message(
    "The answer that I gave you here no longer holds, and there is no new one yet. Please do not rely on it."
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The first line of a later message, and the answer that comes after it, if there is one."""

    lead: str
    reply: Reply | None = None


def later(entry: Entry, *, reader: Reader) -> FollowUp | None:
    """Return an answer that came later, None when this reader gets no answer from the entry."""
    reply = _given(entry, reader)
    return None if reply is None else FollowUp(str(LATER), reply)


def corrected(entry: Entry, *, reader: Reader) -> FollowUp:
    """Return what the answer is now; of an entry that this reader gets no answer from it says just that."""
    reply = _given(entry, reader)
    return FollowUp(str(WITHDRAWN)) if reply is None else FollowUp(str(CORRECTED), reply)


def in_words_of(author: str, words: str, about: Reply | None) -> Reply:
    """Return an answer as a moderator wrote it in place of another reply, under the title of that."""
    if about is None or about.kind is not ReplyKind.ANSWER:
        return Reply(kind=ReplyKind.ANSWER, text=words, author=author)
    return Reply(kind=ReplyKind.ANSWER, text=words, entry_id=about.entry_id, title=about.title, author=author)


def _given(entry: Entry, reader: Reader) -> Reply | None:
    return answer(entry, reader=reader) if entry.status is Status.PUBLISHED else None
