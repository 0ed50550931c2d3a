"""Store candidates in a fifth of the room, and index what is asked of a large log."""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
QUESTIONS = sa.table(
    "questions",
    sa.column("id", sa.Integer),
    sa.column("offered", Json),
    sa.column("candidates", Json),
    sa.column("packed", sa.LargeBinary),
    sa.column("thresholds", Json),
)
AT_ONCE = 500
# Written out here, since what packs them in the bot may change with a later migration.
WHOLE, DIGITS = 5, 3
THRESHOLDS = ("answer", "suggest", "ambiguity")
OFTEN = b'",0.00],["",{"explained":0.0,"found":0.1,"said":1.0,"spelling":0.2,"single":0.154902}],["'
NEW = {
    "ix_questions_author": (("author", "id"), None),
    "ix_questions_due": (("platform", "reply_until"), "reply_until"),
    "ix_questions_thread": (("thread_id", "channel_id", "workspace_id", "platform"), "thread_id"),
    "ix_questions_sent": (("sent_message_id", "workspace_id", "platform"), "sent_message_id"),
    "ix_questions_item": (("review_item_id", "id"), "review_item_id"),
    "ix_questions_asker": (("review_item_id", "author", "platform", "id"), "review_item_id"),
    "ix_questions_moved": (("review_item_id", "review_version"), "review_item_id"),
}
OLD = {
    "ix_questions_author": (("author",), None),
    "ix_questions_due": (("reply_until",), "reply_until"),
    "ix_questions_thread_id": (("thread_id",), None),
    "ix_questions_sent_message_id": (("sent_message_id",), None),
    "ix_questions_review_item_id": (("review_item_id",), None),
}
Indexes = Mapping[str, tuple[tuple[str, ...], str | None]]
Row = Mapping[str, Any]


def upgrade() -> None:
    """Pack the candidates of each question, and make the indexes."""
    _drop(OLD)
    op.add_column("questions", sa.Column("packed", sa.LargeBinary))
    _rewrite("candidates", "packed", _packed)
    with op.batch_alter_table("questions") as table:
        table.drop_column("candidates")
        table.alter_column("packed", new_column_name="candidates", existing_type=sa.LargeBinary)
    _create(NEW)
    is_sent = sa.text("sent_message_id IS NOT NULL")
    op.create_index(
        "ix_deliveries_sent", "deliveries", ["sent_message_id"], sqlite_where=is_sent, postgresql_where=is_sent
    )


def downgrade() -> None:
    """Unpack them again; what was left out of them does not come back."""
    op.drop_index("ix_deliveries_sent", "deliveries")
    _drop(NEW)
    with op.batch_alter_table("questions") as table:
        table.alter_column("candidates", new_column_name="packed", existing_type=sa.LargeBinary)
    op.add_column("questions", sa.Column("candidates", Json))
    _rewrite("packed", "candidates", _unpacked)
    with op.batch_alter_table("questions") as table:
        table.drop_column("packed")
    _create(OLD)


def _drop(indexes: Indexes) -> None:
    for name in indexes:
        op.drop_index(name, "questions")


def _create(indexes: Indexes) -> None:
    for name, (columns, there) in indexes.items():
        where = None if there is None else sa.text(f"{there} IS NOT NULL")
        op.create_index(name, "questions", list(columns), sqlite_where=where, postgresql_where=where)


def _rewrite(source: str, target: str, change: Callable[[sa.RowMapping], Row]) -> None:
    """Change the questions, some at a time; the old column is emptied, so that its room is there for the new one."""
    columns = QUESTIONS.c
    step = sa.update(QUESTIONS).where(columns.id == sa.bindparam("number"))
    new: dict[str, Any] = {
        "offered": sa.bindparam("few"),
        target: sa.bindparam("many"),
        "thresholds": sa.bindparam("limits"),
    }
    new[source] = sa.null()
    for rows in _pages(sa.select(columns.id, columns.offered, columns.thresholds, columns[source].label("matches"))):
        changed = [{"number": row["id"], **change(row)} for row in rows]
        op.get_bind().execute(step.values(new), changed)


def _pages(query: sa.Select[Any]) -> Iterator[Sequence[sa.RowMapping]]:
    last = 0
    while True:
        page = query.where(QUESTIONS.c.id > last).order_by(QUESTIONS.c.id).limit(AT_ONCE)
        rows = op.get_bind().execute(page).mappings().all()
        if not rows:
            return
        yield rows
        last = rows[-1]["id"]


def _packed(row: sa.RowMapping) -> Row:
    known, offered, limits = row["matches"], row["offered"], row["thresholds"]
    first = (known or [])[:WHOLE]
    return {
        "few": None
        if offered is None
        else [_listed(one, at, whole=one not in first) for at, one in enumerate(offered)],
        "many": None
        if known is None
        else _compressed([_listed(one, at, whole=at < WHOLE) for at, one in enumerate(known)]),
        "limits": None if limits is None else [limits[name] for name in THRESHOLDS],
    }


def _listed(match: Row, place: int, *, whole: bool) -> list[Any]:
    short = [match["entry_id"], match["confidence"]]
    features = {name: round(value, DIGITS) if place else value for name, value in match["features"].items()}
    return [*short, match["phrase"], features] if whole else short


def _compressed(content: list[Any]) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=OFTEN)
    return packer.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()) + packer.flush()


def _unpacked(row: sa.RowMapping) -> Row:
    known, offered, limits = None, row["offered"], row["thresholds"]
    if row["matches"] is not None:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS, zdict=OFTEN)
        known = [_named(*each) for each in json.loads(unpacker.decompress(row["matches"]) + unpacker.flush())]
    there = {(one["entry_id"], one["confidence"]): one for one in known or ()}
    return {
        "few": None if offered is None else [there.get((each[0], each[1])) or _named(*each) for each in offered],
        "many": known,
        "limits": None if limits is None else dict(zip(THRESHOLDS, limits, strict=True)),
    }


def _named(entry_id: str, confidence: float, phrase: str = "", features: Row | None = None) -> Row:
    return {"entry_id": entry_id, "phrase": phrase, "confidence": confidence, "features": features or {}}
