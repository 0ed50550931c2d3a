"""Make room for replies that wait for a moderator."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_WAITING = sa.text("waits_until IS NOT NULL")
_OUTDATED = sa.text("shown <> version")


def upgrade() -> None:
    """Make the table; nothing is held yet."""
    op.create_table(
        "held_replies",
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("shown", sa.Integer, nullable=False),
        sa.Column("waits_until", sa.DateTime(timezone=True)),
        sa.Column("answer", sa.Text),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("card_id", sa.Text),
        sa.PrimaryKeyConstraint("question_id", name="pk_held_replies"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_held_replies_question_id_questions", ondelete="CASCADE"
        ),
    )
    for name, column, where in (("waiting", "waits_until", _WAITING), ("outdated", "question_id", _OUTDATED)):
        op.create_index(f"ix_held_replies_{name}", "held_replies", [column], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Drop it; what waits is never sent, and channels of drafts fall silent."""
    op.drop_table("held_replies")
    op.execute(sa.text("UPDATE questions SET reply_state = NULL WHERE reply_state IN ('held', 'dropped')"))
    op.execute(sa.text("UPDATE channels SET mode = 'shadow' WHERE mode = 'draft'"))
