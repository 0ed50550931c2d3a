"""Store which messages solved questions, and which suggestions are made of people's messages."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_OF_MESSAGE = sa.text("message_id IS NOT NULL")
_MESSAGE = ("message_id", "workspace_id", "platform")


def upgrade() -> None:
    """Make the table, and add the columns; nothing was marked yet, and people suggested all that there is."""
    op.create_table(
        "solutions",
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("question_id", "message_id", "author", name="pk_solutions"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_solutions_question_id_questions", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_solutions_message_id", "solutions", ["message_id"])
    for name in ("platform", "workspace_id", "message_id"):
        op.add_column("suggestions", sa.Column(name, sa.Text))
    for name in ("learned", "solves"):
        op.add_column("suggestions", sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_suggestions_message",
        "suggestions",
        _MESSAGE,
        unique=True,
        sqlite_where=_OF_MESSAGE,
        postgresql_where=_OF_MESSAGE,
    )


def downgrade() -> None:
    """Drop them; what was made of messages stays suggested, as if somebody had."""
    op.drop_index("ix_suggestions_message", "suggestions")
    with op.batch_alter_table("suggestions") as table:
        for name in ("solves", "learned", "message_id", "workspace_id", "platform"):
            table.drop_column(name)
    op.drop_index("ix_solutions_message_id", "solutions")
    op.drop_table("solutions")
