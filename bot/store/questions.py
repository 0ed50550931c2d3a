"""Store the log of questions: each message is claimed once, and its decision stored."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Table, bindparam, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from bot.core.deciding.decision import Thresholds
from bot.core.models import (
    Answered,
    ChannelRef,
    Decision,
    DecisionKind,
    Ignored,
    IgnoreReason,
    Match,
    MessageRef,
    Question,
    Suggested,
    Unanswered,
    kind_of,
    offered_by,
)
from bot.errors import QuestionNotFoundError
from bot.store.claims import PROCESS
from bot.store.columns import from_now_in, now
from bot.store.database import Alone, Transaction
from bot.store.records import (
    ClaimedQuestion,
    LoggedQuestion,
    Outcome,
    PointedMessage,
    ReplyState,
    Sending,
    from_question_id,
    to_question_id,
)
from bot.store.tables import QuestionRow

# Every question takes these: made once, and of the table itself, they cost half.
_LOG = cast("Table", QuestionRow.__table__)
_PLACE = (QuestionRow.platform, QuestionRow.workspace_id, QuestionRow.message_id)
IN_CHANNEL = tuple(getattr(QuestionRow, each) == bindparam(each) for each in ("platform", "workspace_id", "channel_id"))
"""The same as `in_channel`, for a statement that is made once and gets the channel."""
_LIMITS = ("answer", "suggest", "ambiguity", "nothing")
_NUMBER, _LEASE = "number", "lease"  # no column is called that
_CLAIMS = {
    (name, lent): insert(_LOG)
    .values(heard_at=now(), **({"reply_until": from_now_in(_LEASE)} if lent else {}))
    .on_conflict_do_nothing(index_elements=[column.key for column in _PLACE])
    .returning(_LOG.c.id)
    for name, insert in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
    for lent in (False, True)
}
_CHANGE = update(_LOG).where(_LOG.c.id == bindparam(_NUMBER)).returning(_LOG.c.id)
_LEND = _CHANGE.values(reply_until=from_now_in(_LEASE)).returning(_LOG.c.reply_until)
_KEEP_SENT = (
    update(_LOG)
    .where(
        _LOG.c.id == bindparam("number"),
        _LOG.c.reply_state == ReplyState.DUE,
        _LOG.c.deleted_at.is_(None),
        or_(_LOG.c.sent_message_id.is_(None), _LOG.c.sent_message_id == bindparam("reply")),
    )
    .values(sent_message_id=bindparam("reply"), reply_state=ReplyState.SENT, reply_until=None, reply_owner=None)
    .returning(_LOG.c.id)
)

# What is decided about a question; what is ignored was none.
QUESTIONS = (DecisionKind.ANSWERED, DecisionKind.SUGGESTED, DecisionKind.UNANSWERED)
WHOLE = 5  # as many as cards and `faqbot grade` show
_DIGITS = 3  # as many as --why shows


async def claim(  # noqa: PLR0913  # a message, and what is decided about it
    tx: Transaction,
    question: Question,
    *,
    author: str,
    at: datetime,
    outcome: Outcome | None = None,
    sending: Sending | None = None,
    limited: bool = False,
) -> ClaimedQuestion:
    """Store a message in the log, or return its earlier outcome when it is there already.

    While another transaction claims the same message this one waits for its end. With an outcome that is stored too,
    as `record_decision` does, or that its reply is kept back because of the limits. Of the question only the place is
    written: neither its text, which may hold a secret, nor the id of its author; `author` stands for that.
    """
    row = {
        **asdict(question.ref),
        "author": author,
        "surface": question.surface,
        "audience": question.audience,
        "asked_at": at,
        "shadow": question.shadow,
        "points_above": False,
        **({} if outcome is None else _decided(outcome, sending)),
    }
    if limited:
        row["reply_state"] = ReplyState.LIMITED
    lent = {} if sending is None else {_LEASE: sending.lease.total_seconds()}
    step = _CLAIMS[tx.get_bind().dialect.name, sending is not None]
    number = (await tx.scalars(step, row | lent)).one_or_none()
    if number is not None:
        return ClaimedQuestion(question_id=to_question_id(number))
    same = [column == row[column.key] for column in _PLACE]
    earlier = logged_question((await tx.scalars(select(QuestionRow).where(*same))).one())
    return ClaimedQuestion(question_id=earlier.id, earlier=earlier)


async def record_decision(
    tx: Transaction, question_id: str, outcome: Outcome, *, sending: Sending | None = None
) -> None:
    """Store the outcome of a claimed question, and that the caller is about to send a reply, if there is one."""
    lease = None if sending is None else sending.lease
    if not await change_question(tx, question_id, _decided(outcome, sending), lease=lease):
        raise QuestionNotFoundError(question_id)


def _decided(outcome: Outcome, sending: Sending | None) -> dict[str, Any]:
    """Return the columns of a decision, and of who is about to send a reply."""
    decision, offered = outcome.decision, offered_by(outcome.decision)
    best = (offered or outcome.candidates)[:1]
    columns: dict[str, Any] = {
        "text": outcome.text,
        "normalised": outcome.normalised,
        **source_columns(outcome),
        "decision": kind_of(decision),
        "ignore_reason": decision.reason if isinstance(decision, Ignored) else None,
        "entry_id": decision.match.entry_id if isinstance(decision, Answered) else None,
        "confidence": best[0].confidence if best else None,
        "offered": packed(offered, outcome.candidates),
        "candidates": packed(outcome.candidates),
        "scorer_version": outcome.scorer_version,
        "content_version": outcome.content_version,
        "thresholds": None if outcome.thresholds is None else [getattr(outcome.thresholds, limit) for limit in _LIMITS],
    }
    if sending is not None:
        columns |= {"reply_state": ReplyState.DUE, "points_above": sending.points_above, "reply_owner": PROCESS}
    return columns


def source_columns(outcome: Outcome) -> dict[str, str | None]:
    """Return the columns of whose words the text of an outcome is."""
    source = outcome.source
    return {
        "source_message_id": None if source is None else source.message_id,
        "source_author": None if source is None else source.author,
    }


async def change_question(
    tx: Transaction, question_id: str, columns: Mapping[str, object], *, lease: timedelta | None = None
) -> bool:
    """Change a question of the log, also as this transaction has read it; tell whether it is there.

    With a lease, its reply is somebody's to send for so long, by the database's clock.
    """
    number = from_question_id(question_id)
    if number is None:
        return False
    step, more = (_CHANGE, {}) if lease is None else (_LEND, {_LEASE: lease.total_seconds()})
    changed = (await tx.execute(step, {_NUMBER: number, **more, **columns})).mappings().one_or_none()
    if changed is not None and (row := tx.identity_map.get(identity_key(QuestionRow, number))) is not None:
        for name, value in {**columns, **changed}.items():
            set_committed_value(row, name, value)
    return changed is not None


async def keep_sent(tx: Alone, question_id: str, message_id: str) -> bool:
    """Store the message that is the reply to a question, where nothing else happened to it; return whether it did."""
    found = await tx.execute(_KEEP_SENT, {"number": from_question_id(question_id), "reply": message_id})
    return found.one_or_none() is not None


async def get_question(tx: Transaction, question_id: str) -> LoggedQuestion:
    """Return a question of the log by the id that people see."""
    return logged_question(await row_of(tx, question_id))


async def row_of(tx: Transaction, question_id: str) -> QuestionRow:
    """Return the row of a question as it now stands, or raise an error."""
    number = from_question_id(question_id)
    row = None if number is None else await tx.get(QuestionRow, number, populate_existing=True)
    if row is None:
        raise QuestionNotFoundError(question_id)
    return row


def in_channel(channel: ChannelRef) -> tuple[ColumnElement[bool], ...]:
    """Return what is true of the questions of a channel, those in its threads included."""
    return (
        QuestionRow.platform == channel.platform,
        QuestionRow.workspace_id == channel.workspace_id,
        QuestionRow.channel_id == channel.channel_id,
    )


def ref_of(row: QuestionRow | Row[*tuple[Any, ...]]) -> MessageRef:
    """Return where the message of a row stands."""
    return MessageRef(
        platform=row.platform,
        workspace_id=row.workspace_id,
        channel_id=row.channel_id,
        thread_id=row.thread_id,
        message_id=row.message_id,
        beside=row.beside,
    )


def logged_question(row: QuestionRow) -> LoggedQuestion:
    """Return what a row holds."""
    return LoggedQuestion(
        id=to_question_id(row.id),
        ref=ref_of(row),
        author=row.author,
        surface=row.surface,
        audience=row.audience,
        asked_at=row.asked_at,
        outcome=_outcome(row),
    )


def _outcome(row: QuestionRow) -> Outcome | None:
    if row.decision is None or row.scorer_version is None or row.content_version is None:
        return None
    candidates = unpacked(row.candidates)
    return Outcome(
        decision=decision_from(row.decision, unpacked(row.offered, candidates), row.ignore_reason),
        text=row.text,
        normalised=row.normalised,
        scorer_version=row.scorer_version,
        content_version=row.content_version,
        candidates=candidates,
        thresholds=None if row.thresholds is None else Thresholds(**dict(zip(_LIMITS, row.thresholds, strict=False))),
        source=_source(row),
    )


def _source(row: QuestionRow) -> PointedMessage | None:
    if row.source_message_id is None or row.source_author is None:
        return None
    return PointedMessage(message_id=row.source_message_id, author=row.source_author)


def decision_from(kind: DecisionKind, offered: tuple[Match, ...], reason: IgnoreReason | None) -> Decision:
    """Return the decision that was taken apart before."""
    match kind, reason:
        case DecisionKind.ANSWERED, _:
            return Answered(offered[0])
        case DecisionKind.SUGGESTED, _:
            return Suggested(offered)
        case DecisionKind.IGNORED, IgnoreReason():
            return Ignored(reason)
    return Unanswered()


def packed(matches: tuple[Match, ...], known: tuple[Match, ...] = ()) -> list[Any]:
    """Return matches as lists: entry id, confidence, and of the first few also the phrase and the features.

    Nobody asks for more of the others, and the log is a fifth as large. A match that is `known` is told in full there.
    The features of the first are exact, since they decide again when thresholds are tuned; others are only shown.
    """
    return [
        [one.entry_id, one.confidence]
        if place >= WHOLE or one in known[:WHOLE]
        else [one.entry_id, one.confidence, one.phrase, _rounded(one.features, _DIGITS if place else None)]
        for place, one in enumerate(matches)
    ]


def unpacked(content: list[Any] | None, known: tuple[Match, ...] = ()) -> tuple[Match, ...]:
    """Return the matches again; a short one that is among the `known` is that one."""
    there = {(one.entry_id, one.confidence): one for one in known}
    return tuple(_match(there, *fields) for fields in content or ())


def _rounded(features: Mapping[str, float], digits: int | None) -> dict[str, float]:
    return {name: value if digits is None else round(value, digits) for name, value in features.items()}


def _match(
    there: Mapping[tuple[str, float], Match],
    entry_id: str,
    confidence: float,
    phrase: str | None = None,
    features: Mapping[str, float] | None = None,
) -> Match:
    if phrase is None and (entry_id, confidence) in there:
        return there[entry_id, confidence]
    return Match(entry_id=entry_id, phrase=phrase or "", confidence=confidence, features=features or {})
