"""Word what the bot says, once for all platforms; markup is the adapter's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.manners import ChannelSettings
from bot.core.models import (
    Answered,
    Decision,
    Entry,
    Ignored,
    IgnoreReason,
    Source,
    Suggested,
    Surface,
    offered_by,
)
from bot.core.reader import Reader, regions_of
from bot.core.review import Progress
from bot.core.searching.past import PastQuestion
from bot.core.wording.languages import Message, day, in_words, language_name, time_of_week


class ReplyKind(StrEnum):
    """What a reply is, so that an adapter can render it."""

    ANSWER = "answer"
    CHOICES = "choices"
    NOTHING_FITS = "nothing_fits"
    HINT = "hint"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Choice:
    """Offer one entry by its question."""

    entry_id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A message without markup; `text` may hold the Markdown that an entry's author wrote.

    One that is `helped` says that a helper has answered, too. One in the words of a moderator has an `author`. One that
    is `approved` by a moderator is sent also where somebody has answered meanwhile. Where nothing fits, it may name
    questions like it that were `solved`; under an answer, what is `related`.
    """

    kind: ReplyKind
    text: str
    entry_id: str | None = None
    title: str | None = None
    category: str | None = None
    source: Source | None = None
    staff_note: str | None = None
    choices: tuple[Choice, ...] = ()
    helped: bool = False
    author: str | None = None
    approved: bool = False
    solved: tuple[PastQuestion, ...] = ()
    related: tuple[Choice, ...] = ()


NOTHING_FITS = Message("I have no answer to that yet. Your question is on the moderators' list.")
SOLVED_BEFORE = Message("This was asked before and solved:")
CHOOSE = Message("Which of these do you mean?")
CHOOSE_ONE = Message("Did you mean this?")
HINT = Message("Ask me a question in a few words, for example: how do I reset my password?")
IN_WORDS = Message("Please say it in words, for example: how do I reset my password?")
TOO_LONG = Message("That is more than I read, and I found no question in it. Please ask it in a sentence or two.")
WELCOME = Message("You are welcome.")
ABOVE = Message(
    "I gave that answer further up in this thread. "
    "If it does not help, tell me in a few words what is different, or ask a human."
)
HELPED = Message("A team member has answered.")
WRITTEN_BY = Message("Written by {author}")
HELD = Message("A moderator looks at the answer first.")
AGAIN = Message(
    "I gave that answer in this channel a few minutes ago. "
    "If it does not help, tell me in a few words what is different, or ask a human."
)
LIMITED = Message("That is more than I answer in a minute. Your questions are noted; please try again a little later.")
NEXT = Message("I am sorry. Is it one of these?")
NEXT_ONE = Message("I am sorry. Did you mean this?")
LISTED = Message("Thank you for telling me. Your question is on the moderators' list.")
NOTED = Message("Thank you for telling me.")
OFF = Message("I am switched off in this channel. You can ask me in a direct message.")
CALL = Message("Somebody asks for a person here. Could one of you have a look?")
CALLED = Message("I have told the people on call.")
AWAY = Message("Your question is on the moderators' list. The next time that somebody is there: {when}.")
STILL_WAITS = Message("Somebody asked for a person here {duration} ago, and still waits. Could one of you have a look?")
SHARED = Message("Shared.")
NOT_YOURS = Message("Sorry, only whoever asked and moderators can remove that.")
STAFF_ONLY = Message("Sorry, that is for staff only, and others read along here.")
NO_WORDS = Message("I find no question in that message.")
WHICH_REGION = Message("That depends on where you are. Which one is it?")
ELSEWHERE = Message("Anywhere else")
ANYWHERE_ELSE = ""
_OF = "@"
FOR_REGION = Message("This is the answer for: {region}.")
ONLY_IN = Message("I have this answer only in {language}.")
ENDED = Message("This answer was meant to hold until {day}, and may be out of date.")
GONE = Message("I do not have that answer any more. Please ask me again.")
ANSWERED_THERE = Message("I have answered there.")
WARNING = Message(
    "That looks like a seed phrase or a private key. Delete your message now: whoever has read it can take your funds. "
    "Move them to a new wallet. Nobody from our team ever asks for it, and I kept nothing of what you wrote."
)
CAUTION = Message("Our team never writes to you first, and never asks for a password, a code or a seed phrase.")

