"""Define how the bot behaves among people and in a channel, once for all platforms."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from bot.core.hours import Hours, TimeOfWeek
from bot.core.models import Audience, Mode, Question, Surface
from bot.core.pace import Pace

NO_ANSWER_LIMIT = 500
TOPICS_LIMIT = 500
ASKERS_LIMIT = 20
MOST_A_MINUTE = 10_000
LONGEST_WAIT = 600
MOST_STALE_DAYS = 60
DEFAULT_LOCALE = "en"


class OptOut(StrEnum):
    """What somebody opted out of: later answers, or also what the bot would answer unasked."""

    FOLLOW_UPS = "follow_ups"
    UNASKED = "unasked"


class ReplyPlace(StrEnum):
    """Where the replies to what is in no thread stand."""

    THREAD = "thread"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """How the bot behaves in a channel; it is off until somebody says otherwise.

    `locale` is what people write and read there, if somebody has said. `no_answer` is said in place of the usual words
    when nothing fits. Before it answers, the bot waits `wait_seconds` for a person to do so. Who asks for a human there
    calls `on_call`, the id of a role or user group, at `on_call_hours`; where these are not set, the settings count.
    With `topics` only entries of these categories are answered there, written with commas between them. Replies to what
    is in no thread begin one, or stand in the channel, as `reply` says. With `askers`, ids of roles or user groups with
    commas between them, only their members may ask there, and helpers. Nothing is answered unasked within `cooldown`
    minutes of another such answer; `repeat_minutes` and `replies_per_minute` stand in for the settings of all channels.
    On the first such day of a month, at the time of the week that `news` names, the channel is told what is new.
    A thread of a question in which nobody has written for `stale_days` is asked about, and closed so many days later; 0
    leaves all open.
    """

    mode: Mode = Mode.OFF
    audience: Audience = Audience.PUBLIC
    locale: str | None = None
    no_answer: str | None = None
    wait_seconds: int = 0
    on_call: str | None = None
    on_call_hours: str | None = None
    topics: str | None = None
    reply: ReplyPlace = ReplyPlace.THREAD
    askers: str | None = None
    cooldown: int | None = None
    repeat_minutes: int | None = None
    replies_per_minute: int | None = None
    stale_days: int = 0
    news: str | None = None

    @property
    def written(self) -> str:
        """Return the locale that questions are taken to be in, unless their words tell otherwise."""
        return self.locale or DEFAULT_LOCALE

    @property
    def asker_ids(self) -> frozenset[str]:
        """Return the ids of those who may ask, none where everybody may."""
        return frozenset(self.askers.split(", ")) if self.askers else frozenset()

    def topics_of(self, surface: Surface) -> frozenset[str]:
        """Return the topics in small letters for what came this way; none for what only the asker sees, or all."""
        if surface not in _PUBLIC:
            return frozenset()
        return frozenset(name.strip().casefold() for name in (self.topics or "").split(",")) - {""}


class Course(StrEnum):
    """What is to be done about a message; in the shadow it is decided and logged, and not answered.

    The reply of a draft waits for a moderator.
    """

    SILENT = "silent"
    DECIDE = "decide"
    SHADOW = "shadow"
    DRAFT = "draft"


# Nobody reads along there but who asks, so the mode of a channel has no say.
_PRIVATE = frozenset({Surface.DIRECT, Surface.CONSOLE})
_PUBLIC = frozenset({Surface.AMBIENT, Surface.MENTION})


def course(mode: Mode, surface: Surface) -> Course:
    """Return what to do about a message that reached the bot this way in a channel of this mode.

    In the shadow a command is answered, and where there are drafts too: only who gave it sees that.
    """
    if surface in _PRIVATE:
        return Course.DECIDE
    match mode:
        case Mode.OFF:
            return Course.SILENT
        case Mode.MENTION:
            return Course.SILENT if surface is Surface.AMBIENT else Course.DECIDE
        case Mode.AMBIENT:
            return Course.DECIDE
        case Mode.SHADOW:
            return Course.SHADOW if surface in _PUBLIC else Course.DECIDE
        case Mode.DRAFT:
            return Course.DECIDE if surface is Surface.COMMAND else Course.DRAFT


def is_silenced(mode: Mode, surface: Surface, *, approved: bool) -> bool:
    """Return whether a reply that is due is not to be said any more, since its channel was set otherwise meanwhile.

    What a moderator `approved` is said where the bot answers at all.
    """
    if approved:
        return mode in {Mode.OFF, Mode.SHADOW}
    return course(mode, surface) is not Course.DECIDE


def is_unwanted(mode: Mode, surface: Surface) -> bool:
    """Return whether a later answer is not to be said any more: nobody asked the bot, which no longer listens there.

    Who asked it waits for what moderators say, and is told in whatever mode their channel is by then.
    """
    return surface is Surface.AMBIENT and mode not in {Mode.AMBIENT, Mode.DRAFT}


def as_set(question: Question, settings: ChannelSettings) -> Question:
    """Return a question that is not left alone with all that the settings of its channel say of it.

    Where the platform has it that no thread can be made, the reply stands beside it whatever is set.
    """
    surface, what = question.surface, course(settings.mode, question.surface)
    wanted = settings.reply is ReplyPlace.CHANNEL or question.ref.beside
    beside = wanted and surface in _PUBLIC and question.ref.thread_id is None
    return replace(
        question,
        ref=replace(question.ref, beside=beside),
        held=what is Course.DRAFT,
        shadow=what is Course.SHADOW,
        topics=settings.topics_of(surface),
        pace=Pace(settings.cooldown, settings.repeat_minutes, settings.replies_per_minute),
    )


_USUAL_PACE = Pace(None, None, None)
# A whole week is over, and somebody is at work to read about it.
MONDAY_MORNING = TimeOfWeek(0, 8 * 60, "UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the bot behaves among people; nothing, as a time or a number, switches a rule off.

    When a helper answers a question `helped_within` so long, the bot takes its own answer back, or marks it. An author,
    a channel and a workspace get so many replies a minute. An entry stays `unrepeated_for` so long in a channel.
    What one person writes `in_a_row`, so long after each other, is one question. People are on call at `on_call_hours`,
    always where there are none. Moderators get a `digest` each week at that time, or none. Who asked for a
    human, and waits for `reminded_after`, is mentioned to them once more. Answers of `cautioned` categories, in small
    letters, say that staff never write first. A draft waits `held_for` so long. Between two answers in a channel that
    nobody asked for, the `cooldown` goes by. Under answers entries that are `related` are offered.
    """

    helped_within: timedelta = timedelta(minutes=10)
    per_author: int = 0
    per_channel: int = 0
    per_workspace: int = 0
    unrepeated_for: timedelta = timedelta()
    in_a_row: timedelta = timedelta()
    on_call_hours: Hours | None = None
    digest: TimeOfWeek | None = MONDAY_MORNING
    reminded_after: timedelta = timedelta(hours=24)
    cautioned: frozenset[str] = frozenset()
    held_for: timedelta = timedelta(hours=4)
    related: bool = True
    cooldown: timedelta = timedelta()

    def at(self, pace: Pace | None) -> "Manners":
        """Return how the bot behaves in a channel that has a pace of its own."""
        if pace is None or pace == _USUAL_PACE:
            return self
        repeat, most = pace.repeat_minutes, pace.replies_per_minute
        return replace(
            self,
            cooldown=timedelta(minutes=pace.cooldown or 0),
            unrepeated_for=self.unrepeated_for if repeat is None else timedelta(minutes=repeat),
            per_channel=self.per_channel if most is None else most,
        )

    @property
    def limited(self) -> bool:
        """Return whether there is a limit."""
        return bool(self.per_author or self.per_channel or self.per_workspace)

    def holding(self, question: Question) -> timedelta | None:
        """Return how long the reply to a question waits for a moderator, None where it does not."""
        return self.held_for if question.held else None


USUAL = Manners()
