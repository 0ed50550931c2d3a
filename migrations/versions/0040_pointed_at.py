"""Add which message the words of a question stand in, and who wrote it, where somebody pointed at it."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_COLUMNS = ("source_message_id", "source_author")
_INDEXES = {
    "ix_questions_source": ["source_message_id", "workspace_id", "platform"],
    "ix_questions_source_author": ["source_author"],
}


def upgrade() -> None:
    """Add the columns; of the questions before, it is not known whose words they have."""
    for column in _COLUMNS:
        op.add_column("questions", sa.Column(column, sa.Text))
    pointing = sa.text("source_message_id IS NOT NULL")
    for name, columns in _INDEXES.items():
        op.create_index(name, "questions", columns, sqlite_where=pointing, postgresql_where=pointing)


def downgrade() -> None:
    """Remove them; words of others stay when these are forgotten."""
    for name in _INDEXES:
        op.drop_index(name, "questions")
    with op.batch_alter_table("questions") as table:
        for column in _COLUMNS:
            table.drop_column(column)