TO_WHAT_IS_SAID: Mapping[IgnoreReason, Message] = {
    IgnoreReason.GREETING: HINT,
    IgnoreReason.NO_CONTENT: IN_WORDS,
    IgnoreReason.TOO_LONG: TOO_LONG,
    IgnoreReason.THANKS: WELCOME,
    IgnoreReason.NOT_HELPED: LISTED,
    IgnoreReason.HUMAN: LISTED,
}
"""What is said to a message that asks nothing, by the reason that it is none; to others nothing is."""

PROGRESS: Mapping[Progress, Message] = {
    Progress.ANSWERED: Message("Answered"),
    Progress.OFFERED: Message("Some answers to choose from"),
    Progress.WAITING: Message("On the moderators' list"),
    Progress.ANSWERED_LATER: Message("Answered by a moderator"),
    Progress.CLOSED: Message("Closed without an answer"),
}


def compose(decision: Decision, entries: Mapping[str, Entry], *, reader: Reader, surface: Surface) -> Reply | None:
    """Return what to say, or None for silence.

    `entries` are looked up by id and reduced to what the reader may read; one that they may not read, or that is
    gone or has ended, is left out, and where nothing is left the reply is that nothing fits. What would be offered as
    choices is given at once where all have the same answer.
    """
    if isinstance(decision, Ignored):
        return _to_no_question(decision.reason, surface)
    if isinstance(decision, Suggested) and surface is Surface.AMBIENT:
        return None  # who did not ask the bot is not to choose for it
    ids = [match.entry_id for match in offered_by(decision)]
    visible = [entry for entry in (reader.entry(entries.get(each)) for each in ids) if entry is not None]
    if not visible:
        return None if surface is Surface.AMBIENT else Reply(kind=ReplyKind.NOTHING_FITS, text=str(NOTHING_FITS))
    if isinstance(decision, Answered):
        return answer(entries[ids[0]], reader=reader)
    return _one_for_all(visible, reader) or _choices(visible, text=str(CHOOSE if len(visible) > 1 else CHOOSE_ONE))


def answer(entry: Entry, *, reader: Reader) -> Reply | None:
    """Return the reply that gives one entry, as when a choice was taken; None if the reader gets nothing of it.

    Where the answers differ by region and that of the reader is not known, they are asked for it, or get all of them.
    """
    visible = reader.entry(entry)
    if visible is None:
        return None
    if reader.region is None and (regions := offered_regions(entry)):
        return _which_region(entry, regions) if reader.may_choose else _of_all_regions(entry, visible, regions, reader)
    return _answer(visible, _text(visible, reader))


def above(given: Reply) -> Reply:
    """Return what to say in place of an answer that the thread has already."""
    return Reply(kind=ReplyKind.HINT, text=str(ABOVE), entry_id=given.entry_id, title=given.title)


def repeated(given: Reply) -> Reply:
    """Return what to say in place of an answer that somebody asked for in the same channel shortly before."""
    return Reply(kind=ReplyKind.HINT, text=str(AGAIN), entry_id=given.entry_id, title=given.title)


def instead(entries: Sequence[Entry], *, reader: Reader, listed: bool) -> Reply:
    """Return what to say to somebody whom an answer did not help: what else it may be, if they may read it.

    Where there is nothing else, `listed` says that the moderators are going to see the question.
    """
    visible = [entry for entry in (reader.entry(each) for each in entries) if entry is not None]
    if visible:
        return _choices(visible, text=str(NEXT if len(visible) > 1 else NEXT_ONE))
    return Reply(kind=ReplyKind.HINT, text=str(LISTED if listed else NOTED))


def said_to(reason: IgnoreReason) -> Reply | None:
    """Return what to say to a message that asks nothing, None for silence."""
    text = TO_WHAT_IS_SAID.get(reason)
    return None if text is None else Reply(kind=ReplyKind.HINT, text=str(text))


def still_waits(duration: timedelta) -> str:
    """Return what reminds moderators of somebody who asked for a human."""
    return STILL_WAITS.format(duration=in_words(duration.total_seconds()))


def to_who_asks_for_a_human(*, told: bool, back_at: datetime | None) -> str:
    """Return what to say to somebody who asked for a human: people on call were told, or are back at some time."""
    if back_at is not None:
        return AWAY.format(when=time_of_week(back_at))
    return str(CALLED if told else LISTED)


def worded(reply: Reply, settings: ChannelSettings) -> Reply:
    """Return a reply in the words of the channel, which may have its own for when nothing fits."""
    if reply.kind is not ReplyKind.NOTHING_FITS or settings.no_answer is None:
        return reply
    return replace(reply, text=settings.no_answer)


def gone() -> Reply:
    """Return what to say when somebody takes a choice that is not there for them, or not any more."""
    return Reply(kind=ReplyKind.HINT, text=str(GONE))


def _to_no_question(reason: IgnoreReason, surface: Surface) -> Reply | None:
    if reason is IgnoreReason.SECRET:
        return Reply(kind=ReplyKind.WARNING, text=str(WARNING))
    return None if surface is Surface.AMBIENT else said_to(reason)


def offered_regions(entry: Entry) -> tuple[str, ...]:
    """Return the regions to choose from, the last one empty where there is an answer for anywhere else."""
    regions = regions_of(entry)
    return (*regions, ANYWHERE_ELSE) if regions and entry.region is None else regions


def region_choice(entry_id: str, number: int) -> str:
    """Return what stands for one of the regions of an entry where the id of an entry stands for a choice."""
    return f"{number}{_OF}{entry_id}"


def chosen_region(choice: str) -> tuple[int, str] | None:
    """Return the number of a region and the entry that a choice stands for, None where it is a mere entry."""
    number, mark, entry_id = choice.partition(_OF)
    return (int(number), entry_id) if mark and number.isascii() and number.isdecimal() else None


def _which_region(entry: Entry, regions: Sequence[str]) -> Reply:
    choices = [
        Choice(region_choice(entry.id, number), region or str(ELSEWHERE)) for number, region in enumerate(regions, 1)
    ]
    return Reply(kind=ReplyKind.CHOICES, text=str(WHICH_REGION), choices=tuple(choices))


def _of_all_regions(entry: Entry, visible: Entry, regions: Sequence[str], reader: Reader) -> Reply:
    texts = []
    for region in regions:
        here = replace(reader, region=region)
        one = here.entry(entry)
        if one is not None:
            texts.append(_text(one if one.region else replace(one, region=str(ELSEWHERE)), here))
    return _answer(visible, "\n\n".join(texts))


def _text(entry: Entry, reader: Reader) -> str:
    return "\n\n".join((*_notes(entry, reader), entry.answer))


def _answer(entry: Entry, text: str) -> Reply:
    return Reply(
        kind=ReplyKind.ANSWER,
        text=text,
        entry_id=entry.id,
        title=entry.question,
        category=entry.category,
        source=entry.source,
        staff_note=entry.staff_note,
    )


def _notes(entry: Entry, reader: Reader) -> Iterator[str]:
    """Yield what a reader is to know before they read an answer."""
    if entry.category is not None and entry.category.casefold() in reader.cautioned:
        yield str(CAUTION)
    if entry.valid_until is not None and reader.has_ended(entry):
        yield ENDED.format(day=day(entry.valid_until))
    if entry.region is not None:
        yield FOR_REGION.format(region=entry.region)
    if not reader.understands(entry.locale):
        yield ONLY_IN.format(language=language_name(entry.locale))


def _one_for_all(entries: Sequence[Entry], reader: Reader) -> Reply | None:
    """Return the answer that all entries have, under all their titles; None where there is something to choose."""
    if any(offered_regions(entry) for entry in entries):
        return None
    first, *others = [_answer(entry, _text(entry, reader)) for entry in entries]
    same = all((other.text, other.staff_note) == (first.text, first.staff_note) for other in others)
    return replace(first, title=" / ".join(entry.question for entry in entries)) if others and same else None


def _choices(entries: Sequence[Entry], *, text: str) -> Reply:
    choices = tuple(Choice(entry.id, entry.question) for entry in entries)
    return Reply(kind=ReplyKind.CHOICES, text=text, choices=choices)
